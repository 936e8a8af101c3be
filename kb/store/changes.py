"""What changed from one consolidation of a code to another, latest first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, select

from kb.ids import ProvisionId
from kb.model import Bound, Change, State
from kb.store.database import Database
from kb.store.tables import ProvisionRow, VersionRow


def changes_of(database: Database, code: str, limit: int) -> tuple[Change, ...]:
    """The wordings of this code that are known to have appeared: a first observation is no change."""
    return _appeared(database, col(ProvisionRow.code) == code, limit)


def changes_among(database: Database, provisions: Collection[ProvisionId], limit: int) -> tuple[Change, ...]:
    """The wordings of these provisions that appeared, and those that no other took the place of: repealed, or
    renumbered."""
    among = col(ProvisionRow.id).in_(provisions)
    changes = [*_appeared(database, among, limit), *_ended(database, among, limit)]
    return tuple(sorted(changes, key=lambda change: change.start, reverse=True)[:limit])


def _appeared(database: Database, which: ColumnElement[bool], limit: int) -> tuple[Change, ...]:
    new = (
        (col(VersionRow.start_bound) != Bound.UNKNOWN.value)
        | col(VersionRow.absent_until).is_not(None)
        | (col(VersionRow.ordinal) > 0)
    )
    query = (
        select(VersionRow)
        .join(ProvisionRow, col(ProvisionRow.id) == col(VersionRow.provision))
        .where(which, new)
        .order_by(col(VersionRow.start).desc(), col(ProvisionRow.position), col(VersionRow.ordinal))
        .limit(limit)
    )
    return tuple(
        Change(
            ProvisionId(r.provision),
            r.start,
            State(r.state),
            r.text,
            r.ordinal == 0,
            bound=Bound(r.start_bound),
        )
        for r in _rows(database, query)
    )


def _ended(database: Database, which: ColumnElement[bool], limit: int) -> tuple[Change, ...]:
    later = aliased(VersionRow)
    followed = exists().where(
        col(later.provision) == col(VersionRow.provision), col(later.start) >= col(VersionRow.stop)
    )
    query = (
        select(VersionRow)
        .join(ProvisionRow, col(ProvisionRow.id) == col(VersionRow.provision))
        .where(which, col(VersionRow.stop).is_not(None), ~followed)
        .where(
            col(VersionRow.state) != State.MODIFIED.value
        )  # another wording followed, which the base has not
        .order_by(col(VersionRow.stop).desc(), col(ProvisionRow.position))
        .limit(limit)
    )
    return tuple(
        Change(
            ProvisionId(r.provision),
            r.stop,
            State(r.state),
            r.text,
            False,
            gone=True,
            bound=Bound(r.end_bound),
        )
        for r in _rows(database, query)
    )


def _rows(database: Database, query: Any) -> list[Row[Any]]:
    with database.engine.connect() as connection:
        return list(connection.execute(query))
