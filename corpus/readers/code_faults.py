"""The faults of a code's source, each as one anomaly with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kb.ids import DocumentId, ProvisionId
from kb.model import Anomaly
from kb.text.spans import Span

# Share of the headings above no article from which they are reported. The codes read have from none to 80 %, one in two
# more than 24 %, for the source keeps former titles beside the new ones; above a third (20 codes) the plan is in doubt.
EXCESSIVE_SHARE = 1 / 3
_EXCESSIVE_COUNT = 10


class Faults:
    """Collects the anomalies of one document while it is read."""

    def __init__(self, document: DocumentId) -> None:
        self._document = document
        self._found: list[Anomaly] = []

    def add(self, kind: str, message: str, span: Span | None = None) -> None:
        """Note one fault."""
        self._found.append(Anomaly(self._document, kind, message, span))

    def add_doubles(self, articles: Iterable[tuple[ProvisionId, Span]]) -> None:
        """Note each number that announces several articles, at its second place."""
        counts: Counter[ProvisionId] = Counter()
        second: dict[ProvisionId, Span] = {}
        for provision, span in articles:
            counts[provision] += 1
            if counts[provision] == 2:
                second[provision] = span
        for provision, span in second.items():
            self.add("numero_double", f"{counts[provision]} articles portent le numéro {provision}.", span)

    def add_unused_headings(self, unused: int, headings: int) -> None:
        """Note the headings above no article when there are too many of them."""
        if unused > _EXCESSIVE_COUNT and unused > EXCESSIVE_SHARE * headings:
            self.add("titres_sans_article", f"{unused} intitulés sur {headings} ne coiffent aucun article.")

    def all(self) -> tuple[Anomaly, ...]:
        """The faults noted, in order."""
        return tuple(self._found)
