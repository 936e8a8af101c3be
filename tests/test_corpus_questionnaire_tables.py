"""The tables of statistics of the reply."""

from __future__ import annotations

from corpus.reader_result import Reading
from corpus.readers.questionnaire import read_questionnaire
from kb.model import PassageKind

QUESTION = "1. Quelles mesures sont prises ?"


def read(*lines: str) -> Reading:
    return read_questionnaire("\n".join(lines).encode(), "reponse-france-greta-4.txt")


def texts(reading: Reading, kind: PassageKind) -> list[str]:
    return [p.text for p in reading.passages if p.kind is kind]


EUROSTAT = (
    "Pour l’année 2021 :  ",
    " ",
    "Citizenship Form of exploitation ",
    "Number of registered ",
    "",
    "victims ",
    "",
    "Congo (Brazzaville) ",
    "Forced labour, including domestic ",
    "servitude ",
    "",
    "11 ",
    "",
    "Unknown Unknown form of exploitation : ",
    " France Sexual exploitation 615 ",
    "",
    ": = non-disponible (en raison du secret statistique par exemple) ",
    "",
    "Source : SSMSI, base des victimes de crimes enregistrées par les services ",
    "",
    "de sécurité, 2021. ",
)


def table(*lines: str) -> list[str]:
    reading = read(QUESTION, " ", *lines)
    return [line for text in texts(reading, PassageKind.TABLE) for line in text.split("\n")]


def test_a_table_wrapped_in_its_cells_gives_back_its_rows() -> None:
    assert table(*EUROSTAT) == [
        "Pour l’année 2021 :",
        "Citizenship | Form of exploitation | Number of registered victims",
        "Congo (Brazzaville) | Forced labour, including domestic servitude | 11",
        "Unknown | Unknown form of exploitation | :",
        "France | Sexual exploitation | 615",
        ": = non-disponible (en raison du secret statistique par exemple)",
        "Source : SSMSI, base des victimes de crimes enregistrées par les services de sécurité, 2021.",
    ]


def test_column_names_and_their_codes_are_two_rows() -> None:
    lines = table(
        "Form of exploitation Sex Child (0-17) ", "Adult ", "(18+) ", "Unknown ", "age ", "",
        "exploit sex child adult unknown ", "", "Benefit fraud Female : : : ", "", "Removal of organs Male 0 7 0",
    )  # fmt: skip
    assert lines == [
        "Form of exploitation | Sex | Child (0-17) | Adult (18+) | Unknown age",
        "exploit | sex | child | adult | unknown",
        "Benefit fraud | Female | : | : | :",
        "Removal of organs | Male | 0 | 7 | 0",
    ]


def test_a_row_whose_thousands_make_it_unsure_is_not_cut() -> None:
    rows = ("Traite 191 331 30", "Proxénétisme 1 044 593 18", "Total 5 6 7")
    assert table("Infractions 2021 2022 2023 (p)", *rows) == [
        "Infractions | 2021 | 2022 | 2023 (p)",
        "Traite | 191 | 331 | 30",
        "Proxénétisme 1 044 593 18",
        "Total | 5 | 6 | 7",
    ]


def test_a_long_table_is_cut_between_rows_under_its_column_names() -> None:
    rows = [f"Country{n} Sexual exploitation {n}" for n in range(100)]
    reading = read(QUESTION, " ", *EUROSTAT[:6], *rows, "Source : SSMSI.")
    parts = texts(reading, PassageKind.TABLE)
    assert len(parts) > 1
    assert all(part.split("\n")[1].startswith("Citizenship | Form") for part in parts)
    assert [line for part in parts for line in part.split("\n") if line.startswith("Country")] == [
        f"Country{n} | Sexual exploitation | {n}" for n in range(100)
    ]
    assert parts[-1].endswith("Source : SSMSI.")


def test_a_table_that_was_a_picture_is_told() -> None:
    legend = (": = non-disponible", "Source : Ministère.")
    reading = read(QUESTION, " ", "Pour l’année 2023 :", " ", *legend, " ", "Suite.")
    assert [anomaly.kind for anomaly in reading.anomalies] == ["tableau_absent"]
    assert texts(reading, PassageKind.ANSWER) == ["Suite."]
