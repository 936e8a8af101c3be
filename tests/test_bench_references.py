"""Why references between articles lead nowhere."""

from __future__ import annotations

from datetime import date

from bench.tools.reference_causes import Causes, Reference
from kb.ids import ProvisionId
from kb.model import State, Status
from kb.resolution.article_table import ArticleTable
from kb.validity import Validity

_NOW = [Validity(date(2026, 4, 3), None, State.IN_FORCE)]
_TABLE = ArticleTable(
    (ProvisionId(i), _NOW) for i in ("code-penal/225-5", "code-civil/515-9", "code-civil/1")
)


def _references(text: str, lost: int, found: int) -> list[Reference]:
    unknown = [
        Reference(f"{text}/1", f"{text}/{n}", Status.UNKNOWN_NUMBER, True) for n in range(900, 900 + lost)
    ]
    return unknown + [Reference(f"{text}/1", f"{text}/2", Status.RESOLVED, True)] * found


def test_a_code_that_mostly_cites_what_it_no_longer_has_was_replaced() -> None:
    causes = Causes.of(_references("code-minier", 5, 5) + _references("code-civil", 1, 99), _TABLE)
    assert causes.replaced == {"code-minier"}
    assert "refondu" in causes.of_number("code-minier/901", ["code-minier/1", "code-minier/2"], True)


def test_a_number_that_another_code_has_is_said_so_and_never_taken_for_it() -> None:
    causes = Causes.of([], _TABLE)
    assert "Code civil" in causes.of_number("code-penal/515-9", ["code-penal/225-5"], True)
    assert "Série" in causes.of_number("code-penal/900..902", ["code-penal/225-5"], False)
    assert "Autre code" in causes.of_number("code-penal/900", ["code-civil/1"], False)


def test_a_text_that_is_absent_tells_what_would_be_needed() -> None:
    causes = Causes.of([], _TABLE)
    assert "dossier des codes" in causes.of_text("cpp")
    assert "pas un code" in causes.of_text("loi/2016-444")
