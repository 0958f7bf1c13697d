"""What a verb reports: the quotation, the clause with أن, or the noun after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from agents.language.attribution.clauses import begins_report, clause_start, that_follows
from agents.language.attribution.line import Line, Reading
from agents.language.attribution.nouns import Noun, Nouns
from agents.language.attribution.report import ContentForm, Report
from agents.language.attribution.search import BESIDE, PAST_MARKER
from agents.language.attribution.strangers import may_name
from agents.language.attribution.unreported import Unreported
from agents.language.names import ARTICLE, IN, OWNERS, PREPOSITIONS, TO, without_owners
from agents.language.punctuation import COLONS, COMMAS, STOPS
from agents.language.verbs import PERSONS, WE

LEAST_QUOTE: Final = 3  # words; shorter quotations are names or irony unless a colon or verb leads to them
_DIRECT_SUBJECT: Final = 10  # tokens in which the subject of a verb with a direct object must stand
_NEAR_THAT: Final = 4
_NEAR_CLAUSE: Final = 4  # tokens of "المحادثات كانت"
_BEHIND_NAME: Final = 10  # tokens between a name in quotation marks and what is said
_BEFORE_RANK: Final = 3  # tokens of "دارفور اللواء"
_PROMISES: Final = ("pledge", "call", "hope")
_PRESENT: Final = tuple(PERSONS)  # how a verb begins behind "ألا"


def find_complement(line: Line, position: int, reading: Reading) -> Report | None:
    """What the verb at `position` reports, or None where it reports nothing."""
    search = _Complement(line, position, reading)
    return search.bare_clause() or search.find()


class _Complement(Unreported, Nouns):
    """The search for what one verb reports, in the order of the text."""

    def find(self) -> Report | None:
        line, noun = self.line, self._noun()
        if self._is_nobodys(noun):
            return None
        at = self.position + 1
        named = noun is not None and self._names_until_that(noun)
        while (at := self._next(at, noun, named=named)) < self.limit:
            if line.text(at) in COLONS and self.verb.kind != "accuse" and not self.verb.that_after:
                return self._after_colon(at)
            if at in line.quote_at:
                end = line.quote_at[at] + 1
                if noun is None and self._is_said(at):
                    return self._report(at, (at, end), "quote")
                at = end
                continue
            if self._is_of_masdar(at) or self._is_before_participle(at) or self._is_complete(at) or self._is_worded(at):
                break
            if self._is_anothers(at):
                return None
            negated = self._is_not(at) or (noun is None and self._is_bare_speech(at))
            that = negated or (line.is_that(at, self.verb) and self._needs_met(at) and self._is_led_to(at))
            if self.verb.that and that:
                found = self._report(at, (at if negated else at + 1, line.end), "that")
                return self._without_noun(found, noun) if not named else found
            if line.text(at) in COMMAS and (closing := self._past_reply(at)) > at:
                at = closing
                continue
            if line.text(at) in COMMAS and (self._turns_to_another(at) or self._is_left_behind(at)):
                break
            if begins_report(line, at) and (at > self.position + BESIDE or line.joined(at)):
                past = self._past_remark(at)
                if past == at:
                    break
                at = past
                continue
            at += 1
        return self._with_noun(noun)

    def _without_noun(self, found: Report, noun: Noun | None) -> Report:
        """ "أكد والي كسلا ضرورة أن تنسحب": the subject ends before the noun that the clause belongs to."""
        line = self.line
        if noun is None or noun.begin is None or noun.begin - 1 not in line.seats:
            return found
        if line.form(noun.begin) not in line.words.no_name | line.words.deeds:
            return found
        return replace(found, after=(found.after[0], min(noun.begin, found.after[1])))

    def _next(self, at: int, noun: Noun | None, *, named: bool) -> int:
        """The next token that may tell something, or the limit."""
        while at < self.limit and not self._ends_search(at, noun, named=named):
            if not self._is_plain(at):
                return at
            at += 1
        return self.limit

    def _is_plain(self, at: int) -> bool:
        """Whether a word neither reports, nor leads to what is said, nor ends the search, as most do."""
        line, token = self.line, self.line.article[at]
        leads = (
            token.form in line.words.negates_verb
            or at in line.thats
            or at in line.quote_at
            or token.light in line.words.spelled_not
        )
        return not (token.kind != "word" or leads or line.readings(at) or line.form(at + 1) in line.words.launched)

    def _is_bare_speech(self, at: int) -> bool:
        """ "قال الوزير لن نسمح بذلك": what was said, without any mark."""
        line, words = self.line, self.line.words
        plain = self.verb.id in words.plain and self.shape.finite and line.form(at) in words.negates_verb
        apart = at == self.position + 1 or line.form(at - 1) in words.who
        told = plain and not apart and line.form(at + 1).startswith(WE)
        return told and not any(line.text(before) in COMMAS for before in range(self.position, at))

    def bare_clause(self) -> Report | None:
        """What stands right behind the verb without any mark that it is said."""
        at = self.position + 1
        return self._report(at, (at, self.line.end), "that") if self._opens_bare_clause(at) else None

    def _opens_bare_clause(self, at: int) -> bool:
        """ "وأضاف المحادثات كانت صعبة", "وتابع نحن مستعدون": a clause right behind the verb, without any mark."""
        line, words, known = self.line, self.line.words, self.line.pack
        if self.verb.id not in words.unmarked or self.shape.aspect != "past" or not self.reading.joined:
            return False
        form, bare = line.form(at), line.form(at).removeprefix(ARTICLE)
        if any(
            line.is_any_that(i) or line.text(i) in COLONS or i in line.quote_at for i in range(at, at + _NEAR_CLAUSE)
        ):
            return False
        if form in words.opens_bare:
            return True
        somebody = known.unnamed | known.continuing_titles | words.heard_by | words.institutions
        if (
            form == bare
            or self.verb.id not in words.unmarked_nouns
            or at in line.mention_at
            or not somebody.isdisjoint((form, bare))
        ):
            return False
        said = words.copulas | words.negates_verb
        verb = next((i for i in range(at + 1, at + _NEAR_CLAUSE) if line.form(i) in said), None)
        return verb is not None and all(line.is_word(i) for i in range(at, verb))

    def _is_not(self, at: int) -> bool:
        """ "تعهد الوزير ألا ينسحب": not, which belongs to what is said."""
        line = self.line
        if self.verb.kind not in _PROMISES or not line.is_word(at) or at in line.unnamed:
            return False
        spelled = line.article[at].light in line.words.spelled_not and not line.form(at).startswith(IN)
        return spelled and line.form(at + 1).startswith(_PRESENT)

    def _ends_search(self, at: int, noun: Noun | None, *, named: bool) -> bool:
        """Whether neither quotation nor أن can come any more; `named`: what looks like an object is the subject."""
        asked = self.shape.aspect == "masdar" and self.verb.kind != "say"  # "الدعوة الأميركية، ملمحا إلى أنها"
        if self.line.text(at) in STOPS or (asked and self.line.text(at) in COMMAS):
            return True
        if noun is None or at < noun.marker or named:
            return False
        far = noun.begin == noun.marker and (at != noun.marker or self._goes_on_naming(at))
        return not that_follows(self.line, at, self.verb, far=far)

    def _names_until_that(self, noun: Noun) -> bool:
        """ "أكد القيادي بحركة النهضة فلان في تصريح إذاعي أن": what looks like an object is the subject, if أن comes
        without a preposition of its own.
        """
        line = self.line
        if noun.begin is None or noun.begin != noun.marker or not self.verb.that or self.verb.source:
            return False
        somebody = line.text(noun.begin).startswith((ARTICLE, TO + TO)) or self._may_be_named(noun.begin)
        if not (somebody or self._is_owned_title(noun.begin)):
            return False
        for at in range(noun.begin + 1, self.limit):
            if line.text(at) in STOPS or line.joined(at) or line.is_finite(at):
                return False
            if line.is_that(at, self.verb):
                of_noun = any(reading.shape.aspect == "masdar" for reading in line.readings(at - 1))  # "قوله إن"
                return not (of_noun or line.form(at - 1) in line.pack.after_subject)
        return False

    def _is_owned_title(self, at: int) -> bool:
        """ "وأكد مندوبها لدى الأمم المتحدة أن"."""
        owned = self.line.article[at].light.endswith(OWNERS)
        return owned and not self.line.words.offices.isdisjoint(without_owners(self.line.form(at)))

    def _may_be_named(self, begin: int) -> bool:
        """ "أكد محافظ شبوة عوض الوزير في اتصال هاتفي أن": a word of his name, or a rank before it."""
        line = self.line
        ranked = any(line.form(at) in line.pack.continuing_titles for at in range(begin + 1, begin + _BEFORE_RANK))
        return (begin - 1 in line.strangers or ranked) and may_name(line, begin, first=True)

    def _goes_on_naming(self, at: int) -> bool:
        """ "نفى القيادي في الحركة فلان أن": what looks like an object still says who it is."""
        mention = self.line.mention_at.get(at)
        bare = self.line.form(at).removeprefix(ARTICLE)
        within = mention is not None and (mention.via == "adjective" or mention.start < at)
        return within or bare in self.line.pack.unnamed

    def _after_colon(self, colon: int) -> Report | None:
        begin, line = colon + 1, self.line
        silent = not self.verb.that and not self.verb.informs  # "هز رأسه: …"
        needs = bool(self.verb.needs) and (bool(self.verb.source) or silent)
        if begin >= line.end or (needs and not self._needs_met(colon)):
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
            and not self._is_name(opening)
        )

    def _is_name(self, opening: int) -> bool:
        """ "يرى الباحث في «معهد دراسات الأمن» ببرلين فلان أن": behind a noun, and what is said comes later."""
        line, before = self.line, opening - 1
        led = line.is_word(before) and before > self.position and before not in line.mention_at
        if not led or line.form(before).startswith(ARTICLE):
            return False
        first = line.quote_at[opening] + 1
        for at in range(first, min(self.limit, first + _BEHIND_NAME)):
            if line.text(at) in COMMAS | STOPS | COLONS or at in line.quote_at or line.is_finite(at):
                return False
            if line.is_any_that(at):
                own = line.form(at - 1) not in line.words.before_noun | line.words.towards
                return own and line.is_that(at, self.verb) and not line.readings(at - 1)
        return False

    def _is_irony(self, opening: int) -> bool:
        """ "بأنها تدعم «من غير شرط» المبادرة": the clause began before the quotation and goes on after it."""
        began = any(self.line.is_any_that(at) for at in range(max(self.line.start, opening - _NEAR_THAT), opening))
        return began and self.line.is_word(self.line.quote_at[opening] + 1)

    def _is_led_to(self, that: int) -> bool:
        """ "ذهب الخبير إلى أن", and not "ذهب الوفد إلى جنيف …، معلنا أن"."""
        return not self.verb.that_after or self.line.form(that - 1) in self.verb.that_after

    def _with_noun(self, noun: Noun | None) -> Report | None:
        if noun is None or noun.begin is None or not self._needs_met(noun.marker + PAST_MARKER):
            return None
        named = noun.begin - 1 in self.line.strangers and bool(self.verb.asks)  # the subject ends there for sure
        marker = noun.begin if named else max(noun.begin, noun.marker)
        found = self._report(marker, (noun.begin, self._end_of_noun(noun.begin)), "noun")
        led = self.line.form(noun.begin)[:1] in PREPOSITIONS  # or the last word of a name: "جان إيف لودريان"
        if noun.begin - 1 in self.line.strangers and not led:
            return replace(found, after=(self.position + 1, noun.begin))
        if noun.begin == noun.marker and self.verb.direct:  # nothing tells where the subject ends, but a body's name
            known = self.position + 1 < self.body <= noun.begin and not self.verb.asks
            end = self.body if known else min(self.limit, noun.begin + _DIRECT_SUBJECT)
            return replace(found, after=(self.position + 1, end))
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
