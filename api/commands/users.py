"""`renvoi users`: the accounts of those who sign in by password."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.console import french_errors, out, print_table
from kb.errors import InvalidAccount
from service.settings import Settings
from workplace.model import Account
from workplace.passwords import MIN_LENGTH, hash_password
from workplace.signing_in import known_account, make_account
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts

users = typer.Typer(no_args_is_help=True, help="Les comptes : en ouvrir, les montrer, les fermer.")
_Login = Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="Par exemple anne.dupont@justice.fr.")]


@contextmanager
def users_database() -> Iterator[WorkplaceDatabase]:
    """The users' database of the settings, closed at the end; its errors in French."""
    with french_errors():
        settings = Settings()
        database = WorkplaceDatabase.open(settings.home, settings.database_url)
        try:
            yield database
        finally:
            database.close()


@users.command()
def add(
    login: _Login,
    name: Annotated[str, typer.Option(help="Nom affiché (défaut : l'identifiant).")] = "",
) -> None:
    """Ouvrir un compte ; le mot de passe est demandé, ou lu sur l'entrée standard."""
    with users_database() as database:
        account = make_account(database, login, name, _password())
        out.print(f"Compte ouvert : {escape(account.login)} ({escape(account.name)}).")


@users.command("list")
def list_() -> None:
    """Montrer tous les comptes."""
    with users_database() as database:
        table = Table("Identifiant", "Nom", "État", "Par", "Ouvert le", "Dernière connexion")
        for account in Accounts(database).all():
            table.add_row(*_row(account))
        print_table(table)


@users.command()
def disable(
    login: _Login,
    undo: Annotated[bool, typer.Option("--undo", help="Le rouvrir.")] = False,
) -> None:
    """Fermer un compte : il ne se connecte plus, ses sessions et ses clefs n'ouvrent plus rien."""
    with users_database() as database:
        account = known_account(database, login)
        Accounts(database).disable(account.id, None if undo else datetime.now(UTC))
        out.print(f"Compte {'rouvert' if undo else 'fermé'} : {escape(account.login)}.")


@users.command()
def password(login: _Login) -> None:
    """Donner un autre mot de passe ; les sessions ouvertes se ferment."""
    with users_database() as database:
        account = known_account(database, login)
        if account.issuer:
            raise InvalidAccount(
                "Ce compte est celui d'un fournisseur d'identité : il n'a pas de mot de passe ici."
            )
        Accounts(database).set_password(account.id, hash_password(_password()))
        out.print(f"Mot de passe changé : {escape(account.login)}.")


def _password() -> str:
    """Typed twice without being shown, or one line of the standard input."""
    if sys.stdin.isatty():
        prompt = f"Mot de passe ({MIN_LENGTH} caractères au moins)"
        return str(typer.prompt(prompt, hide_input=True, confirmation_prompt="Le même, encore une fois"))
    return sys.stdin.readline().rstrip("\r\n")


def _row(account: Account) -> tuple[str, ...]:
    state = "fermé" if account.disabled else "ouvert"
    means = escape(account.issuer) if account.issuer else "mot de passe"
    return escape(account.login), escape(account.name), state, means, *map(day, _moments(account))


def _moments(account: Account) -> tuple[datetime | None, datetime | None]:
    return account.created, account.last_signed_in


def day(moment: datetime | None) -> str:
    """The day of a moment, for a table."""
    return f"{moment:%Y-%m-%d}" if moment else "–"
