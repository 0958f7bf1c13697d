"""The stage that tags signals: every act and threat that an article tells of, with the words that show it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from agents.acts import Act, Bench, Cast, Clause, Sides, notice_act, read_acts
from agents.acts.bodies import bodies
from agents.acts.clauses import clauses
from agents.acts.noticed import NOTICED
from agents.acts.short_names import with_short_names
from agents.acts.townsfolk import apart_from, with_townsfolk
from agents.acts.written import as_written
from agents.domains import is_other_domain
from agents.knowledge import Knowledge
from agents.language.lexicon import Lexicon
from agents.language.names import TO, Mention
from agents.reading import Reading
from agents.stage import Outcome
from schemas import Article, Passed, Signal, Span, content_id, surroundings

_REASON: Final = "act"  # the note beside it names the row of `acts.yaml` or the speech act that told it
_ORDER: Final = "order"  # the row of `reporting.yaml` whose verb is the act itself
_SAID: Final = "say"  # what is merely said is the act itself
_BRIEF: Final = 5  # tokens of a verb with its subject and whom it speaks of
_MOST: Final = 200  # of one article; newspapers have 30
_LONGEST: Final = 300  # code points of evidence: the verb with its arguments, not the whole sentence


async def tag_signals(article: Article, knowledge: Knowledge) -> Outcome:
    """The signals of the parts of an article that nobody has read before, one a clause."""
    return read_signals(article, knowledge.reader.read(article), knowledge.sides) if article.fresh else Outcome()


def read_signals(article: Article, reading: Reading, sides: Sides) -> Outcome:
    """Pure core of the stage."""
    content = [token for s in reading.sentences for token in reading.tokens[s.start : s.end]]
    domain = is_other_domain(content, reading.named)
    if domain is not None:
        return Outcome.nothing("other_domain", domain)
    cast = _cast(reading, sides)
    if not cast.named:
        return Outcome()
    bench = Bench(cast, article.event_time.date() if article.event_time else None)
    parts = list(clauses(reading, sides.lexicon, bench.modality))
    told = dict(read_acts(bench, parts))
    records: list[Signal] = []
    passed: list[Passed] = []
    told |= _noticed(bench, parts, told)
    text_id = article.text_id
    for clause, act in sorted(told.items(), key=lambda item: (item[0].start, item[0].end)):
        if len(records) >= _MOST:
            passed.append(Passed(taken=False, reason="more_than_are_read", note=f"the first {_MOST} were tagged"))
            break
        span = _evidence(article.body, reading, clause, act)
        if not any(part.start <= span.start and span.end <= part.end for part in article.fresh):
            passed.append(Passed(taken=False, reason="read_before", span=span, note=act.row))
            continue
        signal = _signal(article, text_id, clause, _of_bodies(reading, sides.lexicon, clause, act), span)
        records.append(signal)
        passed.append(Passed(taken=True, reason=_REASON, span=span, record_id=signal.signal_id, note=act.row))
    return Outcome(records=tuple(records), passed=tuple(passed))


def _cast(reading: Reading, sides: Sides) -> Cast:
    """The sides of an article, the people of their towns among them."""
    written = as_written(reading.tokens, _in_content(reading), sides.lexicon.pack)
    named = with_short_names(reading.tokens, written, sides.lexicon)
    towns = apart_from(reading.mentions, sides.lexicon.town_names.find(reading.tokens))
    return Cast(reading.tokens, with_townsfolk(reading.tokens, named, towns), sides, towns)


def _noticed(bench: Bench, parts: Sequence[Clause], told: Mapping[Clause, Act]) -> dict[Clause, Act]:
    """What is noticed in clauses of which no word is in one that tells of an act."""
    taken = {at for clause in told for at in range(clause.start, clause.end)}
    free = (clause for clause in parts if taken.isdisjoint(range(clause.start, clause.end)))
    return {clause: act for clause in free if (act := notice_act(bench, clause)) is not None}


def _in_content(reading: Reading) -> list[Mention]:
    """The names in the article's own sentences: those of related headlines have nothing to do with it.

    An adjective that belongs to the name behind it names nobody: "التحالف العسكري الأوروبي حلف شمال الأطلسي".
    """
    ranges = [(sentence.start, sentence.end) for sentence in reading.sentences]
    starts = [start for start, _ in ranges]
    found = []
    for mention, following in zip_longest(reading.mentions, reading.mentions[1:]):
        apposed = following is not None and following.start == mention.end and following.via == "name"
        led = apposed and (following.clitics or reading.tokens[following.start].form.startswith(TO + TO))
        if mention.via == "adjective" and apposed and not led:  # "اتهامات تركية لليونان" names both
            continue
        n = bisect_right(starts, mention.start) - 1
        if n >= 0 and mention.start < ranges[n][1]:
            found.append(mention)
    return found


def _evidence(body: str, reading: Reading, clause: Clause, act: Act) -> Span:
    """The clause, cut around the words that tell the act where it is longer than `_LONGEST`."""
    start, end = clause.start, clause.end
    if clause.reach and (clause.verb == _ORDER or _is_cut_short(clause)):
        start = clause.reach[0]
    tokens = reading.tokens
    if (
        tokens[end - 1].end - tokens[start].start > _LONGEST
        and tokens[act.end - 1].end - tokens[start].start > _LONGEST // 2
    ):
        start = act.start
    while end > act.end and tokens[end - 1].end - tokens[start].start > _LONGEST:
        end -= 1
    return Span.of(body, tokens[start].start, tokens[end - 1].end)


def _is_cut_short(clause: Clause) -> bool:
    """Whether who asks, accuses or refuses is more of the act than what of: "اتهمت أنقرة أثينا | بالوقوف وراءها"."""
    before = clause.start - clause.reach[0] if clause.reach else 0
    return clause.kind != _SAID and clause.end - clause.start <= before <= _BRIEF


def _of_bodies(reading: Reading, lexicon: Lexicon, clause: Clause, act: Act) -> Act:
    """The act with the bodies that act and are acted upon, where their sides have several."""
    named = [mention.target for mention in reading.mentions_in(clause.start, clause.end)]
    around = [mention.target for mention in reading.mentions_in(*(clause.reach or (clause.start, clause.end)))]
    does = (named, clause.voices) if clause.kind in (None, _SAID) else (clause.voices, named)
    actors, recipients = bodies(lexicon, act.actors, *does, around), bodies(lexicon, act.recipients, named, around)
    return replace(act, actors=actors, recipients=recipients)


def _signal(article: Article, text_id: str, clause: Clause, act: Act, span: Span) -> Signal:
    before, after = surroundings(article.body, span)
    return Signal(
        signal_id=content_id("signal", text_id, span.start, span.end, act.event_type.value),
        article_id=article.article_id,
        source=article.source,
        url=article.url,
        event_time=article.event_time,
        appended_at=article.appended_at,
        event_type=act.event_type,
        mode=act.mode,
        direction=act.direction,
        modality=act.modality,
        auxiliary=act.auxiliary,
        surface_type=act.surface_type,
        intensity=act.intensity,
        context=act.context,
        actors=act.actors,
        recipients=act.recipients,
        noticed=act.row == NOTICED,
        statement_speaker=clause.speakers[0] if clause.speakers else None,
        evidence=span,
        context_before=before,
        context_after=after,
    )
