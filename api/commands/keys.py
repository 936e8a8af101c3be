"""`renvoi keys`: the keys by which programs use the API."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.console import day as typed_day
from api.commands.console import err, out, print_table
from api.commands.users import day, users_database
from kb.errors import InvalidAccount
from workplace.model import ApiKey, Scope
from workplace.signing_in import checked_name, known_account
from workplace.store.accounts import Accounts
from workplace.store.keys import Keys, new_prefix

keys = typer.Typer(no_args_is_help=True, help="Les clefs de l'API : en faire, les montrer, les révoquer.")


@keys.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Ce qui s'en servira : « Plateforme ENM ».")],
    scope: Annotated[Scope, typer.Option(help="Lire seulement, ou lire et écrire.")] = Scope.READ,
    user: Annotated[
        str, typer.Option(help="Compte dont elle lit et écrit les dossiers (obligatoire pour écrire).")
    ] = "",
    expires: Annotated[
        str | None, typer.Option(help="Dernier jour de validité (AAAA-MM-JJ, UTC) ; sans fin par défaut.")
    ] = None,
) -> None:
    """Faire une clef. Elle n'est montrée qu'une fois, seule sur la sortie standard."""
    with users_database() as database:
        if scope is Scope.WRITE and not user:
            raise InvalidAccount(
                "Une clef qui écrit est celle d'un compte.", hint="Ajoutez --user IDENTIFIANT."
            )
        key = ApiKey(
            prefix=new_prefix(),
            name=checked_name(name),
            scope=scope,
            account=known_account(database, user).id if user else None,
            created=datetime.now(UTC),
            expires=_end_of(expires),
        )
        text = Keys(database).create(key)
        print(text)
        err.print(f"Clef {key.prefix} : gardez-la maintenant, elle ne sera plus montrée.", soft_wrap=True)


@keys.command("list")
def list_() -> None:
    """Montrer toutes les clefs, sans leur secret."""
    with users_database() as database:
        logins = {account.id: account.login for account in Accounts(database).all()}
        table = Table("Clef", "Nom", "Droit", "Compte", "État", "Faite le", "Expire", "Dernier usage")
        for key in Keys(database).all():
            owner = logins.get(key.account, "–") if key.account else "–"
            right = "lire et écrire" if key.scope is Scope.WRITE else "lire"
            moments = (day(key.created), day(key.expires), day(key.last_used))
            table.add_row(key.prefix, escape(key.name), right, escape(owner), _state(key), *moments)
        print_table(table)


@keys.command()
def revoke(
    prefix: Annotated[
        str, typer.Argument(metavar="CLEF", help="Son début, comme renvoi keys list le montre.")
    ],
) -> None:
    """Révoquer une clef : elle n'ouvre plus rien, tout de suite."""
    with users_database() as database:
        Keys(database).revoke(prefix, datetime.now(UTC))
        out.print(f"Clef révoquée : {escape(prefix)}.")


def _end_of(text: str | None) -> datetime | None:
    last_day = typed_day(text)
    end = datetime.combine(last_day, time.max, UTC) if last_day else None
    if end and end <= datetime.now(UTC):
        raise InvalidAccount(f"Le {text} est passé.", hint="Donnez un jour à venir.")
    return end


def _state(key: ApiKey) -> str:
    if key.revoked:
        return "révoquée"
    return "valable" if key.usable(datetime.now(UTC)) else "expirée"
