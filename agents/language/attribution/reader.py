"""The reports of a whole sentence, from its first word to its last: which stands in which, and where each ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from agents.language.attribution.afterwards import (
    attribution,
    clause_before,
    just_that,
    quote_before,
    told_before,
    told_between,
    view,
    with_these_words,
)
from agents.language.attribution.clauses import begins_report, border, follows_mark, is_broken, opens_clause
from agents.language.attribution.complements import LEAST_QUOTE, find_complement
from agents.language.attribution.labels import label, opening, signed
from agents.language.attribution.line import Line, Reading
from agents.language.attribution.lists import lead
from agents.language.attribution.report import ACCORDING, Report
from agents.language.names import AND, ARTICLE, Mention
from agents.language.pack import LanguagePack
from agents.language.punctuation import COLONS, COMMAS, DASHES, STOPS
from agents.language.sentences import Sentence
from agents.language.text import CLOSING, Token

_NESTED: Final = 12  # words between أن and a reporting verb that it governs
_NESTED_PARTICIPLE: Final = 2
_THAT_IS: Final = 12  # tokens between "قال ما" and "أي إن"
_OF_WHAT: Final = 3  # tokens of "قال إن ما قاله فلان من أن"
_ASKING: Final = ("call", "pledge", "offer", "warn")
_LONGEST_CREDIT: Final = 8  # tokens
_LONGEST_OWN_SIDE: Final = 3  # words: "قال إن حكومة بلاده تشترط"
_AS_BEFORE: Final = 5  # tokens of "كما سبق للوزير أن" and one more
_WHETHER: Final = 5  # tokens from "عما إذا" to a verb
_REFRAINED: Final = 6  # tokens between "امتنع" and "القول"
_CLOSING: Final = frozenset(CLOSING)
_TRAILING: Final = COMMAS | STOPS | DASHES | COLONS | {"("}


def find_reports(
    article: Sequence[Token], sentence: Sentence, number: int, mentions: Sequence[Mention], pack: LanguagePack
) -> list[Report]:
    """The reports of one sentence, in order. `mentions` are those of the sentence (positions in `article`).

    A report whose `parent` is set is told within the parent's content ("Ushakov said that Putin told Biden that …").
    """
    return _Reader(Line(article, sentence, number, mentions, pack)).read()


class _Reader:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.opening = opening(line)
        self._backward = line.words.thus | line.words.just_that | line.words.with_this
        self.reports: list[Report] = []

    def read(self) -> list[Report]:
        position = self.line.start
        if (told := signed(self.line)) is not None:
            return [self._trimmed(told)]
        while position < self.line.end:
            report = self._report_at(position)
            if report is None:
                self._continue_or_close(position)
                position += 1
                continue
            self._add(report)
            self._add_rest(report)
            if report.form == "before":
                position = report.cue[1] if report.verb is ACCORDING else position + 1
            elif report.content[0] < report.cue[0]:
                position = report.after[1] + 2  # "والسبب، يقول المصدر، طلب تقدمت به بغداد": no other verb
            else:
                position = max(position + 1, report.content[0] + (report.form == "noun"))
        self._add_lead()
        return [self._trimmed(report) for report in self.reports]

    def _add_rest(self, report: Report) -> None:
        """ "«…»، قال فلان في مقابلة، «…»": the quotation goes on behind who says it."""
        line, comma = self.line, report.after[1]
        begin = comma + 1
        goes_on = report.form == "before" and report.quoted and line.text(comma) in COMMAS and begin in line.quote_at
        if goes_on and line.count_words(begin, line.quote_at[begin]) >= LEAST_QUOTE:
            rest = replace(report, content=(begin, line.quote_at[begin] + 1), coordinated=True, joined=False)
            self.reports.append(rest)

    def _add_lead(self) -> None:
        """Add who says what stands in the lines below, and end before it what was said until then."""
        told, index = lead(self.line), self._open()
        asks = index is not None and self.reports[index].verb.kind in _ASKING
        if index is not None and asks and self.line.form(self.line.end - 2) in self.line.words.following:
            whole = (self.line.end, self.line.end)  # "طالبت الحركة بما يلي:"
            self.reports[index] = replace(self.reports[index], content=whole, form="quote")
            return
        if told is None or (index is not None and not begins_report(self.line, told.cue[0])):
            return
        if index is not None:
            begin = self.reports[index].content[0]
            self.reports[index] = replace(self.reports[index], content=(begin, border(self.line, told.cue[0], begin)))
        self.reports.append(told)

    # -- one report ---------------------------------------------------------------------------------------------
    def _report_at(self, position: int) -> Report | None:
        if position in self.line.inside:
            return None
        return (
            (label(self.line, position) if position == self.opening else None)
            or attribution(self.line, position, self.reports)
            or view(self.line, position, self.reports)
            or (self._told_just_before(position) if self.line.form(position) in self._backward else None)
            or self._report_of_verb(position)
        )

    def _told_just_before(self, position: int) -> Report | None:
        line, reports = self.line, self.reports
        return just_that(line, position, reports) or with_these_words(line, position, reports)

    def _report_of_verb(self, position: int) -> Report | None:
        line = self.line
        readings = line.readings(position)
        if (
            not readings
            or self._says_what(position, readings[0])
            or self._is_worded(position, readings)
            or self._is_supposed(position, readings[0])
            or self._is_asked(position, readings[0])
            or self._is_narrated(position, readings[0])
            or self._is_as_before(position)
            or self._is_left_unsaid(position, readings[0])
        ):
            return None
        told = self._told_back(position, readings)
        if told is None and self._is_negated(position, readings[0]):  # or "على ما أفاد", which is written alike
            return self._clause_before(position, readings)
        told = told or self._told_around(position, readings)
        if told is not None:
            return told
        if line.form(position - 1) in line.words.thus or self._closes_quotation(position):
            told = self._quote_before(position, readings)
        elif line.form(position - 1) in line.words.as_told:
            told = self._clause_before(position, readings)
        if told is not None:
            return told
        return (
            self._told_behind(position, readings)
            or self._clause_before(position, readings)
            or self._quote_before(position, readings)
            or (None if self.reports else told_before(line, position, readings))
        )

    def _told_behind(self, position: int, readings: Sequence[Reading]) -> Report | None:
        line = self.line
        for reading in readings:
            if reading.shape.verb.negated and line.form(position - 1) not in line.words.negations:
                continue
            told = find_complement(line, position, reading)
            if told is not None and not self._is_told(told) and not self._is_what_was_told(position, told):
                return self._quote_behind_noun(told, readings) or told
        return None

    def _is_what_was_told(self, position: int, told: Report) -> bool:
        """ "ردا على ما تردد في الصحف، أكد فلان أن": behind the comma another one speaks."""
        line = self.line
        between = range(position, told.content[0])
        return line.form(position - 1) in line.words.what and any(line.text(at) in COMMAS for at in between)

    def _told_back(self, position: int, readings: Sequence[Reading]) -> Report | None:
        """ "ردا على ما كرره فلان من أن", where ما is no negation."""
        words = self.line.words
        back = next((reading for reading in readings if not reading.shape.verb.that_after.isdisjoint(words.of)), None)
        led = self.line.form(position - 1) in words.what
        if self.reports and self.reports[-1].content[0] == position - 1:
            return None  # "نفى ما نقله الموقع من أن": that is what is denied
        return find_complement(self.line, position, back) if led and back is not None else None

    def _told_around(self, position: int, readings: Sequence[Reading]) -> Report | None:
        """ "الوفد، يضيف الوزير، لم يحضر", "الهوة سحيقة، يعترف الوزير": the clause around a verb or before it."""
        if self.reports:
            return None
        told = told_between(self.line, position, readings)
        if told is not None or self.line.text(position - 2) in _CLOSING:
            return told
        present = [reading for reading in readings if reading.shape.aspect == "present"]
        return told_before(self.line, position, present)

    def _closes_quotation(self, position: int) -> bool:
        """ "«…»، قال فلان، قبل أن يستدرك: «…»": a verb behind a quotation, with its subject and a comma behind it."""
        line, end = self.line, self.line.subject_end(position + 1, self.line.end)
        if end == position + 1 and line.form(end).startswith(ARTICLE):
            end += 1
        closed = line.text(position - 2) in _CLOSING or any(closing == position - 2 for _, closing in line.quotes)
        behind = line.text(position - 1) in COMMAS and closed
        if line.form(end) in line.words.told_in:  # "«…»، قال فلان في مقابلة، «…»"
            end = next((at for at in range(end, line.end) if line.text(at) in COMMAS and at + 1 in line.quote_at), end)
        return behind and not line.joined(position) and end > position + 1 and line.text(end) in COMMAS | STOPS

    def _quote_behind_noun(self, told: Report, readings: Sequence[Reading]) -> Report | None:
        """ "«…»، يؤكد فلان في اتصال مع القناة": what stands behind the verb is no more than how it is said."""
        position = told.cue[0]
        behind = self.line.text(position - 1) in COMMAS and self.line.text(position - 2) in _CLOSING
        if told.form != "noun" or told.aspect != "present" or told.joined or not behind:
            return None
        return self._quote_before(position, readings)

    def _quote_before(self, position: int, readings: Sequence[Reading]) -> Report | None:
        told = (quote_before(self.line, position, reading, self.reports) for reading in readings)
        return next(filter(None, told), None)

    def _is_narrated(self, position: int, reading: Reading) -> bool:
        """ "يذكر أن", "تجدر الإشارة إلى أن"."""
        noun = reading.shape.aspect == "masdar"
        return self.line.is_narrator(position) or (noun and self.line.is_narrator(position - 1))

    def _is_worded(self, position: int, readings: Sequence[Reading]) -> bool:
        """ "ما وصفه بـ«…»", "ما سماه": the reporter marks the words as another's within a report."""
        words = self.line.words
        if any(reading.shape.verb.that_after for reading in readings):
            return False  # "بما قاله فلان من أن"
        if self.line.form(position - 2) in words.which and any(reading.shape.verb.asks for reading in readings):
            return False  # "وهو ما وصفه فلان بأنه": the reporter's own
        return self.line.form(position - 1) in words.worded and self.line.form(position).endswith(
            tuple(words.object_pronouns)
        )

    def _says_what(self, position: int, reading: Reading) -> bool:
        """ "قال ما يريد الآخر أن يسمعه": what is said is not told; but "قال ما معناه إن", "قال ما يلي:"."""
        line, words = self.line, self.line.words
        at = line.subject_end(position + 1, line.end) if reading.shape.verb.id in words.plain else position
        if line.form(at) not in words.what or line.form(at + 1) in words.following | words.wording_of:
            return False
        behind = range(at, min(line.end, at + _THAT_IS))  # "يقول ما قاله منذ مارس، أي إن"
        return not any(line.form(i) in words.that_is and line.is_any_that(i + 1) for i in behind)

    def _is_supposed(self, position: int, reading: Reading) -> bool:
        """ "إن ظن أنه قادر", "إذا قال إن": if he does, so he has not."""
        line, words = self.line, self.line.words
        before = position - 1
        spelled = (
            before > line.start and line.article[before].light in words.spelled_if and not line.mention_at.get(before)
        )
        return reading.shape.aspect == "past" and (line.form(before) in words.supposing or spelled)

    def _is_asked(self, position: int, reading: Reading) -> bool:
        """ "سئل عما إذا كانت بلاده تخشى", "سئل إن كان يتوقع": what is asked, and by the question."""
        line, words = self.line, self.line.words
        if reading.shape.aspect != "present" or line.joined(position):
            return False
        for at in range(max(line.start, position - _WHETHER), position - 1):
            whether = line.form(at) in words.whether and line.form(at + 1) in words.supposing
            if whether or line.article[at].light in words.spelled_if:
                return line.form(at + 1 + whether) in words.whether_was
        return False

    def _is_left_unsaid(self, position: int, reading: Reading) -> bool:
        """ "امتنع فلان عن القول إن", "لم يشأ فلان أن يؤكد أن"."""
        line, words = self.line, self.line.words
        if reading.shape.aspect != "masdar" and line.form(position - 1) not in words.bare_that:
            return False
        if reading.shape.aspect == "present" and line.form(position - 2).removeprefix(AND) in words.expected:
            return True  # "من المتوقع أن تعلن بكين موقفها"
        for at in range(position - 1, max(line.start, position - _REFRAINED) - 1, -1):
            if line.text(at) in COMMAS:
                return False
            if line.form(at).removeprefix(AND) in words.refrains or line.form(at) in words.refrains:
                return True
        return False

    def _is_as_before(self, position: int) -> bool:
        """ "في الأول من مارس كما سبق للوزير أن أعلن": what has just been told."""
        line, words = self.line, self.line.words
        before = [line.form(at) for at in range(position - _AS_BEFORE, position)]
        return before[-1] in words.bare_that and any(
            one in words.as_said and other in words.previously for one, other in pairwise(before)
        )

    def _is_negated(self, position: int, reading: Reading) -> bool:
        verb, line = reading.shape.verb, self.line
        before, words = position - 1, line.words
        if before > line.start and line.article[before].light in words.spelled_not:
            return True
        if line.form(before) in words.bare_that and line.form(before - 1) in words.without:
            return True  # "ومن دون أن يوضح ملامحها"
        before -= line.form(before) in words.nobody  # "لا أحد يشترط أن"
        denies = line.form(before) in words.negations and line.form(before - 1) not in words.soon
        if line.form(before - 1) in words.which and line.form(position + 1) in words.back_to_it:
            denies = denies and bool(verb.preposition or verb.direct)  # "وهو ما ردت عليه الوزارة بأن"
        if line.form(before - 1) in line.words.which and reading.shape.object and verb.asks:
            return False  # "وهو ما وصفه فلان بأنه"
        return denies and verb.kind != "deny" and not verb.negated

    def _clause_before(self, position: int, readings: Sequence[Reading]) -> Report | None:
        if self._is_answered(position):
            return None
        taken = self._open() is not None
        told = (clause_before(self.line, position, reading, taken=taken) for reading in readings)
        return next(filter(None, told), None)

    def _is_answered(self, position: int) -> bool:
        """ "ردا على ما تردد": that is what somebody answers, and not how the clause around it is known."""
        line = self.line
        answered = line.form(position - 3).removeprefix(AND) in line.words.answering
        return answered and line.form(position - 1) in line.words.what

    def _is_told(self, report: Report) -> bool:
        """Whether an earlier report has that content already ("استطرد قائلا إن")."""
        begin = report.content[0]
        bare = bool(self.reports) and self.reports[-1].form == "quote" and self.reports[-1].content[1] == self.line.end
        if bare and self._goes_on_saying(report):
            return False
        return any(
            other.content[0] == begin
            or (other.form == report.form == "quote" and other.content[0] <= begin < other.content[1])
            for other in self.reports
        )

    def _goes_on_saying(self, report: Report) -> bool:
        """ "فلان لجنوده: لن نتراجع، ثم يضيف: لا نعادي أحدا": behind words without quotation marks another colon."""
        line, cue = self.line, report.cue[0]
        begins = line.form(cue - 1) in line.words.then_says or (report.joined and line.text(cue - 1) in COMMAS)
        return report.verb.kind == "say" and begins and line.text(cue + 1) in COLONS and cue not in line.inside

    # -- its place among the others -----------------------------------------------------------------------------
    def _open(self) -> int | None:
        """The last report whose content nothing has ended yet."""
        for index in range(len(self.reports) - 1, -1, -1):
            if self.reports[index].content[1] == self.line.end and self.reports[index].form != "before":
                return index
        return None

    def _add(self, report: Report) -> None:
        """Put a report in its place: nested in the content that is open, or at the sentence's level and closing it."""
        index = self._open()
        if index is None or report.form == "before":
            self.reports.append(report)
            return
        begin, cue = self.reports[index].content[0], report.cue[0]
        if self._is_nested(report, self.reports[index]):
            if self._tells_more(report, self.reports[index]):
                self.reports.append(replace(report, parent=index, before=(begin, cue)))
            return
        hastened = self.line.hastening(cue) if report.aspect == "masdar" else None
        if (
            report.form == "noun"
            and hastened is None
            and (
                self._goes_on(report, self.reports[index])
                or not (begins_report(self.line, cue) or opens_clause(self.line, report))
            )
        ):
            return
        end = border(self.line, cue if hastened is None else hastened, begin)
        self.reports[index] = replace(self.reports[index], content=(begin, end))
        self.reports.append(replace(report, before=(min(max(report.before[0], end), cue), cue)))

    def _goes_on(self, report: Report, outer: Report) -> bool:
        """ "زعم أن السلطات تحتجز أنصاره وترفض إطلاقهم": a present verb without subject within what was said before."""
        subject = report.after[0]
        named = subject in self.line.mention_at or self.line.form(subject) in self.line.pack.unnamed
        tells = self.line.form(report.cue[0] - 1) in self.line.words.before_verb
        return outer.form == "that" and (outer.aspect, report.aspect) == ("past", "present") and not (named or tells)

    def _is_nested(self, report: Report, outer: Report) -> bool:
        begin, cue = outer.content[0], report.cue[0]
        if report.aspect == "masdar" and self.line.text(cue - 2) in COMMAS:
            return False  # "…، مجددا القول إن"
        if not report.verb.that_after.isdisjoint(self.line.words.of) and cue - begin > _OF_WHAT:
            return False  # "قال إن الموعد قائم ردا على ما ذهب إليه فلان من أن"
        between = self.line.count_words(begin, cue)
        return (
            outer.form == "that"
            and between <= (_NESTED_PARTICIPLE if report.aspect == "participle" else _NESTED)
            and not (report.joined and report.finite)
            and not self._answers(report, begin)
            and (self._describes_own_side(begin, cue) or not is_broken(self.line, begin, cue))
        )

    def _describes_own_side(self, begin: int, cue: int) -> bool:
        """ "قال إن بلاده، التي تعدّ العقوبات ظالمة، سترسل وفدا": a clause on the speaker's own side ends nothing."""
        relative = self.line.form(cue - 1) in self.line.words.who and self.line.text(cue - 2) in COMMAS
        return relative and self._is_of_own_side(begin, cue)

    def _answers(self, report: Report, begin: int) -> bool:
        """ "بينما قال فلان إن …، رد فلان بأن": a verb with its subject behind the only comma."""
        line, cue = self.line, report.cue[0]
        commas = [at for at in range(begin, cue) if line.text(at) in COMMAS]
        if report.finite and commas == [cue - 1] and line.subject_end(cue + 1, line.end) > cue + 1:
            return True
        named = line.mention_at.get(report.before[0])  # "… «مجرم»، وماكرون أيد"
        joined = named is not None and named.clitics == AND and report.before[0] == named.start
        return joined and report.finite and line.text(report.before[0] - 1) in COMMAS

    def _tells_more(self, report: Report, outer: Report) -> bool:
        """Whether a nested report is another's: not its own side's, no mood, noun, or name in quotation marks."""
        # "قال المصدر إن واشنطن تعتقد أن": he says so
        mood = report.verb.id in self.line.words.moods and outer.verb is not ACCORDING
        if mood or report.form == "noun" or self._is_of_own_side(outer.content[0], report.cue[0]):
            return False
        return report.form != "quote" or self.line.text(report.after[1]) == ":"

    def _is_of_own_side(self, begin: int, end: int) -> bool:
        """Whether the clause is about the speaker's own side: "قال إن بلاده تشترط أن …", "إنها أبلغت …"."""
        words = [self.line.form(at) for at in range(begin, end) if self.line.is_word(at)]
        if not words and self.line.form(begin - 1) not in self.line.words.bare_that:
            return True
        return len(words) <= _LONGEST_OWN_SIDE and not self.line.pack.own_side.isdisjoint(words)

    # -- where a content ends -----------------------------------------------------------------------------------
    def _continue_or_close(self, position: int) -> None:
        """Close the open content at words of the reporter; open a second one at "وأن"."""
        index = self._open()
        if index is None or position in self.line.inside or position <= self.reports[index].content[0]:
            return
        report, begin = self.reports[index], self.reports[index].content[0]
        if report.form == "that" and self._is_second_that(position):
            if position - begin >= LEAST_QUOTE:
                index = self._gone_on(position, index)
                report = self.reports[index]
                for at, told in enumerate(self.reports[index:], index):
                    if told.content[1] == self.line.end:
                        self.reports[at] = replace(told, content=(told.content[0], position))
                content = (position + 1, self.line.end)
                self.reports.append(replace(report, content=content, coordinated=True, joined=False))
        elif report.form == "that" and self._is_the_other(position):
            self.reports[index] = replace(report, content=(begin, position))
            source, content = (position, position + 1), (position + 2, self.line.end)
            bare = replace(report, cue=source, after=source, before=(position, position), content=content)
            self.reports.append(replace(bare, coordinated=False, joined=False, parent=None))
        elif follows_mark(self.line, position) and (
            self.line.is_narrator(position) or self._turns_back(report, position)
        ):
            self.reports[index] = replace(report, content=(begin, position))

    def _is_the_other(self, position: int) -> bool:
        """ "أكد الأول أن الحكومة موحدة، والثاني أن المجلس سيصادق": the verb is not told again."""
        return self.line.form(position) in self.line.words.and_the_other and self.line.is_any_that(position + 1)

    def _gone_on(self, position: int, index: int) -> int:
        """ "قال إن لابيد يشترط أن يبدأ الضخ، وإنه عائد": whose clause goes on, as it is spelled."""
        spelled = self._is_spelled_if(position, AND)
        at = index
        while self._is_spelled_if(self.reports[at].content[0] - 1) is not spelled:
            parent = self.reports[at].parent
            if parent is None or self.reports[parent].form != "that":
                return index
            at = parent
        return at

    def _is_spelled_if(self, position: int, joined: str = "") -> bool:
        light = self.line.article[position].light.removeprefix(joined)
        return any(light.startswith(word) for word in self.line.words.spelled_if)

    def _turns_back(self, report: Report, position: int) -> bool:
        """ "اكتفى بالرد بأنه باق، ثم غادر": what leads to such a noun goes on."""
        led = report.shape is not None and report.shape.led
        return led and self.line.text(position - 1) in COMMAS and self.line.form(position) in self.line.words.openers

    def _is_second_that(self, position: int) -> bool:
        words = self.line.words
        return self.line.form(position) in words.and_that and self.line.form(position + 1) not in words.concedes

    def _trimmed(self, report: Report) -> Report:
        begin, end = report.content
        while begin < end and self.line.text(begin) in _CLOSING:  # of a name before: وصف «الدعم السريع» بأنها …
            begin += 1
        end = self._before_credit(begin, end)
        while end > begin and self.line.text(end - 1) in _TRAILING:
            end -= 1
        if end > begin and self.line.form(end - 1) in self.line.words.left_over:
            end -= 1
        return replace(report, content=(begin, end))

    def _before_credit(self, begin: int, end: int) -> int:
        """Before "(رويترز)", "- وكالة الأنباء الجزائرية": which medium has told it."""
        line = self.line
        closed = line.text(end - 1) == ")"
        opens = ("(",) if closed else tuple(DASHES)
        first = max(begin + 1, end - _LONGEST_CREDIT)
        opening = next((at for at in range(end - 2, first - 1, -1) if line.text(at) in opens), end)
        forms = [line.form(at) for at in range(opening + 1, end - closed)]
        media = line.words.heard_by | line.words.agencies
        named = [form in media or form.removeprefix(ARTICLE) in media for form in forms]
        spelled = closed and all(len(form) <= 1 for form in forms)  # "(أ ف ب)"
        return opening if spelled or (any(named) if closed else named[:1] == [True]) else end
