"""The lines of a PDF, in a process of its own: a hostile file can fill or crash this one, and nothing else.

    python pdf_pages.py < file.pdf > lines.json

It sets its own limits, imports nothing of ours, and writes one JSON value: `{"pages": [[line, …], …], "title": …}`, a
line being [text, size of its letters, top, bottom] in points from the foot of the page; or `{"error": word}`.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

# The longest reports of GRETA have 120 pages; a report of 300 pages takes 4 s and 130 MB, hence these limits.
MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
MEMORY_BYTES = 2_000_000_000
CPU_SECONDS = 120
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def pages(data: bytes) -> dict[str, Any]:
    """The value to write."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if getattr(error, "err_code", 0) == _PASSWORD_ERROR else "damaged"}
    count = len(document)
    if count > MAX_PAGES:
        return {"error": "pages", "count": count}
    found: list[list[Any]] = []
    total = 0
    for number in range(count):
        try:
            found.append(list(_lines(document[number])))
        except pypdfium2.PdfiumError:
            return {"error": "page", "count": number + 1}
        total += sum(len(line[0]) for line in found[-1])
        if total > MAX_CHARACTERS:
            return {"error": "characters"}
    return {"pages": found}


def _lines(page: Any) -> Iterator[list[Any]]:
    """One line after the other, each measured at its first visible letter."""
    import pypdfium2.raw as pdfium

    layer = page.get_textpage()
    text = layer.get_text_range()
    position = 0
    for line in text.split("\n"):
        shown = line.strip()
        if shown:
            first = position + len(line) - len(line.lstrip())
            try:
                _, bottom, _, top = layer.get_charbox(first, loose=True)
            except Exception:  # an index without a box: a letter that pdfium made up
                bottom = top = 0.0
            size = pdfium.FPDFText_GetFontSize(layer.raw, first)
            yield [shown, round(top - bottom or size, 1), round(top, 1), round(bottom, 1)]
        position += len(line) + 1


def main() -> None:
    """Read the standard input, write the standard output."""
    with contextlib.suppress(ValueError, OSError):  # a system that sets lower limits keeps them
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        value = pages(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        value = {"error": "memory"}
    json.dump(value, sys.stdout)


if __name__ == "__main__":
    main()
