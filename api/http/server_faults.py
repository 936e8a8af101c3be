"""What is told outside of the server's own faults. Their messages name its folders, databases and settings: those are
for the command line and the journal."""

from __future__ import annotations

from kb import errors

_TELL = "Prévenez l'administrateur du service, avec l'identifiant de l'erreur : le journal du serveur dit le reste."
_LATER = f"Réessayez plus tard. {_TELL}"
_BUILD = f"Lancez : renvoi build. {_TELL}"
SAID: dict[type[errors.RenvoiError], tuple[str, str]] = {
    errors.RenvoiError: ("Une erreur s'est produite.", _TELL),
    errors.ProviderUnavailable: ("Le fournisseur d'identité ne répond pas comme il devrait.", _LATER),
    errors.WorkplaceUnavailable: ("La base des comptes et des dossiers n'est pas accessible.", _LATER),
    errors.SourceError: ("Une source n'a pas pu être lue.", _TELL),
    errors.SyncFailed: ("Un texte officiel n'a pas pu être téléchargé.", _LATER),
    errors.UnreadableSource: ("Une source n'a pas pu être lue.", _TELL),
    errors.MissingSources: ("Il n'y a pas de textes officiels à lire.", _TELL),
    errors.ArtefactError: ("La base ne peut pas être servie.", _TELL),
    errors.NotBuilt: ("La base n'est pas construite, ou ne se lit pas.", _BUILD),
    errors.SchemaMismatch: ("Une base a été écrite par une autre version du programme.", _TELL),
    errors.GenerationMismatch: ("L'index et la base ne vont pas ensemble.", _BUILD),
    errors.BuildFailed: ("La construction de la base a échoué.", _TELL),
}
