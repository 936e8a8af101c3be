"""What changed in a code from one of its consolidations to another, latest first."""

from __future__ import annotations

from sqlmodel import col, func, select

from kb.ids import ProvisionId
from kb.model import Change, State
from kb.store.database import Database
from kb.store.tables import ProvisionRow, VersionRow


def changes_of(database: Database, code: str, limit: int) -> tuple[Change, ...]:
    """The wordings that appeared after the first consolidation of this code: before it nothing is known to change."""
    first = (
        select(func.min(VersionRow.start))
        .join(ProvisionRow, col(ProvisionRow.id) == col(VersionRow.provision))
        .where(col(ProvisionRow.code) == code)
        .scalar_subquery()
    )
    query = (
        select(VersionRow)
        .join(ProvisionRow, col(ProvisionRow.id) == col(VersionRow.provision))
        .where(col(ProvisionRow.code) == code, col(VersionRow.start) > first)
        .order_by(col(VersionRow.start).desc(), col(ProvisionRow.position), col(VersionRow.ordinal))
        .limit(limit)
    )
    with database.engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Change(ProvisionId(r.provision), r.start, State(r.state), r.text, r.ordinal == 0) for r in rows
    )
