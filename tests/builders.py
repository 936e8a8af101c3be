"""Small knowledge bases for the tests: a few articles, one answer, their links, in the real store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.retrieval.model import Candidate, Choice, Evidence, Hit, Parts, PassageHit, Question, Ranking
from index.retrieval.query import checked
from index.retrieval.references import References
from index.tokens import terms
from kb.citations import find_citations
from kb.ids import DocumentId, PassageId, provision_id
from kb.model import Anomaly, Document, DocumentKind, Passage, PassageKind, Provision, State, Version
from kb.resolution.article_table import ArticleTable
from kb.resolution.resolve import resolve
from kb.store import Database, PlacedCitation, Reader, SourceContent, Writer
from kb.text.spans import MappedText, Span
from service.base import Service
from service.settings import Settings

FIRST_DAY, LAST_DAY = date(2010, 8, 11), date(2026, 4, 3)
REPLY = "reponse-france-greta-4"


@dataclass(frozen=True)
class Article:
    """One article of a small code; `former` is an older wording, seen on FIRST_DAY only."""

    number: str
    text: str
    former: str = ""
    heading: tuple[str, ...] = ("Partie législative", "Section 1")


PENAL = (
    Article(
        "225-4-1", "La traite des êtres humains est le fait de recruter une personne.", "La traite est punie."
    ),
    Article("225-4-2", "L'infraction prévue à l'article 225-4-1 du code pénal est punie de dix ans."),
    Article("225-4-3", "Elle est punie de vingt ans en bande organisée.\nAlinéa second."),
)
CESEDA = (
    Article("L425-1", "L'étranger qui dépose plainte pour les faits de l'article 225-4-1 du code pénal."),
    Article("L425-2", "Un décret précise les conditions."),
)


def code(slug: str, text_id: str, articles: tuple[Article, ...], title: str = "Code pénal") -> SourceContent:
    """A code with one snapshot, or two where an article has a former wording."""
    documents = tuple(
        Document(
            DocumentId(f"{slug}@{day}"), DocumentKind.CODE, title, f"codes/{day}.md", "0" * 64, day, text_id
        )
        for day in (FIRST_DAY, LAST_DAY)
    )
    provisions = tuple(_provision(slug, text_id, position, a) for position, a in enumerate(articles))
    passages = tuple(
        _article_passage(slug, version, ordinal)
        for ordinal, version in enumerate(v for p in provisions for v in p.versions)
    )
    faults = (Anomaly(documents[1].id, "doublon", "Deux articles portent le numéro 225-4-9.", Span(0, 5)),)
    return SourceContent(f"code/{text_id}", "1", documents, provisions, passages, _cited(passages), faults)


def reply(*answers: tuple[int, PassageKind, str], title: str = "Réponse de la France") -> SourceContent:
    """A questionnaire reply, one passage each; a footnote is called from the passage before it."""
    document = Document(DocumentId(REPLY), DocumentKind.QUESTIONNAIRE, title, "questionnaire/r.txt", "1" * 64)
    passages: list[Passage] = []
    for ordinal, (question, kind, text) in enumerate(answers):
        parent = passages[-1].id if kind is PassageKind.FOOTNOTE else None
        passages.append(
            Passage(
                id=PassageId(f"{REPLY}/{question}/{ordinal}"),
                document=document.id,
                ordinal=ordinal,
                kind=kind,
                heading=("Partie II", f"Question {question}"),
                place="note-1" if parent else str(question),
                content=MappedText.of("x" * 1000 + text, 1000),
                question=question,
                parent=parent,
            )
        )
    return SourceContent(
        "questionnaire/r", "1", (document,), (), tuple(passages), _cited(tuple(passages)), ()
    )


ANSWERS = (
    (21, PassageKind.QUESTION, "21. Quelles mesures ont été mises en place ?"),
    (
        21,
        PassageKind.ANSWER,
        "La victime obtient un titre (article L425-1 du CESEDA) et non L425-99 du CESEDA.",
    ),
    (21, PassageKind.FOOTNOTE, "Voir l'article 706-73 du code de procédure pénale."),
    (21, PassageKind.TABLE, "Année | 2021 | 2022\nVictimes | 10 | 8"),
    (26, PassageKind.ANSWER, "Aucune donnée."),
)


def fill(database: Database, *contents: SourceContent, generation: str = "essai") -> None:
    """Write these sources, resolve their citations and name the generation."""
    database.create_schema()
    with database.transaction() as connection:
        writer = Writer(connection)
        for content in contents:
            writer.replace(content)
        writer.set_meta("generation", generation)
    table = ArticleTable.of(Reader(database))
    with database.transaction() as connection:
        writer = Writer(connection)
        writer.drop_links()
        writer.link([(c.id, resolve(c.citation, table)) for c in list(writer.citations())])


def small_service(folder: Path, *contents: SourceContent) -> Service:
    """A service over a small base in this folder, with a searcher that finds words."""
    database = Database.sqlite(folder / "kb.sqlite")
    standard = (
        code("code-penal", "LEGITEXT000006070719", PENAL),
        code("ceseda", "LEGITEXT000006070158", CESEDA, "Code de l'entrée et du séjour"),
        reply(*ANSWERS),
    )
    fill(database, *(contents or standard))
    reader = Reader(database)
    articles = ArticleTable.of(reader)
    searcher = WordSearcher(reader, _references(articles))
    return Service(Settings(home=folder), "essai", database, reader, searcher, articles)  # type: ignore[arg-type]


@dataclass(frozen=True)
class WordSearcher:
    """Finds provisions that hold a word of the question; exact citations first. No index, no vectors."""

    reader: Reader
    references: Callable[[str], References]

    def check(self) -> None:
        self.reader.meta()

    def rank(self, question: Question, choose: Choice = tuple) -> Ranking:
        text = checked(question.text)
        references = self.references(text)
        words = text.lower().split()
        named = [provision for provision, _ in references.provisions]
        hits = [Hit(p, 1.0, Parts(citation=1.0), None, self._evidence(p)) for p in named]
        for identifier, slug, _ in self.reader.indexed_provisions():
            provision = self.reader.provision(identifier)
            assert provision is not None
            wanted = not question.codes or slug in question.codes
            if (
                wanted
                and identifier not in named
                and any(w in provision.versions[-1].text.lower() for w in words)
            ):
                hits.append(Hit(provision.id, 0.5, Parts(lexical=0.5), None, self._evidence(identifier)))
        found = {hit.provision: hit for hit in hits}
        pool = tuple(Candidate(h.provision, h.score, bool(h.parts.citation)) for h in hits)
        chosen = choose(pool)
        return Ranking(
            tuple(found[candidate.provision] for candidate in chosen[: question.k]),
            len(chosen),
            references.resolutions,
            terms=tuple(terms(text)),
            pool=pool,
        )

    def passages(
        self, question: Question, *, articles: bool, only: Sequence[int] | None = None
    ) -> tuple[PassageHit, ...]:
        word = checked(question.text).lower().split()[0]
        found = [
            p
            for p in self.reader.indexed_passages()
            if (p.kind == "article") is articles and (only is None or p.key in only)
        ]
        return tuple(PassageHit(p.key, 0.5, Parts(lexical=0.5)) for p in found if word in p.text.lower())

    def _evidence(self, provision: str) -> tuple[Evidence, ...]:
        links = self.reader.cited_by(provision)
        passages = self.reader.passages([link.passage_key for link in links])
        return tuple(Evidence(k, 0.5) for k, p in passages.items() if p.kind is not PassageKind.ARTICLE)


def _references(articles: ArticleTable) -> Callable[[str], References]:
    def find(text: str) -> References:
        resolutions = tuple(r for c in find_citations(text) for r in resolve(c, articles))
        named = tuple((p, r.confidence) for r in resolutions for p in r.provisions)
        return References(named, resolutions, text)

    return find


def _provision(slug: str, text_id: str, position: int, article: Article) -> Provision:
    identifier = provision_id(slug, article.number)
    wordings = [(article.former, FIRST_DAY, LAST_DAY)] if article.former else []
    wordings.append((article.text, LAST_DAY if article.former else FIRST_DAY, None))  # type: ignore[arg-type]
    versions = tuple(
        Version(
            provision=identifier,
            ordinal=ordinal,
            start=start,
            end=end,
            first_seen=start,
            last_seen=FIRST_DAY if end else LAST_DAY,
            state=State.MODIFIED if end else State.IN_FORCE,
            text=text,
            document=DocumentId(f"{slug}@{FIRST_DAY if end else LAST_DAY}"),
            spans=(Span(10, 10 + len(text)),),
            heading=article.heading,
            absent_from=FIRST_DAY if ordinal else None,
            absent_until=FIRST_DAY if ordinal else None,
        )
        for ordinal, (text, start, end) in enumerate(wordings)
    )
    return Provision(identifier, slug, text_id, article.number, position, article.heading, versions)


def _article_passage(slug: str, version: Version, ordinal: int) -> Passage:
    number = version.provision.removeprefix(f"{slug}/")
    return Passage(
        id=PassageId(f"{version.document}/{number}/1"),
        document=version.document,
        ordinal=ordinal,
        kind=PassageKind.ARTICLE,
        heading=version.heading,
        place=number,
        content=MappedText.of("x" * 10 + version.text, 10),
        provision=version.provision,
        version=version.ordinal,
    )


def _cited(passages: tuple[Passage, ...]) -> tuple[PlacedCitation, ...]:
    return tuple(
        PlacedCitation(passage.id, citation, citation.start, citation.end)
        for passage in passages
        for citation in find_citations(passage.text)
    )
