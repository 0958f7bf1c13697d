"""How far articles have come: an article is through when every record that came of it was decided on everywhere.

Pure: it is told what was read from the topics, in whatever order, and says which journeys are complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schemas import Decision, Record, Rejection

Stages = Sequence[str]
Place = tuple[int, int]  # partition and offset of the raw article
RAW = "articles.raw"


@dataclass(eq=False)
class Journey:
    """The way of one article. `readers` are the stages that decide on the records of each topic, in order."""

    readers: Mapping[str, Stages]
    name: str  # what messages call it, as "feed.jsonl:12"
    article_id: str | None  # None: what was sent is no article, and only quarantine can answer
    place: Place | None = None  # known once the broker has confirmed it
    rejections: list[Rejection] = field(default_factory=list)  # of what was sent; those of later stages are records
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)  # by what decisions call them: "signals:signal-ab12"

    def complete(self, wanted: frozenset[str]) -> bool:
        """Whether nothing is missing, the records of the `wanted` topics included."""
        if self.rejected:
            return True
        return next(self.missing(wanted), None) is None

    @property
    def rejected(self) -> bool:
        """Whether what was sent is in quarantine itself."""
        return bool(self.rejections)

    def missing(self, wanted: frozenset[str]) -> Iterator[str]:
        """What is still missing, in words: "tag_signals of article-1", or a record's name."""
        if self.article_id is None:
            yield f"quarantine of {self.name}"
            return
        there = self.records.keys() | {name for each in self.decisions.values() for name in each.sent_before}
        for topic, record_id in self.emitted():
            for stage in self.readers.get(topic, ()):
                if (stage, record_id) not in self.decisions:
                    yield f"{stage} of {record_id}"
            if topic in wanted and f"{topic}:{record_id}" not in there:
                yield f"{topic}:{record_id}"

    def emitted(self) -> Iterator[tuple[str, str]]:
        """The topics and ids of the article and of everything that came of it so far, in the order of the flow."""
        level = [(RAW, self.article_id or "")]
        while level:
            yield from level
            level = list(
                dict.fromkeys(
                    (topic, name)
                    for parent, record_id in level
                    for stage in self.readers.get(parent, ())
                    for emitted in self._of(stage, record_id)
                    for topic, _, name in [emitted.partition(":")]
                )
            )

    def collect(self, topic: str) -> list[Record]:
        """The article's records of one topic, in the order in which they were emitted."""
        names = (f"{each}:{record_id}" for each, record_id in self.emitted() if each == topic)
        return [self.records[name] for name in names if name in self.records]

    def _of(self, stage: str, record_id: str) -> Sequence[str]:
        decision = self.decisions.get((stage, record_id))
        return () if decision is None else decision.emitted


class Journeys:
    """All journeys that are under way. Two with the same article's id must not be."""

    def __init__(self, readers: Mapping[str, Stages], wanted: frozenset[str]) -> None:
        self._readers = readers
        self._wanted = wanted
        self._by_article: dict[str, Journey] = {}
        self._by_place: dict[Place, Journey] = {}
        self._early: dict[Place, Rejection] = {}  # read before the sender knew where it stands
        self._records: dict[str, Record] = {}  # read before the decision that names them

    def under_way(self, article_id: str | None) -> bool:
        """Whether an article of that id is under way."""
        return article_id in self._by_article

    def begin(self, name: str, article_id: str | None) -> Journey:
        """An article is about to be sent."""
        journey = Journey(self._readers, name, article_id)
        if article_id is not None:
            self._by_article[article_id] = journey
        return journey

    def placed(self, journey: Journey, place: Place) -> None:
        """The broker has confirmed where the article stands."""
        journey.place = place
        self._by_place[place] = journey
        if place in self._early:
            journey.rejections.append(self._early.pop(place))

    def read(self, topic: str, name: str, record: Record) -> None:
        """A record was read; `name` is its id as decisions call it."""
        if isinstance(record, Decision):
            journey = self._by_article.get(record.article_id)
            if journey is not None:
                journey.decisions[record.stage, record.record_id] = record
            return
        if isinstance(record, Rejection) and record.topic == RAW:
            self._reject(record)
        elif topic in self._wanted:
            self._records[f"{topic}:{name}"] = record

    def complete(self, journey: Journey) -> bool:
        """Whether a journey is at its end; if so it is forgotten."""
        for topic, record_id in journey.emitted():
            name = f"{topic}:{record_id}"
            if name in self._records:
                journey.records[name] = self._records.pop(name)
        if journey.place is None or not journey.complete(self._wanted):
            return False
        del self._by_place[journey.place]
        if journey.article_id is not None:
            del self._by_article[journey.article_id]
        return True

    def missing(self, journey: Journey) -> list[str]:
        """What a journey still waits for."""
        return list(journey.missing(self._wanted))

    def _reject(self, rejection: Rejection) -> None:
        place = (rejection.partition, rejection.offset)
        if place in self._by_place:
            self._by_place[place].rejections.append(rejection)
        else:
            self._early[place] = rejection
