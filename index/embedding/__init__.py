"""Embedding models: the static one that serves, any sentence-transformers model, and their truncation."""
