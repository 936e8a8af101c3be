"""The source's figures against each other: printed totals against sums, one table against another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.statistics_schema import CheckEntry, Selector
from kb.statistics import Check, Figure, Outcome, Total


def reconcile(entry: CheckEntry, figures: Sequence[Figure]) -> Iterator[Check]:
    """One check for each year of the entry, or one in all.

    Raises ValueError when a side has no figure, or the outcome is not the one that the entry announces.
    """
    years: list[int | None] = [*entry.annees] or [None]
    for year in years:
        left = Total.over(_selected(figures, entry.gauche, year))
        parts = _selected(figures, entry.droite, year)
        right = _computed(entry, parts, figures)
        outcome = _outcome(entry, left, right, parts)
        if outcome is not entry.announced(year):
            raise ValueError(
                f"{entry.id} ({year}) : {left.known} et {right.known}, contre ce qui est annoncé"
            )
        yield Check(
            id=entry.id,
            title=entry.titre,
            relation=entry.relation,
            year=year,
            left=left,
            right=right,
            outcome=outcome,
            explanation=entry.explication,
            measures=tuple(dict.fromkeys((*_measures(entry.gauche), *_measures(entry.droite)))),
        )


def _computed(entry: CheckEntry, parts: Sequence[Figure], figures: Sequence[Figure]) -> Total:
    """What the printed figure is compared to."""
    total = Total.over(parts)
    if entry.relation in ("egal", "recouvrement") or total.known is None:
        return total
    if entry.relation == "centaine":
        return Total(round(total.known / 100) * 100)
    if entry.relation == "quotient":
        return Total(round(total.known / (entry.diviseur or 1)))
    over = Total.over(_selected(figures, entry.sur or {}, None)).known
    if not over:
        raise ValueError(f"{entry.id} : sur")
    share = 100 * total.known / over
    return Total(round(share - 100 if entry.relation == "hausse" else share))


def _outcome(entry: CheckEntry, left: Total, right: Total, parts: Sequence[Figure]) -> Outcome:
    if entry.relation == "recouvrement":
        largest = max(part.value or 0 for part in parts)
        holds = largest <= (left.known or 0) <= (right.known or 0)
        return Outcome.EXACT if holds else Outcome.DISCREPANCY
    if left.known == right.known:
        return Outcome.EXACT
    low, _ = sorted((left, right), key=lambda total: total.known or 0)
    return Outcome.COMPATIBLE if low.masked else Outcome.DISCREPANCY


def _selected(figures: Sequence[Figure], selector: Selector, year: int | None) -> list[Figure]:
    """The figures that a selector means, in this year unless it names one itself. Raises ValueError when none."""
    wanted = selector if year is None else {"year": year, **selector}
    selected = [f for f in figures if all(_has(f, name, value) for name, value in wanted.items())]
    if not selected:
        raise ValueError(f"{wanted} : aucun chiffre")
    return selected


def _has(figure: Figure, name: str, value: int | str | list[str]) -> bool:
    own = {"measure": figure.measure, "year": figure.year, "period": figure.period}
    actual = own[name] if name in own else figure.dimensions.get(name, "")
    return actual in value if isinstance(value, list) else actual == value


def _measures(selector: Selector) -> list[str]:
    measure = selector["measure"]
    return [str(m) for m in measure] if isinstance(measure, list) else [str(measure)]
