"""`python -m index.training.scope`: train the model that tells what law a question is about (`index/data/scope/`).

A multinomial logistic regression over the terms of short texts; about two minutes on one core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from index.artefacts.known_questions import known_questions
from index.retrieval.law_classifier import FOLDER, TERMS_FILE, WEIGHTS_FILE
from index.tokens import terms
from index.training.articles import read_archive
from index.training.material import ARCHIVE_FILE, Material
from index.training.options import SOURCES, TRAINING, Sources, Training, material_or_exit
from index.training.scope_texts import (
    FIELD,
    FOREIGN,
    HELD,
    LAWS,
    NOTHING,
    PAIR,
    Text,
    article_texts,
    field_texts,
    foreign_texts,
    known_texts,
    nothing_texts,
    page_texts,
    uncovered_texts,
)
from index.training.uncovered import uncovered_questions

NAMES = (FIELD, PAIR, HELD, *sorted(set(LAWS.values())), NOTHING, FOREIGN)
# At most so many terms, the most frequent by the weight of their texts. Not compared with other numbers.
TERMS = 12_000
_RARE = 5.0
# Ridge on the weights of terms. Not tuned: 1e-5 was tried once, on other texts (AUC 0.833 on the pages held out,
# against 0.817 with this), which compares nothing; `python -m bench.fitting.answerability` measures what is served.
_RIDGE = 2e-6
_STEPS = 45
# The pages set aside, to fit and measure what is refused: the same tenth as that of `index.training`.
HELD_OUT = 0.1

Floats = NDArray[np.float32]


def main(
    sources: Sources = SOURCES,
    training: Training = TRAINING,
    output: Annotated[Path, typer.Option(help="Dossier où écrire le modèle.")] = FOLDER,
) -> None:
    """Entraîne le modèle qui dit de quel droit relève une question."""
    material = material_or_exit(sources, training)
    texts = labelled_texts(material, training)
    vocabulary, weights, bias = fit(texts)
    save(output, vocabulary, weights, bias)
    typer.echo(f"{len(texts)} textes, {len(vocabulary)} termes, {len(NAMES)} droits : {output}.")


def labelled_texts(material: Material, training: Path) -> list[Text]:
    """Everything to learn from; the pages held out are left out."""
    current = list(material.current.articles.values())
    present = frozenset(article.code for article in current)
    held = frozenset(fiche.id for fiche in material.split(HELD_OUT)[1].fiches)
    archive = list(read_archive(training / ARCHIVE_FILE))
    return [
        *article_texts(archive, present, 0.5, 0.4),
        *article_texts(current, present, 0.25, 0.8),
        *page_texts(training, present, held),
        *field_texts(),
        *nothing_texts(),
        *foreign_texts(),
        *known_texts(known_questions()),
        *uncovered_texts(question for question in uncovered_questions() if not question.aside),
    ]


def fit(texts: Sequence[Text]) -> tuple[list[str], Floats, Floats]:
    """The vocabulary, the weight of each term for each law (terms, laws), and the bias (laws,)."""
    cut = [list(dict.fromkeys(terms(text.text))) for text in texts]
    counts: Counter[str] = Counter()
    for words, text in zip(cut, texts, strict=True):
        for word in words:
            counts[word] += round(10 * text.weight)
    vocabulary = [term for term, count in counts.most_common(TERMS) if count >= 10 * _RARE]
    solved = _solve(_matrix(cut, vocabulary), _targets(texts))
    return vocabulary, solved[:-1], solved[-1]


def save(folder: Path, vocabulary: Sequence[str], weights: Floats, bias: Floats) -> None:
    """Write the two files that `index.retrieval.law_classifier` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TERMS_FILE).write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    np.savez_compressed(
        folder / WEIGHTS_FILE, weights=weights.astype(np.float16), bias=bias, laws=np.array(NAMES)
    )


def _matrix(cut: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> csr_matrix:
    """One row a text: one over the root of how many of its terms are known, for each of them; and 1 for the bias."""
    row_of = {term: row for row, term in enumerate(vocabulary)}
    known = [[row_of[word] for word in words if word in row_of] for words in cut]
    columns = [column for row in known for column in (*row, len(vocabulary))]
    values = [value for row in known for value in (*[max(1, len(row)) ** -0.5] * len(row), 1.0)]
    ends = np.cumsum([0, *(len(row) + 1 for row in known)])
    return csr_matrix((np.array(values, np.float32), columns, ends), (len(cut), len(vocabulary) + 1))


def _targets(texts: Sequence[Text]) -> Floats:
    """The laws of each text (texts, laws), times its weight; rare laws weigh more, by the root of how rare."""
    shares = np.array([[text.laws.get(name, 0.0) for name in NAMES] for text in texts], np.float32)
    weighed = shares * np.array([text.weight for text in texts], np.float32)[:, None]
    totals = weighed.sum(axis=0)
    weighed *= np.sqrt(totals.sum() / totals / len(NAMES))
    return np.asarray(weighed / weighed.sum(), dtype=np.float32)


def _solve(rows: csr_matrix, targets: Floats) -> Floats:
    """Weights (columns, laws) of the least weighted cross-entropy, with a ridge on all but the bias."""
    shape = (rows.shape[1], targets.shape[1])
    ridge = np.full((shape[0], 1), _RIDGE, np.float32)
    ridge[-1] = 0.0
    mass = targets.sum(axis=1, keepdims=True)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        scores = rows @ weights
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        total = likely.sum(axis=1, keepdims=True)
        value = -float(((scores - np.log(total)) * targets).sum()) + float((ridge * weights**2).sum())
        gradient = rows.T @ (likely / total * mass - targets) + 2 * ridge * weights
        return value, gradient.ravel().astype(np.float64)

    optimum = minimize(
        loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    return np.asarray(optimum.x.reshape(shape), dtype=np.float32)


if __name__ == "__main__":
    typer.run(main)
