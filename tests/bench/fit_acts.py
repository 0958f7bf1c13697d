"""Fits what speaks for a clause telling of an act that no rule finds, on the gold readings of feeds.

    python -m tests.bench.fit_acts [FOLDER ...] [--left-out FOLDER ...] [--write]

FOLDER has `feed.jsonl`, `watchlist.yaml` and `gold.yaml`; without any, all development feeds are taken, but for those
that are left out. The weights are those of a logistic regression on all clauses, those that rules read as well. Of the
clauses in which the rules find nothing, prints how many the weights notice on each feed that is left out: right in
direction, right in type too, and wrong; without `--left-out` each feed is left out in its turn, a sixth of them at a
time. `--write` writes act_weights.yaml, fitted on all that are not left out. Needs scikit-learn, which the project
itself does not.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import yaml

import agents.tag_signals as stage
from agents.acts import Act, Bench, Clause, read_act, read_acts
from agents.acts.noticed import CALM, DEEDS, NOTHING, clues, direction_of, is_read, manner_of
from agents.acts.plover import load_plover
from agents.knowledge import build_knowledge
from schemas import RawArticle
from schemas.watchlist_file import load_watchlist
from streams.feeds import read_feed
from tests.agents.acts import test_breadth, test_force, test_read_act
from tests.agents.acts.straits import WATCHLIST, read
from tests.agents.acts.test_ways import SILENT, TOLD
from tests.bench.fitting import PACK, Folder, Regression, arguments, gathered, left_out, scorer
from tests.offline import Flow

ENOUGH = 0.62  # of 1: .5 finds a third more, and is wrong in twice as many; .6 to .68 are alike
STRENGTH = 1.0  # of the fit, the inverse of its penalty; .5 to 2 are alike
IN_FEEDS = 8  # 4 to 8 are alike
SCALE = {"word": 0.6, "lead": 0.3}
LEAST = 0.2  # a weight below it is left out, which changes nothing that is told from noise
TRUSTED = 5  # times that the sentences of the tests count, each of which stands for a turn of speech
_RARE = 8  # cases of a kind that are too few to fit it

HEAD = """\
# What speaks for a clause telling of an act of a kind, in log odds for each kind (PLOVER's types; `calm` asks for it,
# `none` is no act): what the clause is, and its words and those that lead to it by their shortest stems. The names are
# those of `agents.acts.noticed.clues`. Fitted, not written: see `python -m tests.bench.fit_acts`.
"""


@dataclass(frozen=True)
class Case:
    """A clause that a gold reading judges. `kinds` are those of the act that stands in it, none where there is none."""

    feed: str
    features: Mapping[str, float]
    kinds: tuple[str, ...]
    read: bool  # whether rules find an act in it, or in what it shares words with

    @property
    def kind(self) -> str:
        return self.kinds[0] if self.kinds else NOTHING

    @property
    def speech_act(self) -> str | None:
        """The kind of the clause itself, none where nobody says it."""
        kind = next(name.partition(" ")[2] for name in self.features if name.startswith("kind "))
        return None if kind == str(None) else kind

    @property
    def words(self) -> list[str]:
        return [name for name in self.features if name.startswith("word ")]


@dataclass(frozen=True)
class Seen:
    article_id: str
    start: int
    end: int
    features: Mapping[str, float]
    read: bool


@dataclass
class Met:
    """The clauses of the article that is being read, and what the rules make of them."""

    now: list[tuple[Clause, Act | None, Bench]] = field(default_factory=list)

    def __call__(self, bench: Bench, parts: Sequence[Clause]) -> Iterator[tuple[Clause, Act]]:
        self.now += [(clause, read_act(bench, clause), bench) for clause in parts]
        return read_acts(bench, parts)

    def seen(self, article_id: str) -> Iterator[Seen]:
        """Those in which somebody speaks or is named."""
        taken = {at for clause, act, _ in self.now if act for at in range(clause.start, clause.end)}
        for clause, act, bench in self.now:
            if not clause.speakers and not bench.cast.sides(clause.start, clause.end):
                continue
            manner = manner_of(bench, clause)
            yield Seen(
                article_id,
                bench.tokens[clause.start].start,
                bench.tokens[clause.end - 1].end,
                clues(bench, clause, manner),
                act is not None or not taken.isdisjoint(range(clause.start, clause.end)),
            )


def clauses(folder: Folder) -> Iterator[Seen]:
    flow = Flow(build_knowledge(load_watchlist(folder.watchlist)))
    met = Met()
    with patch.object(stage, "read_acts", met):
        for entry in read_feed(folder.feed):
            met.now.clear()
            asyncio.run(flow.send(RawArticle.model_validate_json(entry.value)))
            yield from met.seen(flow.told.articles[-1].article_id)


def proofs() -> Iterator[Case]:
    """The sentences that the tests of acts give, those that tell of none above all: they are near misses."""
    knowledge, met = build_knowledge(WATCHLIST), Met()
    with patch.object(stage, "read_acts", met):
        silent = [*SILENT, *test_breadth.SILENT, *test_force.SILENT, *test_read_act.SILENT.values()]
        for sentence, expected in [*TOLD, *((sentence, "") for sentence in silent)]:
            met.now.clear()
            read(knowledge, sentence)
            of = tuple(word for word in expected.split() if word in load_plover().types)
            yield from (Case("proofs", seen.features, of, seen.read) for seen in met.seen("") for _ in range(TRUSTED))


def kinds(item: Mapping[str, Any], score: Any) -> tuple[str, ...]:
    """The kinds that a gold reading allows; none where they cannot be told."""
    types, (direction, *others) = score.as_set(item["type"]), score.as_set(item["direction"])
    usual = [t for t in sorted(map(str, types)) if t in load_plover().types and direction_of(t) == direction]
    calm = [CALM] if "REQUEST" in types and direction == direction_of(CALM) else []
    return () if others else tuple(calm + usual)


def cases(folder: Folder) -> list[Case]:
    score, found = scorer(), list[Case]()
    bodies = score.read_feed(folder.feed)
    judged = score.flatten(folder.gold, "signals", bodies)
    if not judged:
        return []  # a reading of statements alone
    for seen in clauses(folder):
        row = {"article_id": seen.article_id, "clause": {"start": seen.start, "end": seen.end}}
        told = [judged[item] for _, _, item in score.matches([row], judged, "clause", bodies)]
        counted = [item for item in told if not item.get("optional")]
        if told and not counted:
            continue  # the gold reading leaves it open
        of = kinds(counted[0], score) if counted else ()
        if bool(of) == bool(counted):
            found.append(Case(str(folder.feed), seen.features, of, seen.read))
    return found


def fitted(seen: Sequence[Case]) -> Regression[Case]:
    number = Counter(case.kind for case in seen)
    known = [case for case in seen if number[case.kind] >= _RARE]
    return Regression(
        known,
        [case.kind for case in known],
        strength=STRENGTH,
        in_feeds=IN_FEEDS,
        kinds=tuple(SCALE),
        scale=SCALE,
    )


def table(fit: Regression[Case]) -> dict[str, Any]:
    """The weights as they are read."""
    clue = {
        name: {
            kind: round(weight, 2)
            for kind, weight in zip(fit.labels, weights, strict=True)
            if abs(weight) >= LEAST * SCALE.get(name.partition(" ")[0], 1.0)
        }
        for name, weights in fit.weights()
    }
    return {
        "enough": ENOUGH,
        "bias": {str(kind): round(value, 2) for kind, value in zip(fit.labels, fit.bias(), strict=True)},
        "clues": {name: {str(k): w for k, w in weights.items()} for name, weights in clue.items() if weights},
    }


def tried(fitted_on: Sequence[Case], asked: Sequence[Case]) -> dict[str, Counter[str]]:
    """What is noticed on each feed of `asked`, as `noticed` does: right, of the right type, wrong."""
    fit = fitted(fitted_on)
    free = [case for case in asked if not case.read and is_read(case.speech_act, case.words)]
    found = {case.feed: Counter[str]() for case in asked}
    for case, chances in zip(free, fit.chances(free), strict=True):
        ways = {kind: chance for kind, chance in zip(fit.labels, chances, strict=True) if kind != NOTHING}
        for direction in {direction_of(kind) for kind in ways}:
            of = {kind: chance for kind, chance in ways.items() if direction_of(kind) == direction}
            likeliest = max(of, key=lambda kind: of[kind])
            if sum(of.values()) < ENOUGH or likeliest in DEEDS:
                continue
            right = any(direction_of(kind) == direction for kind in case.kinds)
            found[case.feed]["right" if right else "wrong"] += 1
            found[case.feed]["typed"] += right and likeliest in case.kinds
    return found


def main() -> None:
    given = arguments(__doc__)
    seen, out = [*proofs(), *gathered(cases, given.folders)], gathered(cases, given.left_out)
    scores = left_out(tried, seen, out)
    whole = sum(scores.values(), Counter[str]())
    for feed, score in [*sorted(scores.items()), ("all", whole)]:
        print(f"right {score['right']:3}  typed {score['typed']:3}  wrong {score['wrong']:3}  {feed}")
    if given.write:
        text = yaml.safe_dump(
            table(fitted(seen)), allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000
        )
        (PACK / "act_weights.yaml").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
