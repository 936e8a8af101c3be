"""Signing in by a password, and making an account: the rules, over the store."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from unicodedata import normalize

from kb.errors import BadCredentials, InvalidAccount, LockedOut, UnknownAccount
from workplace.model import Account
from workplace.passwords import hash_password, is_outdated, verify_password
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account
from workplace.store.attempts import Attempts

# Wrong passwords in WINDOW before none is tried any more. The first stops who guesses one account from one place,
# and leaves its owner in, who is elsewhere; the second stops who guesses it from many; the third who tries many
# accounts from one place, and is wide enough for a court whose people all come from one address.
_OF_ONE_FROM_ONE, _OF_ONE, _FROM_ONE = 5, 50, 30
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}")
MAX_NAME = 200


def normal_login(text: str) -> str:
    """As it is compared: neither capitals nor the spelling of accents tell two logins apart.

    >>> normal_login(" Anne.Dupont@Justice.FR ")
    'anne.dupont@justice.fr'
    """
    return normalize("NFKC", text).strip().casefold()


def make_account(database: WorkplaceDatabase, login: str, name: str, password: str) -> Account:
    """A new account that signs in by password. Raises InvalidAccount."""
    login = normal_login(login)
    if not _LOGIN.fullmatch(login):
        raise InvalidAccount(
            f"« {login[:40]} » ne peut pas être un identifiant.",
            hint="De 2 à 100 lettres sans accent, chiffres, points, tirets, @ ou +.",
        )
    account = new_account(login, checked_name(name or login), datetime.now(UTC))
    return Accounts(database).add(account, hash_password(password))


def checked_name(name: str) -> str:
    """A name that can be shown on one line. Raises InvalidAccount."""
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise InvalidAccount(f"Le nom doit avoir de 1 à {MAX_NAME} caractères, sans caractère de contrôle.")
    return name


def known_account(database: WorkplaceDatabase, login: str) -> Account:
    """The account of this login. Raises UnknownAccount."""
    account = Accounts(database).by_login(normal_login(login))
    if account is None:
        raise UnknownAccount(f"Aucun compte « {login[:100]} ».", hint="renvoi users list les montre.")
    return account


def sign_in(
    database: WorkplaceDatabase, login: str, password: str, address: str, now: datetime | None = None
) -> Account:
    """Whose login and password these are.

    Raises BadCredentials, the same and in the same time whether the login exists or not; LockedOut.
    """
    login, place, now = normal_login(login), network(address), now or datetime.now(UTC)
    pair, whole, origin = f"pair:{place}:{login}", f"account:{login}", f"address:{place}"
    attempts, accounts = Attempts(database), Accounts(database)
    wait = attempts.begin({pair: _OF_ONE_FROM_ONE, whole: _OF_ONE, origin: _FROM_ONE}, now)
    if wait is not None:
        minutes = int(wait.total_seconds()) // 60 + 1
        raise LockedOut(
            f"Trop d'essais infructueux : la connexion est suspendue pendant {minutes} minutes.",
            retry_after=int(wait.total_seconds()) + 1,
            hint="Aucun mot de passe n'est essayé d'ici là. Au besoin, faites-le changer par votre administrateur.",
        )
    account = accounts.by_login(login)
    hashed = accounts.password_of(account.id) if account and not account.disabled else None
    if not verify_password(hashed, password) or account is None or hashed is None:
        raise BadCredentials(
            "Identifiant ou mot de passe incorrect.",
            hint=f"Après {_OF_ONE_FROM_ONE} essais infructueux, la connexion est suspendue un quart d'heure.",
        )
    attempts.succeeded((pair, whole), (origin,))
    accounts.signed_in(account.id, now, hash_password(password) if is_outdated(hashed) else None)
    return account


def network(address: str) -> str:
    """Where requests come from: an IPv4 address, or the network of an IPv6 one, whose owner has all the others.

    >>> network("2001:db8:1:2:3:4:5:6"), network("192.0.2.7"), network("::ffff:192.0.2.7")
    ('2001:db8:1:2::/64', '192.0.2.7', '192.0.2.7')
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def change_password(
    database: WorkplaceDatabase, account: Account, former: str, new: str, address: str
) -> None:
    """Another password for who knows the former one; every session of the account ends.

    Raises BadCredentials, LockedOut or InvalidAccount.
    """
    hashed = hash_password(new)
    sign_in(database, account.login, former, address)
    Accounts(database).set_password(account.id, hashed)


def account_of_provider(
    database: WorkplaceDatabase, identity: tuple[str, str], name: str, now: datetime
) -> Account:
    """The account of (issuer, subject), made the first time. It never joins an account that has a password here: a
    provider that lets its people choose an e-mail address would let them choose an account.

    Raises BadCredentials when it is disabled.
    """
    accounts = Accounts(database)
    account = accounts.by_subject(*identity)
    if account is None:
        login = f"oidc:{sha256(' '.join(identity).encode()).hexdigest()[:16]}"
        display_name = " ".join(name.split())[:MAX_NAME]
        made = new_account(login, display_name if display_name and display_name.isprintable() else login, now)
        account = accounts.add(replace(made, issuer=identity[0], subject=identity[1]), None)
    if account.disabled:
        raise BadCredentials("Ce compte est fermé.", hint="Adressez-vous à votre administrateur.")
    accounts.signed_in(account.id, now)
    return account
