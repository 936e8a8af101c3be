"""Files that the base is built without, each told by its name."""

from __future__ import annotations

from kb.errors import UnreadableSource
from kb.ids import DocumentId
from kb.model import UNREADABLE_FILE, Anomaly


def left_out(path: str, error: UnreadableSource) -> Anomaly:
    """The anomaly that tells of a file left out; its `document` is the path of the file, which made none."""
    return Anomaly(DocumentId(path), UNREADABLE_FILE, f"{error.message} {error.hint}".strip())
