"""Utterances: the reports of an article with whose words they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from agents.answers import may_be_anothers, of_others, own, without_own
from agents.language.attribution import LABEL, Report, answer, find_reports, goes_on
from agents.language.interviews import interview
from agents.language.lexicon import Lexicon
from agents.language.names import SO, Mention
from agents.language.punctuation import COLONS, COMMAS
from agents.language.sentences import Sentence
from agents.language.text import OPENING, Token
from agents.language.turns import Label
from agents.listed import Lists, last_of_speech, quotation, without_stop
from agents.speakers import SpeakerFinder, SpeakerTables, Voices
from schemas import ActorKind

MOST_UTTERANCES: Final = 200
_LEADING: Final = ("say", "accuse", "reject")
_FEW: Final = 3  # tokens
_LONGEST_CONTENT: Final = 480  # code points; a reader of an alert needs no more


Told = tuple[Voices, Voices, str]  # who says it, who tells that, and how they were found


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that somebody is told to have said. Ranges are token positions, half-open."""

    sentence: int
    cue: tuple[int, int]
    verb: str
    kind: str  # what the verb does: say, deny, accuse, call, warn, threaten, reject, pledge, welcome, hope, offer
    speakers: Voices
    chain: Voices
    content: tuple[int, int]
    quoted: bool
    denies: bool
    how: str  # how the speaker was found, for `rasid why`


def find_utterances(
    words: Sequence[Token],
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    tables: SpeakerTables,
    *,
    title: str = "",
) -> tuple[Utterance, ...]:
    """What is said in an article, in its order; the first `MOST_UTTERANCES` of it."""
    finder = SpeakerFinder(words, mentions, lexicon, tables, title)
    starts = [mention.start for mention in mentions]
    persons = {
        at: mention.target
        for mention in mentions
        if finder.page.is_person(mention)
        for at in range(mention.start, mention.end)
    }
    asked = interview(words, sentences, title, lexicon.pack, persons)

    def answered(said: Sentence, label: Label, number: int, named: Sequence[Mention]) -> Iterator[Utterance]:
        reports = [one for one in find_reports(words, said, number, named, lexicon.pack) if may_be_anothers(one)]
        whole = [answer(said, label, number)]
        guest = _resolved(whole, said, finder)
        theirs = list(of_others(reports, _resolved(reports, said, finder), guest[0][0]))
        if not theirs:
            yield from _of_reports(words, whole, guest, lexicon)
            return
        others = [without_own(words, report, lexicon.pack.clause_words) for report, _ in theirs]
        mine = list(own(words, said, label, number, others))
        found = sorted(
            zip([*others, *mine], [*(told for _, told in theirs), *guest * len(mine)], strict=True), key=_place
        )
        yield from _of_reports(words, [report for report, _ in found], [told for _, told in found], lexicon)

    def found() -> Iterator[Utterance]:
        speech = -1  # the last sentence of what somebody says without quotation marks
        told_in = -1  # the paragraph of the sentence before, where it told what somebody said
        lists = Lists(words, lexicon)
        for number, sentence in enumerate(sentences):
            if asked is not None and sentence.end > asked.start:
                finder.meet_guest(asked)
            named = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            whole = [mention for mention in named if mention.end <= sentence.end]
            if asked is not None and number in asked.answers:
                for said, label in asked.answers[number]:
                    yield from answered(said, label, number, whole)
                continue
            reports = find_reports(words, sentence, number, whole, lexicon.pack)
            if _corrects(words, sentence, lexicon):
                reports = [report for report in reports if _is_named(report, whole)]
            questions = asked is not None and number in asked.asked
            if questions:
                reports = [report for report in reports if report.verb is not LABEL]
            entry = lists.entry(sentence, reports)
            own = any(_is_named(report, whole) or _opens(words, report, entry, lexicon) for report in reports)
            if entry is not None and not own:
                yield from _of_reports(
                    words, [goes_on(entry, number)], [(lists.speakers, (), "whose list it is")], lexicon
                )
                lists.follow(sentence)
                continue
            if asked is not None and sentence.end <= asked.start:
                reports = [report for report in reports if report.verb.id not in lexicon.pack.clause_words.announcing]
            if not reports and told_in == sentence.block and (quoted_words := quotation(words, sentence)) is not None:
                reports = [goes_on(quoted_words, number)]
            if not reports and number <= speech and (more := without_stop(words, sentence)) is not None:
                reports = [goes_on(more, number)]
            elif _speaks_on(words, reports, sentence):
                speech = last_of_speech(words, sentences, number, lexicon.pack.clause_words.we)
            told = _resolved(reports, sentence, finder)
            utterances = [
                utterance
                for utterance in _of_reports(words, reports, told, lexicon)
                if not questions or any(voice.actor_id is not None for voice in utterance.speakers)
            ]  # "يخشى كثيرون أن تعود البنادق. ماذا تقول لهم؟": a question with somebody in it
            told_in = sentence.block if utterances else -1
            if reports and reports[-1].leads:
                lists.follow(sentence, reports[-1], told[-1][0])
            else:
                lists.follow(sentence)
            yield from utterances

    return tuple(islice(found(), MOST_UTTERANCES))


