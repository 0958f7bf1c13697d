"""Whom an interview is with: whose words the headline gives, else who speaks most in its introduction, else the person
whom that names most."""

from __future__ import annotations

from collections import Counter
from typing import Final

from agents.language.names import TO
from agents.language.punctuation import COLONS
from agents.language.text import OPENING, tokens_of
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.page import Page
from agents.speakers.voices import Voice, Voices

_HEADLINE: Final = 12  # tokens from a name to the colon behind it


def interviewed(page: Page, earlier: EarlierSpeakers, position: int, title: str) -> Voices:
    """`position`: of the first question."""
    named = [mention for mention in page.mentions(0, position) if page.is_person(mention)]
    alone = len({mention.target for mention in named}) == 1
    headed = _in_headline(page, title) or (() if alone else _stranger_in_headline(title))
    if headed:
        return headed
    spoke = Counter(voices[0].actor_id or voices[0].name for voices in earlier.history if len(voices) == 1)
    for guest, _ in spoke.most_common(1):
        return next(v for v in earlier.history if len(v) == 1 and guest in (v[0].actor_id, v[0].name))
    for target, _ in Counter(mention.target for mention in named).most_common(1):
        return (page.voice(next(mention for mention in named if mention.target == target)),)
    return ()


def _in_headline(page: Page, title: str) -> Voices:
    """ "الوزير فلان لـ«الجريدة»: لن نوقع", "فلان: لن نوقع"."""
    words = tokens_of(title)
    person = next((one for one in page.lexicon.actor_names.find(words) if page.is_person(one)), None)
    if person is None or person.clitics == TO or any(t.form not in page.titled for t in words[: person.start]):
        return ()
    after = [token.text for token in words[person.end : person.end + _HEADLINE]]
    if not any(text in COLONS for text in after):
        return ()
    name = title[words[person.start].start : words[person.end - 1].end]
    return (Voice(person.target, name, page.party(person)),)


def _stranger_in_headline(title: str) -> Voices:
    """ "السفير فلان لـ«الجريدة»: لن نوقع", who is on no watchlist."""
    words = tokens_of(title)
    for at in range(1, min(len(words) - 1, _HEADLINE)):
        if words[at].form == TO and words[at + 1].text in OPENING:
            return (Voice(None, title[words[0].start : words[at - 1].end], None),)
    return ()
