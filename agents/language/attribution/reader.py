"""The reports of a whole sentence, from its first word to its last: which stands in which, and where each ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
from agents.language.attribution.clauses import begins_report, border, follows_mark, opens_clause
from agents.language.attribution.complements import LEAST_QUOTE, find_complement
from agents.language.attribution.labels import label, opening, signed
from agents.language.attribution.line import Line, Reading
from agents.language.attribution.lists import lead
from agents.language.attribution.moods import mood
from agents.language.attribution.nesting import goes_on, is_nested, tells_more
from agents.language.attribution.passed_over import is_negated, tells_nothing
from agents.language.attribution.report import ACCORDING, LABEL, Report
from agents.language.attribution.trimming import trimmed
from agents.language.names import AND, ARTICLE, Mention
from agents.language.pack import LanguagePack
from agents.language.punctuation import COLONS, COMMAS, STOPS
from agents.language.sentences import Sentence
from agents.language.text import CLOSING, Token
from agents.language.verbs import OTHERS

_ASKING: Final = ("call", "pledge", "offer", "warn")
_SHORTEST_PRESENT: Final = 4  # letters
_CLOSING: Final = frozenset(CLOSING)


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
        backward = line.words.thus | line.words.just_that | line.words.with_this
        closing = line.words.and_that | line.words.and_the_other
        forms = [(at, line.article[at].form) for at in range(line.start, line.end)]
        self._backward = {at for at, form in forms if form in backward}
        # Few tokens may open a report, and few end one: nothing else is asked of the others.
        self._opening = {self.opening, *line.attributing, *line.viewing, *self._backward, *line.verbs} - line.inside
        self._closing = {at for at, form in forms if form in closing or follows_mark(line, at)}
        self.reports: list[Report] = []
        self.explained = line.start  # where the last verb stands that gives a reason for what is said

    def read(self) -> list[Report]:
        position = self.line.start
        if (told := signed(self.line)) is not None:
            return [trimmed(self.line, told)]
        while position < self.line.end:
            report = self._report_at(position) if position in self._opening else None
            if report is None:
                if position in self._closing:
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
        return [trimmed(self.line, report) for report in self.reports]

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
        line = self.line
        return (
            (label(line, position) or mood(line, position) if position == self.opening else None)
            or (attribution(line, position, self.reports) if position in line.attributing else None)
            or (view(line, position, self.reports) if position in line.viewing else None)
            or (self._told_just_before(position) if position in self._backward else None)
            or self._report_of_verb(position)
        )

    def _told_just_before(self, position: int) -> Report | None:
        line, reports = self.line, self.reports
        return just_that(line, position, reports) or with_these_words(line, position, reports)

    def _report_of_verb(self, position: int) -> Report | None:
        line = self.line
        readings = line.readings(position)
        if not readings or tells_nothing(line, position, readings):
            return None
        told = self._told_back(position, readings)
        if told is None and is_negated(line, position, readings[0]):  # or "على ما أفاد", which is written alike
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
        if not closed or line.text(position - 1) not in COMMAS:
            return False  # as a rule
        if line.form(end) in line.words.told_in:  # "«…»، قال فلان في مقابلة، «…»"
            end = next((at for at in range(end, line.end) if line.text(at) in COMMAS and at + 1 in line.quote_at), end)
        return not line.joined(position) and end > position + 1 and line.text(end) in COMMAS | STOPS

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

    def _clause_before(self, position: int, readings: Sequence[Reading]) -> Report | None:
        if self._is_answered(position):
            return None
        index = self._open()
        agreed = index is not None and self.reports[index].verb.kind == "agree"  # "واتفقا على هدنة، وفق ما أفاد مسؤول"
        taken = index is not None and not agreed
        said = [report.content[1] for report in self.reports]
        said += [report.after[1] for report in self.reports if report.form == "before"]
        first = max((end for end in said if end < position), default=self.line.start)  # behind what others have said
        told = (clause_before(self.line, position, reading, first, taken=taken) for reading in readings)
        return next(filter(None, told), None)

    def _is_answered(self, position: int) -> bool:
        """ "ردا على ما تردد": that is what somebody answers, and not how the clause around it is known."""
        line = self.line
        if line.form(position - 1) not in line.words.what:
            return False
        if line.form(position - 3).removeprefix(AND) in line.words.answering:
            return True
        for at in range(position - 3, line.start - 1, -1):  # "عقبت المفوضية على ما قاله فلان"
            if line.text(at) in COMMAS:
                return False
            if any(reading.shape.verb.id in line.words.answers for reading in line.readings(at)):
                return True
        return False

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
        if index is not None and report.form == "before" and self.reports[index].verb.kind == "agree":
            del self.reports[index]  # who tells that they agreed
        if index is None or report.form == "before":
            self.reports.append(report)
            return
        begin, cue = self.reports[index].content[0], report.cue[0]
        if self._is_provided(report, begin):
            return
        if self._tells_of_agreement(report, self.reports[index]):
            self._split(index, cue)
            return
        if self._explains(report, self.reports[index]):
            self.explained = cue
            return
        if is_nested(self.line, report, self.reports[index]):
            if tells_more(self.line, report, self.reports[index]):
                self.reports.append(replace(report, parent=index, before=(begin, cue)))
            return
        hastened = self.line.hastening(cue) if report.aspect == "masdar" else None
        if (
            report.form == "noun"
            and hastened is None
            and (
                goes_on(self.line, report, self.reports[index])
                or not (begins_report(self.line, cue) or opens_clause(self.line, report))
            )
        ):
            return
        end = border(self.line, cue if hastened is None else hastened, begin)
        self.reports[index] = replace(self.reports[index], content=(begin, end))
        self.reports.append(replace(report, before=(min(max(report.before[0], end), cue), cue)))

    def _is_provided(self, report: Report, begin: int) -> bool:
        """ "قال إن الورقة تنص على وحدة البلاد ورفض أي تدخل": one more thing that a text provides for."""
        line, cue = self.line, report.cue[0]
        if not (report.joined and report.form == "noun" and report.aspect == "past"):
            return False
        comma = next((at for at in range(cue - 1, begin, -1) if line.text(at) in COMMAS), begin)
        return any(
            one.shape.verb.text_speaks and line.is_preposition(at + 1, one.shape.verb.preposition)
            for at in range(comma, cue)
            for one in line.readings(at)
        )

    def _tells_of_agreement(self, report: Report, outer: Report) -> bool:
        """ "لافروف: النقاش كان صريحا، والطرفان اتفقا على لجنتين": he says so, behind the label with his name."""
        return outer.verb is LABEL and not outer.quoted and report.verb.kind == "agree" and report.form == "noun"

    def _split(self, index: int, position: int) -> None:
        """Part what one says at the last comma before a position."""
        report, end = self.reports[index], self.line.end
        begin = report.content[0]
        comma = next((at for at in range(position - 1, begin, -1) if self.line.text(at) in COMMAS), begin)
        if comma - begin >= LEAST_QUOTE:
            self.reports[index] = replace(report, content=(begin, comma))
            self.reports.append(replace(report, content=(comma + 1, end), coordinated=True, joined=False))

    def _explains(self, report: Report, outer: Report) -> bool:
        """ "قال إن الخلاف كبير، إذ يتمسك الروس بكذا وتتمسك كييف بكذا": a reason that the speaker gives."""
        line, cue = self.line, report.cue[0]
        goes_on = (
            report.joined
            and self.line.start < self.explained < cue
            and not any(line.text(at) in COMMAS for at in range(self.explained, cue))
        )
        led = line.form(cue - 1) in line.words.explaining
        return report.form == "noun" and report.finite and outer.form == "that" and (led or goes_on)

    # -- where a content ends -----------------------------------------------------------------------------------
    def _continue_or_close(self, position: int) -> None:
        """Close the open content at words of the reporter; open a second one at "وأن"."""
        self._add_behind_quotation(position)
        index = self._open()
        if index is None or position in self.line.inside or position <= self.reports[index].content[0]:
            return
        report, begin = self.reports[index], self.reports[index].content[0]
        if report.form == "that" and self._is_second_that(position):
            if self._is_required_too(begin, position):
                return
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

    def _add_behind_quotation(self, position: int) -> None:
        """ "قال فلان «لن نستسلم» وإن الحل قريب": a second thing that is said, behind a quotation."""
        last = self.reports[-1] if self.reports else None
        quoted = last is not None and last.form == "quote" and last.quoted and last.content[1] == position
        if quoted and last is not None and last.content[0] > last.cue[0] and self._is_second_that(position):
            content = (position + 1, self.line.end)
            rest = replace(last, content=content, form="that", quoted=False, coordinated=True, joined=False)
            self.reports.append(rest)

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

    def _is_required_too(self, begin: int, position: int) -> bool:
        """ "قال إن الاتفاق يجب أن يحترم الحدود وأن يخضع للرقابة": the same is asked of it in both clauses."""
        line = self.line
        if not self._is_to_do(position):
            return False
        return any(
            line.form(at) in line.words.bare_that and self._is_to_do(at) for at in range(begin + 1, position - 1)
        )

    def _is_to_do(self, that: int) -> bool:
        """Whether a verb in the present stands behind أن, and not "أن تركيا"."""
        line, form = self.line, self.line.form(that + 1)
        return form.startswith(tuple(OTHERS)) and that + 1 not in line.mention_at and len(form) >= _SHORTEST_PRESENT

    def _is_second_that(self, position: int) -> bool:
        words = self.line.words
        return self.line.form(position) in words.and_that and self.line.form(position + 1) not in words.concedes
