"""Whose words they are: resolves the subject of a report to actors of the watchlist, to a side, or to a name.

A subject may be a name, a role, an office, unnamed officials of a side, somebody on no watchlist, a definite title
that continues an earlier speaker ("المسؤول نفسه"), a pronoun that is not even written ("وأضاف"), or several at once.
"""

from agents.speakers.finder import SpeakerFinder
from agents.speakers.voices import SpeakerTables, Voice, Voices, load_speaker_tables

__all__ = ["SpeakerFinder", "SpeakerTables", "Voice", "Voices", "load_speaker_tables"]
