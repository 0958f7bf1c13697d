"""The subject that stands before its verb, also with a parenthesis or an apposition between them."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.attribution.bodies import may_be_body
from agents.language.names import ARTICLE, IN, SO, TO
from agents.language.punctuation import COMMAS
from agents.language.text import CLOSING, OPENING
from agents.speakers.noun_phrases import is_name_and_title, noun_phrase, phrase_at
from agents.speakers.page import PAUSES
from agents.speakers.phrase_tools import stranger_of
from agents.speakers.voices import Voices
from agents.speakers.ways import Ways
from schemas import ActorKind

_SURNAME: Final = 2  # letters
_TITLE_AND_NAME: Final = 3  # tokens, or fewer
_LONGEST_APPOSITION: Final = 14  # tokens
_TOWN: Final = 3  # tokens of "في خان يونس"
_PREFIXES: Final = (TO, IN)  # of words that are no subject


class BeforeVerbs(Ways):
    """Subjects before their verb."""

    def before_verb(self, report: Report, sentence_start: int) -> Voices:
        """The phrase that stands directly before the verb."""
        cue, page = report.cue[0], self.page
        if report.aspect == "present" and page.form(cue).startswith(TO) and page.text(cue - 1) in COMMAS:
            return ()  # "خرج فلان، الذي تدعمه بلاده، ليقول إن": the subject of the verb before
        if (report.joined and not self._is_announced(report)) or page.form(cue - 1) in page.tables.until:
            return ()
        begin, end = self._without_particles(*self._past_parenthesis(*report.before, sentence_start))
        begin = self._past_verb(self._past_was(begin, end), end)
        begin = self._past_contrary(self._past_scene(begin, end), end)
        if begin >= end or not self._may_be_subject(begin, end) or self._is_clause(begin, cue):
            return ()
        if page.form(begin - 1) in page.tables.relatives and page.text(cue - 1) in COMMAS:
            return ()  # "وفي ملف الأسرى، الذي يراه الوسطاء سهلا، قال فلان"
        if self._is_said_before(begin, end, cue):
            return ()
        start, stop = noun_phrase(self.page, begin, end)
        whole = stop >= end - 1 or self._is_presented(begin) or self._is_apart(begin, stop, cue)
        voices = self.phrases.read(start, stop, report, known=True) if whole else ()
        return voices or self._by_surname(begin, end) or self._body(begin, stop, end, report)

    def _body(self, begin: int, stop: int, end: int, report: Report) -> Voices:
        """ "لكن الدفاع المدني في غزة أفاد بأن": a definite body on no watchlist, also with its town."""
        page, words = self.page, self.page.pack.clause_words
        feminine = report.shape.feminine if report.shape is not None else None
        form = page.form(begin)
        if not (report.finite and form.startswith(ARTICLE) and may_be_body(form, words, feminine=feminine)):
            return ()
        town = page.form(stop) in page.tables.of_place and (page.is_town(stop + 1) or stop + 1 in page.mention_at)
        phrase = phrase_at(page, begin, stop)
        whole = stop == end or (town and end - stop <= _TOWN)
        return stranger_of(page, phrase) if whole and phrase is not None and not phrase.mentions else ()

    def _is_said_before(self, begin: int, end: int, cue: int) -> bool:
        """ "حيث لا يظن أحد أن أحدا يراقب الحدود، أعلنت الحركة": what أن leads to ends at the comma before the verb."""
        page = self.page
        led = page.form(begin - 1) in page.pack.clause_words.bare_that
        return led and page.text(cue - 1) in COMMAS and not any(page.text(at) in COMMAS for at in range(begin, end))

    def _is_clause(self, begin: int, cue: int) -> bool:
        """ "بينما تحشد روسيا قواتها، قال فلان", "حيث عقدت قمة أوروبية، قال": a verb behind the conjunction."""
        page, tables = self.page, self.page.tables
        noun = begin in page.mention_at or page.form(begin).startswith(ARTICLE) or page.head(begin) in page.titled
        apart = tables.explains | tables.when if page.text(cue - 1) in COMMAS else frozenset()
        return page.form(begin - 1) in tables.turns_to | apart and not noun

    def apposed(self, report: Report, sentence_start: int) -> Voices:
        """ "غير أن صحيفة «س»، لسان حال الحكومة، ذكرت أن": a subject that an apposition parts from its verb."""
        page, cue = self.page, report.cue[0]
        earliest = max(sentence_start, self.earlier.any_cue + 1)
        if page.text(cue - 1) not in COMMAS or report.joined:
            return ()
        commas = range(cue - 3, max(earliest, cue - _LONGEST_APPOSITION), -1)
        comma = next((at for at in commas if page.text(at) in COMMAS), cue)
        first = page.form(comma + 1)
        if comma == cue or not (first.startswith(ARTICLE) or first in page.tables.tongue or first in page.titled):
            return ()
        begin = comma
        while begin > earliest and page.text(begin - 1) not in COMMAS and not self._is_particle(begin - 1):
            begin -= 1
        if begin >= comma or not self._may_be_subject(begin, comma):
            return ()
        if is_name_and_title(page, begin, cue - 1):
            return self.phrases.read(begin, cue - 1, report, known=True)
        start, stop = noun_phrase(page, begin, comma)
        return self.phrases.read(start, stop, report, known=True) if stop >= comma else ()

    def _by_surname(self, begin: int, end: int) -> Voices:
        """ "وكان شي قد أبلغ ترامب أن": one word between the two that is a part of a name."""
        page = self.page
        led = end == begin + 1 and page.unjoined(page.form(begin - 1)) in page.tables.was
        person = self.phrases.tools.short_names.person(begin, _SURNAME) if led else None
        return (page.voice(person),) if person is not None else ()

    def _is_apart(self, begin: int, stop: int, cue: int) -> bool:
        """ "فلان، ضيفا على القناة، حذر من": a person's name with one parenthesis between it and the verb."""
        page, mention = self.page, self.page.mention_at.get(begin)
        named = mention is not None and mention.end == stop and mention.via == "name" and page.is_person(mention)
        commas = [at for at in range(stop, cue) if page.text(at) in COMMAS]
        return named and commas == [stop, cue - 1]

    def _past_parenthesis(self, begin: int, end: int, sentence_start: int) -> tuple[int, int]:
        """ "فالوزير، وقد حطت طائرته أمس، كرر": what stands before such a parenthesis."""
        page = self.page
        comma = begin - 1 - (page.text(begin - 1) not in COMMAS)
        within = page.text(comma) in COMMAS and page.form(comma + 1) in page.tables.in_passing
        if not within or page.text(end - 1) not in COMMAS:
            return begin, end
        start, earliest = comma, max(sentence_start, self.earlier.any_cue + 1)
        while start > earliest and page.text(start - 1) not in COMMAS:
            start -= 1
        return start, comma

    def _is_presented(self, begin: int) -> bool:
        """ "لكن طبيبا في مستشفى المدينة …", "إلا أن محاميا عن …": behind a particle somebody of no name."""
        page, form = self.page, self.page.form(begin)
        led = page.unjoined(page.form(begin - 1)) in page.tables.around_subject and not form.startswith(ARTICLE)
        named = page.mention_at.get(begin)
        nameless = named is None or (page.kind(named) is ActorKind.UNNAMED and not named.governed)
        return led and nameless and page.head(begin) in page.titled | page.pack.unnamed

    def _past_was(self, begin: int, end: int) -> int:
        """ "وفي قاعة أخرى على بعد شارعين كان فلان يؤكد": behind the verb that begins the clause."""
        page = self.page
        for at in range(end - 1, begin, -1):
            if page.form(at - 1) in page.tables.was:
                named = page.mention_at.get(at + 2 if page.text(at + 1) in OPENING else at)  # "كانت حركة «س» أعلنت"
                known = named is not None and named.start >= at and not named.governed and named.via != "adjective"
                last = named.end if named is not None else noun_phrase(page, at, end)[1]
                whole = last + (page.text(last) in CLOSING) >= end
                return at if whole and (known or page.head(at) in page.titled) else begin
        return begin

    def _past_verb(self, begin: int, end: int) -> int:
        """ "وهو ما نفاه مسؤول صومالي قال للإذاعة إن": behind another verb somebody of whom there are several."""
        page = self.page
        for at in range(end - 1, begin, -1) if page.text(end) not in COMMAS else ():
            nameless = page.form(at) in page.tables.officials | page.tables.independent
            nameless = nameless and not page.form(at).startswith(ARTICLE)
            told = page.is_verb(page.form(at - 1)) or page.form(at - 1) in page.tables.before_subject
            if nameless and told and noun_phrase(page, at, end)[1] >= end:
                return at
        return begin

    def _past_scene(self, begin: int, end: int) -> int:
        """ "من كسلا، فلان يخاطب جنوده": behind the comma that ends an adverbial."""
        comma = next((at for at in range(begin, end) if self.page.text(at) in COMMAS), end)
        led = begin not in self.page.mention_at and self._is_adverbial(self.page.form(begin))
        named = self.page.mention_at.get(comma + 1)
        known = named is not None and named.via != "adjective" and not named.governed
        office = self.page.form(comma + 1) in self.page.pack.clause_words.institutions
        return comma + 1 if led and (known or office) and comma + 1 < end else begin

    def _past_contrary(self, begin: int, end: int) -> int:
        """ "خلافا لما كان الوزير أعلنه": he said it; "خلافا لما قاله الوزير، ذكر": another one."""
        if self.page.form(begin) not in self.page.tables.contrary:
            return begin
        if any(self.page.text(at) in COMMAS for at in range(begin, end + 1)):
            return end
        begin += 2
        while begin < end and self._is_particle(begin):
            begin += 1
        return begin

    def _is_announced(self, report: Report) -> bool:
        """ "أما بوتين فقد شدد": the subject stands before a verb with ف."""
        begin, cue = report.before[0], report.cue[0]
        tables = self.page.tables
        if self.page.form(cue)[:1] == SO and cue - 1 > begin and self.page.form(cue - 1) in tables.again:
            return True
        opening = range(max(0, begin - 1), min(begin + 2, cue))
        return self.page.form(cue - 1) in tables.relatives or any(self.page.form(at) in tables.as_for for at in opening)

    def _without_particles(self, begin: int, end: int) -> tuple[int, int]:
        page = self.page
        if page.form(end)[:1] == SO and end - 1 > begin and page.form(end - 1) in page.tables.again:
            end -= 1  # "لكن مسؤولا عاد فقال"
        while end > begin and self._is_particle(end - 1):
            end -= 1
        while begin < end and (self._is_particle(begin) or page.form(begin) in page.pack.clause_words.going_on):
            begin += 1
        return begin, end

    def _is_particle(self, position: int) -> bool:
        if self.page.form(position) in self.page.pack.clause_words.negations:
            position += 1  # "لا يزال فلان يقول"
        return self.page.form(position) in self.page.tables.around_subject or self.page.text(position) in PAUSES

    def _may_be_subject(self, begin: int, end: int) -> bool:
        """No adverbial ("وفي القاهرة شدد …") and no clause of its own stands before the verb."""
        mention = self.page.mention_at.get(begin)
        if mention.governed if mention is not None else self._is_adverbial(self.page.form(begin)):
            return False
        return not any(
            self.page.is_verb(self.page.form(at))
            and at not in self.page.mention_at
            and self.page.form(at) not in self.page.tables.officials
            and not self._is_quoted_name(at)
            and not self._is_asked(begin, at)
            for at in range(begin, end - (end - begin > _TITLE_AND_NAME))  # a name may be written like a verb: "روته"
        )

    def _is_quoted_name(self, at: int) -> bool:
        """ "منصة «تبيّن»"."""
        return self.page.text(at - 1) in OPENING and self.page.text(at + 1) in CLOSING

    def _is_asked(self, begin: int, at: int) -> bool:
        """ "على أن مصدرا تحدثت إليه الصحيفة في العاصمة قال": a clause about somebody of whom there are several."""
        page = self.page
        return self._is_presented(begin) and page.form(at + 1) in page.tables.to_him

    def _is_adverbial(self, form: str) -> bool:
        tables = self.page.tables
        forms = (form, self.page.unjoined(form))
        if not (tables.adverbial.isdisjoint(forms) and tables.about.isdisjoint(forms)):  # "وبخصوص الحوار، أفاد مصدر"
            return True
        return form.startswith(_PREFIXES) and form not in self.page.pack.unnamed and form not in tables.officials
