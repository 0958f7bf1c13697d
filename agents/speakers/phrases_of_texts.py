"""A text that speaks, and whose it is: "بيان للوزارة", "رسالة وجهها فلان"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agents.language.attribution import Report
from agents.language.names import ARTICLE
from agents.language.punctuation import COMMAS
from agents.speakers.noun_phrases import Phrase, is_noun, noun_phrase, phrase_at
from agents.speakers.page import Page
from agents.speakers.phrase_tools import PhraseTools, PhraseWays, somebody, voice_of
from agents.speakers.phrases_of_bodies import PhrasesOfBodies
from agents.speakers.short_names import without_owner
from agents.speakers.sides import is_added
from agents.speakers.voices import Voices

ReadNames = Callable[[int, int, Report], Voices]  # the phrase between two tokens, names and titles only
_OWNER_REACH: Final = 14  # tokens between a text and whose it is


class PhrasesOfTexts(PhraseWays):
    """Phrases that stand for whose text they name."""

    def __init__(self, tools: PhraseTools, bodies: PhrasesOfBodies) -> None:
        super().__init__(tools)
        self.bodies = bodies

    def text(self, phrase: Phrase, report: Report, read: ReadNames) -> Voices | None:
        """ "بيان للوزارة": whose text it is, else the last body that spoke."""
        if not self.page.is_text(phrase.head):
            return None
        end = min(report.subject_limit, phrase.begin + _OWNER_REACH)
        end = next((at for at in range(phrase.begin, end) if _begins_aside(self.page, at)), end)
        if phrase.head.startswith(ARTICLE) and self.page.name_at(phrase.begin + 1) is not None:
            end = phrase.begin + 1  # "ناشد البيان أنقرة": nothing that has its article is somebody's
        sender = self._sender(phrase, end, report, read)
        if sender:
            return sender
        owners = self.page.mentions(phrase.begin, end)
        if not owners and self.page.tables.in_its_name & phrase.heads:
            return self.earlier.last() or None
        if (
            not owners
            and len(self.earlier.last()) == 1
            and self.page.form(phrase.begin + 1) in self.page.tables.own_office
        ):
            return self.earlier.last()
        if not owners:
            of_body = self._of_joint_text(phrase, report) or self.bodies.of_body(phrase, report)
            return of_body or self.earlier.institution()
        owner = next((mention for mention in owners if mention.via == "name"), owners[0])
        others = [m for m in owners if m.start == owner.end and is_added(m) and m.target != owner.target]
        ends = (owner, *others)  # "البيان الصادر عن السراج وحفتر"
        return tuple(voice_of(self.page, m, phrase, text=self.page.words(phrase.begin, m.end)) for m in ends)

    def _sender(self, phrase: Phrase, end: int, report: Report, read: ReadNames) -> Voices:
        """ "رسالة وجهها فلان", "الرسالة التي بعث بها فلان"; a text itself where only who has seen it is told."""
        page, tables = self.page, self.page.tables
        for at in (phrase.begin + 1, end + 1 if page.form(end) in tables.relatives else -1):
            stem = without_owner(page.form(at)) or page.form(at)
            begin = at + 2 if page.form(at + 1) in page.pack.clause_words.back_to_it else at + 1
            if {stem, page.form(at)} & tables.met:
                sender = phrase_at(page, *noun_phrase(page, begin, report.subject_limit))
                named = read(sender.begin, sender.end, report) if sender is not None else ()
                return named or (somebody(sender) if sender is not None and is_noun(page, begin) else ())
            if page.form(at) in tables.seen and not phrase.head.startswith(ARTICLE):
                return somebody(phrase)
        return ()

    def _of_joint_text(self, phrase: Phrase, report: Report) -> Voices:
        """ "البيان المشترك", "النص الذي وقعه الطرفان": of those who met."""
        page, end = self.page, min(report.subject_limit, phrase.begin + _OWNER_REACH)
        two = self.tools.sides.two(phrase.begin, end)
        if two or not any(page.form(at) in page.tables.joint for at in range(phrase.begin, end)):
            return two
        joint = self.tools.joint.of_sides(phrase.begin) or self.tools.joint.of_talk(phrase.begin)
        return joint or self.tools.sides.most(phrase.begin)


def _begins_aside(page: Page, at: int) -> bool:
    """ "الرسالة، التي اطلعت الصحيفة عليها": no owner stands behind a comma or relative pronoun."""
    return page.text(at) in COMMAS or page.form(at) in page.tables.relatives
