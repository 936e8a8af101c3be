"""The parts of a score, as the API gives them."""

from __future__ import annotations

from pydantic import Field

from api.schemas.strict_model import Model


class Parts(Model):
    """Ce que chaque voie a donné, de 0 à 1, avant pondération."""

    citation: float = Field(description="La question cite cette disposition")
    lexical: float = Field(description="Mots communs")
    dense: float = Field(description="Proximité de sens avec le texte")
    heading: float = Field(description="Proximité de sens avec l'intitulé")
    agreement: float = Field(description="Ce qu'en dit aussi un autre document, notre fiche par exemple")
    evidence: float = Field(description="Passages proches de la question qui citent cette disposition")
    links: float = Field(description="Combien cette disposition est citée, quelle que soit la question")
    familiar: float = Field(
        description="Combien de fiches du service public y renvoient, ou si nous avons une fiche sur elle"
    )
    known: float = Field(description="Questions connues, proches de celle-ci, auxquelles elle répond")
    section: float = Field(description="Ce que valent les meilleures autres dispositions de sa section")
    cited: float = Field(description="Ce que vaut la meilleure réponse dont l'article la cite")
    said: float = Field(
        description="Part des mots de la question que connaît le lexique : plus elle est grande, plus les mots pèsent"
    )


class Ranks(Model):
    """Place du meilleur passage parmi ceux qui ont été comparés ; 0 : la voie ne l'a pas trouvé."""

    lexical: int
    dense: int
    heading: int
    among: int
