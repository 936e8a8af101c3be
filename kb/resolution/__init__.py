"""What a citation names, looked up in the table of articles at a date. Extraction (`kb.citations`) is another step."""
