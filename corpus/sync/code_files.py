"""The codes that stand as files at a public address, one a code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from corpus.sync.manifest import Origin
from corpus.sync.run import Job
from corpus.sync.transport import Transport


def code_jobs(origin: Origin, transport: Transport, text_ids: Iterable[str], day: date) -> tuple[Job, ...]:
    """One download a code; `day` is that of the snapshot, today for what is published today."""
    return tuple(
        Job(
            origin.target.format(text_id=text_id, day=day.isoformat()),
            url := origin.url.format(text_id=text_id),
            partial(transport.download, url),
        )
        for text_id in text_ids
    )
