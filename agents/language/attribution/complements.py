"""What a verb reports: the quotation, the clause with أن, or the noun after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from agents.language.attribution.clauses import begins_report, clause_start, is_mood, that_follows
from agents.language.attribution.line import Line, Reading
from agents.language.attribution.report import ContentForm, Report
from agents.language.names import (
    AND,
    ARTICLE,
    HIS,
    OWNERS,
    PREPOSITIONS,
    TO,
    nominatives,
    without_clitics,
    without_owners,
)
from agents.language.punctuation import COLONS, COMMAS, DASHES, STOPS

LEAST_QUOTE: Final = 3  # words; shorter quotations are names or irony unless a colon or verb leads to them
_FARTHEST: Final = 45  # tokens between a verb and what it reports; the longest in the seeds is 31
_BESIDE: Final = 3  # tokens after a verb in which only و and ف open another report
_FARTHEST_NOUN: Final = 26  # tokens between a verb and its preposition, where a comma stands between
_DIRECT_SUBJECT: Final = 10  # tokens in which the subject of a verb with a direct object must stand
_LONGEST_PARENTHESIS: Final = 14
_LONGEST_ADDRESSEE: Final = 6  # tokens from whom something is told to until it is told
_LONGEST_REPLY: Final = 36  # tokens of "، ردا على ما صرح به فلان من أن …،"
_ASIDE: Final = 4  # tokens of "، بالمناسبة،"
_NEAR_THAT: Final = 4
_PAST_MARKER: Final = 3  # tokens after the marker of a noun in which what the verb needs may stand
_PASSIVE: Final = re.compile("[وف]?أ?[^\u064b-\u0652]?\u064f")
_PROMISES: Final = ("pledge", "call", "hope")
_BY: Final = PREPOSITIONS[0]
_PRESENT: Final = tuple("يتن")  # how a verb begins behind "ألا"
_PAUSES: Final = COMMAS | STOPS
_ENDS: Final = COLONS | STOPS


def find_complement(line: Line, position: int, reading: Reading) -> Report | None:
    """What the verb at `position` reports, or None where it reports nothing."""
    return _Complement(line, position, reading).find()


@dataclass(frozen=True, slots=True)
class _Noun:
    """A content that is a noun: where it begins (None: it is a mood and nothing said), and where its marker stands."""

    begin: int | None
    marker: int


class _Complement:
    """The search for what one verb reports."""

    def __init__(self, line: Line, position: int, reading: Reading) -> None:
        self.line, self.position, self.reading = line, position, reading
        self.shape, self.verb = reading.shape, reading.shape.verb
        self.limit = min(line.end, position + _FARTHEST)

    def find(self) -> Report | None:
        line, noun = self.line, self._noun()
        if self._is_nobodys(noun):
            return None
        at = self.position + 1
        while at < self.limit and not self._ends_search(at, noun):
            if line.text(at) in COLONS and self.verb.kind != "accuse" and not self.verb.that_after:
                return self._after_colon(at)
            if at in line.quote_at:
                end = line.quote_at[at] + 1
                if noun is None and self._is_said(at):
                    return self._report(at, (at, end), "quote")
                at = end
                continue
            if self._is_of_masdar(at) or self._is_before_participle(at) or self._is_complete(at):
                break
            if self._is_anothers(at):
                return None
            negated = self._is_not(at)
            that = negated or (line.is_that(at, self.verb) and self._needs_met(at) and self._is_led_to(at))
            if self.verb.that and that:
                return self._report(at, (at if negated else at + 1, line.end), "that")
            if line.text(at) in COMMAS and (closing := self._past_reply(at)) > at:
                at = closing
                continue
            if line.text(at) in COMMAS and (self._turns_to_another(at) or self._is_left_behind(at)):
                break
            if begins_report(line, at) and (at > self.position + _BESIDE or line.joined(at)):
                past = self._past_remark(at)
                if past == at:
                    break
                at = past
                continue
            at += 1
        return self._with_noun(noun)

    def _past_reply(self, comma: int) -> int:
        """ "نفى الوزير، ردا على ما قاله فلان من أن …، أن": behind a parenthesis on what is answered, before أن."""
        line = self.line
        if not self.verb.that or line.form(comma + 1) not in line.words.in_reply:
            return comma
        ends = range(comma + 2, min(line.end, comma + _LONGEST_REPLY))
        return next((at + 1 for at in ends if line.text(at) in COMMAS and line.is_that(at + 1, self.verb)), comma)

    def _is_not(self, at: int) -> bool:
        """ "تعهد الوزير ألا ينسحب": not, which belongs to what is said."""
        line = self.line
        if self.verb.kind not in _PROMISES or not line.is_word(at) or at in line.unnamed:
            return False
        spelled = line.article[at].light in line.words.spelled_not and not line.form(at).startswith(_BY)
        return spelled and line.form(at + 1).startswith(_PRESENT)

    def _is_nobodys(self, noun: _Noun | None) -> bool:
        """ "وألح صحفي بالسؤال", "كرر الصحافيون السؤال": they ask; "يتداول الناس نكتة مفادها أن": nobody says it."""
        line = self.line
        subject = line.form(self.position + 1)
        if not self.verb.subject_not.isdisjoint((subject, subject.removeprefix(ARTICLE))):
            return True  # "ويقدر عدد القتلى بنحو مئة"
        beside = {subject, line.form(self.position - 1) if not self.reading.joined else ""}
        if self.shape.aspect in ("past", "present") and not beside.isdisjoint(line.words.abstracts):
            return True  # "التجربة تقول إن", "يقول المثل إن"
        near = {line.form(at) for at in range(self.position - 1, self.position + _BESIDE) if at != self.position}
        rumour = self.verb.id in line.words.rumoured and not near.isdisjoint(line.words.rumours)
        return rumour or (noun is not None and line.form(self.position + 1) in line.words.reporters)

    def _is_complete(self, at: int) -> bool:
        """ "لا يستبعده، مضيفا أن": the pronoun is what the verb is about."""
        takes_one = self.shape.object and self.verb.direct and not self.verb.informs
        return takes_one and self.line.text(at) in COMMAS and bool(self.line.readings(at + 1))

    def _past_remark(self, at: int) -> int:
        """ "وقال فلان، وكان قد عاد من جنيف، إن": behind a parenthesis that closes before أن; `at` where none does."""
        line = self.line
        opening = next((comma for comma in range(at - 1, self.position, -1) if line.text(comma) in COMMAS), at)
        remark = opening + 1 == at or line.form(opening + 1) in line.words.remarks  # "مسؤول، تحدث إلى الصحيفة، أن"
        if opening == at or line.joined(at) or not remark or not self.verb.that:
            return at
        for closing in range(at + 1, min(self.limit, at + _LONGEST_PARENTHESIS)):
            if line.is_any_that(closing) or line.text(closing) in STOPS:
                return at
            if line.text(closing) in COMMAS:
                return closing + 1 if line.is_that(closing + 1, self.verb) else at
        return at

    def _is_of_masdar(self, at: int) -> bool:
        """ "يثق بها، وهو ما دفع فلانا إلى القول إن": behind a comma the clause is that of the verbal noun before it."""
        line = self.line
        if not line.is_any_that(at) or not any(reading.shape.aspect == "masdar" for reading in line.readings(at - 1)):
            return False
        return any(line.text(comma) in COMMAS for comma in range(self.position + 1, at - 1))

    def _is_before_participle(self, at: int) -> bool:
        """ "قلل من شأن التحذير مؤكدا أن": a verbal noun with its article, of which nothing more is told."""
        if self.shape.aspect != "masdar" or not self.line.form(self.position).startswith(ARTICLE):
            return False
        participle = any(reading.shape.aspect == "participle" for reading in self.line.readings(at))
        return participle and begins_report(self.line, at)

    def _is_anothers(self, at: int) -> bool:
        """ "في خطاب بث الثلاثاء قال فلان إن": a verb that can be nothing else, with its subject."""
        line = self.line
        if self.shape.aspect == "masdar" and line.form(at + 1) in line.words.launched:
            return True  # "وسبق الإعلان تحذير أطلقته القيادة من أن"
        plain = (
            reading.shape.aspect in ("past", "present") and reading.shape.verb.id in line.words.plain
            for reading in line.readings(at)
        )
        if self.verb.source and line.form(at - 1) in line.words.who and line.readings(at):
            return True  # "فجاءه الرد من الوزارة التي وصفت كلامه بأنه"
        if self._is_relayed(at) or self._is_led_by_noun(at):
            return True
        apart = at > self.position + 1 and line.form(at - 1) not in line.words.what
        return apart and any(plain) and line.subject_end(at + 1, self.limit) > at + 1

    def _is_relayed(self, at: int) -> bool:
        """ "ردت السفارة بتغريدة نقلت عن السفير قوله إن": a verb with its source says what comes then."""
        line = self.line
        relays = any(line.form(at + 1) in reading.shape.verb.source for reading in line.readings(at))
        return relays and at > self.position + 1 and line.form(at + 2) not in line.words.what

    def _is_led_by_noun(self, at: int) -> bool:
        """ "اكتفى بالرد على سؤال بأن": the clause is that of the verbal noun, unless the verb needs just that."""
        wanted = self.verb.needs & self.line.words.that
        return bool(wanted) and any(r.shape.aspect == "masdar" and r.shape.led for r in self.line.readings(at))

    def _is_left_behind(self, comma: int) -> bool:
        """ "وبشأن ما بعد الإعلان، صرح مسؤول بأن": behind a verbal noun a comma and another verb."""
        readings = self.line.readings(comma + 1) if self.shape.aspect == "masdar" else ()
        return any(reading.shape.aspect in ("past", "present") for reading in readings)

    def _turns_to_another(self, comma: int) -> bool:
        """ "لم يصدر رد، لكن مصدرا مطلعا قال إن": after the comma another verb reports."""
        line = self.line
        without = comma + 1 + (line.form(comma + 1).removeprefix(AND) in line.words.of)
        if line.form(without).removeprefix(AND) in line.words.without and line.is_any_that(without + 1):
            return True  # "، ومن دون أن يفصل جزم بأن"
        if line.form(comma + 1) not in line.words.turns and not line.is_narrator(comma + 1):
            return False
        first = comma + 3 if line.is_any_that(comma + 2) else comma + 2  # "، غير أنه أقر بأن"
        for at in range(first, self.limit):
            if line.is_any_that(at) or line.text(at) in _PAUSES:
                return False
            if any(reading.shape.aspect in ("past", "present") for reading in line.readings(at)):
                return True
        return False

    def _ends_search(self, at: int, noun: _Noun | None) -> bool:
        """Whether neither quotation nor أن can come any more."""
        asked = self.shape.aspect == "masdar" and self.verb.kind != "say"  # "الدعوة الأميركية، ملمحا إلى أنها"
        if self.line.text(at) in STOPS or (asked and self.line.text(at) in COMMAS):
            return True
        if noun is None or at < noun.marker:
            return False
        far = noun.begin == noun.marker and (at != noun.marker or self._goes_on_naming(at))
        return not that_follows(self.line, at, self.verb, far=far)

    def _goes_on_naming(self, at: int) -> bool:
        """ "نفى القيادي في الحركة فلان أن": what looks like an object still says who it is."""
        mention = self.line.mention_at.get(at)
        bare = self.line.form(at).removeprefix(ARTICLE)
        within = mention is not None and (mention.via == "adjective" or mention.start < at)
        return within or bare in self.line.pack.unnamed

    def _after_colon(self, colon: int) -> Report | None:
        begin, line = colon + 1, self.line
        if begin >= line.end or (self.verb.source and self.verb.needs and not self._needs_met(colon)):
            return None
        if begin in line.quote_at and line.is_told_behind(begin):
            return None
        if self.verb.also_preposition and any(line.text(at) in COMMAS for at in range(self.position, colon)):
            return None  # "وبين الأمس واليوم، لم يتبدل شيء: الخيام في الثلج"
        end = line.quote_at[begin] + 1 if begin in line.quote_at else line.end
        if line.form(end) in line.words.supposing:
            end = line.end  # "قال: «سنرد» إذا تقدموا"
        return self._report(colon, (begin, end), "quote")

    def _is_said(self, opening: int) -> bool:
        """Whether a quotation after the verb is what was said, and neither a name nor irony."""
        return (
            self.verb.that
            and not self.verb.that_after
            and not self.line.names_only(opening)
            and self.line.count_words(opening, self.line.quote_at[opening]) >= LEAST_QUOTE
            and self._needs_met(opening)
            and not self._is_irony(opening)
        )

    def _is_irony(self, opening: int) -> bool:
        """ "بأنها تدعم «من غير شرط» المبادرة": the clause began before the quotation and goes on after it."""
        began = any(self.line.is_any_that(at) for at in range(max(self.line.start, opening - _NEAR_THAT), opening))
        return began and self.line.is_word(self.line.quote_at[opening] + 1)

    def _is_led_to(self, that: int) -> bool:
        """ "ذهب الخبير إلى أن", and not "ذهب الوفد إلى جنيف …، معلنا أن"."""
        return not self.verb.that_after or self.line.form(that - 1) in self.verb.that_after

    def _needs_met(self, at: int) -> bool:
        """Whether what the verb needs stands between it and `at`."""
        last = self.position + _PAST_MARKER if self.verb.source else at  # "جاء الرد من فلان"
        return (
            not self.verb.needs
            or self._has_text_before()
            or any(
                form in self.verb.needs
                for between in range(self.position + 1, min(last, at, self.line.end - 1) + 1)
                for form in without_clitics(self.line.form(between))
            )
        )

    def _has_text_before(self) -> bool:
        """ "وفي بيان تلاه فلان على الصحفيين، ورد أن": the text opens the clause, and its verb comes behind a comma."""
        line = self.line
        if not self.verb.text_speaks or line.text(self.position - 1) not in COMMAS or self.reading.joined:
            return False
        first = line.start + (line.form(line.start) in line.words.openers)
        return line.form(first).removeprefix(AND) in line.words.told_in and line.form(first + 1) in self.verb.needs

    # -- nouns --------------------------------------------------------------------------------------------------
    def _noun(self) -> _Noun | None:
        """The content that is a noun, where there is one."""
        if self.shape.aspect == "masdar" and not self.shape.hastened:
            return self._announced_deed()
        subject_end = self.line.subject_end(self.position + 1, self.limit)
        return self._held_against() or self._after_preposition(subject_end) or self._direct_object(subject_end)

    def _announced_deed(self) -> _Noun | None:
        """ "بعد إعلان المتحدث فلان إنهاء العمل بالاتفاق"."""
        begin = self.line.announced_deed(self.position)
        return _Noun(begin, begin) if self.verb.direct and begin is not None else None

    def _held_against(self) -> _Noun | None:
        """ "أخذ على خصومه اتخاذ المدنيين دروعا": from the preposition on."""
        if not self.verb.asks_on:
            return None
        for at in range(self.position + 1, self.limit):
            if self.line.text(at) in _PAUSES:
                return None
            if self.line.is_preposition(at, self.verb.asks_on):
                on_side = self.verb.kind == "say" and at + 1 in self.line.mention_at  # "ترى في روسيا عدوا"
                return _Noun(at, at) if not on_side else None
        return None

    def _after_preposition(self, subject_end: int) -> _Noun | None:
        """ "ندد بالهجوم", "دعا الأطراف إلى …": from the preposition on, or from whom it is asked of."""
        first = self._past_remark_on(subject_end)
        at = self._preposition(first)
        if at is None:
            return None
        if self.line.form(at + 1) in self.line.words.that_one and at == self.position + 1:
            return _Noun(None, at)  # "يشكك في ذلك الباحث"
        if is_mood(self.line, at, self.verb) or self._is_resumed(at) or self._acts_on(subject_end, at):
            return _Noun(None, at)
        subject_end = max(first, subject_end)
        if self.verb.direct and subject_end < at - 1 and self.line.is_word(subject_end):
            return None
        asked = bool(self.verb.asks) and subject_end < at and not self.shape.object
        return _Noun(min(at, subject_end) if asked else at, at)

    def _is_resumed(self, at: int) -> bool:
        """ "المحادثات التي دعت إليها واشنطن": the pronoun is what the relative clause is about, and nothing is said."""
        form, relative = self.line.form(at), self.line.form(self.position - 1) in self.line.words.who
        led = self.verb.preposition | self.verb.asks
        asked = self.line.form(at + 1) in self.line.words.reporters  # "ألح عليها صحفي بالسؤال"
        near = (relative or asked) and at == self.position + 1
        return near and any(form == word + owner for word in led for owner in OWNERS)

    def _past_remark_on(self, subject_end: int) -> int:
        """ "حض الأمين العام، الذي زار المدينة، الطرفين على": behind a parenthesis, which has its own prepositions."""
        tongue = subject_end + 1  # "دعت على لسان الوزارة الطرفين إلى"
        if self.line.form(tongue) in self.line.words.tongue:
            return self.line.subject_end(tongue + 1, self.limit)
        apart = subject_end > self.position + 1 and self.line.text(subject_end) in COMMAS
        return self._past_parenthesis(subject_end) if apart else self.position + 1

    def _preposition(self, first: int) -> int | None:
        wanted = self.verb.preposition | self.verb.asks
        if not wanted:
            return None
        for at in range(max(self.position + 1, first), self.limit):
            if at in self.line.inside or at in self.line.strangers or self._takes_up(at):
                continue
            if self.line.text(at) in _ENDS or (at > self.position + 1 and begins_report(self.line, at)):
                return None
            if self.line.is_preposition(at, wanted) and self.line.form(at + 1) not in self.line.words.tongue:
                return at
            if self.line.text(at) in COMMAS and at > self.position + _FARTHEST_NOUN:
                return None
        return None

    def _takes_up(self, at: int) -> bool:
        """ "شدد في لقاء غلب عليه السؤال على أن": a pronoun far from the verb is about something else."""
        form, led = self.line.form(at), self.verb.preposition
        far = at > self.position + 1 and self.verb.that and not self.verb.asks
        return far and any(len(word) > 1 and form in {word + owner for owner in OWNERS} for word in led)

    def _acts_on(self, begin: int, end: int) -> bool:
        """ "شددت الدولة عقوباتها على جارتها": a thing stands between subject and preposition, and nothing is said."""
        things = (without_owners(self.line.form(at).removeprefix(ARTICLE)) for at in range(begin, end))
        return bool(self.verb.acts_on) and any(not self.verb.acts_on.isdisjoint(thing) for thing in things)

    def _direct_object(self, subject_end: int) -> _Noun | None:
        """ "أعلنت القيادة تعليق مشاركتها": the noun after the subject."""
        verb, line = self.verb, self.line
        addressed = bool(verb.asks - verb.preposition) and verb.kind != "call"
        if self.shape.aspect == "past" and _PASSIVE.match(line.text(self.position)):
            return None
        objects = self.shape.object and not verb.asks and not verb.informs  # "أبلغته رفض بلادها"
        definite = self.shape.hastened and line.form(self.position).startswith(ARTICLE)  # "سارعت إلى الرفض"
        replies = line.text(subject_end) in COMMAS and self._past_reply(subject_end) > subject_end
        if not verb.direct or objects or addressed or definite or replies:
            return None
        begin = self._past_adverbs(self._before_object(subject_end))
        if verb.informs and subject_end > self.position + 1:
            begin = self._past_addressee(begin)
        if begin >= self.limit:
            return None
        if is_mood(line, begin, verb):
            return _Noun(None, begin)
        form = line.form(begin)
        if verb.only_of and verb.only_of.isdisjoint({*without_owners(form), *nominatives(form)}):
            return None
        opens = line.article[begin].kind in ("word", "number") or begin in line.quote_at
        verbal = begins_report(line, begin) and not form.endswith(HIS)
        verbal = verbal and (begin == subject_end or line.joined(begin))  # "نفت، اليوم، نقل القمة": a noun
        addressed = begin == self.position + 1 and form.startswith(TO + TO)  # "يعلن للرأي العام"
        said = form not in line.words.no_content and not addressed
        return _Noun(begin, begin) if opens and not verbal and said else None

    def _past_addressee(self, begin: int) -> int:
        """ "أبلغت الحكومة جارتها فجر اليوم تأجيل الجولة": the noun that may be told, behind whom it is told to."""
        line = self.line
        for at in range(begin, min(begin + _LONGEST_ADDRESSEE, self.limit)):
            if line.text(at) in _PAUSES or line.is_any_that(at):
                break
            form = line.form(at)
            if not self.verb.only_of.isdisjoint({*without_owners(form), *nominatives(form)}):
                return at
        return begin

    def _before_object(self, at: int) -> int:
        """Where nothing follows that could be the object, what looked like a name is it: "رفض الوزير مقترح بنما."."""
        line = self.line
        if line.is_word(at) and line.form(at) not in line.pack.after_subject | line.words.before_noun:
            return at
        while at - 1 in line.strangers:
            at -= 1
        return at

    def _past_adverbs(self, at: int) -> int:
        """Past "في القاهرة", "أمس", "، اليوم،" after a subject."""
        line, words = self.line, self.line.words
        while True:
            begin = self._past_parenthesis(at)
            later = line.form(begin) in words.told_after and line.form(begin + 1) in words.spans
            alone = line.form(begin + 2) in line.pack.same  # "ونفى في الوقت نفسه أي نية"
            led = begin > self.position + 1 or alone or self._follows_subject()
            town = line.form(begin) in words.told_from and begin > self.position + 1 and self._is_place(begin + 1)
            if town:
                begin = line.mention_at[begin + 1].end if begin + 1 in line.mention_at else begin + 2
            elif later or (line.form(begin) in words.where and led):
                begin = line.quote_at.get(begin + 1, begin + 1) + 1
                begin += line.form(begin) in line.pack.same  # "في الوقت نفسه"
            while begin < self.limit and line.form(begin) in words.when:
                begin += 1
            if begin in (at, self.limit) or begin > self.limit:
                return begin
            at = begin

    def _is_place(self, at: int) -> bool:
        """ "من موسكو": a name that is no adjective, or a capital."""
        line, named = self.line, self.line.mention_at.get(at)
        known = named is not None and named.start == at and named.via == "name"
        return known or line.is_town(at) or (line.is_word(at) and line.form(at + 1) in line.words.deeds)

    def _follows_subject(self) -> bool:
        """ "وكان المبعوث قد استبعد في يوليو أي اتفاق"."""
        return self.line.form(self.position - 1) in self.line.words.already and self.line.is_word(self.position - 2)

    def _past_parenthesis(self, at: int) -> int:
        """Past "، في بيان مشترك صدر فجر اليوم،" or "-في بيان-" after a subject."""
        line = self.line
        if at < self.limit and line.text(at) in DASHES:
            closing = next((end for end in range(at + 1, self.limit) if line.text(end) in DASHES), at - 1)
            return closing + 1 if closing - at < _LONGEST_PARENTHESIS else at
        if at >= self.limit or line.text(at) not in COMMAS:
            return at
        farthest = min(self.limit, at + _LONGEST_PARENTHESIS)
        closing = at + 1
        while closing < farthest and line.text(closing) not in COMMAS:
            closing += 1
        opens = line.form(at + 1)
        known = line.pack.after_subject | line.words.remarks | line.words.times
        adverbial = at + 1 < self.limit and (opens in known or (opens[:1] in PREPOSITIONS and closing - at <= _ASIDE))
        return closing + 1 if adverbial and closing < farthest else at + 1

    def _with_noun(self, noun: _Noun | None) -> Report | None:
        if noun is None or noun.begin is None or not self._needs_met(noun.marker + _PAST_MARKER):
            return None
        named = noun.begin - 1 in self.line.strangers and bool(self.verb.asks)  # the subject ends there for sure
        marker = noun.begin if named else max(noun.begin, noun.marker)
        found = self._report(marker, (noun.begin, self._end_of_noun(noun.begin)), "noun")
        led = self.line.form(noun.begin)[:1] in PREPOSITIONS  # or the last word of a name: "جان إيف لودريان"
        if noun.begin - 1 in self.line.strangers and not led:
            return replace(found, after=(self.position + 1, noun.begin))
        if noun.begin == noun.marker and self.verb.direct:  # nothing tells where the subject ends
            return replace(found, after=(self.position + 1, min(self.limit, noun.begin + _DIRECT_SUBJECT)))
        return found

    def _end_of_noun(self, begin: int) -> int:
        """ "بعد إعلان فلان إنهاء الاتفاق، خيم الصمت": the comma ends what a verbal noun tells."""
        ends = (at for at in range(begin, self.line.end) if self.line.text(at) in COMMAS)
        return next(ends, self.line.end) if self.shape.aspect == "masdar" else self.line.end

    def _report(self, marker: int, content: tuple[int, int], form: ContentForm) -> Report:
        return Report(
            sentence=self.line.number,
            cue=(self.position, self.position + 1),
            verb=self.verb,
            shape=self.shape,
            after=(self.position + 1, max(self.position + 1, marker)),
            before=(clause_start(self.line, self.position), self.position),
            content=content,
            form=form,
            quoted=form == "quote",
            joined=self.reading.joined,
        )
