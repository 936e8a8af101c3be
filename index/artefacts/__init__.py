"""What a build writes and a search opens: vectors, words, columns, links, names, the manifest."""
