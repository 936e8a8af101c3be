"""The wordings' dates, for the modules that still ask for them here: they live in `kb.dated`."""

from kb.dated import (
    NO_TEXT,
    STATES,
    WITHOUT_TEXT,
    is_valid,
    not_seen_since,
    version_on,
    warnings,
)

__all__ = ["NO_TEXT", "STATES", "WITHOUT_TEXT", "is_valid", "not_seen_since", "version_on", "warnings"]
