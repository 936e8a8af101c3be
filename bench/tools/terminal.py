"""Where the tables of a measure are shown."""

from __future__ import annotations

from rich.console import Console

# Wide enough for the widest table, where the output is kept in a file and no window sets the width.
_FILE_WIDTH = 200


def terminal() -> Console:
    """The standard output, as wide as its window."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_FILE_WIDTH)
