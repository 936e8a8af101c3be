"""What is said in French of a provision on a day: a label for each standing, a sentence for each reason."""

from __future__ import annotations

from datetime import date, timedelta

from kb.model import Bound, State
from kb.text.french_dates import french_date
from kb.validity import DatedWording, LawOfDay, Reason, ReasonKind, Standing

STANDINGS = {
    Standing.IN_FORCE: "en vigueur",
    Standing.UNDETERMINED: "rédaction indéterminée",
    Standing.UNCERTAIN: "rédaction incertaine",
    Standing.NOT_YET: "pas encore en vigueur",
    Standing.REPEALED: "abrogée",
    Standing.ABSENT: "absente du texte à cette date",
    Standing.LAST_KNOWN: "dernier état connu",
    Standing.UNKNOWN: "sans rédaction connue à cette date",
    Standing.WITHOUT_TEXT: "texte absent de la base",
}
WITHOUT_TEXT, UNDETERMINED, LAST_KNOWN = "SANS_TEXTE", "INDETERMINE", "DERNIER_ETAT"
"""States of a provision that are not of one of its wordings: no text; several cannot be told apart; seen long ago."""
STATES = {
    WITHOUT_TEXT: "texte absent de la base",
    UNDETERMINED: "rédaction indéterminée",
    LAST_KNOWN: "dernier état connu",
    State.IN_FORCE: "en vigueur",
    State.DEFERRED: "vigueur différée",
    State.REPEALED: "abrogé",
    State.MODIFIED: "rédaction antérieure",
    State.UNCERTAIN: "rédaction incertaine",
}
NO_TEXT = "Le texte officiel n'est pas dans la base : seule une fiche de Renvoi en parle."
_DAY = timedelta(days=1)
_SENTENCES = {
    ReasonKind.NO_TEXT: NO_TEXT,
    ReasonKind.CONCURRENT: (
        "La source donne {count} rédactions sous ce numéro à la même date : vérifiez sur Légifrance laquelle "
        "s'applique."
    ),
    ReasonKind.NOT_SAID: "La source ne dit pas si cet article s'applique : vérifiez sur Légifrance.",
    ReasonKind.CHECKED: "Vérifié le {0}.",
    ReasonKind.ANNOUNCED: "Entrée en vigueur annoncée pour le {0}, dans un texte du {1} : rien ne la confirme.",
    ReasonKind.LAST_SEEN: (
        "Dernier état connu : {0}. Rien ne dit ce que cet article est devenu depuis : ce n'est pas le droit du {day}."
    ),
    ReasonKind.BETWEEN: (
        "Rédaction indéterminée au {day} : une rédaction est connue jusqu'au {0}, une autre à partir du {1}, et "
        "rien ne dit laquelle valait ce jour-là."
    ),
    ReasonKind.PERHAPS_ENDED: (
        "Indéterminé au {day} : la dernière rédaction connue l'est jusqu'au {0}, et ne vaut plus le {1} ; rien ne dit "
        "depuis quand."
    ),
    ReasonKind.PERHAPS_BEGUN: (
        "Indéterminé au {day} : l'article est absent du texte le {0} et connu à partir du {1} ; rien ne dit "
        "depuis quand."
    ),
    ReasonKind.BEGINS: "N'existait pas encore au {day} : il n'est connu qu'à partir du {0}.",
    ReasonKind.FIRST_KNOWN: "La base ne le connaît qu'à partir du {0} : rien ne dit ce qu'il en était au {day}.",
    ReasonKind.ENDED: "N'est plus en vigueur (absent du texte à partir du {0} au plus tard).",
    ReasonKind.ENDED_BY: "N'est plus en vigueur depuis le {0}.",
    ReasonKind.REPEALED: "N'est plus en vigueur.",
    ReasonKind.FOLLOWED: "Sa rédaction connue a pris fin le {0} ; la base n'a pas celle qui l'a suivie.",
    ReasonKind.BETWEEN_LIVES: (
        "N'était pas en vigueur au {day} : le texte n'avait plus cet article le {0}, et l'a de nouveau le {1}."
    ),
}


def state_of(law: LawOfDay[DatedWording]) -> str:
    """The state of a provision on a day: a key of `STATES`; never that of a wording which may not apply."""
    if law.standing is Standing.UNDETERMINED:
        return UNDETERMINED
    if law.standing is Standing.LAST_KNOWN:
        return LAST_KNOWN
    return law.shown.state.value if law.shown else WITHOUT_TEXT


def said_of(law: LawOfDay[DatedWording]) -> str:
    """The sentence that says why; empty when the wording of the day is known."""
    return sentence(law.reason, law.day) if law.reason else ""


def sentence(reason: Reason, day: date) -> str:
    """
    >>> sentence(Reason(ReasonKind.ENDED_BY, (date(2016, 4, 15),)), date(2020, 1, 1))
    "N'est plus en vigueur depuis le 15 avril 2016."
    """
    dates = [french_date(known) for known in reason.days]
    return _SENTENCES[reason.kind].format(*dates, day=french_date(day), count=reason.count)


def warnings_of(law: LawOfDay[DatedWording]) -> list[str]:
    """What a reader must know before relying on what is shown for that day; nothing when the law of the day is known.

    That a wording was checked on a day is no warning: it is on the first line of its page.
    """
    if law.reason is None or law.reason.kind is ReasonKind.CHECKED:
        return []
    return [said_of(law)]


def not_seen_since(day: date, texts: str) -> str:
    """What is said of texts that were last observed long before the day asked for."""
    return (
        f"Dernier état connu, du {french_date(day)} au plus : {texts}. Rien ne dit ce qui en a changé depuis."
    )


def first_line(law: LawOfDay[DatedWording]) -> str:
    """The first line of a provision's page: what is known of it that day, since when, by what act, checked when."""
    if law.wording is None:
        label = STANDINGS[law.standing]
        return label[:1].upper() + label[1:]
    parts = (_ruling(law.wording), _until(law.wording))
    return " · ".join(part for part in parts if part)


def _ruling(wording: DatedWording) -> str:
    if wording.start_bound is Bound.UNKNOWN:
        return (
            f"En vigueur, date d'entrée en vigueur inconnue · connue à partir du {french_date(wording.start)}"
        )
    act = f" ({wording.act})" if wording.act else ""
    return f"En vigueur depuis le {french_date(wording.start)}{act}"


def _until(wording: DatedWording) -> str:
    """How far it is known to apply."""
    if wording.end is None:
        return f"vérifié le {french_date(wording.last_seen)}" if wording.start <= wording.last_seen else ""
    if wording.end_bound is Bound.UNKNOWN:
        return f"jusqu'au {french_date(wording.last_seen)} au moins"
    return f"jusqu'au {french_date(wording.end - _DAY)}"


def since(wording: DatedWording) -> str:
    """From when a wording applies, as far as it is known.

    >>> from kb.validity import Validity
    >>> since(Validity(date(2013, 8, 7), None, State.IN_FORCE))
    'depuis le 7 août 2013'
    """
    day = french_date(wording.start)
    return f"depuis le {day}" if wording.start_bound is not Bound.UNKNOWN else f"depuis le {day} au plus tard"
