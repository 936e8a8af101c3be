"""What a sentence says of the articles that it cites, compared: part, penalties, subject, time, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.checking.compared_quotations import Verdict, Wordings, judge, not_compared, texts_of_day
from kb.checking.dates_in_text import day_of_facts
from kb.checking.findings import CERTAIN, DOUBTFUL, Finding, FindingKind
from kb.checking.given_anew import speaks_of_former
from kb.checking.quotation_pairing import Quotation
from kb.checking.sentences import Sentence
from kb.checking.stated_penalties import check_penalties
from kb.checking.subdivisions import check_subdivision
from kb.checking.subjects import read_claim
from kb.checking.wordings import Wording
from kb.codes import code_by_slug
from kb.concordance import divided, renumbering
from kb.french_citation import cite, cite_id
from kb.model import Citation, Provision, Resolution, Status
from kb.resolution.resolve import resolve
from kb.text.french_dates import french_date
from kb.validity import law_on
from kb.wording.validity import warnings_of
from service.checked_text import CheckedQuotation
from service.law_lookup import LawLookup

# Characters on either side of a quotation that tell whose words it is.
AROUND_QUOTATION, AROUND_AFTER = 160, 60


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in its sentence; `articles` are all those that the sentence cites."""

    citation: Citation
    resolutions: tuple[Resolution, ...]
    sentence: Sentence
    text: str
    articles: tuple[Provision, ...]

    @property
    def article(self) -> Provision | None:
        """The one article that the citation names; None when it names several or none."""
        named = [p for r in self.resolutions for p in r.provisions]
        if len(named) != 1 or len(self.resolutions) != 1:
            return None
        return next((a for a in self.articles if a.id == named[0]), None)


@dataclass(frozen=True, slots=True)
class Claims:
    """What was compared, and what it gave."""

    findings: tuple[Finding, ...] = ()
    part: str = ""
    quotations: tuple[CheckedQuotation, ...] = ()
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleClaims:
    """The checks of what is said of articles, over an open base, on a day."""

    lookup: LawLookup
    day: date

    def check(self, cited: Cited, quoted: Sequence[Quotation], *, within: bool) -> Claims:
        """All that can be compared of one citation; `within` tells that it stands in a quotation itself."""
        late, article = self._facts(cited), cited.article
        if article is None or _status(cited) is not Status.RESOLVED:
            return Claims((*late, *_uncompared(quoted)))
        wording = wording_of(article, self._day(cited))
        part, findings = self._part(cited, wording)
        verdicts = [
            (q, v) for q in quoted if (v := judge(q, _wordings(article, self.day), *_around(cited, q)))
        ]
        findings = (*late, *findings, *(v.finding for _, v in verdicts if v.finding))
        shown = tuple(_quotation(q, v, article) for q, v in verdicts)
        if within:
            return Claims(findings, part, shown)
        meant, wrong = self._subject(cited, wording)
        return Claims((*findings, *self._penalties(cited), *wrong), part, shown, meant)

    def _day(self, cited: Cited) -> date:
        """The day of the facts, where the sentence gives it, else that of the check."""
        return day_of_facts(cited.sentence.text) or self.day

    def _facts(self, cited: Cited) -> tuple[Finding, ...]:
        """The article did not apply on the day of the facts that the sentence gives."""
        facts = day_of_facts(cited.sentence.text)
        if facts is None or facts == self.day or _status(cited) is not Status.RESOLVED:
            return ()
        late = [
            r
            for r in resolve(cited.citation, self.lookup.service.articles, facts)
            if r.status in (Status.NOT_YET_IN_FORCE, Status.REPEALED, Status.RENUMBERED)
        ]
        return tuple(
            Finding(FindingKind.TIME, CERTAIN, f"Au jour des faits, le {french_date(facts)} : {r.message}")
            for r in late
        )

    def _part(self, cited: Cited, wording: Wording) -> tuple[str, tuple[Finding, ...]]:
        written = cited.citation.subdivision
        if not written or not wording.text:
            return "", ()
        part, finding = check_subdivision(written, wording)
        return part, (finding,) if finding else ()

    def _penalties(self, cited: Cited) -> tuple[Finding, ...]:
        """Once a sentence: beside the first of its articles that has a text."""
        day = self._day(cited)
        wordings = [w for a in cited.articles if (w := wording_of(a, day)).text]
        if not wordings or cited.article is None or wordings[0].provision != cited.article.id:
            return ()
        subdivision = (cited.citation.subdivision or "") if len(cited.articles) == 1 else ""
        return check_penalties(cited.sentence.text, subdivision, wordings)

    def _subject(self, cited: Cited, wording: Wording) -> tuple[str | None, tuple[Finding, ...]]:
        """What the sentence says the article is of."""
        code = cited.article.code if cited.article else ""
        if code_by_slug(code) is None:
            return None, ()
        former = self._former(cited, wording)
        if former:
            return former
        start, end = cited.citation.start - cited.sentence.start, cited.citation.end - cited.sentence.start
        claim = read_claim(cited.sentence.text[: max(0, start)], cited.sentence.text[end:])
        if claim is None:
            return None, ()
        better = self.lookup.subjects(code, self.day).better(claim, [a.id for a in cited.articles])
        if better is None:
            return None, ()
        message = f"{wording.name} existe, mais « {claim.subject} » paraît relever de {cite_id(better)}."
        return better, (Finding(FindingKind.NUMBER, DOUBTFUL, message, cite_id(better)),)

    def _former(self, cited: Cited, wording: Wording) -> tuple[str, tuple[Finding, ...]] | None:
        """The number of before a recodification, which is another article's by now."""
        code, _, number = wording.provision.partition("/")
        new = (*filter(None, [renumbering(code, number, self.day)]), *divided(code, number, self.day))
        others = [f"{code}/{r.new}" for r in new if r.new != number]
        start, end = cited.citation.start - cited.sentence.start, cited.citation.end - cited.sentence.start
        words = f"{cited.sentence.text[: max(0, start)]} {cited.sentence.text[end:]}"
        rarity = self.lookup.rarity(code)
        for article in self.lookup.provisions(others).values():
            other = wording_of(article, self.day)
            if speaks_of_former(words, wording.text, other.text, rarity):
                message = (
                    f"{wording.name} est un autre article depuis le {french_date(new[0].day)} ; la phrase parle "
                    f"de ce qui est à {other.name}."
                )
                return article.id, (Finding(FindingKind.TIME, DOUBTFUL, message, other.name),)
        return None


