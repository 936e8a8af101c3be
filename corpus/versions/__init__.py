"""The dated versions of each article, from all that was observed of its text."""
