"""A report as one HTML page that needs nothing else, and runs nothing."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from kb.text.characters import one_line
from workplace.exports.outline import Heading, Paragraph, Quote, Rewording, Table, outline
from workplace.exports.report import Report

_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 Georgia,serif}"
    "blockquote{margin:1rem 0 1rem 1.5rem}.facts,.notes{font-size:.875rem}"
    "table{border-collapse:collapse}th,td{border:1px solid;padding:.3rem .5rem;text-align:left;vertical-align:top}"
)
_TAGS = {"removed": "del", "added": "ins"}


def to_html(report: Report) -> str:
    """The text of the file."""
    notes: list[str] = []
    body = "\n".join(_write(block, notes) for block in outline(report))
    listed = "\n".join(_note(number, note) for number, note in enumerate(notes, 1))
    footer = (
        f'\n<section class="notes" aria-label="Notes">\n<ol>\n{listed}\n</ol>\n</section>' if notes else ""
    )
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(one_line(report.title))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}{footer}\n</main>\n</body>\n</html>\n"
    )


@singledispatch
def _write(block: object, notes: list[str]) -> str:
    raise TypeError(type(block))


@_write.register
def _heading(block: Heading, notes: list[str]) -> str:
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


@_write.register
def _paragraph(block: Paragraph, notes: list[str]) -> str:
    opening = '<p class="facts">' if block.facts else "<p>"
    return f"{opening}{escape(block.text)}</p>"


@_write.register
def _quote(block: Quote, notes: list[str]) -> str:
    notes.append(block.footnote)
    number = len(notes)
    call = f'<sup><a id="appel-{number}" href="#note-{number}">{number}</a></sup>'
    alineas = "".join(f"<p>{escape(alinea)}</p>" for alinea in block.alineas)
    return f"<blockquote>{alineas.removesuffix('</p>')}{call}</p></blockquote>"


@_write.register
def _rewording(block: Rewording, notes: list[str]) -> str:
    return f"<p>{''.join(_edit(edit.kind, edit.text) for edit in block.edits)}</p>"


def _edit(kind: str, text: str) -> str:
    words = escape(text).replace("\n", "<br>")
    return f"<{_TAGS[kind]}>{words}</{_TAGS[kind]}>" if kind in _TAGS else words


@_write.register
def _table(block: Table, notes: list[str]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _note(number: int, text: str) -> str:
    return f'<li id="note-{number}">{escape(text)} <a href="#appel-{number}" aria-label="Retour au texte">↩</a></li>'
