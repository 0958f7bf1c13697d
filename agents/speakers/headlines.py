"""Whom the headline of an interview names: "الوزير فلان لـ«الجريدة»: لن نوقع"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.language.names import ARTICLE, TO
from agents.language.punctuation import COLONS, DASHES, STOPS
from agents.language.text import OPENING, tokens_of
from agents.speakers.incumbents import Incumbents
from agents.speakers.noun_phrases import is_name_word, phrase_at
from agents.speakers.page import Page
from agents.speakers.voices import Voice, Voices

_LEAST_NAME: Final = 2  # words
_TO_WHOM: Final = 4  # tokens from "أسئلة" to "إلى" or "مع"
_REACH: Final = 12  # tokens from a name to the colon behind it


class Headline:
    """`known`: the tokens of the page in which it introduces somebody."""

    def __init__(self, page: Page, title: str, known: Sequence[int]) -> None:
        self.page, self.title, self.known = page, title, known
        self.words = tokens_of(title)

    def speaker(self) -> Voices:
        """ "الوزير فلان لـ«الجريدة»: لن نوقع", "فلان: لن نوقع"."""
        page, words = self.page, self.words
        person = next((one for one in page.lexicon.actor_names.find(words) if page.is_person(one)), None)
        if person is None or person.clitics == TO or any(t.form not in page.titled for t in words[: person.start]):
            return ()
        after = [token.text for token in words[person.end : person.end + _REACH]]
        if not any(text in COLONS for text in after):
            return ()
        name = self.title[words[person.start].start : words[person.end - 1].end]
        return (Voice(person.target, name, page.party(person)),)

    def only_person(self) -> Voices:
        """ "فلان في حوار مع «الجريدة»", "حوار مع الوزير فلان": the one person whom it names."""
        page, words = self.page, self.words
        persons = [one for one in page.lexicon.actor_names.find(words) if page.is_person(one)]
        if len({person.target for person in persons}) != 1:
            return ()
        name = self.title[words[persons[0].start].start : words[persons[0].end - 1].end]
        return (Voice(persons[0].target, name, page.party(persons[0])),)

    def stranger(self) -> Voices:
        """ "السفير فلان لـ«الجريدة»: لن نوقع", who is on no watchlist."""
        words = self.words
        for at in range(1, min(len(words) - 1, _REACH)):
            if words[at].form == TO and words[at + 1].text in OPENING:
                return (Voice(None, self.title[words[0].start : words[at - 1].end], None),)
        return ()

    def official(self) -> Voices:
        """ "وزيرة خارجية الجزائر: القمة قائمة": who is named by nothing but an office, and holds it."""
        page, words = self.page, self.words
        end = next((at for at, t in enumerate(words[:_REACH]) if t.text in COLONS | DASHES or t.form == TO), 0)
        if end < _LEAST_NAME or words[0].form not in page.titled:
            return ()
        mentions = [one for one in page.lexicon.actor_names.find(words) if one.end <= end]
        title = Page(words, mentions, page.lexicon, page.tables)
        phrase = phrase_at(title, 0, end)
        party = next(map(page.party, mentions), None)
        name = self.title[words[0].start : words[end - 1].end]
        return (Incumbents(title).holder(phrase) if phrase is not None else ()) or (Voice(None, name, party),)

    def asked(self) -> Voices:
        """ "خمسة أسئلة إلى السفيرة السابقة فلانة", "أسئلة سريعة مع فلان"."""
        page, words = self.page, self.words
        known, forms = page.pack.clause_words, [token.form for token in words]
        put = next((at for at, form in enumerate(forms) if form in known.questions), len(words))
        to = known.guest_behind | known.interview_with
        begin = next((at + 1 for at in range(put + 1, min(put + _TO_WHOM, len(words))) if forms[at] in to), len(words))
        ends = (at for at in range(begin, len(words)) if words[at].text in STOPS | COLONS | DASHES)
        end = next(ends, len(words))
        if end - begin < _LEAST_NAME:
            return ()
        person = next(filter(page.is_person, page.lexicon.actor_names.find(words[begin:end])), None)
        name = self.title[words[begin].start : words[end - 1].end]
        return (Voice(None, name, None) if person is None else Voice(person.target, name, page.party(person)),)

    def has_name(self) -> bool:
        """Whether more than a title and a country stands before what the headline quotes: not "نائب ليتواني لـ«…»"."""
        page, words = self.page, self.words
        end = next((at for at, token in enumerate(words[:_REACH]) if token.form == TO or token.text in COLONS), 0)
        named = {at for mention in page.lexicon.actor_names.find(words) for at in range(mention.start, mention.end)}
        named |= {at for at in range(end) if (words[at].form,) in page.lexicon.towns}
        forms = [words[at].form for at in range(1, end) if at not in named]
        return any(not (form in page.titled or form.startswith(ARTICLE)) for form in forms)

    def introduced_too(self) -> Voices:
        """ "الدبلوماسي السابق فلان: لن نوقع", "فلان لـ«الجريدة»: لن نوقع": who is named in the introduction too."""
        words = self.words
        end = next((at for at, t in enumerate(words[:_REACH]) if t.text in COLONS or t.form == TO), 0)
        name = [token.form for token in words[max(0, end - 2) : end]]
        known = [self.page.form(at) for at in self.known]
        lexicon = self.page.lexicon
        if len(name) < 2 or lexicon.actor_names.find(words[:end]) or lexicon.place_names.find(words[:end]):
            return ()
        together = _is_name(name) and any(
            known[at : at + 2] == name and is_name_word(self.page, self.known[at]) for at in range(len(known))
        )
        titled = name[0] in self.page.titled and name[1] in known  # "الجنرال فلان: …"
        if not together and not titled:
            return ()
        return (Voice(None, self.title[words[0].start : words[end - 1].end], None),)


def _is_name(words: list[str]) -> bool:
    return not any(word.startswith(ARTICLE) for word in words[:1])
