"""What every command shares: the two consoles, the progress bars, the way errors end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import typer
from pydantic import ValidationError as SettingsError
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kb.errors import InvalidDate, InvalidInput, RenvoiError
from service.settings import Settings

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
_WIDEST = 1000


@contextmanager
def french_errors() -> Iterator[None]:
    """A RenvoiError becomes two lines on the error stream and exit code 1, or 2 for what the caller gave."""
    try:
        yield
    except RenvoiError as error:
        err.print(f"[bold red]Erreur :[/] {escape(error.message)}", soft_wrap=True)
        if error.hint:
            err.print(f"[bold]Que faire :[/] {escape(error.hint)}", soft_wrap=True)
        raise typer.Exit(2 if isinstance(error, InvalidInput) else 1) from error
    except SettingsError as error:
        if error.title != Settings.__name__:
            raise
        names = ", ".join(sorted({f"RENVOI_{str(fault['loc'][0]).upper()}" for fault in error.errors()}))
        err.print(f"[bold red]Erreur :[/] réglage illisible : {names}.", soft_wrap=True)
        err.print("[bold]Que faire :[/] la table des réglages est dans le README.", soft_wrap=True)
        raise typer.Exit(2) from None  # its own text would show the value, which may be a secret


class Bars:
    """Progress bars on the error stream, one a task, as `kb.progress.Progress` wants them."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, Any] = {}

    def __call__(self, label: str, done: int, total: int) -> None:
        if not total:
            return
        if label not in self._tasks:
            self._tasks[label] = self._progress.add_task(label, total=total)
        self._progress.update(self._tasks[label], completed=done, total=total)


@contextmanager
def bars(*, visible: bool = True) -> Iterator[Bars]:
    """Bars while the block runs; nothing is drawn where the error stream is no terminal, but steps are counted."""
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not visible) as progress:
        yield Bars(progress)


def print_table(table: Table) -> None:
    """A table with every cell whole, however narrow the terminal: names and keys are copied from it."""
    width = Measurement.get(out, out.options.update(max_width=_WIDEST), table).maximum
    Console(highlight=False, width=max(width, out.width)).print(table)


def print_json(value: Any) -> None:
    """One JSON document on the standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def day(text: str | None) -> date | None:
    """A date as typed. Raises InvalidDate.

    >>> day("2024-02-29")
    datetime.date(2024, 2, 29)
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidDate(
            f"« {text} » n'est pas une date.",
            hint="Donnez-la sous la forme AAAA-MM-JJ, par exemple 2024-03-31.",
        ) from error
