"""Codes read from the git repositories of the sources folder: what each article said, and from which day."""
