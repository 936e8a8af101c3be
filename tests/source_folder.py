"""A small folder of official texts for the tests: two codes and a reply, in the real layouts."""

from __future__ import annotations

from pathlib import Path

PENAL, CESEDA = "LEGITEXT000006070719", "LEGITEXT000006070158"
DAY = "2026-04-03"

PENAL_ARTICLES = {
    "225-4-1": "La traite des êtres humains est le fait de recruter une personne à des fins d'exploitation.",
    "225-4-2": "L'infraction prévue à l'article 225-4-1 est punie de dix ans d'emprisonnement.",
    "225-4-3": "L'infraction prévue à l'article 225-4-1 est punie de vingt ans en bande organisée.",
}
CESEDA_ARTICLES = {
    "L425-1": "L'étranger qui dépose plainte pour des faits de l'article 225-4-1 du code pénal reçoit une carte.",
    "R425-1": "Le service de police informe la victime de son délai de réflexion.",
}
REPLY = """1. Quelles mesures protègent les victimes ?

La victime qui dépose plainte obtient un titre (article L. 425-1 du CESEDA).
Les faits sont punis par l'article 225-4-1 du code pénal.

2. Quelles sont les peines ?

La bande organisée aggrave la peine (article 225-4-3 du code pénal).
"""


def markdown(text_id: str, title: str, articles: dict[str, str]) -> str:
    """A code in the layout with headings."""
    body = "".join(f"##### Article {number}\n\n{text}\n\n" for number, text in articles.items())
    return (
        f'---\ntitle: "{title}"\nidentifier: "{text_id}"\nrank: "code"\nlast_updated: "{DAY}"\n'
        f'source: "https://www.legifrance.gouv.fr/codes/texte_lc/{text_id}"\n---\n# {title}\n\n'
        f"## Partie législative\n\n### Livre II\n\n#### Chapitre V : De la dignité\n\n{body}"
    )


def write_code(folder: Path, text_id: str, title: str, articles: dict[str, str], day: str = DAY) -> Path:
    """One snapshot of a code; its path."""
    path = folder / "codes" / day / f"{text_id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown(text_id, title, articles), encoding="utf-8")
    return path


def write_penal(folder: Path, articles: dict[str, str] | None = None) -> Path:
    """The criminal code, of three articles unless told otherwise."""
    return write_code(folder, PENAL, "Code pénal", articles or PENAL_ARTICLES)


def write_sources(folder: Path) -> Path:
    """The whole folder."""
    write_penal(folder)
    write_code(
        folder, CESEDA, "Code de l'entrée et du séjour des étrangers et du droit d'asile", CESEDA_ARTICLES
    )
    reply = folder / "questionnaire" / "reponse.txt"
    reply.parent.mkdir(parents=True, exist_ok=True)
    reply.write_text(REPLY, encoding="utf-8")
    return folder
