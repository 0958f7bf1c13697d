"""What a verb reports where that is a noun: the object of the verb, or what stands behind its preposition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from agents.language.attribution.bodies import body_end, goes_on
from agents.language.attribution.clauses import begins_report, is_mood
from agents.language.attribution.search import LONGEST_PARENTHESIS, Search
from agents.language.attribution.strangers import name_end
from agents.language.attribution.subjects import counts_several
from agents.language.names import (
    ARTICLE,
    CONJUNCTIONS,
    HER,
    HIS,
    OWNERS,
    PREPOSITIONS,
    TA_MARBUTA,
    TO,
    is_owned,
    nominatives,
    without_owners,
)
from agents.language.punctuation import COLONS, COMMAS, DASHES, STOPS
from agents.language.text import DAMMA

_FARTHEST_NOUN: Final = 26  # tokens between a verb and its preposition, where a comma stands between
_LONGEST_ADDRESSEE: Final = 6  # tokens from whom something is told to until it is told
_LONGEST_STRANGER: Final = 3  # words of a name on no watchlist, without a title
_ASIDE: Final = 4  # tokens of "، بالمناسبة،"
_PASSIVE: Final = re.compile(f"[{CONJUNCTIONS}]?أ?[^\u064b-\u0652]?{DAMMA}")
_PAUSES: Final = COMMAS | STOPS
_ENDS: Final = COLONS | STOPS


@dataclass(frozen=True, slots=True)
class Noun:
    """A content that is a noun: where it begins (None: it is a mood and nothing said), and where its marker stands."""

    begin: int | None
    marker: int


class Nouns(Search):
    """The search for a content that is a noun."""

    def _noun(self) -> Noun | None:
        """The content that is a noun, where there is one."""
        if self.shape.aspect == "masdar" and not self.shape.hastened:
            return self._announced_deed()
        subject_end = self._subject_end()
        told = self._held_against() or self._after_preposition(subject_end) or self._of_stranger(subject_end)
        return told or self._direct_object(subject_end)

    def _subject_end(self) -> int:
        first = self.position + 1
        if self.shape.finite and not self.shape.object:
            body = body_end(self.line, first, self.limit, feminine=self.shape.feminine)
            told = self._past_adverbs(body)
            # "انتقدت المحكمة بشدة": whom it is about, where nothing follows that is said
            said = not self.verb.direct or goes_on(self.line, told) or self.line.is_any_that(told)
            self.body = body if said else first
        return max(self.line.subject_end(first, self.limit), self.body)

    def _announced_deed(self) -> Noun | None:
        """ "بعد إعلان المتحدث فلان إنهاء العمل بالاتفاق"."""
        begin = self.line.announced_deed(self.position)
        return Noun(begin, begin) if self.verb.direct and begin is not None else None

    def _held_against(self) -> Noun | None:
        """ "أخذ على خصومه اتخاذ المدنيين دروعا": from the preposition on."""
        if not self.verb.asks_on:
            return None
        for at in range(self.position + 1, self.limit):
            if self.line.text(at) in _PAUSES:
                return None
            if self.line.is_preposition(at, self.verb.asks_on):
                on_side = self.verb.kind == "say" and at + 1 in self.line.mention_at  # "ترى في روسيا عدوا"
                return Noun(at, at) if not on_side else None
        return None

    def _after_preposition(self, subject_end: int) -> Noun | None:
        """ "ندد بالهجوم", "دعا الأطراف إلى …": from the preposition on, or from whom it is asked of."""
        first = self._past_remark_on(subject_end)
        at = self._preposition(first)
        if at is None:
            return None
        if self.line.form(at + 1) in self.line.words.that_one and at == self.position + 1:
            return Noun(None, at)  # "يشكك في ذلك الباحث"
        if is_mood(self.line, at, self.verb) or self._is_resumed(at) or self._acts_on(subject_end, at):
            return Noun(None, at)
        subject_end = self._past_day(max(first, subject_end))
        behind = self._past_time(subject_end) if subject_end > self.position + 1 else subject_end
        if self.verb.direct and behind < at - 1 and self.line.is_word(behind):
            return None
        if behind == at > subject_end:
            return Noun(at, at)
        asked = bool(self.verb.asks) and subject_end < at and not self.shape.object
        return Noun(min(at, subject_end) if asked else at, at)

    def _is_resumed(self, at: int) -> bool:
        """ "المحادثات التي دعت إليها واشنطن": the pronoun is what the relative clause is about, and nothing is said."""
        form, relative = self.line.form(at), self.line.form(self.position - 1) in self.line.words.who
        relative = relative or (self._follows_indefinite() and not self.reading.joined)
        led = self.verb.preposition | self.verb.asks
        asked = self.line.form(at + 1) in self.line.words.reporters  # "ألح عليها صحفي بالسؤال"
        near = (relative or asked) and at == self.position + 1
        return near and any(form == word + owner for word in led for owner in OWNERS)

    def _past_remark_on(self, subject_end: int) -> int:
        """ "حض الأمين العام، الذي زار المدينة، الطرفين على": behind a parenthesis, which has its own prepositions."""
        if (told := self._past_tongue(subject_end)) > subject_end:
            return told  # "دعت على لسان الوزارة الطرفين إلى"
        apart = subject_end > self.position + 1 and self.line.text(subject_end) in COMMAS
        first = self.position + 1
        return self._past_parenthesis(subject_end) if apart else first + counts_several(self.line, first)

    def _past_tongue(self, at: int) -> int:
        """Past "على لسان متحدثها فلان" behind a subject."""
        line, title = self.line, at + 2
        if line.form(at + 1) not in line.words.tongue:
            return at
        end = line.subject_end(title, self.limit)
        if end == title and line.is_word(title) and line.article[title].light.endswith(OWNERS):
            end += 1
            while end < self.limit and line.article[end].light.startswith(ARTICLE):
                end += 1  # "أمينه العام"
            named = line.mention_at.get(end)
            end = named.end if named is not None else name_end(line, end, self.limit)
        return end

    def _preposition(self, first: int) -> int | None:
        wanted = self.verb.preposition | self.verb.asks
        if not wanted:
            return None
        for at in range(max(self.position + 1, first), self.limit):
            if at in self.line.inside or at in self.line.strangers or self._takes_up(at):
                continue
            if self.line.text(at) in _ENDS or (at > self.position + 1 and begins_report(self.line, at)):
                return None
            relayed = self.line.form(at - 1) in self.line.words.relayed  # "كشفت الصحيفة، نقلا عن مسؤول، أن"
            as_said = self.line.form(at) in self.line.words.as_said and self.line.form(at + 1) in self.line.words.what
            apart = relayed or as_said or self.line.form(at + 1) in self.line.words.tongue
            if self.line.is_preposition(at, wanted) and not apart:
                return at
            if self.line.text(at) in COMMAS and at > self.position + _FARTHEST_NOUN:
                return None
        return None

    def _takes_up(self, at: int) -> bool:
        """ "شدد في لقاء غلب عليه السؤال على أن": a pronoun far from the verb is about something else."""
        form, led = self.line.form(at), self.verb.preposition
        far = at > self.position + 1 and self.verb.that and not self.verb.asks
        return far and any(len(word) > 1 and form in {word + owner for owner in OWNERS} for word in led)

    def _follows_indefinite(self) -> bool:
        """ "في استفتاء | دعت إليه الحكومة": a relative clause without a relative pronoun."""
        line, noun = self.line, self.position - 1
        words = (line.pack.after_subject, line.words.before_noun, line.words.openers, line.words.before_verb)
        free = line.is_word(noun) and noun not in line.mention_at and not any(line.form(noun) in kept for kept in words)
        led = line.form(noun - 1) in line.words.before_noun
        return free and led and not line.form(noun).startswith(ARTICLE)

    def _acts_on(self, begin: int, end: int) -> bool:
        """ "شددت الدولة عقوباتها على جارتها": a thing stands between subject and preposition, and nothing is said."""
        things = (without_owners(self.line.form(at).removeprefix(ARTICLE)) for at in range(begin, end))
        return bool(self.verb.acts_on) and any(not self.verb.acts_on.isdisjoint(thing) for thing in things)

    def _direct_object(self, subject_end: int) -> Noun | None:
        """ "أعلنت القيادة تعليق مشاركتها": the noun after the subject."""
        verb, line = self.verb, self.line
        addressed = bool(verb.asks - verb.preposition) and verb.kind != "call"
        if self.shape.aspect == "past" and _PASSIVE.match(line.text(self.position)):
            return None
        objects = self.shape.object and not verb.asks and not verb.informs  # "أبلغته رفض بلادها"
        if verb.id in line.words.of_two_objects and subject_end > self.position + 1:
            objects = False  # "وهو ما اعتبره الوزير خطوة في الاتجاه الصحيح"
        definite = self.shape.hastened and line.form(self.position).startswith(ARTICLE)  # "سارعت إلى الرفض"
        replies = line.text(subject_end) in COMMAS and self._past_reply(subject_end) > subject_end
        if not verb.direct or objects or addressed or definite or replies:
            return None
        begin = self._past_adverbs(self._before_object(self._past_tongue(subject_end)))
        if (verb.informs and subject_end > self.position + 1) or line.form(begin) in verb.addressing:
            begin = self._past_addressee(begin)
        if begin >= self.limit or line.form(begin) in line.words.happened:
            return None  # "تعهد فلان، في اتصال هاتفي جرى أمس، أن"
        if is_mood(line, begin, verb):
            return Noun(None, begin)
        form = line.form(begin)
        if verb.only_of and verb.only_of.isdisjoint({*without_owners(form), *nominatives(form)}):
            return None
        opens = line.article[begin].kind in ("word", "number") or begin in line.quote_at
        verbal = begins_report(line, begin) and not form.endswith(HIS)
        verbal = verbal and (begin == subject_end or line.joined(begin))  # "نفت، اليوم، نقل القمة": a noun
        # "يعلن للرأي العام", and not "اشترط للعودة رفع الحصار"
        addressed = begin == self.position + 1 and form.startswith(TO + TO) and verb.kind != "call"
        said = form not in line.words.no_content and not addressed
        return Noun(begin, begin) if opens and not verbal and said else None

    def _of_stranger(self, subject_end: int) -> Noun | None:
        """ "نفى راشد الغنوشي قيامه بأي وساطة": the deed behind a name on no watchlist."""
        verb = self.verb
        if subject_end > self.position + 1 or not verb.direct or verb.asks or self.shape.object:
            return None
        deed = self._own_deed(subject_end)
        if deed == subject_end:
            return None
        self.line.strangers.update(range(subject_end, deed))
        return Noun(deed, deed)

    def _own_deed(self, begin: int) -> int:
        """ "نفى راشد الغنوشي قيامه بأي وساطة": behind words that nothing is known of a deed of theirs; else `begin`."""
        line, feminine = self.line, self.shape.feminine
        owner = HER if feminine else HIS
        for at in range(begin, min(begin + _LONGEST_STRANGER + 1, self.limit)):
            light = line.article[at].light
            bare = light.removesuffix(owner)
            deed = without_owners(line.form(at)) & (line.words.deeds | line.words.no_name)
            if at > begin and feminine is not None and light != bare and not light.endswith(TA_MARBUTA) and deed:
                given = line.form(begin) in line.pack.given_names | line.words.led_names
                return at if given or line.form(at - 1).startswith(ARTICLE) else begin  # not "قرب موعد انسحابه"
            known = at in line.mention_at or line.form(at) in line.pack.after_subject | line.words.before_noun
            if known or not line.is_word(at) or deed or line.readings(at) or is_owned(light):
                break
        return begin

    def _past_addressee(self, begin: int) -> int:
        """ "أبلغت الحكومة جارتها فجر اليوم تأجيل الجولة": the noun that may be told, behind whom it is told to."""
        line = self.line
        for at in range(begin, min(begin + _LONGEST_ADDRESSEE, self.limit)):
            if line.text(at) in _PAUSES or line.is_any_that(at):
                break
            form = line.form(at)
            told = not self.verb.only_of.isdisjoint({*without_owners(form), *nominatives(form)})
            if told and (self.verb.informs or self._closes_addressee(at - 1)):
                return at
        return begin

    def _closes_addressee(self, at: int) -> bool:
        """ "عرض على نظيره الروسي لقاء", and not "عرض على المجلس نتائج لقاء"."""
        line, form = self.line, self.line.form(at)
        return form.startswith(ARTICLE) or form.endswith(OWNERS) or at in line.mention_at or form in line.words.when

    def _before_object(self, at: int) -> int:
        """Where nothing follows that could be the object, what looked like a name is it: "رفض الوزير مقترح بنما."."""
        line = self.line
        form, words = line.form(at), line.words
        leads = form in line.pack.after_subject or form in words.before_noun
        told = (words.any_of, words.deeds, words.no_name, words.what)  # "ما أوردته صحيفة"
        if line.is_word(at) and (not leads or any(form in group for group in told)):
            return at
        while at - 1 in line.strangers - line.seats:
            at -= 1
        return at

    def _past_adverbs(self, at: int) -> int:
        """Past "في القاهرة", "أمس", "، اليوم،" after a subject."""
        line, words = self.line, self.line.words
        while True:
            begin = self._past_parenthesis(at)
            while begin in line.unnamed and begin < self.limit:  # "أعلن مصدر طلب عدم ذكر اسمه أن"
                begin += 1
            later = line.form(begin) in words.told_after and line.form(begin + 1) in words.spans
            alone = line.form(begin + 2) in line.pack.same  # "ونفى في الوقت نفسه أي نية"
            led = begin > self.position + 1 or alone or self._follows_subject()
            begin += line.form(begin) in words.told_from and line.form(begin + 1) in words.own_part
            begin += line.form(begin) in words.own_part  # "من جهتها"
            town = line.form(begin) in words.told_from and begin > self.position + 1 and self._is_place(begin + 1)
            if town:
                begin = line.mention_at[begin + 1].end if begin + 1 in line.mention_at else begin + 2
            elif self._past_day(begin) > begin:
                begin = self._past_day(begin)
            elif (led or self.position - 1 in line.mention_at) and (told := self._past_interview(begin)) > begin:
                begin = told
            elif later or (line.form(begin) in words.where and led):
                begin = line.quote_at.get(begin + 1, begin + 1) + 1
                begin += line.form(begin) in line.pack.same  # "في الوقت نفسه"
            begin = self._past_time(begin)
            if begin in (at, self.limit) or begin > self.limit:
                return begin
            at = begin

    def _past_interview(self, at: int) -> int:
        """Past "في تصريح لشبكة أميركية", "في حديث إلى قناة روسية", "في حوار مع شبكة", "في كلمته": where and to whom
        something is said.
        """
        line, words = self.line, self.line.words
        led, heard = words.heard_by | words.agencies, line.form(at + 2)
        own = line.article[at + 1].light.endswith(OWNERS) if at + 1 < self.limit else False
        if own and line.form(at) in words.where and without_owners(line.form(at + 1)) & words.told_texts:
            return at + 2
        if line.form(at) not in words.where or line.form(at + 1) not in words.told_texts:
            return at
        end = at + 2
        if heard in words.towards | words.interviewed_by and line.form(end + 1) in led:
            end += 2
        elif heard[:1] == TO and heard[1:].removeprefix(TO) in led:
            end += 1
        else:
            return at
        while end < self.limit and (named := line.mention_at.get(end)) is not None:
            end = named.end  # "شبكة أميركية", "شبكة سي إن إن"
        return line.quote_at[end] + 1 if end in line.quote_at else end

    def _past_day(self, at: int) -> int:
        """Past "في 6 مايو", "في السادس من مايو"."""
        line = self.line
        dated = line.is_number(at + 1) or self._is_ordinal_day(at + 1)
        end = self._past_time(at + 1) if line.form(at) in line.words.where and dated else at
        return end if end > at + 1 else at

    def _is_ordinal_day(self, at: int) -> bool:
        line = self.line
        of_month = line.form(at + 1) in line.words.of and line.form(at + 2) in line.pack.months
        return of_month and line.form(at).startswith(ARTICLE)

    def _past_time(self, at: int) -> int:
        """Past "الأسبوع الماضي", "مساء الأحد 2 مارس 2020", "ليلة الأحد إلى الاثنين", "أمس (الأحد)"."""
        line, when = self.line, self.line.words.when
        while at < self.limit:
            between = line.form(at - 1) in when and line.form(at + 1) in when
            day = line.form(at) in line.words.spans and line.form(at + 1) in when  # "يوم الجمعة"
            if line.form(at) in when or self._is_period(at) or day:
                at += 1
            elif between and line.form(at) in line.words.towards:
                at += 2
            elif between and line.text(at) == "(" and line.text(at + 2) == ")":
                at += 3
            elif self._is_ordinal_day(at) or (line.is_number(at) and line.form(at + 1) in line.pack.months):
                at += 2 + self._is_ordinal_day(at)
                while line.text(at) == "/" or line.form(at) in line.pack.months:
                    at += 1
                at += line.is_number(at)
            else:
                break
        return at

    def _is_period(self, at: int) -> bool:
        """ "أعلنت الوزارة الشهر الماضي تعليق": the word behind is one of time."""
        return self.line.form(at) in self.line.words.periods and self.line.form(at + 1) in self.line.words.of_period

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
            return closing + 1 if closing - at < LONGEST_PARENTHESIS else at
        if at >= self.limit or line.text(at) not in COMMAS:
            return at
        farthest = min(self.limit, at + LONGEST_PARENTHESIS)
        closing = at + 1
        while closing < farthest and line.text(closing) not in COMMAS:
            closing += 1
        opens = line.form(at + 1)
        known = line.pack.after_subject | line.words.remarks | line.words.times
        adverbial = at + 1 < self.limit and (opens in known or (opens[:1] in PREPOSITIONS and closing - at <= _ASIDE))
        return closing + 1 if adverbial and closing < farthest else at + 1
