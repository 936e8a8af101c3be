"""Passwords: what one must be, its hash (argon2id, RFC 9106), its verification in the same time for everybody."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.errors import InvalidAccount

# The minimum that the ANSSI advises for a password that is not written down (guide of 2021).
MIN_LENGTH, MAX_LENGTH = 12, 1000
_HASHER = PasswordHasher()
# A verification takes 64 MiB: as many at a time as the server has memory for, the others wait.
_AT_ONCE = BoundedSemaphore(4)


@cache
def _hash_of_nobody() -> str:
    """Make the hash verified in place of that of an account that does not exist, so that the answer takes as long.
    It costs 64 MiB and a quarter of a second: only who verifies passwords pays it, once."""
    return _HASHER.hash("personne")


def hash_password(password: str) -> str:
    """Its hash, with its salt and parameters. Raises InvalidAccount for a password too short or too long."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InvalidAccount(
            f"Le mot de passe doit avoir de {MIN_LENGTH} à {MAX_LENGTH} caractères.",
            hint="Une suite de plusieurs mots est longue et se retient.",
        )
    if len(set(password)) < 4:
        raise InvalidAccount("Le mot de passe répète les mêmes caractères.", hint="Choisissez-en un autre.")
    with _AT_ONCE:
        return _HASHER.hash(password)


def verify_password(hashed: str | None, password: str) -> bool:
    """Whether this is the password; None (no such account, or none by password) takes as long and is never true."""
    with _AT_ONCE:
        nobody = _hash_of_nobody()  # also when it is not needed: the first answer takes as long for everybody
        try:
            _HASHER.verify(hashed or nobody, password[: MAX_LENGTH + 1])
        except (VerificationError, InvalidHashError):
            return False
    return hashed is not None


def is_outdated(hashed: str) -> bool:
    """Whether it was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(hashed)
