"""`renvoi sync`: which origins are asked, with which keys; the composition root of `corpus.sync`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from corpus.sync.code_files import code_jobs
from corpus.sync.judilibre import judilibre_jobs
from corpus.sync.ledger import Ledger
from corpus.sync.legifrance import legifrance_jobs
from corpus.sync.manifest import Origin, manifest
from corpus.sync.piste import Keys, Piste
from corpus.sync.repositories import sync_repositories
from corpus.sync.run import Job, SyncReport, mirror_jobs, run
from corpus.sync.transport import Transport
from kb.codes import code_by_slug, find_code, load_codes
from kb.errors import InvalidInput, SyncFailed
from kb.progress import Progress
from service.settings import Settings

DEFAULT = ("codes",)


def origins() -> tuple[Origin, ...]:
    """What the manifest lists."""
    return tuple(manifest().values())


def sync(
    settings: Settings, names: Sequence[str], codes: Sequence[str], progress: Progress, *, force: bool = False
) -> SyncReport:
    """Fetch these origins (the codes alone when none is named). Raises InvalidInput, SyncFailed."""
    chosen = [_origin(name) for name in names or DEFAULT]
    text_ids = _text_ids(codes)
    histories = [origin for origin in chosen if origin.repositories]
    with _transport() as transport:
        others = (origin for origin in chosen if origin not in histories)
        jobs = [job for origin in others for job in _jobs(settings, transport, origin, text_ids)]
        report = run(settings.sources, jobs, progress, force=force)
    for origin in histories:
        addresses = origin.repositories
        report += sync_repositories(settings.sources, origin.target, addresses, progress, force=force)
    return report


def sync_mirror(settings: Settings, mirror: Path, progress: Progress, *, force: bool = False) -> SyncReport:
    """Copy another sources folder. Raises SyncFailed."""
    return run(settings.sources, mirror_jobs(mirror), progress, force=force)


def faults(settings: Settings) -> tuple[int, tuple[str, ...]]:
    """How many files were fetched, and a sentence for each that is no longer as it was. Raises SyncFailed."""
    ledger = Ledger(settings.sources)
    return len(ledger.entries), tuple(ledger.faults())


def _origin(name: str) -> Origin:
    origin = manifest().get(name)
    if origin is None:
        raise InvalidInput(
            f"Source inconnue : « {name[:40]} ».", hint=f"Sources connues : {', '.join(manifest())}."
        )
    if origin.manual:
        raise InvalidInput(
            f"« {name} » ne se télécharge pas seul : {origin.checked}.", hint=f"Voir {origin.url}"
        )
    return origin


def _jobs(
    settings: Settings, transport: Transport, origin: Origin, text_ids: Sequence[str]
) -> tuple[Job, ...]:
    day = date.today()
    if not origin.keys:
        return code_jobs(origin, transport, text_ids, day)
    base = origin.url.replace("https://api.piste.gouv.fr", settings.piste_url)
    piste = Piste(transport, _keys(settings, origin), base, settings.piste_oauth_url)
    return judilibre_jobs(origin, piste) if origin.queries else legifrance_jobs(origin, piste, text_ids, day)


def _keys(settings: Settings, origin: Origin) -> Keys:
    if not settings.piste_client_id or not settings.piste_client_secret:
        raise SyncFailed(
            f"« {origin.key} » demande des clefs du portail PISTE.",
            hint="Créez une application sur piste.gouv.fr, abonnez-la à l'API, puis donnez RENVOI_PISTE_CLIENT_ID "
            "et RENVOI_PISTE_CLIENT_SECRET.",
        )
    return Keys(settings.piste_client_id, settings.piste_client_secret.get_secret_value())


def _text_ids(codes: Sequence[str]) -> tuple[str, ...]:
    """The LEGITEXT of these codes, of every code of the registry when none is named. Raises InvalidInput."""
    if not codes or "all" in codes:
        return tuple(code.legitext for code in load_codes())
    by_name = {name: code_by_slug(name) or find_code(name) for name in codes}
    unknown = [name[:40] for name, code in by_name.items() if code is None]
    if unknown:
        raise InvalidInput(
            f"Code inconnu : {', '.join(unknown)}.",
            hint="Donnez des noms tels que code-penal, ceseda, ou all.",
        )
    return tuple(dict.fromkeys(code.legitext for code in by_name.values() if code))


@contextmanager
def _transport() -> Iterator[Transport]:
    transport = Transport()
    try:
        yield transport
    finally:
        transport.close()
