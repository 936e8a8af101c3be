"""What is said in French of the milder of two laws."""

from __future__ import annotations

from kb.checking.milder import Ground, Weighing

RULE = (
    "Art. 112-1 du code pénal : une loi nouvelle s'applique aux faits commis avant elle si elle est moins sévère ; "
    "sinon, la loi du jour des faits demeure."
)
_GROUNDS = {
    Ground.SAME_TEXT: "Les deux jours ont le même texte.",
    Ground.UNKNOWN_TEXT: "La rédaction de l'un des deux jours n'est pas connue.",
    Ground.UNKNOWN_PENALTIES: (
        "Les peines de chacun des deux jours ne sont pas connues comme données : comparez-les, et les éléments de "
        "l'infraction, dans les deux textes."
    ),
    Ground.OTHER_CASES: "Les circonstances punies ne sont pas les mêmes aux deux jours.",
    Ground.BOTH_WAYS: "Des peines montent et d'autres baissent.",
    Ground.SAME_PENALTIES: (
        "Les peines sont les mêmes et le texte a changé : ce sont les éléments de l'infraction qu'il faut comparer."
    ),
    Ground.ALL_LOWER: "Toutes les peines qui changent baissent ; les éléments de l'infraction restent à comparer.",
    Ground.ALL_HIGHER: "Toutes les peines qui changent montent ; les éléments de l'infraction restent à comparer.",
}


def reason_of(weighing: Weighing) -> str:
    """Why, in French."""
    return _GROUNDS[weighing.ground]
