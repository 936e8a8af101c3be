"""Fetching the official texts into the sources folder: from where they are published, or from a copy at hand."""
