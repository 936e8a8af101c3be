"""Text of the law as characters: spans in the raw source, differences word by word, typography, dates, names."""
