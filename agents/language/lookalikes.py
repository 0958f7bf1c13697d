"""What is written like a side's name or adjective and names none: "فلان بن غربية", "واشنطن بوست"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from agents.language.names import ARTICLE, Mention, without_clitics
from agents.language.pack import ClauseWords
from agents.language.punctuation import COMMAS, STOPS
from agents.language.text import Token

_ADVERB: Final = "يا"
_REACH: Final = 2  # words between a part of a country and the point of the compass, and one more


def tells_apart(article: Sequence[Token], words: ClauseWords) -> bool:
    """Whether an article writes the preposition على otherwise than the name علي."""
    return any(token.text in words.written_on for token in article)


def without_lookalikes(mentions: Iterable[Mention], article: Sequence[Token], words: ClauseWords) -> Iterator[Mention]:
    """The other mentions."""
    for mention in mentions:
        if mention.via == "adjective" and _names_nobody(article, mention, words):
            continue
        following = article[mention.end].form if mention.end < len(article) else ""
        if mention.via == "adjective" or following not in words.ends_of_papers:
            yield mention


def _names_nobody(article: Sequence[Token], mention: Mention, words: ClauseWords) -> bool:
    start, end = mention.start, mention.end
    opens = start == 0 or article[start - 1].kind == "break" or article[start - 1].text in STOPS
    if opens and article[start].form.endswith(_ADVERB) and end < len(article) and article[end].text in COMMAS:
        return True  # "فلسطينيا، كشف مصدر": where what follows took place
    if start > 0 and article[start - 1].form in words.within_names:
        return True
    if article[start].form.removeprefix(ARTICLE) not in words.points:
        return False
    before = (article[at].form for at in range(max(0, start - _REACH), start))
    bare = {one.removeprefix(ARTICLE) for form in before for one in without_clitics(form)}
    return not words.regions.isdisjoint(bare)
