"""How like what is said of talks a clause is, where its words do not tell: examples of both, and an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.language.encoder import Encoder, load_encoder
from agents.language.pack import read_table

_NEAREST: Final = 10  # examples of a kind that a clause is compared with


class TalkExamples:
    """The examples of talks.yaml. Their vectors are made with the first clause that is compared."""

    def __init__(self, encoder: Encoder, about: Sequence[str], not_about: Sequence[str]) -> None:
        self._encoder = encoder
        self._texts = (tuple(about), tuple(not_about))

    def likeness(self, text: str) -> float:
        """-2 to 2, hardly ever beyond a quarter: how much nearer a clause is to what is said of talks than to the rest.

        Means of the cosines with the nearest examples of either kind.
        """
        vector = self._encoder.vector(text)
        about, not_about = (float(np.sort(kind @ vector)[-_NEAREST:].mean()) for kind in self._vectors)
        return about - not_about

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self._encoder.meet(chain(*self._texts))
        about, not_about = (np.array([self._encoder.vector(text) for text in kind]) for kind in self._texts)
        return about, not_about


def load_talk_examples(encoder: Encoder | None = None) -> TalkExamples:
    """Read the rows `examples` of talks.yaml."""
    rows = read_table("talks")["examples"]
    return TalkExamples(encoder or load_encoder(), rows["about"], rows["not_about"])
