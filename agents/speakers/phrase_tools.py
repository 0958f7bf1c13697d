"""What noun phrases are read with, and whom one stands for on its own."""

from __future__ import annotations

from agents.language.names import Mention
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.incumbents import Incumbents
from agents.speakers.joint import Joint
from agents.speakers.letterheads import letterhead
from agents.speakers.noun_phrases import Phrase
from agents.speakers.offices import Offices
from agents.speakers.owned import OwnedOffices
from agents.speakers.page import Page
from agents.speakers.short_names import ShortNames
from agents.speakers.sides import Sides
from agents.speakers.titles import Titles
from agents.speakers.voices import Voice, Voices


class PhraseTools:
    """What one article's noun phrases are read with."""

    def __init__(self, page: Page, earlier: EarlierSpeakers) -> None:
        self.page, self.earlier = page, earlier
        self.incumbents = Incumbents(page)
        self.short_names = ShortNames(page, letterhead(page))
        self.sides = Sides(page, earlier)
        self.offices, self.joint = Offices(page), Joint(page)
        self.owned = OwnedOffices(page, self.offices, self.sides, self.incumbents, self.short_names)
        self.titles = Titles(page, earlier, self.sides, self.incumbents, self.short_names)


class PhraseWays:
    """Ways to read a noun phrase, of one kind: each gives None where it does not apply."""

    def __init__(self, tools: PhraseTools) -> None:
        self.page, self.earlier, self.tools = tools.page, tools.earlier, tools


def somebody(phrase: Phrase) -> Voices:
    """Somebody of whom nothing is known but the words."""
    return (Voice(None, phrase.text, None, heads=phrase.heads),)


def stranger_of(page: Page, phrase: Phrase) -> Voices:
    """Somebody on no watchlist, of the side that the phrase names."""
    party = page.party(phrase.mentions[0]) if phrase.mentions else None
    return (Voice(None, phrase.text, party, heads=phrase.heads),)


def voice_of(page: Page, mention: Mention, phrase: Phrase, text: str | None = None) -> Voice:
    """Who is named in a phrase."""
    return Voice(mention.target, text or phrase.text, page.party(mention), heads=phrase.heads)
