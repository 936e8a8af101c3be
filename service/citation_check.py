"""One citation of a text at a time: looked up, then everything that the text says of it compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kb.checking.compared_quotations import enclosing, texts_of_day
from kb.checking.decisions import check_decision, lead_of
from kb.checking.findings import DOUBTFUL, UNVERIFIED, Finding, FindingKind
from kb.checking.quotation_pairing import Quotation, quotations
from kb.checking.quotations import is_exact
from kb.checking.sentences import Sentence, Sentences, ranks_within
from kb.checking.standing_findings import standing_findings
from kb.checking.suspicion import Suspecter
from kb.ids import parse_id
from kb.model import Citation, CitationKind, Provision, Resolution, Status
from kb.resolution.resolve import resolve
from service.article_claims import ArticleClaims, Cited
from service.checked_text import CheckedQuotation
from service.law_lookup import LawLookup

SHOWN = 5
"""Articles of one citation that are fetched and shown, of a range for example."""
MAX_QUOTATIONS = 200
"""Quotations compared, so that a text made of them takes seconds."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to check, read once: its citations, its sentences, its quotations, at the day of the law."""

    text: str
    day: date
    citations: Sequence[Citation]
    sentences: Sentences
    quotations: tuple[Quotation, ...]

    @classmethod
    def of(cls, text: str, citations: Sequence[Citation], day: date) -> Draft:
        """Read it."""
        return cls(text, day, citations, Sentences.of(text), quotations(text, citations))

    @property
    def uncompared(self) -> tuple[tuple[int, int], ...]:
        """Where the quotations are that no citation is beside, labels aside, or beyond those that are compared."""
        alone = (q for q in self.quotations[:MAX_QUOTATIONS] if q.citation is None and not q.is_short)
        return tuple((q.span.start, q.span.end) for q in (*alone, *self.quotations[MAX_QUOTATIONS:]))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a citation turned out to be. `named` are the provisions found, `meant` what a doubt proposes."""

    status: Status
    message: str
    named: tuple[str, ...]
    findings: tuple[Finding, ...]
    meant: str | None = None
    part: str = ""
    quotations: tuple[CheckedQuotation, ...] = ()


@dataclass(frozen=True)
class CitationCheck:
    """The check of a draft against an open base."""

    lookup: LawLookup
    draft: Draft
    resolutions: tuple[tuple[Resolution, ...], ...]
    provisions: Mapping[str, Provision]

    @classmethod
    def of(cls, lookup: LawLookup, draft: Draft) -> CitationCheck:
        """Look every citation up, and fetch at once the articles that they name."""
        known: dict[tuple[object, ...], tuple[Resolution, ...]] = {}
        resolutions = []
        for citation in draft.citations:
            key = citation.targets, citation.subdivision, citation.inherited  # all that `resolve` reads of it
            if key not in known:
                known[key] = resolve(citation, lookup.service.articles, draft.day)
            resolutions.append(known[key])
        provisions = lookup.provisions({p for found in set(resolutions) for p in _named(found)[:SHOWN]})
        return cls(lookup, draft, tuple(resolutions), provisions)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(citation.start for citation in self.draft.citations)

    @cached_property
    def _claims(self) -> ArticleClaims:
        return ArticleClaims(self.lookup, self.draft.day)

    @cached_property
    def _suspecter(self) -> Suspecter:
        draft = self.draft
        suspecter = Suspecter(self.lookup, self.lookup, draft.text, draft.day, draft.citations)
        self.lookup.fetch({other for found in self.resolutions for other in suspecter.candidates(found)})
        return suspecter

    @cached_property
    def _quoted(self) -> Mapping[int, list[Quotation]]:
        """The quotations that are compared, by the rank of the citation that they are beside."""
        quoted: dict[int, list[Quotation]] = {}
        for quotation in self.draft.quotations[:MAX_QUOTATIONS]:
            if quotation.citation is not None:
                quoted.setdefault(quotation.citation, []).append(quotation)
        return quoted

    def read(self, rank: int) -> Reading:
        """The citation of this rank, with its findings, the worst first."""
        citation, resolutions = self.draft.citations[rank], self.resolutions[rank]
        if citation.kind is CitationKind.DECISION:
            return self._decision(citation, resolutions)
        base = tuple(self._standing(citation, resolutions))
        quotation = enclosing(self.draft.quotations, citation.start)
        quoted = quotation is not None
        if quotation is not None and (citation.inherited or self._is_exact(quotation)):
            return self._of_another_text(resolutions, base)
        doubt = None if quoted else self._suspecter.doubt(citation, resolutions)
        if doubt is not None:
            finding = Finding(FindingKind.NUMBER, DOUBTFUL, doubt.message, doubt.meant)
            return Reading(
                Status.SUSPICIOUS, doubt.message, _named(resolutions), (*base, finding), doubt.meant
            )
        return self._compared(rank, base, quoted=quoted)

    def _is_exact(self, quotation: Quotation) -> bool:
        """Whether a quotation has the very words of the article that it is said to be of."""
        if quotation.citation is None:
            return False
        named = _named(self.resolutions[quotation.citation])
        articles = (self.provisions[p] for p in named if p in self.provisions)
        return any(
            is_exact(quotation.words, text) for a in articles for text in texts_of_day(a, self.draft.day)
        )

    def _of_another_text(self, resolutions: Sequence[Resolution], base: Sequence[Finding]) -> Reading:
        """A citation that is a part of an official text quoted word for word: whoever quotes it did not write it."""
        findings = tuple(replace(f, certainty=min(f.certainty, UNVERIFIED)) for f in base)
        status = _status(resolutions)
        mild = status in (Status.RESOLVED, Status.NOT_IN_CORPUS, Status.UNDETERMINED)
        return Reading(
            status if mild else Status.AMBIGUOUS, _message(resolutions), _named(resolutions), findings
        )

    def _compared(self, rank: int, base: tuple[Finding, ...], *, quoted: bool) -> Reading:
        resolutions = self.resolutions[rank]
        named = _named(resolutions)
        claims = self._claims.check(self._cited(rank), self._quoted.get(rank, ()), within=quoted)
        findings = tuple(sorted((*base, *claims.findings), key=lambda f: -f.certainty))
        status = _status(resolutions)
        if status is Status.RESOLVED and any(f.accuses for f in findings):
            status = Status.SUSPICIOUS
        accusing = [f.message for f in findings if f.accuses and f not in base]
        messages = [*(r.message for r in resolutions if r.message), *accusing]
        return Reading(
            status,
            " ".join(dict.fromkeys(messages)),
            named,
            findings,
            claims.meant,
            claims.part,
            claims.quotations,
        )

    def _cited(self, rank: int) -> Cited:
        """The citation with its sentence, and the articles that the same sentence cites."""
        citation = self.draft.citations[rank]
        sentence = self.draft.sentences.around(citation.start, citation.end)
        others = self._others(sentence)
        return Cited(citation, self.resolutions[rank], sentence, self.draft.text, others)

    def _others(self, sentence: Sentence) -> tuple[Provision, ...]:
        """Every article that is cited within a sentence, once."""
        ranks = ranks_within(sentence, self._starts)
        named = (p for rank in ranks for p in _named(self.resolutions[rank]))
        return tuple(self.provisions[p] for p in dict.fromkeys(named) if p in self.provisions)

    def _standing(self, citation: Citation, resolutions: Sequence[Resolution]) -> Iterator[Finding]:
        """What the look-up itself tells."""
        before = self.draft.text[max(0, citation.start - 60) : citation.start]
        bare = all(parse_id(target).number is None for target in citation.targets)
        yield from standing_findings(resolutions, before if bare else "")

    def _decision(self, citation: Citation, resolutions: tuple[Resolution, ...]) -> Reading:
        """A decision, confronted with the one that is held under its number."""
        written = f"{lead_of(self.draft.text, citation.start)} {citation.raw}"
        held = self.lookup.decisions
        if len(citation.targets) != 1:
            return Reading(
                _status(resolutions), _message(resolutions), (), tuple(standing_findings(resolutions, ""))
            )
        findings = check_decision(written, citation.targets[0], held)
        if any(f.accuses for f in findings):
            status = Status.SUSPICIOUS
        else:
            status = Status.RESOLVED if citation.targets[0] in held else _status(resolutions)
        message = " ".join(f.message for f in findings) or "Cette décision est dans la base."
        return Reading(status, message, (), findings)


def _named(resolutions: Sequence[Resolution]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(p) for r in resolutions for p in r.provisions))


def _message(resolutions: Sequence[Resolution]) -> str:
    return " ".join(dict.fromkeys(r.message for r in resolutions if r.message))


def _status(resolutions: Sequence[Resolution]) -> Status:
    return next((r.status for r in resolutions if r.status is not Status.RESOLVED), Status.RESOLVED)
