"""French dates, for the modules that still ask for them here: they live in `kb.french_dates`."""

from kb.french_dates import french_date

__all__ = ["french_date"]
