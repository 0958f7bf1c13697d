"""Who is named at or before a place of the article, for ways that find nobody beside the verb."""

from __future__ import annotations

from agents.language.attribution import Report
from agents.language.names import ARTICLE, HER, HIS, Mention, words_of
from agents.speakers.noun_phrases import Phrase, is_name_and_title, is_presented_name, noun_phrase, phrase_at
from agents.speakers.people import is_stranger, person_of
from agents.speakers.phrase_tools import stranger_of
from agents.speakers.voices import Voice, Voices
from agents.speakers.ways import Ways


class Nearby(Ways):
    """Reads who is named nearby."""

    def last_person(self, position: int, sentence_start: int) -> Voices:
        """The person who is named last before a position, since its sentence starts and somebody spoke."""
        hers = self.page.light(position).endswith(HER)  # "حسب قولها"
        for at in range(position - 1, max(sentence_start, self.earlier.last_cue + 1) - 1, -1):
            mention = self.page.mention_at.get(at)
            if mention is not None and self.page.is_person(mention) and not (hers and self._is_masculine(mention)):
                return (self.page.voice(mention),)
        return ()

    def _is_masculine(self, mention: Mention) -> bool:
        """Whether a person's title on the watchlist is written as a man's."""
        return self.is_man(self.page.voice(mention))

    def is_man(self, voice: Voice) -> bool:
        """Whether somebody has a title on the watchlist that is written as a man's."""
        actor = self.page.lexicon.actors.get(voice.actor_id or "")
        roles = actor.roles.get("ar", ()) if actor is not None else ()
        return bool(roles) and not any(words_of(role)[0].endswith(HIS) for role in roles)

    def first_named(self, begin: int, end: int) -> Voices:
        """Who is named or presented first in a range."""
        for at in range(begin, end):
            mention = self.page.mention_at.get(at)
            if mention is not None and mention.start == at and mention.via != "adjective":
                return (self.page.voice(mention),)
            if self.page.form(at) in self.page.tables.officials:
                phrase = phrase_at(self.page, *noun_phrase(self.page, at, end))
                if phrase is not None and phrase.mentions:
                    return self.named(phrase)
        return ()

    def named(self, phrase: Phrase) -> Voices:
        """Somebody on no watchlist where the phrase names one, else whom it stands for."""
        if is_stranger(self.page, phrase, before_noun=False) or is_name_and_title(self.page, phrase.begin, phrase.end):
            return (Voice(None, phrase.text, self.page.party(phrase.mentions[0]), heads=phrase.heads),)
        return self.phrases.tools.sides.named(phrase, frozenset())

    def names_somebody(self, at: int) -> bool:
        """Whether a subject stands there: a name, or a title."""
        page, mention = self.page, self.page.mention_at.get(at)
        if mention is not None:
            return mention.start == at and not mention.clitics and mention.via != "adjective"
        return page.form(at) in page.titled or page.form(at) in page.tables.counterparts

    def stranger_at(self, position: int, cue: int, report: Report) -> Voices:
        """ "تداول ناشطون مقطعا قالوا إنه", "يميل الباحث فلان إلى الرأي الثاني، معتبرا أن": somebody on no watchlist."""
        tables = self.page.tables
        begin, end = noun_phrase(self.page, position, cue)
        # "وكان فلان قد رجح"
        end = next((at for at in range(begin + 1, end) if self.page.form(at) in tables.around_subject), end)
        phrase = phrase_at(self.page, begin, end)
        if phrase is not None and is_stranger(self.page, phrase, before_noun=False):
            return self.phrases.read(phrase.begin, phrase.end, report, known=True)
        if phrase is not None and is_presented_name(self.page, begin, end):
            return stranger_of(self.page, phrase)
        if self.page.form(position) not in tables.independent | tables.groups:
            return ()
        return self.phrases.read(*noun_phrase(self.page, position, min(cue, position + 1)), report, known=True)

    def opened_by(self, position: int, cue: int) -> Voices:
        """Whom the noun phrase there names, a person first."""
        phrase = phrase_at(self.page, *noun_phrase(self.page, position, cue))
        if phrase is None or not phrase.mentions:
            return ()
        bare = self.page.form(position).removeprefix(ARTICLE)
        if phrase.mentions[0].via == "adjective" and bare not in self.page.tables.officials:
            return ()
        person = person_of(self.page, phrase)
        if person is not None:
            return (Voice(person.target, phrase.text, self.page.party(person)),)
        return self.named(phrase)
