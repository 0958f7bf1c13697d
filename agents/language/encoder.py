"""Sentence vectors, for what words do not show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.language.pack import read_table

Vector = NDArray[np.float32]


class Encoder:
    """Sentence vectors of USE multilingual v3, centred. The model is loaded with the first text (1 s, 160 MB)."""

    def __init__(self, centre: Sequence[str], remembered: int = 4096) -> None:
        """`centre`: general sentences whose mean is taken off every vector."""
        self._centre = tuple(centre)
        self._model: Any = None
        self._loading = Lock()
        self._mean: Vector | None = None
        self._vectors: OrderedDict[str, Vector] = OrderedDict()
        self._remembered = remembered

    def cosine(self, one: str, other: str) -> float:
        """-1 to 1."""
        return float(self.vector(one) @ self.vector(other))

    def vector(self, text: str) -> Vector:
        """Of length 1; of zeros where the text says nothing at all."""
        vector = self._vectors.get(text)
        if vector is None:
            self.meet([text])
            return self._vectors[text]
        self._vectors.move_to_end(text)
        return vector

    def meet(self, texts: Iterable[str]) -> None:
        """Make the vectors of texts that will be asked for: many at once cost less than half of what each costs alone.

        They differ from those by less than a millionth.
        """
        with self._loading:
            new = []
            for text in dict.fromkeys(texts):
                if text in self._vectors:
                    self._vectors.move_to_end(text)  # it is asked for next, and must not make room for the new ones
                else:
                    new.append(text)
            if not new:
                return
            if self._model is None:
                self._load()
            vectors = self._model.encode(new) - self._mean
            lengths = np.linalg.norm(vectors, axis=1)
            for text, vector, length in zip(new, vectors, lengths.tolist(), strict=True):
                self._vectors[text] = vector / length if length else vector
            while len(self._vectors) > max(self._remembered, len(new)):
                self._vectors.popitem(last=False)

    def _load(self) -> None:
        model = _model()
        self._mean = np.mean(model.encode(list(self._centre)), axis=0, dtype=np.float32)
        self._model = model


@cache
def _model() -> Any:
    """One for the process."""
    from agents.language.sentence_model import SentenceModel  # noqa: PLC0415 - its package is slow to import

    return SentenceModel()


def load_encoder() -> Encoder:
    """The encoder, centred on the example sentences of the thesaurus."""
    rows: Mapping[str, Mapping[str, Any]] = read_table("synonyms")
    return Encoder([sentence for row in rows.values() for sentence in row["matches"]][::6])