def wording_of(article: Provision, day: date) -> Wording:
    """The text of an article on a day, with what is not sure of it."""
    law = law_on(article.versions, day)
    version = law.wording or law.shown
    name = cite(article.code, article.number)
    if version is None:
        return Wording(article.id, name, "", "", sure=False, reservation=" ".join(warnings_of(law)))
    sure = law.wording is not None and not version.concurrent
    since = f"en vigueur le {french_date(day)}" if sure else f"connue le {french_date(version.start)}"
    reservation = " ".join(warnings_of(law)) or "le texte de ce jour n'est pas connu avec certitude."
    return Wording(article.id, name, version.text, since, sure, reservation, version.heading)


def _wordings(article: Provision, day: date) -> Wordings:
    dated = tuple((version.start, version.text) for version in article.versions)
    warning = " ".join(warnings_of(law_on(article.versions, day)))
    return Wordings(texts_of_day(article, day), dated, warning)


def _around(cited: Cited, quotation: Quotation) -> tuple[str, str]:
    """What introduces a quotation, and what follows it."""
    low = max(0, quotation.span.start - AROUND_QUOTATION)
    end = quotation.span.end
    return cited.text[low : quotation.span.start], cited.text[end : end + AROUND_AFTER]


def _uncompared(quoted: Sequence[Quotation]) -> tuple[Finding, ...]:
    why = "la citation ne mène pas à un seul article dont le texte du jour est connu"
    return tuple(not_compared(q, why) for q in quoted if q.quoted and not q.is_short)


def _quotation(quotation: Quotation, verdict: Verdict, article: Provision) -> CheckedQuotation:
    comparison = verdict.comparison
    return CheckedQuotation(
        start=quotation.span.start,
        end=quotation.span.end,
        provision=article.id,
        agreement=comparison.agreement,
        changes=comparison.changes,
        message=verdict.message,
    )


def _status(cited: Cited) -> Status:
    return next((r.status for r in cited.resolutions if r.status is not Status.RESOLVED), Status.RESOLVED)
