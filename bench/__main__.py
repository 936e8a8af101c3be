"""`python -m bench`: every measure, side by side with other tools, on the terminal, in a page and in JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bench.sections import ablation, build_time, citations, peers, records_alone, references, retrieval, speed
from bench.tools.arguments import count, french_parser
from bench.tools.report import Section, drawn, from_json, markdown, shown, to_json
from bench.tools.subject import Subject
from bench.tools.terminal import terminal
from kb.errors import RenvoiError
from service.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "mesures.md"
RESULTS = ROOT / "bench" / "results.json"
_MODULES = (retrieval, ablation, records_alone, peers, speed, build_time, citations, references)
SECTIONS: dict[str, Callable[[Subject], Section]] = {module.NAME: module.measure for module in _MODULES}
_DESCRIPTION = (
    "Mesure la recherche, la vitesse, la construction et le relevé des citations, à côté d'autres outils. "
    "Affiche des tables, écrit docs/mesures.md et bench/results.json ; ce qui n'est pas mesuré cette fois y reste, "
    "avec sa date."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sections asked for, all of them by default."""
    parser = _parser()
    options = parser.parse_args(arguments)
    settings = Settings()
    gold = options.gold or settings.sources.resolve().parent / "gold"
    subject = Subject(settings, gold, options.repeats)
    out = terminal()
    try:
        for name in [name for name in SECTIONS if name in options.sections]:
            out.rule(escape(name))
            section = stamped(SECTIONS[name](subject), date.today(), machine())
            _show(section, out)
            keep(section, RESULTS, PAGE)
    except RenvoiError as error:
        parser.exit(1, f"Erreur : {error.message}\n{error.hint}\n")
    out.print(f"Écrit : {PAGE.relative_to(ROOT)}, {RESULTS.relative_to(ROOT)}")


def stamped(section: Section, day: date, where: str) -> Section:
    """The section with the day and the machine of its measure."""
    return replace(section, measured=day.isoformat(), machine=where)


def machine() -> str:
    """What the measure ran on and how busy it was, without any name."""
    load = (
        f", charge {shown(float(os.getloadavg()[0]))} au moment d'écrire" if hasattr(os, "getloadavg") else ""
    )
    return f"{os.cpu_count()} cœurs {platform.machine()}, {sys.platform}, Python {platform.python_version()}{load}"


def keep(section: Section, results: Path, page: Path) -> None:
    """Put a section in the results, in place of the former one, and write the whole page anew from them."""
    known = from_json(json.loads(results.read_text(encoding="utf-8"))) if results.is_file() else {}
    known[section.name] = section
    ordered = [known[name] for name in SECTIONS if name in known]
    results.write_text(json.dumps(to_json(ordered), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page.write_text(markdown(ordered), encoding="utf-8")


def _show(section: Section, out: Console) -> None:
    out.print(f"[bold]{escape(section.title)}[/]  {escape(section.data)}")
    for table in section.tables:
        out.print(drawn(table))


def _parser() -> argparse.ArgumentParser:
    parser = french_parser("python -m bench", _DESCRIPTION)
    parser.add_argument(
        "sections",
        nargs="*",
        choices=list(SECTIONS),
        default=list(SECTIONS),
        metavar="SECTION",
        help=f"Ce qui est mesuré, tout par défaut : {', '.join(SECTIONS)}.",
    )
    parser.add_argument(
        "--repeats",
        type=count,
        default=3,
        metavar="N",
        help="Nombre de passages de chaque temps (défaut : 3).",
    )
    parser.add_argument(
        "--gold",
        type=Path,
        metavar="DOSSIER",
        help="Listes de référence des citations (défaut : gold/ à côté du dossier RENVOI_SOURCES).",
    )
    return parser


if __name__ == "__main__":
    main()
