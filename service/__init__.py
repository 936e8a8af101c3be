"""Use cases over an open base: plain values in and out. No URL, no request, no pydantic model."""
