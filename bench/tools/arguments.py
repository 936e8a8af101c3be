"""Command lines whose help is in French."""

from __future__ import annotations

import argparse
from collections.abc import Iterable


class _French(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Emploi : ")


def french_parser(program: str, description: str) -> argparse.ArgumentParser:
    """A parser with nothing but `--help`, whose own words are French."""
    parser = argparse.ArgumentParser(
        program, description=description, add_help=False, formatter_class=_French
    )
    parser._positionals.title = "Arguments"
    parser._optionals.title = "Options"
    parser.add_argument("-h", "--help", action="help", help="Affiche cette aide.")
    return parser


def count(value: str) -> int:
    """How many times, at least once. Raises argparse.ArgumentTypeError."""
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"« {value} » n'est pas un nombre de passages (1 au moins).")
    return int(value)
