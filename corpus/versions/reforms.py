"""The bounds that no observation of a code gives, taken from the acts that changed its provisions (`kb.reforms`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from corpus.versions.snapshots import DatedProvision
from kb.reforms import changes_of, narrow_versions


def date_by_reforms(
    provisions: Iterable[DatedProvision], observed: Sequence[date]
) -> tuple[DatedProvision, ...]:
    """The same provisions, their versions narrowed; `observed` are the days on which the whole code was seen."""
    return tuple(_dated(dated, observed) for dated in provisions)


def _dated(dated: DatedProvision, observed: Sequence[date]) -> DatedProvision:
    provision = dated.provision
    versions = narrow_versions(provision.versions, changes_of(provision.id), observed)
    return replace(dated, provision=replace(provision, versions=versions))
