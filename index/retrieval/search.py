"""From a question to ranked provisions: exact citations first, then words, meaning and evidence together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.artefacts.faq_index import Near
from index.artefacts.reader import IndexReader
from index.embedding.ports import Embedder
from index.engines.faiss_vectors import Vectors
from index.retrieval.answerability import Subject, decision, signs
from index.retrieval.candidates import Candidates, OutsideSignals, gather
from index.retrieval.evidence import propagate, speakers
from index.retrieval.expansion import OWN, WEIGHT, expand, said
from index.retrieval.foreign_law import abroad
from index.retrieval.fusion import FITTED, Weights, calibrated, parts, passage_strength, ranks
from index.retrieval.language import language
from index.retrieval.law_classifier import about
from index.retrieval.model import (
    Candidate,
    Choice,
    Decision,
    Evidence,
    Hit,
    Method,
    Parts,
    PassageHit,
    Question,
    Ranking,
)
from index.retrieval.query import checked
from index.retrieval.recodifications import carried, counterparts
from index.retrieval.references import References
from index.retrieval.relaxation import relaxed
from index.retrieval.retrievers import CandidatePassages, ParsedQuery, found_by_words, propose, score
from index.retrieval.spelling import mend
from index.tokens import terms
from kb.errors import InvalidQuery
from kb.ids import ProvisionId, parse_id


@dataclass(frozen=True, slots=True)
class Searcher:
    """Answers questions from an opened index. `references` reads and looks up the citations of a question."""

    index: IndexReader
    embedder: Embedder
    references: Callable[[str], References]
    weights: Weights = FITTED

    def check(self) -> None:
        """Read a vector, a word and a row of the index. Raises GenerationMismatch when they no longer agree."""
        self.index.check()

    def rank(self, question: Question, choose: Choice = tuple) -> Ranking:
        """The provisions that answer, best first; only the first `question.k` of those chosen. Raises InvalidQuery."""
        text = checked(question.text)
        references = self.references(text)
        exact = self._named(references, question.codes)
        words = tuple(terms(references.rest if exact else text))
        mended = mend(words, self.index.articles.words)
        tongue = language(text)
        notices = relaxed(references, bool(exact), mended, tongue)
        resolutions = references.resolutions
        if exact and not words:
            chosen = choose(exact)
            hits = tuple(self._cited(candidate) for candidate in chosen[: question.k])
            return Ranking(hits, len(chosen), resolutions, notices, language=tongue, pool=exact)
        own = tuple(mended.get(word, word) for word in words)
        query = self._asked(text, own, question)
        share = said(own)
        weights = self.weights.of_question(share)
        evidence, strength_of = self._evidence(query, weights)
        candidates = gather(self.index, query, weights, OutsideSignals(evidence, self._near(query), share))
        totals = candidates.ranked()
        rows = {ProvisionId(self.index.names.provisions[p]): p for p in totals}
        cited = {candidate.provision for candidate in exact}
        others = (Candidate(p, calibrated(totals[row])) for p, row in rows.items() if p not in cited)
        pool = (*exact, *others)
        chosen = choose(pool)
        hits = tuple(
            self._cited(candidate)
            if candidate.named
            else self._hit(rows[candidate.provision], candidate, candidates, strength_of)
            for candidate in chosen[: question.k]
        )
        judged = (
            Decision()
            if references.certain
            else self._verdict(text, query, candidates, next(iter(totals), None))
        )
        return Ranking(hits, len(chosen), resolutions, notices, tuple(query.words), judged, tongue, pool)

    def passages(
        self, question: Question, *, articles: bool, only: Sequence[int] | None = None
    ) -> tuple[PassageHit, ...]:
        """Passages on their own: of the articles, or of all the other documents; of these keys alone when given."""
        text = checked(question.text)
        words = terms(text)
        mended = mend(words, self.index.articles.words)
        query = self._asked(text, tuple(mended.get(word, word) for word in words), question)
        collection = self.index.articles if articles else self.index.others
        if only is not None:
            query = replace(query, rows=collection.table.found(np.array(sorted(only), dtype=np.int64)))
        proposal = propose(collection, query)
        scored = score(collection, self.index.headings, query, proposal, proposal.rows)
        strength = passage_strength(scored, self.weights)
        best = np.argsort(-strength, kind="stable")[: question.k].tolist()
        keys = collection.table.key[scored.rows]
        return tuple(PassageHit(int(keys[i]), calibrated(float(strength[i])), parts(scored, i)) for i in best)

    def _asked(self, text: str, words: tuple[str, ...], question: Question) -> ParsedQuery:
        vector = None if question.method is Method.LEXICAL else self._vector(text)
        if not words and vector is None:
            raise InvalidQuery(
                "La question ne contient aucun mot utile à la recherche.",
                hint="Ajoutez un nom ou un verbe : « traite », « titre de séjour », « confiscation »…",
            )
        names = self.index.names.codes
        rows = tuple(i for i, name in enumerate(names) if name in question.codes)
        own = dict.fromkeys(words, OWN)
        weighted = {**dict.fromkeys(expand(own), WEIGHT), **own}
        return ParsedQuery(weighted, vector, question.as_of, question.codes, rows, question.method)

    def _vector(self, text: str) -> Vectors | None:
        """The question's vector; None when the model knows no word of it."""
        try:
            return np.asarray(self.embedder.encode([text])[0], dtype=np.float32)
        except InvalidQuery:
            return None

    def _verdict(self, text: str, query: ParsedQuery, candidates: Candidates, best: int | None) -> Decision:
        """Only all legs together can tell that nothing covers a question, and only over the text of some code."""
        if query.method is not Method.HYBRID or not self.index.whole_codes:
            return Decision()
        own = [term for term, weight in query.words.items() if weight == OWN]
        searched = query.codes or self.index.whole_codes
        subject = about(own, searched)
        features = signs(
            self.index.articles.words,
            own,
            candidates,
            best,
            Subject(subject.held, abroad(text)),
        )
        return decision(features, subject.elsewhere)

    def _hit(
        self, row: int, candidate: Candidate, candidates: Candidates, strength_of: dict[int, float]
    ) -> Hit:
        position, near = candidates.best[row][0], candidates.given.near.get(row)
        return Hit(
            candidate.provision,
            candidate.score,
            replace(
                parts(candidates.scored, position, candidates.speaking_for(row)), said=candidates.given.said
            ),
            int(self.index.articles.table.key[candidates.scored.rows[position]]),
            speakers(row, strength_of, self.index.links.documents, self.index.others.table),
            ranks(candidates.scored, position),
            near.question if near else "",
        )

    def _near(self, query: ParsedQuery) -> dict[int, Near]:
        """What the known questions near this one give to provisions; words alone know no nearness."""
        if query.vector is None or query.method is Method.LEXICAL:
            return {}
        return carried(
            self.index.known.near(query.vector), counterparts(self.index.recodifications, query.on)
        )

    def _evidence(self, query: ParsedQuery, weights: Weights) -> tuple[dict[int, float], dict[int, float]]:
        """What other documents give to provisions, and the strength of every one of their passages, by row.

        They are few (thousands): all are scored. They belong to no code and to no date.
        """
        everything = np.arange(len(self.index.others.table), dtype=np.int64)
        free = replace(query, codes=(), code_rows=())
        proposal = CandidatePassages(everything, found_by_words(self.index.others, free))
        scored = score(self.index.others, self.index.headings, free, proposal, everything)
        strength = passage_strength(scored, weights)
        strengths = carried(
            propagate(scored, strength, self.index.links.documents),
            counterparts(self.index.recodifications, query.on),
        )
        return strengths, dict(zip(scored.rows.tolist(), strength.tolist(), strict=True))

    def _named(self, references: References, codes: tuple[str, ...]) -> tuple[Candidate, ...]:
        """The provisions named in the question itself, found without any vector."""
        return tuple(
            Candidate(provision, sure, named=True)
            for provision, sure in references.provisions
            if not codes or parse_id(provision).text in codes
        )

    def _cited(self, candidate: Candidate) -> Hit:
        parts = Parts(citation=candidate.score)
        return Hit(candidate.provision, candidate.score, parts, None, self._speakers(candidate.provision))

    def _speakers(self, provision: ProvisionId) -> tuple[Evidence, ...]:
        row = self.index.rows_by_provision.get(provision)
        return () if row is None else speakers(row, {}, self.index.links.documents, self.index.others.table)