def _place(told: tuple[Report, Told]) -> tuple[int, int]:
    return told[0].content


def _corrects(words: Sequence[Token], sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "تصحيح: ورد في نسخة سابقة أن": what the outlet itself had wrong, and nobody says who is not named there."""
    known, first = lexicon.pack.clause_words, sentence.start
    if words[first].form not in known.correcting or not any(t.text in COLONS for t in words[first + 1 : first + 2]):
        return False
    return any(token.form in known.earlier_version for token in words[first : sentence.end])


def _speaks_on(words: Sequence[Token], reports: Sequence[Report], sentence: Sentence) -> bool:
    """ "الوزير: نريد اتفاقا. ولن نوقع على غيره.": words behind a colon that nothing closes."""
    last = reports[-1] if reports else None
    if last is None or last.leads or last.parent is not None or words[last.content[0] - 1].text not in COLONS:
        return False
    return (
        last.verb.kind == "say" and words[last.content[0]].text not in OPENING and sentence.end - last.content[1] <= 1
    )


def _opens(words: Sequence[Token], report: Report, entry: Sentence | None, lexicon: Lexicon) -> bool:
    """ "ثالثا: تدعو الوزارة الشركات إلى": an entry that says itself who speaks."""
    subject = words[report.after[0]].form if report.after[0] < len(words) else ""
    return entry is not None and report.cue[0] == entry.start and subject in lexicon.pack.continuing_titles


def _is_named(report: Report, mentions: Sequence[Mention]) -> bool:
    """Whether somebody is named beside the verb: "وفلان يقول الشيء نفسه: …"."""
    beside = (report.after[0], report.cue[0] - 1)
    return report.parent is None and any(
        mention.start <= at < mention.end and not mention.governed for mention in mentions for at in beside
    )


def _resolved(reports: Sequence[Report], sentence: Sentence, finder: SpeakerFinder) -> list[Told]:
    told: list[Told] = []
    for report in reports:
        same = (at for at in reversed(range(len(told))) if reports[at].cue == report.cue)
        goes_on = next(same, len(told) - 1) if report.coordinated and told else None
        told.append(told[goes_on] if goes_on is not None else finder.resolve(report, sentence.start))
    return told


def _of_reports(
    words: Sequence[Token], reports: Sequence[Report], told: Sequence[Told], lexicon: Lexicon
) -> Iterator[Utterance]:
    own = {index for index in range(len(reports)) if _is_of_own_side(index, reports, told, lexicon)}
    # of reports that hold nothing but another one
    again = dict(_said_again(words, reports, told))
    frames = {report.parent for index, report in enumerate(reports) if index not in own | again.keys()}
    for index, (report, (speakers, chain, how)) in enumerate(zip(reports, told, strict=True)):
        if not speakers or index in own or index in frames or report.content[1] <= report.content[0]:
            continue
        if index + 1 < len(reports) and _only_leads(words, report, reports[index + 1]):
            continue
        told_of_own = (reports[other].content[1] for other in own if reports[other].parent == index)
        told_on = (comma for other, comma in again.items() if reports[other].parent == index)
        begin, end = _with_object(words, report)
        content = begin, min(end, *told_of_own, *told_on, end)
        yield Utterance(
            sentence=report.sentence,
            cue=report.cue,
            verb=report.verb.id,
            kind=report.verb.kind,
            speakers=speakers,
            chain=chain if report.parent is None or index in again else (*told[report.parent][0], *chain),
            content=_shortened(words, content),
            quoted=report.quoted,
            denies=report.verb.kind == "deny",
            how=how,
        )


def _is_of_own_side(index: int, reports: Sequence[Report], told: Sequence[Told], lexicon: Lexicon) -> bool:
    """ "رد ستانو بأن الاتحاد طلب أن": what a spokesman tells of the side for which he speaks, he says."""
    report, speakers = reports[index], told[index][0]
    if report.parent is None or len(speakers) != 1 or len(told[report.parent][0]) != 1:
        return False
    outer, inner = told[report.parent][0][0].actor_id, speakers[0].actor_id
    if outer is None or inner is None or outer == inner:
        return False
    return lexicon.kind_of(outer) is ActorKind.PERSON and lexicon.party_of(outer) == inner


def _said_again(words: Sequence[Token], reports: Sequence[Report], told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """ "قال إنها رهن بموافقة موسكو، ولم يفته أن يذكر بأن": behind which comma whoever speaks says something else."""
    for index, report in enumerate(reports):
        outer = told[report.parent][0] if report.parent is not None else ()
        if report.parent is not None and _names(outer) == _names(told[index][0]):
            begin = reports[report.parent].content[0]
            comma = next((at for at in range(report.cue[0] - 1, begin, -1) if words[at].text in COMMAS), None)
            if comma is not None:
                yield index, comma


def _names(voices: Voices) -> list[str]:
    return [voice.actor_id or voice.name for voice in voices]


def _only_leads(words: Sequence[Token], report: Report, following: Report) -> bool:
    """ "دافع عن الخطوة قائلا إن", "استهان بما جرى، فقال": few words, and what they are about is said next."""
    begin, end = report.content
    if report.form != "noun" or report.verb.kind not in _LEADING or not report.verb.preposition or end - begin > _FEW:
        return False
    gap = following.cue[0] - end
    continues = following.aspect == "participle" or words[following.cue[0]].form.startswith(SO)
    return continues and following.verb.kind == "say" and 0 <= gap <= 1


def _with_object(words: Sequence[Token], report: Report) -> tuple[int, int]:
    """ "اتهمهم الجيش بالمماطلة": one word says nothing without the verb that has whom it is said of."""
    begin, end = report.content
    alone = sum(token.kind == "word" for token in words[begin:end]) == 1
    return (report.cue[0], end) if alone and report.shape is not None and report.shape.object else (begin, end)


def _shortened(words: Sequence[Token], content: tuple[int, int]) -> tuple[int, int]:
    """A content of at most `_LONGEST_CONTENT` code points, cut at a clause."""
    begin, end = content
    limit = words[begin].start + _LONGEST_CONTENT
    if words[end - 1].end <= limit:
        return content
    last = end
    while last > begin + 1 and words[last - 1].end > limit:
        last -= 1
    half = begin + (last - begin) // 2
    clause = last
    while clause > half and words[clause - 1].text not in COMMAS:
        clause -= 1
    return (begin, clause - 1) if clause > half else (begin, last)
