"""The command line: `renvoi build | search | show | citations | check | report | coverage | serve | users | keys`."""

from __future__ import annotations

import os

# Idle FAISS threads must not spin; said before any of them starts.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import typer

from api.commands.build import build
from api.commands.check import check
from api.commands.citations import citations
from api.commands.coverage import coverage
from api.commands.keys import keys
from api.commands.report import report
from api.commands.search import search
from api.commands.serve import serve
from api.commands.show import show
from api.commands.sync import sync
from api.commands.users import users

app = typer.Typer(
    name="renvoi",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Renvoi : les dispositions françaises sur la traite des êtres humains, avec leurs preuves et leurs renvois.",
)
for command in (build, search, show, citations, check, report, serve, sync, coverage):
    app.command()(command)
app.add_typer(users, name="users")
app.add_typer(keys, name="keys")


def main() -> None:
    """Entry point of the `renvoi` command."""
    app()
