"""Fits what speaks for a clause being about talks, on the gold readings of feeds.

    python -m tests.bench.fit_talks [FOLDER ...] [--left-out FOLDER ...] [--write]

FOLDER has `feed.jsonl`, `watchlist.yaml` and `gold.yaml`; without any, all development feeds are taken, but for those
that are left out. The weights are those of a logistic regression on the statements whose words do not name talks.
Prints the F1 of `about_talks` on each feed that is left out, with the weights fitted on the rest; without `--left-out`
each feed is left out in its turn, a sixth of them at a time. `--write` writes about_talks.yaml, fitted on all that are
not left out. Needs scikit-learn, which the project itself does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import yaml

from agents.talks import MarkedArticle, TalkContext
from agents.talks.others import without_time
from agents.talks.weighing import EVEN, PREVIOUS, PREVIOUS_HERE, compared, evidence, share, stems
from tests.bench.fitting import PACK, Folder, Regression, arguments, gathered, in_turn, judgements, left_out, statements

ENOUGH = 0.4  # of 1, as what is missed and what is wrong weigh the same; .34 to .42 are alike
STRENGTH = 3.0  # of the fit, the inverse of its penalty; 1 to 6 are alike
ROUNDS = 3  # a second and third change little
IN_FEEDS = 5  # 3 to 8 are alike
SCALE = {"word": 0.4, "marked": 0.2, "alike": 5.0}

HEAD = """\
# What speaks for a clause being about talks where it names none, in log odds: what stands in and around it (the names
# are those of `agents.talks.weighing.evidence`), and its words by their shortest stems. Fitted, not written: see
# `python -m tests.bench.fit_talks`.
"""


@dataclass(frozen=True, eq=False)
class Case:
    """A statement: what stands in it, and whether it is about talks, where a gold reading judges that.

    `chance` that it is, of 1, where no weights tell; `before` is what was said last before it, `here` in its paragraph.
    """

    feed: str
    features: Mapping[str, float]
    chance: float | None
    about: bool | None
    before: Case | None
    here: bool

    @property
    def named(self) -> bool:
        return self.chance == 1.0


Chances = Mapping[Case, float]


def features(article: MarkedArticle, context: TalkContext) -> dict[str, float]:
    """What stands in a statement, without what was said before it."""
    context = replace(without_time(article, context), before=None)
    shown = {f"evidence {name}": float(value) for name, value in evidence(article, context).items()}
    shown["alike"] = article.known.examples.likeness(compared(article, context))
    others, marked = stems(article, context)
    shown |= dict.fromkeys((f"marked {stem}" for stem in marked), 1.0)
    return shown | dict.fromkeys((f"word {stem}" for stem in others), share(len(others)))


def cases(folder: Folder) -> list[Case]:
    """The statements found in a feed."""
    rows = statements(folder, lambda article, at: (features(article, at), article.sentences[at.sentence].block))
    judged = judgements(folder, [statement for statement, *_ in rows])
    found, last = list[Case](), None
    for row, (statement, leant, (given, block)) in enumerate(rows):
        before = found[-1] if last is not None and last[0] == statement.article_id else None
        about = judged[row].get("talks") not in (None, "none") if row in judged else None
        certain = leant.chance if leant.chance in (0.0, 1.0) else None
        here = last == (statement.article_id, block)
        found.append(Case(str(folder.feed), given, certain, about, before, here))
        last = statement.article_id, block
    return found


def with_previous(case: Case, chances: Chances) -> Case:
    """The case with the evidence of what was said before it."""
    before = 0.0
    if case.before is not None:
        before = (chances.get(case.before, EVEN) if case.before.chance is None else case.before.chance) - EVEN
    previous = {f"evidence {PREVIOUS}": before, f"evidence {PREVIOUS_HERE}": before if case.here else 0.0}
    return replace(case, features={**case.features, **previous})


def chances(fit: Regression[Case], asked: Sequence[Case], before: Chances, *, alike: bool = True) -> dict[Case, float]:
    """How likely each is about talks. Without `alike` by its words alone, as the next statement learns it."""
    told = [with_previous(case, before) for case in asked]
    told = told if alike else [replace(case, features={**case.features, "alike": 0.0}) for case in told]
    found = fit.chances(told)[:, 1].tolist()
    return {case: chance if case.chance is None else case.chance for case, chance in zip(asked, found, strict=True)}


def in_rounds(fit: Regression[Case], asked: Sequence[Case]) -> dict[Case, float]:
    """By their words alone; each round carries what is known of a statement to the next one of its article."""
    found: dict[Case, float] = {}
    for _ in range(ROUNDS):
        found = chances(fit, asked, found, alike=False)
    return found


def fitted(seen: Sequence[Case]) -> Regression[Case]:
    """Fitted on the statements that a gold reading judges. What was said before them is told as for feeds left out."""
    before: dict[Case, float] = {}
    for _ in range(ROUNDS):
        before = {
            case: chance
            for rest, part in in_turn(seen)
            for case, chance in chances(_fit(rest, before), part, before, alike=False).items()
        }
    return _fit(seen, before)


def _fit(seen: Sequence[Case], before: Chances) -> Regression[Case]:
    doubtful = [with_previous(case, before) for case in seen if not case.named and case.about is not None]
    labels = [case.about for case in doubtful]
    return Regression(doubtful, labels, strength=STRENGTH, in_feeds=IN_FEEDS, kinds=("word", "marked"), scale=SCALE)


def table(fit: Regression[Case]) -> dict[str, Any]:
    """The weights as they are read."""
    kinds = defaultdict[str, dict[str, float]](dict)
    for name, (weight,) in fit.weights():
        kind, _, rest = name.partition(" ")
        if round(weight, 2) or kind == "evidence":  # each of which is looked up
            kinds[kind][rest] = round(weight, 2)
    return {
        "bias": round(fit.bias()[0], 2),
        "enough": round(float(np.log(ENOUGH / (1 - ENOUGH))), 2),
        "alike": kinds["alike"][""],
        "evidence": kinds["evidence"],
        "words": kinds["word"],
        "marked": kinds["marked"],
    }


def f1(seen: Iterable[tuple[bool, bool]]) -> float:
    """Of pairs of what was told and what is so."""
    count = Counter(seen)
    right, wrong = count[True, True], count[True, False] + count[False, True]
    return 2 * right / max(1, 2 * right + wrong)


def tried(fitted_on: Sequence[Case], asked: Sequence[Case]) -> dict[str, float]:
    """The F1 on each feed of `asked`."""
    fit = fitted(fitted_on)
    told = chances(fit, asked, in_rounds(fit, asked))
    return {
        feed: f1(
            (chance > ENOUGH, case.about)
            for case, chance in told.items()
            if case.feed == feed and case.about is not None
        )
        for feed in dict.fromkeys(case.feed for case in asked)
    }


def main() -> None:
    given = arguments(__doc__)
    seen, out = gathered(cases, given.folders), gathered(cases, given.left_out)
    scores = left_out(tried, seen, out)
    for feed, score in sorted(scores.items()):
        print(f"{score:.3f}  {feed}")
    print(f"{sum(scores.values()) / len(scores):.4f}  mean")
    if given.write:
        text = yaml.safe_dump(table(fitted(seen)), allow_unicode=True, sort_keys=False)
        (PACK / "about_talks.yaml").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
