"""Whom an interview is with: who speaks most in its introduction, else the person whom it names most."""

from __future__ import annotations

from collections import Counter

from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.page import Page
from agents.speakers.voices import Voices


def interviewed(page: Page, earlier: EarlierSpeakers, position: int) -> Voices:
    """`position`: of the first answer."""
    spoke = Counter(voices[0].actor_id or voices[0].name for voices in earlier.history if len(voices) == 1)
    for guest, _ in spoke.most_common(1):
        return next(v for v in earlier.history if len(v) == 1 and guest in (v[0].actor_id, v[0].name))
    named = [mention for mention in page.mentions(0, position) if page.is_person(mention)]
    for target, _ in Counter(mention.target for mention in named).most_common(1):
        return (page.voice(next(mention for mention in named if mention.target == target)),)
    return ()
