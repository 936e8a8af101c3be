"""How long work says where it stands, without knowing who shows it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called now and then; `label` is French and shown as it is."""

    def __call__(self, label: str, done: int, total: int) -> None:
        """`done` of `total` steps of the task `label` are over."""


def silent(label: str, done: int, total: int) -> None:
    """Shows nothing."""
