"""Utterances: the reports of an article with whose words they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from agents.answers import in_third_person, may_be_anothers, of_others, own, we_tell, without_own
from agents.communiques import announcement
from agents.datelines import datelines
from agents.language.attribution import LABEL, Report, answer, find_reports, goes_on
from agents.language.interviews import Answers, Interview, interview, may_ask
from agents.language.letters import Letter, letter, of_speech
from agents.language.lexicon import Lexicon
from agents.language.names import SO, Mention
from agents.language.panels import panel
from agents.language.punctuation import COLONS, COMMAS, QUESTION
from agents.language.sentences import Sentence
from agents.language.text import OPENING, Token, tokens_of
from agents.language.turns import Label, Turn, turns_of
from agents.language.verbs import TO_ME
from agents.listed import Lists, last_of_speech, quotation, without_stop
from agents.speakers import SpeakerFinder, SpeakerTables, Voices
from schemas import ActorKind

MOST_UTTERANCES: Final = 200
_LISTED: Final = "whose list it is"
_ISSUED: Final = "whose paper it is"
_NOT_NAMED: Final = ("continues", "whom the article is about")  # how a speaker was found whom nothing names
_LEADING: Final = ("say", "accuse", "reject")
_FEW: Final = 3  # tokens
_SIDES: Final = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ARMED_GROUP)
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


def find_interview(
    words: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon, title: str, noise: Container[int] = ()
) -> Interview | Letter | None:
    """The interview that an article is, or what somebody of the watchlist has written, if it is one.

    `noise`: the code points where lines of the site begin.
    """
    persons = {
        at: mention.target
        for mention in mentions
        if lexicon.kind_of(mention.target) is ActorKind.PERSON
        for at in range(mention.start, mention.end)
    }
    held_by = _speaks_in(title, lexicon)
    if not may_ask(words, lexicon.pack) and QUESTION.isdisjoint(title):
        return letter(words, persons, lexicon.pack, held_by)
    quotes = _quotes_person(title, words, lexicon)
    turns = tuple(_without_links(words, tuple(turns_of(words, lexicon.pack, persons)), noise))
    found = interview(words, turns, title, lexicon.pack, persons, quotes=quotes)
    return found or panel(words, turns, title, lexicon.pack, persons) or letter(words, persons, lexicon.pack, held_by)


def _without_links(words: Sequence[Token], turns: Sequence[Turn], noise: Container[int]) -> Iterator[Turn]:
    """The turns without a line of the site between a question and its answer: "اقرأ أيضا: …"."""
    for at, turn in enumerate(turns):
        between = 0 < at < len(turns) - 1 and turns[at - 1].asks and not turns[at + 1].asks
        if not between or turn.mark or words[turn.start].start not in noise:
            yield turn


def find_utterances(
    words: Sequence[Token],
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    tables: SpeakerTables,
    *,
    title: str = "",
    asked: Interview | Letter | None = None,
) -> tuple[Utterance, ...]:
    """What is said in an article, in its order; the first `MOST_UTTERANCES` of it."""
    finder = SpeakerFinder(words, mentions, lexicon, tables, title)
    answers = asked.answers_in(sentences) if asked is not None else None
    article = _Article(finder, sentences, mentions, answers)
    found = (told for number in range(len(sentences)) for told in article.told_in(number))
    return tuple(islice(found, MOST_UTTERANCES))


class _Article:
    """What is said in an article, sentence by sentence in its order."""

    def __init__(
        self,
        finder: SpeakerFinder,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        asked: Answers | None,
    ) -> None:
        self.words, self.sentences, self.mentions = finder.page.article, sentences, mentions
        self.lexicon, self.clauses = finder.page.lexicon, finder.page.pack.clause_words
        self.finder, self.asked = finder, asked
        self.lists = Lists(self.words, self.lexicon)
        self._datelines = datelines(finder.page, sentences)
        self._official = asked is None and bool(finder.issuer())
        self._starts = [mention.start for mention in mentions]
        self._speech = -1  # the last sentence of what somebody says without quotation marks
        self._block = -1  # the paragraph of the sentence before, where it told what somebody said

    def told_in(self, number: int) -> Iterator[Utterance]:
        sentence, asked = self.sentences[number], self.asked
        if asked is not None and sentence.end > asked.start:
            self.finder.meet_guest(asked)
        named = self.mentions[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]
        whole = [mention for mention in named if mention.end <= sentence.end]
        if asked is not None and number in asked.said:
            for said, label in asked.said[number]:
                yield from self._answered(said, label, number, whole)
            return
        if quoted_on := self.lists.goes_on(sentence):
            whose = self.lists.quoting or self.lists.speakers
            reports = [goes_on(one, number) for one in quoted_on]
            yield from _of_reports(self.words, reports, [(whose, (), _LISTED)] * len(reports), self.lexicon)
            self.lists.quoted_on(sentence, whose)
            return
        reports = self._reports(number, sentence, whole)
        entry = self.lists.entry(sentence, reports)
        others = [
            one for one in reports if not (we_tell(self.words, one, self.lexicon.pack) or self._claims(one, whole))
        ]
        own = any(_is_named(report, whole) or _opens(self.words, report, entry, self.lexicon) for report in others)
        if entry is not None and not own:
            listed = [(self.lists.speakers, (), _LISTED)]
            yield from _of_reports(self.words, [goes_on(entry, number)], listed, self.lexicon)
            self.lists.follow(sentence)
            return
        if not reports and number > self._speech and (issued := self._issued(sentence, whole)) is not None:
            official = [(self.finder.issuer(), (), _ISSUED)]
            yield from _of_reports(self.words, [goes_on(issued, number)], official, self.lexicon)
            self.lists.follow(sentence)
            return
        if _speaks_on(self.words, reports, sentence):
            labelled = reports[-1].verb is LABEL
            self._speech = last_of_speech(self.words, self.sentences, number, self.lexicon.pack, labelled=labelled)
        reports = reports or list(self._goes_on(number, sentence))
        told = _resolved(reports, sentence, self.finder)
        utterances = list(_of_reports(self.words, reports, told, self.lexicon))
        if asked is not None and number in asked.asked:
            utterances = list(_put(utterances))
        self._block = sentence.block if utterances else -1
        if reports and (reports[-1].leads or self.lists.goes_on_below(sentence, reports[-1])):
            self.lists.follow(sentence, reports[-1], told[-1][0])
        else:
            self.lists.follow(sentence)
        if utterances:
            self.lists.quoted_on(sentence, utterances[-1].speakers)
        yield from utterances

    def _claims(self, report: Report, named: Sequence[Mention]) -> bool:
        """ "- الرباط طلبت تأجيل الجولة": what a whole side does, as who speaks has it, and no words of it."""
        before = next((one for one in named if one.end == report.cue[0]), None)
        return report.form == "noun" and before is not None and self.lexicon.kind_of(before.target) in _SIDES

    def _goes_on(self, number: int, sentence: Sentence) -> Iterator[Report]:
        """A sentence without a report, where whoever spoke before goes on in it."""
        quoted = quotation(self.words, sentence) if self._block == sentence.block else None
        more = without_stop(self.words, sentence) if quoted is None and number <= self._speech else None
        if (said := quoted or more) is not None:
            yield goes_on(said, number)

    def _issued(self, sentence: Sentence, named: Sequence[Mention]) -> Sentence | None:
        """What an office announces in a sentence of its own paper."""
        if not self._official:
            return None
        places = {at for mention in named for at in range(mention.start, mention.end)}
        return announcement(self.words, sentence, places, self.lexicon.pack)

    def _reports(self, number: int, sentence: Sentence, named: Sequence[Mention]) -> list[Report]:
        asked, clauses = self.asked, self.clauses
        if self._is_reporters_question(sentence):
            return []
        reports = _without(self._found(sentence, number, named), self._is_told_to_speaker)
        reports = _without(reports, self._is_asked_by_reporter)
        if _corrects(self.words, sentence, self.lexicon):
            reports = [report for report in reports if _is_named(report, named)]
        if asked is not None and number in asked.asked:
            return _without(reports, lambda report: report.verb is LABEL)
        if asked is not None and sentence.end <= asked.start:
            return _without(reports, lambda report: report.verb.id in clauses.announcing)
        return reports

    def _is_told_to_speaker(self, report: Report) -> bool:
        """ "الرئيس: وفدنا أبلغني بأن": whoever speaks is told it, and does not say it."""
        to_him = report.shape is not None and report.shape.object and report.parent is not None
        return to_him and self.words[report.cue[0]].form.endswith(TO_ME)

    def _is_reporters_question(self, sentence: Sentence) -> bool:
        """ "قلت: وهل تطلب الأمم المتحدة شيئا؟"."""
        first, last = self.words[sentence.start].form, self.words[sentence.end - 1].text
        return last in QUESTION and self.finder.page.unjoined(first) in self.clauses.i_said

    def _is_asked_by_reporter(self, report: Report) -> bool:
        """ "سألت فلانا: هل انتهت الوساطة؟": what the reporter asks, and nobody of whom is told."""
        asked = self.words[report.cue[0]].light in self.finder.page.tables.asked_by_us and report.form == "quote"
        return asked and self.words[min(report.content[1], len(self.words) - 1)].text in QUESTION

    def _answered(self, said: Sentence, label: Label, number: int, named: Sequence[Mention]) -> Iterator[Utterance]:
        """An answer, and what others say in it."""
        whole = [answer(said, label, number)]
        guest = _resolved(whole, said, self.finder)
        reports = [one for one in self._found(said, number, named) if self._may_be_anothers(one)]
        asked = self._asked_before(number)
        before = self.mentions[bisect_left(self._starts, asked) : bisect_left(self._starts, said.end)]
        told = [
            in_third_person(report, found, guest[0][0], before, self.finder.page)
            for report, found in zip(reports, _resolved(reports, said, self.finder), strict=True)
        ]
        theirs = list(
            of_others(
                reports,
                told,
                guest[0][0],
                self.finder.page.titled | self.lexicon.pack.unnamed,
            )
        )
        others = [(without_own(self.words, report, self.clauses), told) for report, told in theirs]
        mine = own(self.words, said, label, number, [report for report, _ in others]) if others else whole
        found = sorted((*others, *((report, guest[0]) for report in mine)), key=lambda one: one[0].content)
        yield from _of_reports(self.words, [report for report, _ in found], [told for _, told in found], self.lexicon)

    def _may_be_anothers(self, report: Report) -> bool:
        return may_be_anothers(report, self.clauses) and not we_tell(self.words, report, self.lexicon.pack)

    def _asked_before(self, number: int) -> int:
        """Where the question begins that a sentence answers."""
        asked = self.asked.asked if self.asked is not None else frozenset[int]()
        last = next((at for at in range(number, -1, -1) if at in asked), number)
        first = next((at for at in range(last, -1, -1) if at - 1 not in asked), last)
        return self.sentences[first].start

    def _found(self, sentence: Sentence, number: int, named: Sequence[Mention]) -> list[Report]:
        if sentence is self.sentences[number] and number in self._datelines:
            sentence = replace(sentence, start=self._datelines[number])
        return list(find_reports(self.words, sentence, number, named, self.lexicon.pack))


def _put(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """What a question tells of somebody whom it names: not "يخشى كثيرون أن تعود البنادق", "يقولون إنكم"."""
    named = False
    for utterance in utterances:
        known = any(voice.actor_id is not None for voice in utterance.speakers)
        named = known and (named or utterance.how not in _NOT_NAMED)
        if named:
            yield utterance


def _without(reports: Sequence[Report], left_out: Callable[[Report], bool]) -> list[Report]:
    """The other reports, each within the one that it stood in if that one is left."""
    kept = [index for index, report in enumerate(reports) if not left_out(report)]
    if len(kept) == len(reports):
        return list(reports)  # as a rule
    places: dict[int | None, int] = {index: place for place, index in enumerate(kept)}
    return [replace(reports[at], parent=places.get(reports[at].parent)) for at in kept]


def _quotes_person(title: str, words: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "فلان لـ«الجريدة»: لن نوقع", "الباحث فلان: لن نوقع" where the article names him too."""
    headline = tokens_of(title)
    label = headline[: next((at for at, token in enumerate(headline) if token.text in COLONS), 0)]
    if any(lexicon.kind_of(one.target) is ActorKind.PERSON for one in lexicon.actor_names.find(label)):
        return True
    titled = len(label) > 1 and label[0].form in lexicon.pack.unnamed | lexicon.pack.continuing_titles
    return titled and any(token.form == label[-1].form for token in words)


def _speaks_in(title: str, lexicon: Lexicon) -> str | None:
    """The one person of the watchlist whose speech a headline says that it is."""
    headline = tokens_of(title)
    if not of_speech(headline, lexicon.pack):
        return None
    named = {one.target for one in lexicon.actor_names.find(headline)}
    persons = [target for target in named if lexicon.kind_of(target) is ActorKind.PERSON]
    return persons[0] if len(persons) == 1 else None


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
    """Whether somebody is named beside the verb: "وفلان يقول الشيء نفسه: …", "فلان، باحث: …"."""
    beside = (report.after[0], report.cue[0] - 1)
    if report.verb is LABEL:
        return True
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
    frames = {
        report.parent for index, report in enumerate(reports) if told[index][0] and index not in own | again.keys()
    }  # where nobody is found who says what stands within, whoever tells it says all of it
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
