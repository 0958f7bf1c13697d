"""New, repeat, update or contradiction: what a statement is to everything that the same side said before.

Similarity finds the candidates; facts decide. A sentence with one fact turned around is more alike to the first
than an honest re-telling is, so every measure of likeness stands against what speaks for a difference.
Where it is unsure, a statement is new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from agents.language.facts import FactReader, Facts, FindNames, load_fact_reader
from agents.language.lexicon import Lexicon
from agents.language.names import Mention, words_of
from agents.language.pack import read_table
from agents.language.similarity import Comparer, Comparison, Encoder, load_comparer, load_encoder, rarity
from agents.language.text import Token
from schemas import Novelty

_FLAGS = ("opposite", "denied", "negation", "numbers_differ", "times_differ", "names_differ")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, read for comparison."""

    statement_id: str
    party: str | None
    speakers: frozenset[str]
    text: str
    talks: frozenset[str]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a statement is, to which earlier one, how alike they are (0 to 1), and which facts differ."""

    kind: Novelty
    of: str | None = None
    similarity: float = 0.0
    changed: tuple[str, ...] = ()


class NoveltyJudge:
    """Judges statements. Built once; pure apart from loading the encoder with the first close pair."""

    def __init__(
        self,
        *,
        reader: FactReader,
        comparer: Comparer,
        encoder: Encoder,
        settings: Mapping[str, float],
        weights: Mapping[str, float],
        common: Mapping[str, float],
        find_names: FindNames | None = None,
    ) -> None:
        self._reader = reader
        self._comparer = comparer
        self._encoder = encoder
        self._settings = settings
        self._weights = weights
        self._common = {f"#{notion}": weight for notion, weight in common.items()}
        self._find_names = find_names

    def said(
        self,
        *,
        statement_id: str,
        party: str | None,
        speakers: Sequence[str],
        text: str,
        talks: Sequence[str] = (),
        denies: bool = False,
    ) -> Said:
        """Read a statement. `text` is its content without the reporting verb; `denies`: the speaker denies it."""
        facts = self._reader.read(text, self._find_names, denies)
        return Said(statement_id, party, frozenset(speakers), text, frozenset(talks), facts)

    def judge(self, candidate: Said, earlier: Sequence[Said]) -> Judgement:
        """What `candidate` is to the earlier statements of its side, oldest first; other sides are passed over."""
        same_side = [said for said in earlier if said.party == candidate.party]
        weigh = self.weights_for(candidate, same_side)
        best = Judgement(Novelty.NEW)
        for said in same_side:
            judgement = self._against(candidate, said, weigh, 0.0)
            if judgement is not None and _rank(judgement) > _rank(best):
                best = judgement
        return best

    def weights_for(self, candidate: Said, earlier: Sequence[Said]) -> Callable[[str], float]:
        """How much each term tells, given what this side has said before."""
        side = candidate.party
        return rarity(
            [said.facts for said in earlier], self._common, lambda name: self._comparer.party_of(name) == side
        )

    def is_repeat(self, one: str, other: str) -> Judgement:
        """Whether two texts about one matter say the same: what `rasid evaluate pairs` asks."""
        said = [
            self.said(statement_id=str(n), party=None, speakers=(), text=text) for n, text in enumerate((one, other))
        ]
        found = self._against(said[1], said[0], self.weights_for(said[1], ()), self._settings["pair_bias"])
        return found or Judgement(Novelty.NEW)

    def _against(self, candidate: Said, said: Said, weigh: Callable[[str], float], bias: float) -> Judgement | None:
        comparison = self._comparer.compare(candidate.facts, said.facts, weigh)
        score = bias + self._score(comparison, candidate, said)
        reach = self._weights["cosine"]
        if _logistic(score + reach) < self._settings["near"]:
            return None  # not even texts that the encoder holds for equal would come near
        score += reach * self._encoder.cosine(candidate.text, said.text)
        likely = round(_logistic(score), 4)
        if likely >= self._settings["repeat"]:
            return Judgement(Novelty.REPEAT, said.statement_id, likely, comparison.changed)
        return None

    def _score(self, comparison: Comparison, candidate: Said, said: Said) -> float:
        weights = self._weights
        score = weights["bias"]
        for name, weight in weights.items():
            value = getattr(comparison, name, None)
            if value is not None:
                score += weight * value
        both = bool(candidate.talks) and bool(said.talks)
        score += weights["talks_differ"] * (both and not candidate.talks & said.talks)
        score += weights["talk_missing"] * (bool(candidate.talks) != bool(said.talks))
        score += weights["same_speaker"] * bool(candidate.speakers & said.speakers)
        return score


def _rank(judgement: Judgement) -> tuple[bool, float]:
    return judgement.kind is Novelty.REPEAT, judgement.similarity


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score))


def load_novelty_judge(lexicon: Lexicon) -> NoveltyJudge:
    """The judge with the tables of the language pack and the names of a watchlist."""
    table = read_table("similarity")
    capitals = {" ".join(words_of(name)): country.id for country in lexicon.pack.countries for name in country.capital}
    seats = {
        place.id: capitals[words]
        for place in lexicon.watchlist.places
        for name in place.names.get("ar", ())
        if (words := " ".join(words_of(name))) in capitals
    }

    def find_names(words: Sequence[Token]) -> Sequence[Mention]:
        actors = lexicon.actor_names.find(words)
        taken = {at for mention in actors for at in range(mention.start, mention.end)}
        return [*actors, *(place for place in lexicon.place_names.find(words) if place.start not in taken)]

    def party_of(name: str) -> str:
        """A capital may stand for its state, a person for the side."""
        return lexicon.party_of(seats.get(name, name))

    return NoveltyJudge(
        reader=load_fact_reader(),
        comparer=load_comparer(party_of),
        encoder=load_encoder(),
        settings=table,
        weights=table["weights"],
        common=table["common"],
        find_names=find_names,
    )
