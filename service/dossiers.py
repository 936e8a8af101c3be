"""What a signed-in account does with its dossiers: values in and out, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kb.errors import InvalidDossier
from service.base import Service
from service.reference_lookup import checked_name, find_provision
from workplace.dossiers.exchange import read_file
from workplace.dossiers.freshness import Verdict
from workplace.dossiers.gathering import Gathering, passage_source, provision_source
from workplace.dossiers.importing import cited_anew
from workplace.dossiers.limits import MAX_TITLE
from workplace.dossiers.model import Content, Dossier, Item, ItemKind, Source
from workplace.dossiers.reporting import Setting, report_of
from workplace.dossiers.verdicts import provisions_named, verdicts
from workplace.exports.formats import ExportedFile, Format, export
from workplace.model import Account
from workplace.store import WorkplaceDatabase
from workplace.store.dossiers import Dossiers, Edit
from workplace.store.shares import Shares

Address = Callable[[ItemKind, Source], str]


@dataclass(frozen=True, slots=True)
class JudgedDossier:
    """A dossier and, by item, what became of it by a day, as this generation of the base tells it."""

    dossier: Dossier
    verdicts: Mapping[str, Verdict]
    day: date
    generation: str


@dataclass(frozen=True, slots=True)
class AccountDossiers:
    """The dossiers of one account, now, beside an open base."""

    service: Service
    database: WorkplaceDatabase
    account: Account
    now: datetime

    @property
    def store(self) -> Dossiers:
        """Its dossiers."""
        return Dossiers(self.database)

    @property
    def shares(self) -> Shares:
        """Its secret links."""
        return Shares(self.database)

    def edit(self, action: str, expected: int | None = None) -> Edit:
        """What is about to be done, by whom and when."""
        return Edit(self.account.id, self.account.name or self.account.login, self.now, action, expected)

    def get(self, dossier: str) -> Dossier:
        """One of its dossiers. Raises UnknownDossier."""
        return self.store.get(self.account.id, dossier)

    def change(self, dossier: str, change: Callable[[Content], Content], edit: Edit) -> Dossier:
        """Edit one. Raises UnknownDossier, StaleEdit and what the change raises."""
        return self.store.change(dossier, change, edit)

    def create(self, content: Content, action: str = "Dossier créé") -> Dossier:
        """A new one. Raises InvalidDossier."""
        return self.store.create(content, self.edit(action))

    def imported(self, data: bytes) -> Dossier:
        """A new one from a file. Raises InvalidDossier."""
        return self.create(cited_anew(read_file(data), self.service.reader), "Dossier importé")

    def duplicate(self, dossier: str) -> Dossier:
        """A copy, with a history of its own. Raises UnknownDossier."""
        content = self.get(dossier).content
        title = f"Copie de {content.title}"
        short = title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1] + "…"
        return self.create(replace(content, title=short), f"Copié de « {content.title} »")

    def past(self, dossier: str, version: int) -> Dossier:
        """A dossier as it was at one of its versions. Raises UnknownDossier."""
        now = self.get(dossier)
        then = self.store.revision(self.account.id, dossier, version)
        assert then.content is not None
        return replace(now, version=version, content=then.content, changed=then.at)

    def restore(self, dossier: str, version: int, expected: int | None) -> Dossier:
        """Bring a dossier back to one of its states, as a new one. Raises UnknownDossier, StaleEdit."""
        content = self.past(dossier, version).content
        return self.change(dossier, lambda _: content, self.edit(f"Version {version} rétablie", expected))

    def judged(self, dossier: Dossier) -> JudgedDossier:
        """A dossier with what became of its items."""
        return judge(self.service, dossier, self.now.date())

    def export(self, content: Content, format_: Format, base: str, address: Address) -> ExportedFile:
        """The dossier in this format; `base` is the address of this server."""
        judged = verdicts(content, self.service.reader, self.now.date())
        cited = provisions_named(content, judged, self.service.reader)
        setting = Setting(
            self.now.date(),
            self.service.generation,
            self.account.name,
            lambda kind, source: base + address(kind, source),
        )
        return export(report_of(content, judged, cited, setting), format_)

    def source(
        self, *, provision: str = "", passage: str = "", day: date | None = None
    ) -> tuple[ItemKind, Source]:
        """A provision, or a passage, as the base has it. Raises UnknownProvision, UnknownPassage, UnknownDocument.

        A passage of an article is kept as its provision, which knows its dates.
        """
        gathering = Gathering(self.now.date(), self.service.generation)
        reader = self.service.reader
        if passage:
            cited = reader.passage(checked_name(passage))
            document = reader.document(cited.document)
            if cited.version is None:
                return ItemKind.PASSAGE, passage_source(cited, document, gathering)
            provision, day = str(cited.provision), day or document.day
        return ItemKind.PROVISION, provision_source(
            find_provision(self.service, provision), day or gathering.today, gathering
        )

    def renewal(self, item: Item) -> Source:
        """What the base has today in place of what an item keeps. Raises what `source` raises."""
        if item.source is None:
            raise InvalidDossier("Une note ne vient pas de la base.", hint="Modifiez-la.")
        if item.kind is ItemKind.PASSAGE:
            return self.source(passage=item.source.id)[1]
        return self.source(provision=item.source.id)[1]


def judge(service: Service, dossier: Dossier, day: date) -> JudgedDossier:
    """A dossier with what became of its items by a day."""
    return JudgedDossier(dossier, verdicts(dossier.content, service.reader, day), day, service.generation)


def ordered(content: Content, order: list[str]) -> Content:
    """With the items in this order, which names each of them once. Raises InvalidDossier."""
    by_id = {item.id: item for item in content.items}
    if sorted(order) != sorted(by_id):
        raise InvalidDossier(
            "L'ordre donné ne nomme pas chaque élément une fois.",
            hint="Donnez les identifiants de tous ses éléments.",
        )
    return replace(content, items=tuple(by_id[name] for name in order))
