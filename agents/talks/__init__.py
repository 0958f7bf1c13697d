"""Which scheduled talks a passage is about, and why. Pure; knows the words of talks and the watchlist's names.

`TalkFinder.mark` marks an article once; `about` then answers for any clause of it. A clause that names talks, or tells
of talks at a venue or on a day of theirs, is about those. Other clauses are weighed: words of talks, of their agenda
and outcome speak for, words of war against; which talks are meant is told by the passage.
"""

from agents.talks.finder import TalkFinder
from agents.talks.links import Leaning, about, leaning, settled
from agents.talks.marked import MarkedArticle, TalkLink
from agents.talks.weighing import Before, TalkContext

__all__ = [
    "Before",
    "Leaning",
    "MarkedArticle",
    "TalkContext",
    "TalkFinder",
    "TalkLink",
    "about",
    "leaning",
    "settled",
]
