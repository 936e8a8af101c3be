"""The command line: `renvoi build`, `search`, `show`, `check` and the others, each in `api/commands/`.

A command is imported when it is run, and only then: the list of commands costs what it takes to print it.
"""

from __future__ import annotations

import os

# Idle FAISS threads must not spin; said before any of them starts.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

COMMANDS = {
    "build": "Construire la base : lire les sources, relever les renvois, indexer.",
    "search": "Chercher les dispositions qui répondent à une question, avec les preuves de chacune.",
    "show": "Montrer une disposition : son texte, ses versions, ce qu'elle cite et ce qui la cite.",
    "citations": "Relever les citations d'un texte : où elles sont, ce qu'elles désignent, si cela existe.",
    "check": (
        "Vérifier les citations d'un texte : articles inconnus, renumérotés, abrogés, douteux ; et les mots cités."
    ),
    "report": "Reconnaître les questions d'un nouveau questionnaire, et proposer pour chacune ce qui peut y répondre.",
    "serve": "Servir les pages et l'API, d'un seul processus.",
    "sync": "Télécharger les textes officiels dans le dossier des sources.",
    "coverage": "Dire ce que la base a de chaque référence d'une liste : texte, fiche, nom seul ou rien.",
    "users": "Les comptes : en ouvrir, les montrer, les fermer.",
    "keys": "Les clefs de l'API : en faire, les montrer, les révoquer.",
}
"""Every command with the line that the list of commands shows; each is in `api/commands/`, under its name."""


class LazyCommands(TyperGroup):
    """The commands by name, none imported before it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Name the commands, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None for an unknown name."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list from the lines above, importing nothing."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def load_command(name: str) -> Any:
    """Import the click command of this name."""
    command = getattr(import_module(f"api.commands.{name}"), name)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    if isinstance(command, typer.Typer):
        alone.add_typer(command, name=name)
        return get_group(alone).commands[name]
    alone.command(name)(command)
    return get_command(alone)


app = typer.Typer(
    cls=LazyCommands,
    name="renvoi",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Renvoi : les dispositions françaises sur la traite des êtres humains, avec leurs preuves et leurs renvois.",
)


@app.callback()
def _commands() -> None:
    """Renvoi : les dispositions françaises sur la traite des êtres humains, avec leurs preuves et leurs renvois."""


def main() -> None:
    """Entry point of the `renvoi` command."""
    app()
