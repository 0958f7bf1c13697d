"""Whose text or meeting it is in which something is said: "وجه فلان رسالة أبدى فيها استعداده"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import ACCUSATIVE, ARTICLE, HER, HIS, IN, TO, Mention
from agents.language.punctuation import COMMAS
from agents.speakers.noun_phrases import noun_phrase
from agents.speakers.page import PAUSES, Page
from agents.speakers.voices import Voices
from agents.speakers.ways import Ways

_LONGEST_TITLE: Final = 4  # tokens before a name: "لوزير الخارجية الروسي"
_NEAR_TEXT: Final = 10  # tokens between a text with its owner and its verb
_TEXT_REACH: Final = 25  # tokens between a text and the verb


class OfTexts(Ways):
    """Speakers who are named beside a text."""

    def is_known(self, report: Report) -> bool:
        """ "وينص بيان جنيف على", and "ويدعو البيان إلى" behind it: a text of that name, in which nobody speaks now."""
        page, text = self.page, report.after[0]
        if not report.finite or report.form == "before" or not page.is_text(page.form(text)):
            return False
        if page.form(text).startswith(ARTICLE):
            if page.light(text + 1).startswith(ARTICLE):
                return False  # "البيان الختامي": another one
            same = page.form(text).removeprefix(ARTICLE)
            text = next((at for at in range(text - 1, -1, -1) if page.form(at) == same), text)
        return text + 1 not in page.mention_at and page.is_town(text + 1)

    def text_before(self, report: Report, sentence_start: int) -> Voices:
        """ "وفي بيان صدر عن الوزيرين نص على أن": the text in which it stands."""
        page, cue = self.page, report.cue[0]
        follows = cue + 2 if page.form(cue + 1) in page.tables.text_in else cue + 1
        if not report.verb.text_speaks or page.is_text(page.form(follows)):
            return ()
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue + 1, cue - _TEXT_REACH) - 1, -1):
            if page.is_text(page.form(at)) and page.form(at - 1) in page.tables.of_place:
                return self.phrases.read(at, cue, report, known=True)
        return ()

    def issued(self, report: Report, sentence_start: int) -> Voices:
        """ "وتلا فلان نص الوثيقة، وتنص على": who reads out, signs or sends what speaks then."""
        page, cue = self.page, report.cue[0]
        if not (report.verb.text_speaks and report.joined) or self.earlier.spoke_since(sentence_start):
            return ()
        for at in range(cue - 1, sentence_start - 1, -1):
            if page.unjoined(page.form(at)) in page.tables.met | page.tables.issued and at not in page.mention_at:
                begin, end = noun_phrase(page, at + 1, cue)
                text = next((i for i in range(begin, cue) if page.is_text(page.form(i))), None)
                return self.phrases.read(begin, min(end, text), report, known=True) if text is not None else ()
        return ()

    def carried(self, report: Report, sentence_start: int) -> Voices:
        """ "نشر الموقع مقتطفات من حديث فلان: «…»": the person whose text it is."""
        page, (begin, end) = self.page, report.after
        if report.verb.id not in page.tables.carries:
            return ()
        for at in range(begin, end):
            person = page.mention_at.get(at)
            if person is None or person.start != at or not page.is_person(person) or at == begin:
                continue
            of_text = person.governed and person.clitics.endswith(TO)
            return (page.voice(person),) if self._is_text(at - 1) and (of_text or not person.governed) else ()
        return ()

    def _is_text(self, at: int) -> bool:
        """A text, or what is said: "تصريحا"."""
        text = self.page.form(at).removesuffix(ACCUSATIVE)
        return text in self.page.pack.clause_words.told_texts or self.page.is_text(text)

    def within(self, report: Report, sentence_start: int) -> Voices:
        """ "وجه فلان رسالة أبدى فيها استعداده": the subject of the main clause, whoever it is."""
        page, cue = self.page, report.cue[0]
        if report.aspect == "present" and _carries(page, cue):
            named = [m for m in page.mentions(sentence_start, cue) if m.via != "adjective" and not m.governed]
            return (page.voice(named[-1]),) if named else ()
        near = (page.form(cue + 1), page.form(cue + 2) if page.form(cue + 1) in page.tables.before_subject else "")
        apart = page.text(cue - 1) in PAUSES and not report.joined
        if page.tables.within_it.isdisjoint(near) or apart or self._is_told_of(cue):
            return ()
        if report.joined:
            return self._who_held_it(sentence_start, report)
        whose = page.mention_at.get(cue - 1)
        if whose is not None and self._sends_it(whose):
            return (page.voice(whose),)
        if shown := self._shown(sentence_start, cue):
            return shown
        return self._issued_by(sentence_start, report) or self._of_clause(sentence_start, report)

    def _is_told_of(self, cue: int) -> bool:
        """ "قال مصدر إن المحادثات انتهت، وأن الوفد السوري شدد فيها على": behind أن stands another subject."""
        page = self.page
        for at in range(cue - 2, cue - 2 - _LONGEST_TITLE, -1):
            if page.text(at) in PAUSES:
                return False
            if page.unjoined(page.form(at)) in page.pack.clause_words.bare_that:
                return True
        return False

    def of_owner(self, report: Report, sentence_start: int) -> Voices:
        """ "عند تصريح لوزير الخارجية يفيد بأن": whose text it is that stands right before the verb."""
        page, cue = self.page, report.cue[0]
        if report.aspect != "present" or report.joined or page.text(cue - 1) in COMMAS:
            return ()
        for at in range(cue - 2, max(sentence_start, self.earlier.last_cue, cue - _NEAR_TEXT), -1):
            if self._is_text(at) and page.form(at + 1).startswith(TO):
                person = next((one for one in page.mentions(at + 1, cue) if page.is_person(one)), None)
                return (page.voice(person),) if person else self.phrases.read(at + 1, cue, report, known=True)
        return ()

    def _of_clause(self, sentence_start: int, report: Report) -> Voices:
        """The subject of the main clause, or of the one behind the last comma."""
        page, cue = self.page, report.cue[0]
        start = max(sentence_start, self.earlier.last_cue + 1)
        comma = next((at for at in range(cue - 1, start, -1) if page.text(at) in COMMAS), start)
        subject = self.clauses.subject(start, cue)
        if subject is None and comma > start:  # "بعد تأكيد فلان أن …، وبعد نشر فلان رواية جاء فيها"
            subject = self.clauses.subject(comma + 1, cue)
        if subject is None:
            return ()
        begin, end = noun_phrase(page, subject, cue)
        return self.phrases.read(begin, end, report, known=True)

    def _issued_by(self, sentence_start: int, report: Report) -> Voices:
        """ "وصدر عن المجتمعين بيان جاء فيه": who stands between such a verb and its text."""
        page, cue = self.page, report.cue[0]
        for at in range(cue - 3, max(sentence_start, self.earlier.last_cue), -1):
            led = page.form(at) in page.tables.of_official and page.unjoined(page.form(at - 1)) in page.tables.issued
            if led:
                begin, end = noun_phrase(page, at + 1, cue)
                text = next((i for i in range(begin, cue) if page.is_text(page.form(i))), end)
                return self.phrases.read(begin, min(end, text), report, known=True)
        return ()

    def _sends_it(self, whose: Mention) -> bool:
        """ "بثت القناة تصريحا لفلان قال فيه", "تلقى فلان رسالة من نظيره فلان يؤكد فيها"."""
        page, before = self.page, whose.start - 1
        sent = page.form(before) in page.tables.of_place and page.is_text(page.form(before - 1))
        titles = range(before, before - _LONGEST_TITLE, -1)
        titled = any(page.form(at).startswith(TO) and self._is_text(at - 1) for at in titles)
        return page.is_person(whose) and (sent or titled or whose.clitics.endswith(TO))

    def _shown(self, sentence_start: int, cue: int) -> Voices:
        """ "تداول ناشطون مقطعا لفلان من بودابست يتمنى فيه أن": whose text it is that others spread."""
        page = self.page
        for whose in page.mentions_before(cue, cue - max(sentence_start, self.earlier.last_cue + 1) + 1):
            text = page.form(whose.start - 1).removesuffix(ACCUSATIVE)
            told = page.is_text(text) or text in page.tables.recordings
            if told and whose.clitics.endswith(TO) and page.is_person(whose):
                return (page.voice(whose),)
        return ()

    def _who_held_it(self, sentence_start: int, report: Report) -> Voices:
        """ "بعد مؤتمر صحفي عقده فلان مع نظيره، ودعا خلاله": whose meeting or text it was."""
        page, cue = self.page, report.cue[0]
        for at in range(cue - 1, max(sentence_start, self.earlier.any_cue), -1):
            verb = page.form(at).removesuffix(HIS if page.form(at).endswith(HIS) else HER)
            if at not in page.mention_at and verb in page.tables.met and page.form(at) != verb:
                return self.phrases.read(*noun_phrase(page, at + 1, cue), report, known=True)
        return ()


def _carries(page: Page, cue: int) -> bool:
    """ "خرج الوزير بتغريدة تقول إن", "أذاع الديوان بيانا يقول إن": a text that somebody comes with."""
    form = page.form(cue - 1)
    led = form[:1] == IN and page.is_text(form) and not form[1:].startswith(ARTICLE)
    return led or (form.endswith(ACCUSATIVE) and page.is_text(form.removesuffix(ACCUSATIVE)))
