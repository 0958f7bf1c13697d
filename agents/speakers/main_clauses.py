"""The subject of a sentence's main clause, also where its verb reports nothing: "وفي خطوة منفصلة قطعت رواندا …"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import ACCUSATIVE, AND, ARTICLE, FEMININES, OWNERS, SO, Mention
from agents.language.punctuation import COMMAS
from agents.speakers.noun_phrases import is_presented_name
from agents.speakers.page import PAUSES, Page

_LONGEST_ADVERBIAL: Final = 14  # tokens before the comma that ends it
_LONGEST_BARE_ADVERBIAL: Final = 9  # the same without a comma
_FEMININE_PAST: Final = "ت"
_FEMININE_OF_HAMZA: Final = "أت"  # "بدأت", "لجأت", "فاجأت"


class MainClauses:
    def __init__(self, page: Page) -> None:
        self.page = page

    def subject(self, start: int, limit: int) -> int | None:
        """Where the subject of the main clause from `start` on begins, if it follows its verb at once."""
        if self._bare(start) in self.page.tables.was and is_presented_name(self.page, start + 1, limit):
            return start + 1  # "وكان فلان رئيس وزراء البلاد قد التقى"
        met = self._after_meeting(start, limit)
        if met is not None:
            return met
        at = self._past_adverbials(start, limit)
        if at is None:
            return self._after_bare_adverbial(start, limit)
        while at < limit and (self._opens(at) or self._is_negation(at)):
            at += 1
        if start < at < limit and self._bare(at - 1) in self.page.tables.was and self._may_be_subject(at):
            return at  # "وكان فلان قد تفقد"
        return self._after_verb(at, limit)

    def doer(self, start: int, report: Report) -> Mention | None:
        """Who is named as that subject, where the verb of the report may go on with it."""
        subject = self.subject(start, report.cue[0])
        if subject is None or not self.agrees(subject, report):
            return None
        return self.page.mention_at.get(subject)

    def reaction(self, start: int, report: Report) -> int:
        """ "أقرت الوزارة الصفقة، فاستدعت بكين سفيرها وطالبت بـ": where that clause begins; `start` where none does."""
        page, cue = self.page, report.cue[0]
        comma = next((at for at in range(cue - 1, start, -1) if page.text(at) in COMMAS), start)
        begin = comma + 1
        subject = self.subject(begin, cue) if report.joined and page.form(begin).startswith(SO) else None
        return begin if subject is not None and self.agrees(subject, report) else start

    def agrees(self, subject: int, report: Report) -> bool:
        """Whether the verb of the report may have the subject of the verb before `subject`."""
        shape = report.shape
        if shape is None or shape.feminine is None or shape.number == "plural":
            return True
        verb = subject - 1
        while verb > 0 and self.page.form(verb) in self.page.tables.before_subject:
            verb -= 1
        return self._is_feminine(verb) is shape.feminine

    # -- the way to the verb ------------------------------------------------------------------------------------
    def _past_adverbials(self, start: int, limit: int) -> int | None:
        """Where the clause begins after "وفي القاهرة، "; None where no comma ends the adverbial."""
        at = start
        while at < limit:
            if self._opens(at):
                at += 1
            elif self._is_negation(at):
                return at
            elif self._is_adverbial(at):
                end = next(
                    (i for i in range(at + 1, min(limit, at + _LONGEST_ADVERBIAL)) if self.page.text(i) in COMMAS), None
                )
                if end is None or self.page.form(end + 1) in self.page.tables.relatives:
                    return None  # "وفي كراكاس خرج فلان، الذي": no comma of the adverbial
                at = end + 1
            else:
                return at
        return None

    def _opens(self, position: int) -> bool:
        return self.page.form(position) in self.page.tables.around_subject or self.page.text(position) in PAUSES

    def _is_negation(self, position: int) -> bool:
        return self._bare(position) in self.page.pack.clause_words.negations

    def _is_adverbial(self, position: int) -> bool:
        form = self._bare(position)
        if form in self.page.tables.met and self._may_be_subject(position + 1):
            return False  # "ظهر فلان على الشاشة", and not "ظهر اليوم"
        return position not in self.page.mention_at and form in self.page.tables.adverbial

    def _bare(self, position: int) -> str:
        form = self.page.form(position)
        return form.removeprefix(AND) if len(form) > 2 else form

    # -- the subject --------------------------------------------------------------------------------------------
    def _after_verb(self, verb: int, limit: int) -> int | None:
        page = self.page
        if not page.is_word(verb) or verb in page.mention_at or self._is_definite(verb):
            return None
        at = verb + 1
        while at < limit and page.form(at) in page.tables.before_subject:
            at += 1
        if page.form(at) in page.tables.utterances:
            at += 1  # "ولم يتأخر رد فلان"
        if at < limit and self._may_be_subject(at):
            return at
        if page.form(verb + 1) in page.tables.adverbial:  # "ودخل على الخط فلان"
            if page.form(verb + 2) in page.tables.this and verb + 3 < limit and self._may_be_subject(verb + 3):
                return verb + 3  # "يشكك في ذلك الباحث فلان"
            named = page.mention_at.get(verb + 3)
            apart = page.form(verb + 2).startswith(ARTICLE) and page.form(verb + 2) not in page.titled
            if apart and named is not None and verb + 3 < limit and page.is_person(named) and not named.governed:
                return verb + 3
        return None

    def _is_definite(self, position: int) -> bool:
        """Whether an article begins the word, and not a verb like "التقى"."""
        form = self.page.form(position).removeprefix(AND)
        return form.startswith(ARTICLE) and form not in self.page.tables.begins_like_article

    def _after_bare_adverbial(self, start: int, limit: int) -> int | None:
        """ "ومن حسابه نشر فلان": a name after a verb, that is after a feminine one or a noun that nothing can own."""
        for at in range(start + 2, min(limit, start + _LONGEST_BARE_ADVERBIAL)):
            if self._may_be_subject(at) and self._is_verb(at - 1):
                return at
        return None

    def _after_meeting(self, start: int, limit: int) -> int | None:
        """ "وفي القاهرة استقبل فلان السفير", "وأجرى الدكتور فلان اتصالا": behind a verb that is known."""
        for verb in range(start, min(limit - 1, start + _LONGEST_BARE_ADVERBIAL)):
            if self.page.text(verb) in COMMAS:
                return None
            if self._bare(verb) in self.page.tables.met and verb not in self.page.mention_at:
                at = verb + 1
                while self.page.form(at) in self.page.tables.before_subject:
                    at += 1  # "تلقى معالي الوزير فلان اتصالا"
                return at if self._may_be_subject(at) or self._is_titled(at) else None
        return None

    def _is_titled(self, position: int) -> bool:
        """Whether a title or a title of honour stands there."""
        form = self.page.form(position)
        return form in self.page.titled or form in self.page.tables.honorifics

    def _may_be_subject(self, position: int) -> bool:
        page, mention = self.page, self.page.mention_at.get(position)
        if mention is not None:
            return mention.start == position and not mention.governed and not _describes(mention)
        form = page.form(position)
        if form in page.tables.groups and form.endswith(ACCUSATIVE) and not self._is_of_named(position + 1):
            return False  # "يستقبل وفدا نيابيا", and not "وفدا مالي والنيجر"
        if any(
            form in words
            for words in (page.tables.officials, page.tables.independent, page.tables.groups, page.tables.counterparts)
        ):
            return True
        named = page.mention_at.get(position + 1)
        if form in page.tables.honorifics and named is not None and not named.governed:
            return True  # "سارع الشيخ فلان إلى"
        return form.startswith(ARTICLE) and form.removeprefix(ARTICLE) in page.titled

    def _is_of_named(self, position: int) -> bool:
        return position in self.page.mention_at or self.page.form(position).startswith(ARTICLE)

    def _is_verb(self, position: int) -> bool:
        page, form = self.page, self.page.form(position)
        known = position in page.mention_at or form in page.titled or form in page.pack.after_subject
        if (
            known
            or not page.is_word(position)
            or self._is_definite(position)
            or self._bare(position) in page.tables.adverbial
        ):
            return False
        before = position - 1
        closed = before in page.mention_at or page.form(before).startswith(ARTICLE)
        return closed or page.text(before).endswith(OWNERS) or self._is_feminine(position)

    def _is_feminine(self, position: int) -> bool:
        form = self._bare(position)
        noun = form.endswith(FEMININES) and not self.page.article[position].light.endswith(_FEMININE_OF_HAMZA)
        past = form.endswith(_FEMININE_PAST) and not noun
        return past or (form.startswith(_FEMININE_PAST) and form not in self.page.tables.he_did)


def _describes(mention: Mention) -> bool:
    return mention.via == "adjective"
