"""What changed from one consolidation of a code to another, latest first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, func, select

from kb.ids import ProvisionId, parse_id
from kb.model import Change, State
from kb.store.database import Database
from kb.store.tables import ProvisionRow, VersionRow


def changes_of(database: Database, code: str, limit: int) -> tuple[Change, ...]:
    """The wordings that appeared after the first consolidation of this code: before it nothing is known to change."""
    return _appeared(database, col(ProvisionRow.code) == code, {code}, limit)


def changes_among(database: Database, provisions: Collection[ProvisionId], limit: int) -> tuple[Change, ...]:
    """The wordings of these provisions that appeared, each after the first consolidation of its code, and those that
    no other took the place of: repealed, or renumbered."""
    among = col(ProvisionRow.id).in_(provisions)
    codes = {parse_id(provision).text for provision in provisions}
    changes = [*_appeared(database, among, codes, limit), *_ended(database, among, limit)]
    return tuple(sorted(changes, key=lambda change: change.start, reverse=True)[:limit])


def _appeared(
    database: Database, which: ColumnElement[bool], codes: Collection[str], limit: int
) -> tuple[Change, ...]:
    firsts = (
        select(col(ProvisionRow.code), func.min(col(VersionRow.start)).label("day"))
        .join(VersionRow, col(ProvisionRow.id) == col(VersionRow.provision))
        .where(col(ProvisionRow.code).in_(codes))
        .group_by(col(ProvisionRow.code))
        .subquery()
    )
    query = (
        select(VersionRow)
        .join(ProvisionRow, col(ProvisionRow.id) == col(VersionRow.provision))
        .join(firsts, firsts.c.code == col(ProvisionRow.code))
        .where(which, col(VersionRow.start) > firsts.c.day)
        .order_by(col(VersionRow.start).desc(), col(ProvisionRow.position), col(VersionRow.ordinal))
        .limit(limit)
    )
    return tuple(
        Change(ProvisionId(r.provision), r.start, State(r.state), r.text, r.ordinal == 0)
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
        .order_by(col(VersionRow.stop).desc(), col(ProvisionRow.position))
        .limit(limit)
    )
    return tuple(
        Change(ProvisionId(r.provision), r.stop, State(r.state), r.text, False, gone=True)
        for r in _rows(database, query)
    )


def _rows(database: Database, query: Any) -> list[Row[Any]]:
    with database.engine.connect() as connection:
        return list(connection.execute(query))
