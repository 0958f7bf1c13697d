"""New, repeat, update or contradiction: what a statement is to everything that the same side said before.

Similarity finds the candidates; facts decide. A sentence with one fact turned around is more alike to the first
than an honest re-telling is, so every measure of likeness stands against what speaks for a difference.
Where it is unsure, a statement is new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np

from agents.language.comparison import Comparison, InCommon, Reach
from agents.language.encoder import Encoder, load_encoder
from agents.language.facts import FactReader, FindNames, load_fact_reader, one_set
from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.names import Mention, words_of
from agents.language.pack import read_table
from agents.language.rarity import NONE_BESIDE, Rarity
from agents.language.shelf import Shelf, lay
from agents.language.similarity import Comparer, load_comparer
from agents.language.text import Token
from agents.novelty.odds import Odds, closest, flipped, is_strange, likely, logistic
from agents.novelty.renewals import Renewals
from agents.novelty.said import Asked, Earlier, Judgement, Part, Said
from schemas import ActorKind, Novelty, Watchlist

_BETWEEN_CLAUSES = re.compile('[،,؛;.!؟?:\n«»"“”()]+')
_LEAST_WORDS = 3
_HELD = 0.4  # share of a candidate that an earlier text must hold for its clauses to be looked at
_LONGER = 1.5
_ROUNDED = 1e-9  # by so much a bound may be too low
_LONG_TEXTS = 2048  # whose clauses are kept
_SPEAKERS = 4096  # whose sides are kept: strangers are asked for too, and there is no end of them


@dataclass(frozen=True, slots=True)
class _Pair:
    """A candidate and a part of an earlier statement, of which the encoder may make a repeat or a difference."""

    said: Said
    part: Part
    comparison: Comparison
    alike: float
    score: float
    may_repeat: bool
    may_differ: bool


class NoveltyJudge:
    """Judges statements. Built once; pure apart from loading the encoder with the first close pair."""

    def __init__(
        self,
        *,
        reader: FactReader,
        comparer: Comparer,
        encoder: Encoder,
        table: Mapping[str, Any],
        find_names: FindNames | None = None,
    ) -> None:
        """`table`: the weights and thresholds of `similarity.yaml`."""
        self._reader = reader
        self._comparer = comparer
        self._encoder = encoder
        self._named: float = table["named"]
        self._common = {f"#{notion}": weight for notion, weight in table["common"].items()}
        self._renewals = Renewals(table["again"])
        self._find_names = find_names
        self._parts = lru_cache(_LONG_TEXTS)(self._read_parts)
        self._odds = Odds(table)

    def said(
        self,
        *,
        statement_id: str,
        party: str | None,
        speakers: Sequence[str],
        text: str,
        talks: Sequence[str] = (),
        named: bool = False,
        denies: bool = False,
        article: str = "",
        before: str = "",
        led: int = 0,
        known: bool = True,
    ) -> Said:
        """Read a statement. `text` is its content without the reporting verb, which stands in `before`, the words
        that lead to it, `led` code points from their end; `denies`: the speaker denies it; `known`: his side is known.
        """
        facts = self._reader.read(text, self._find_names, denies)
        return Said(
            statement_id,
            party,
            one_set(tuple(speakers)),
            text,
            one_set(tuple(talks)),
            facts,
            named,
            article,
            self._renewals.tell(before, text, led),
            known,
            denies,
            laid=lay(facts, speakers, self._comparer.party_of),
        )

    def _read_parts(self, text: str, denies: bool) -> tuple[Part, ...]:
        """The clauses of a text, where there are several. Few texts are ever asked for them."""
        clauses = _BETWEEN_CLAUSES.split(text)
        told = [clause for clause in clauses if len(clause.split()) >= _LEAST_WORDS] if len(clauses) > 1 else []
        return tuple(Part(clause, self._reader.read(clause, self._find_names, denies)) for clause in told)

    def earlier(self, said: Sequence[Said]) -> Earlier:
        """Lay out what one side has said, oldest first."""
        return Earlier(said, Shelf([one.facts for one in said], [one.laid for one in said], self._common))

    def judge(self, candidate: Said, earlier: Sequence[Said]) -> Judgement:
        """What `candidate` is to the earlier statements of its side, oldest first; other parties are passed over."""
        same_side = self.earlier([said for said in earlier if said.party == candidate.party])
        return self.judge_all([Asked(candidate, same_side)])[0]

    def judge_all(self, asked: Iterable[Asked]) -> list[Judgement]:
        """The same for several: the encoder meets the likest texts of all at once, then those that may outdo them."""
        told = [(one.candidate, self._close(one)) for one in asked]
        self._meet((candidate, [max(close, key=self._at_best)]) for candidate, close in told if len(close) > 1)
        left = [(candidate, self._open(candidate, close)) for candidate, close in told]
        self._meet(left)
        return [self._best(candidate, close) for candidate, close in left]

    def _meet(self, told: Iterable[tuple[Said, Sequence[_Pair]]]) -> None:
        self._encoder.meet(
            text for candidate, close in told for pair in close for text in (candidate.text, pair.part.text)
        )

    def _open(self, candidate: Said, close: Sequence[_Pair]) -> Sequence[_Pair]:
        """The pairs that no answer of the encoder would rank below the likest one."""
        if len(close) < 2:
            return close
        likest = _rank(self._best(candidate, [max(close, key=self._at_best)]))
        return [pair for pair in close if self._at_best(pair) >= likest]

    def _at_best(self, pair: _Pair) -> tuple[bool, float]:
        """The rank of a pair whose texts are the same for the encoder."""
        return pair.may_repeat, likely(pair.score + self._odds.statements["cosine"])

    def _close(self, asked: Asked) -> list[_Pair]:
        candidate, before = asked.candidate, asked.before
        here = Counter(chain.from_iterable(said.facts.heads for said in asked.here))
        rarity = self._weights(candidate, before.shelf.counts, len(before.said) + len(asked.here), here)
        weigh = rarity.__getitem__
        reach = self._comparer.reach(candidate.facts, weigh)
        return [
            pair
            for said in chain(self._promising(candidate, before, reach, rarity, here), asked.here)
            for part, context, common in self._near(candidate, reach, said, weigh)
            if (pair := self._against(candidate, said, part, context, weigh, common=common)) is not None
        ]

    def _promising(
        self, candidate: Said, before: Earlier, reach: Reach, rarity: Rarity, here: Iterable[str]
    ) -> Iterator[Said]:
        """Which of the earlier ones are worth a closer look, by bounds that are never too low."""
        if not before.said:
            return
        shared = before.shelf.shared(candidate.facts, candidate.speakers, reach, rarity, here)
        mine = shared.mine + _ROUNDED
        context = self._odds.statements["again"] * candidate.again + self._odds.common_to_each(shared)
        long = (mine >= _HELD) & (before.shelf.lengths > _LONGER * len(candidate.facts.terms))
        close = self._odds.may_each_be_close(mine, shared.its + _ROUNDED, context)
        for at in np.flatnonzero((shared.mine > 0) & (close | long)).tolist():
            yield before.said[at]

    def _best(self, candidate: Said, close: Sequence[_Pair]) -> Judgement:
        best = Judgement(Novelty.NEW)
        for pair in close:
            judgement = self._settled(candidate, pair)
            if judgement is not None and _rank(judgement) > _rank(best):
                best = judgement
        return best

    def is_repeat(self, one: str, other: str, *, titles: bool = False) -> Judgement:
        """Whether two texts on one matter say the same: reported statements, or headlines (`titles`)."""
        first, second = (self.said(statement_id=text, party=None, speakers=(), text=text) for text in (one, other))
        rarity, named = self._weights(second, {}, 0), self._named
        comparison = self._comparer.compare(
            second.facts, first.facts, lambda head: rarity[head] * (named if head[0] == "@" else 1.0)
        )
        chance = logistic(self._odds.score("pairs", comparison))
        if chance >= self._odds.thresholds["title" if titles else "pair"]:
            return Judgement(Novelty.REPEAT, first.statement_id, chance, comparison.changed)
        return Judgement(self._odds.difference(comparison), first.statement_id, chance, comparison.changed)

    def _weights(
        self, candidate: Said, counts: Mapping[str, int], texts: int, here: Mapping[str, int] = NONE_BESIDE
    ) -> Rarity:
        """How much each term tells, where so many texts of this side have it, those `here` beside the others."""
        own = {self._comparer.party_of(speaker) for speaker in candidate.speakers} | {candidate.party}
        return Rarity(counts, texts, self._common, lambda name: self._comparer.party_of(name) in own, here)

    def _near(
        self, candidate: Said, reach: Reach, said: Said, weigh: Callable[[str], float]
    ) -> Iterator[tuple[Part, float, InCommon]]:
        """The earlier statement, and those of its clauses that are about as long as a candidate that it may hold.

        Each with what speaks for or against it beside the texts, and what it has in common with the candidate.
        """
        bounds = self._comparer.at_most(reach, said.facts, weigh)
        if not bounds[0]:
            return
        weights = self._odds.statements
        context = self._odds.context(candidate, said)
        common = self._comparer.in_common(candidate.facts, said.facts)
        same = self._odds.same(common)
        if self._odds.may_be_close(*bounds, context + same):
            yield Part(said.text, said.facts), context, common
        if bounds[0] >= _HELD and len(said.facts.terms) > _LONGER * len(candidate.facts.terms):
            for part in self._parts(said.text, said.denies):
                if self._odds.may_be_close(*self._comparer.at_most(reach, part.facts, weigh), context + same):
                    yield part, context + weights["part"], self._comparer.in_common(candidate.facts, part.facts)

    def _against(
        self,
        candidate: Said,
        said: Said,
        part: Part,
        context: float,
        weigh: Callable[[str], float],
        *,
        common: InCommon,
    ) -> _Pair | None:
        """The candidate beside a part of an earlier statement; nothing where no answer of the encoder makes it close.

        A text costs the encoder as much as a hundred comparisons.
        """
        weights, thresholds = self._odds.statements, self._odds.thresholds
        there, back = self._comparer.covers(candidate.facts, part.facts, weigh)
        same = self._odds.same(common)
        if not self._odds.may_be_close(there.held + _ROUNDED, back.held + _ROUNDED, context + same):
            return None  # whatever else they differ in
        comparison = self._comparer.compare(candidate.facts, part.facts, weigh, (there, back), common)
        alike = weights["bias"] + weights["longer"] * comparison.longer + weights["shorter"] * comparison.shorter
        score = self._odds.score("statements", comparison) + context
        most = weights["cosine"] * closest(comparison.shorter)
        may_repeat = score + most >= self._odds.least and not flipped(comparison, thresholds)
        differs = bool(comparison.changed) and not is_strange(candidate, said)
        may_differ = differs and alike + most >= self._odds.near_enough
        return _Pair(said, part, comparison, alike, score, may_repeat, may_differ) if may_repeat or may_differ else None

    def _settled(self, candidate: Said, pair: _Pair) -> Judgement | None:
        weights, thresholds = self._odds.statements, self._odds.thresholds
        cosine = weights["cosine"] * self._encoder.cosine(candidate.text, pair.part.text)
        chance, changed = likely(pair.score + cosine), pair.comparison.changed
        if pair.may_repeat and chance >= thresholds["repeat"]:
            return Judgement(Novelty.REPEAT, pair.said.statement_id, chance, changed)
        if pair.may_differ and logistic(pair.alike + cosine) >= thresholds["near"]:
            return Judgement(self._odds.difference(pair.comparison), pair.said.statement_id, chance, changed)
        return None


def _rank(judgement: Judgement) -> tuple[bool, float]:
    return judgement.kind is Novelty.REPEAT, judgement.similarity


def load_novelty_judge(lexicon: Lexicon | None = None) -> NoveltyJudge:
    """The judge with the tables of the language pack and the names of a watchlist; without one, those of countries."""
    known = lexicon or build_lexicon(Watchlist(watchlist="", title={}, actors=()))
    capitals = {" ".join(words_of(name)): country.id for country in known.pack.countries for name in country.capital}
    seats = {
        place.id: capitals[words]
        for place in known.watchlist.places
        for name in place.names.get("ar", ())
        if (words := " ".join(words_of(name))) in capitals
    }

    def find_names(words: Sequence[Token]) -> Sequence[Mention]:
        actors = known.actor_names.find(words)
        taken = {at for mention in actors for at in range(mention.start, mention.end)}
        return [*actors, *(place for place in known.place_names.find(words) if place.start not in taken)]

    @lru_cache(maxsize=_SPEAKERS)
    def party_of(name: str) -> str:
        """A capital may stand for its state, a person for the side."""
        return known.party_of(seats.get(name, name))

    def is_person(name: str) -> bool:
        return known.kind_of(name) is ActorKind.PERSON

    return NoveltyJudge(
        reader=load_fact_reader(),
        comparer=load_comparer(party_of, is_person, {place.id for place in known.watchlist.places}.__contains__),
        encoder=getattr(lexicon, "encoder", None) or load_encoder(),
        table=read_table("similarity"),
        find_names=find_names,
    )
