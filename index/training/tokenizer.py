"""The vocabulary: word pieces learnt from French law and from the words of our term tables."""

from __future__ import annotations

from collections.abc import Iterator

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

PADDING, UNKNOWN = "[PAD]", "[UNK]"


def train_tokenizer(texts: Iterator[str], size: int) -> Tokenizer:
    """A lower-cased WordPiece tokenizer of at most `size` entries, learnt from `texts`.

    Accents are kept, or "traite" would be read as "traité"; unaccented spellings are learnt from misspelt pairs.
    """
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("’", "'"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        min_frequency=3,
        special_tokens=[PADDING, UNKNOWN],
        limit_alphabet=400,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.model = _in_order(tokenizer)
    return tokenizer


def _in_order(tokenizer: Tokenizer) -> models.WordPiece:
    """The same entries numbered alphabetically: the library numbers them in another order at each run."""
    entries = sorted(set(tokenizer.get_vocab()) - {PADDING, UNKNOWN})
    numbers = {entry: i for i, entry in enumerate((PADDING, UNKNOWN, *entries))}
    return models.WordPiece(vocab=numbers, unk_token=UNKNOWN)
