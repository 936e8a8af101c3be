"""From a question to ranked provisions: exact citations first, then words, meaning and evidence together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.artefacts.faq_index import Near
from index.artefacts.reader import OpenedIndex
from index.embedding.ports import Embedder
from index.engines.faiss_vectors import Vectors
from index.retrieval.answerability import Subject, signs, verdict
from index.retrieval.candidates import Candidates, Given, gather
from index.retrieval.evidence import propagate, speakers
from index.retrieval.expansion import OWN, WEIGHT, expand, said
from index.retrieval.foreign_law import abroad
from index.retrieval.fusion import FITTED, Weights, calibrated, parts, passage_strength, ranks
from index.retrieval.language import language
from index.retrieval.law_classifier import about
from index.retrieval.model import (
    Candidate,
    Choice,
    Evidence,
    Hit,
    Method,
    Parts,
    PassageHit,
    Question,
    Ranking,
    Verdict,
)
from index.retrieval.query import checked
from index.retrieval.references import References
from index.retrieval.relaxation import relaxed
from index.retrieval.retrievers import Asked, Proposal, found_by_words, propose, score
from index.retrieval.spelling import mend
from index.tokens import terms
from kb.errors import InvalidQuery
from kb.ids import ProvisionId, parse_id


@dataclass(frozen=True, slots=True)
class Searcher:
    """Answers questions from an opened index. `references` reads and looks up the citations of a question."""

    index: OpenedIndex
    embedder: Embedder
    references: Callable[[str], References]
    weights: Weights = FITTED

    def rank(self, question: Question, choose: Choice = tuple) -> Ranking:
        """The provisions that answer, best first; only the first `question.k` of those chosen. Raises InvalidQuery."""
        text = checked(question.text)
        references = self.references(text)
        exact = self._named(references, question.codes)
        words = tuple(terms(references.rest if exact else text))
        mended = mend(words, self.index.articles.words)
        spoken = language(text)
        told = relaxed(references, bool(exact), mended, spoken)
        given = references.resolutions
        if exact and not words:
            chosen = choose(exact)
            shown = tuple(self._cited(candidate) for candidate in chosen[: question.k])
            return Ranking(shown, len(chosen), given, told, language=spoken, pool=exact)
        own = tuple(mended.get(word, word) for word in words)
        asked = self._asked(text, own, question)
        share = said(own)
        weights = self.weights.of_question(share)
        evidence, strength_of = self._evidence(asked, weights)
        found = gather(self.index, asked, weights, Given(evidence, self._near(asked), share))
        totals = found.ranked()
        rows = {ProvisionId(self.index.names.provisions[p]): p for p in totals}
        named = {candidate.provision for candidate in exact}
        others = (Candidate(p, calibrated(totals[row])) for p, row in rows.items() if p not in named)
        pool = (*exact, *others)
        chosen = choose(pool)
        shown = tuple(
            self._cited(candidate)
            if candidate.named
            else self._hit(rows[candidate.provision], candidate, found, strength_of)
            for candidate in chosen[: question.k]
        )
        judged = (
            Verdict() if references.certain else self._verdict(text, asked, found, next(iter(totals), None))
        )
        return Ranking(shown, len(chosen), given, told, tuple(asked.words), judged, spoken, pool)

    def passages(
        self, question: Question, *, articles: bool, only: Sequence[int] | None = None
    ) -> tuple[PassageHit, ...]:
        """Passages on their own: of the articles, or of all the other documents; of these keys alone when given."""
        text = checked(question.text)
        words = terms(text)
        mended = mend(words, self.index.articles.words)
        asked = self._asked(text, tuple(mended.get(word, word) for word in words), question)
        collection = self.index.articles if articles else self.index.others
        if only is not None:
            asked = replace(asked, rows=collection.table.found(np.array(sorted(only), dtype=np.int64)))
        proposal = propose(collection, asked)
        scored = score(collection, self.index.headings, asked, proposal, proposal.rows)
        strength = passage_strength(scored, self.weights)
        best = np.argsort(-strength, kind="stable")[: question.k].tolist()
        keys = collection.table.key[scored.rows]
        return tuple(PassageHit(int(keys[i]), calibrated(float(strength[i])), parts(scored, i)) for i in best)

    def _asked(self, text: str, words: tuple[str, ...], question: Question) -> Asked:
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
        return Asked(weighted, vector, question.as_of, question.codes, rows, question.method)

    def _vector(self, text: str) -> Vectors | None:
        """The question's vector; None when the model knows no word of it."""
        try:
            return np.asarray(self.embedder.encode([text])[0], dtype=np.float32)
        except InvalidQuery:
            return None

    def _verdict(self, text: str, asked: Asked, found: Candidates, best: int | None) -> Verdict:
        """Only all legs together can tell that nothing covers a question, and only over the text of some code."""
        if asked.method is not Method.HYBRID or not self.index.whole_codes:
            return Verdict()
        own = [term for term, weight in asked.words.items() if weight == OWN]
        searched = asked.codes or self.index.whole_codes
        subject = about(own, searched)
        seen = signs(
            self.index.articles.words,
            own,
            found,
            best,
            Subject(subject.held, abroad(text)),
        )
        return verdict(seen, subject.elsewhere)

    def _hit(self, row: int, candidate: Candidate, found: Candidates, strength_of: dict[int, float]) -> Hit:
        position, near = found.best[row][0], found.given.near.get(row)
        return Hit(
            candidate.provision,
            candidate.score,
            replace(parts(found.scored, position, found.speaking_for(row)), said=found.given.said),
            int(self.index.articles.table.key[found.scored.rows[position]]),
            speakers(row, strength_of, self.index.links.documents, self.index.others.table),
            ranks(found.scored, position),
            near.question if near else "",
        )

    def _near(self, asked: Asked) -> dict[int, Near]:
        """What the known questions near this one give to provisions; words alone know no nearness."""
        if asked.vector is None or asked.method is Method.LEXICAL:
            return {}
        return self.index.known.near(asked.vector)

    def _evidence(self, asked: Asked, weights: Weights) -> tuple[dict[int, float], dict[int, float]]:
        """What other documents give to provisions, and the strength of every one of their passages, by row.

        They are few (thousands): all are scored. They belong to no code and to no date.
        """
        everything = np.arange(len(self.index.others.table), dtype=np.int64)
        free = replace(asked, codes=(), code_rows=())
        proposal = Proposal(everything, found_by_words(self.index.others, free))
        scored = score(self.index.others, self.index.headings, free, proposal, everything)
        strength = passage_strength(scored, weights)
        given = propagate(scored, strength, self.index.links.documents)
        return given, dict(zip(scored.rows.tolist(), strength.tolist(), strict=True))

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
        row = self._row(provision)
        return () if row is None else speakers(row, {}, self.index.links.documents, self.index.others.table)

    def _row(self, provision: ProvisionId) -> int | None:
        try:
            return self.index.names.provisions.index(provision)
        except ValueError:
            return None
