"""The check of a text as a report to export: what is to be corrected first, what is right last."""

from __future__ import annotations

from kb.checking.findings import Severity
from service.checked_text import CheckedCitation, CheckedText
from workplace.exports.report import Entry, Report, Section, Standing

SEVERITIES = {
    Severity.ERROR: "à corriger",
    Severity.DOUBT: "à vérifier",
    Severity.NOTICE: "à savoir",
}
RIGHT = "vérifié"
_TITLES = {
    Severity.ERROR: "À corriger d'abord",
    Severity.DOUBT: "À vérifier",
    Severity.NOTICE: "À savoir : ce qui n'a pas pu être comparé",
    None: "Vérifié",
}


def check_report(checked: CheckedText) -> Report:
    """One section for each severity that any citation has, the worst first; the law quoted is that of the day."""
    sections = (
        Section(tuple(_entry(r) for r in checked.results if r.severity is severity), title)
        for severity, title in _TITLES.items()
    )
    counts = [f"{SEVERITIES[severity]} : {count}" for severity, count in checked.by_severity.items()]
    note = " ; ".join([f"{checked.total} citations relevées", *counts])
    if checked.unchecked:
        note += f" ; {checked.unchecked} n'ont pas été vérifiées"
    return Report(
        title="Vérification des citations",
        day=checked.as_of,
        sections=tuple(section for section in sections if section.entries),
        note=f"{note}.",
        generation=checked.generation,
    )


def _entry(result: CheckedCitation) -> Entry:
    severity = result.severity
    match = next(iter(result.matches), None)
    messages = [
        f"{finding.message} Peut-être : {finding.suggestion}."
        if finding.suggestion and finding.suggestion not in finding.message
        else finding.message
        for finding in result.findings
    ]
    return Entry(
        title=" ".join(result.citation.raw.split()),
        text=(match.part or match.excerpt) if match else "",
        provenance=match.citation if match else "",
        standing=Standing(SEVERITIES[severity] if severity else RIGHT, " ".join(messages)),
    )
