"""Opinions that stand below the names of those whose they are: "• فلان، خبير في الري:", "## نعم: فلانة، كاتبة"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from agents.language.interviews import Exchange, Interview
from agents.language.names import ARTICLE
from agents.language.pack import LanguagePack
from agents.language.punctuation import COLONS, COMMAS, QUESTION
from agents.language.text import CLOSING, OPENING, Token
from agents.language.turns import NOBODY, Label, Role, Turn, past_bullet

_FEWEST: Final = 2  # persons
_LONGEST: Final = 16  # tokens of a line that names one
_LEAST_NAME: Final = 2  # words
_LONGEST_NAME: Final = 8  # tokens, with titles
_LEAST_SAID: Final = 4  # words of a line below a name
_RETIRED: Final = 4  # tokens of "العميد (م)"
_STANCE: Final = 2  # tokens of "نعم:"


def panel(
    article: Sequence[Token], turns: Sequence[Turn], title: str, pack: LanguagePack, persons: Mapping[int, str]
) -> Panel | None:
    """The opinions that an article gathers, if it does."""
    names = [_name(article, turn, pack) for turn in turns]
    if sum(name != NOBODY for name in names) < _FEWEST:
        return None
    found = Panel(article, turns, names, pack, persons)
    return found if len(found.opinions) >= _FEWEST and found.is_asked_for(title) else None


class Panel(Interview):
    """Names for questions, and below each what somebody says."""

    def __init__(
        self,
        article: Sequence[Token],
        turns: Sequence[Turn],
        names: Sequence[Label],
        pack: LanguagePack,
        persons: Mapping[int, str],
    ) -> None:
        self.names, self.lines = names, turns
        super().__init__(article, tuple(_below(article, turns, names)), pack, persons)
        self.pairs = [
            (turn, self.turns[at + 1])
            for at, turn in enumerate(self.turns[:-1])
            if names[at] != NOBODY and self._speaks_below(at + 1)
        ]
        self.answers, self.questions = set(), set()

    @property
    def opinions(self) -> list[Label]:
        return [told.label for _, told in self.pairs]

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Of all turns: an opinion ends where another one's name stands, or a label that is nobody's on the panel."""
        heads = {asked.start for asked, _ in self.pairs}
        roles: list[Role] = []
        before: Role = ""
        for at, turn in enumerate(self.turns):
            if turn.start in heads:
                before = "question"
            elif before == "question":
                before = "answer"
            elif before:
                before = "" if self._ends(at) else "more"
            roles.append(before)
        return tuple(roles)

    def exchanges(self) -> Iterator[Exchange]:
        """A name asks nothing."""
        yield from ()

    def _ends(self, at: int) -> bool:
        closed = any(
            token.text in CLOSING for token in self.article[self.lines[at - 1].end - 2 : self.lines[at - 1].end]
        )
        opened = any(self.article[turn.start].text in OPENING for _, turn in self.pairs)
        return (
            self.names[at] != NOBODY or self.lines[at].labelled or bool(self.turns[at].bullets) or (closed and opened)
        )

    def _speaks_below(self, at: int) -> bool:
        turn = self.turns[at]
        words = sum(token.kind == "word" for token in self.article[turn.begin : turn.end])
        return self.names[at] == NOBODY and not turn.bullets and words >= _LEAST_SAID

    def is_asked_for(self, title: str) -> bool:
        """Whether somebody asks before the first name, or says that they were asked."""
        before, words = self.article[: self.pairs[0][0].start], self.pack.clause_words
        known = words.byline | words.asking
        return any(mark in title for mark in QUESTION) or any(
            token.text in QUESTION or token.form in known for token in before
        )


def _name(article: Sequence[Token], turn: Turn, pack: LanguagePack) -> Label:
    """The name that a line consists of, with who he is."""
    words = pack.clause_words
    begin = past_bullet(article, turn.start, turn.end)
    end = turn.end - (article[turn.end - 1].text in COLONS)
    if begin + 1 < end and article[begin + 1].text in COLONS:
        begin += _STANCE
    if end - begin > _LONGEST or any(token.text in QUESTION or token.text == "." for token in article[begin:end]):
        return NOBODY
    retired = [token.text for token in article[begin + 1 : begin + 4 : 2]] == ["(", ")"]  # "العميد (م) فلان"
    past = begin + _RETIRED if retired else begin
    close = next((at for at in range(past, end) if article[at].kind != "word"), end)
    behind = article[close + 1].form.removeprefix(ARTICLE) if close + 1 < end else ""
    calling = close < end and article[close].text in COMMAS | {"("} and behind in words.callings
    titles = (pack.unnamed, pack.continuing_titles)
    titled = begin < end < turn.end and any(article[begin].form in known for known in titles)
    named = _LEAST_NAME <= close - begin <= _LONGEST_NAME
    return (begin, close) if named and (calling or titled) else NOBODY


def _below(article: Sequence[Token], turns: Sequence[Turn], names: Sequence[Label]) -> Iterator[Turn]:
    """The turns, each with the name above it for its label, and without quotation marks about it."""
    label = NOBODY
    for turn, name in zip(turns, names, strict=True):
        label = name if name != NOBODY else label
        begin = turn.begin + (article[turn.begin].text in OPENING if turn.begin < turn.end else 0)
        last = turn.last - (article[turn.last - 1].text in CLOSING)
        yield replace(turn, label=label, begin=begin, last=last)
