"""Lists of what somebody said: who leads to one, and which sentences below are its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agents.language.attribution import LABEL, LISTED, Report
from agents.language.first_person import lists_below, speaks_of_us, we_speak_below
from agents.language.lexicon import Lexicon
from agents.language.names import ARTICLE, CONJUNCTIONS
from agents.language.pack import LanguagePack
from agents.language.punctuation import COLONS, COMMAS, DASHES, QUESTION
from agents.language.quotes import quotations
from agents.language.sentences import Sentence, split
from agents.language.text import CLOSING, OPENING, Token
from agents.language.turns import past_bullet
from agents.speakers import Voices
from schemas import ActorKind

_LEAST_QUOTED: Final = 4  # tokens of a sentence of nothing but quoted words
_LONGEST_CUE: Final = 4  # words from a verb to the colon or أن
_LONGEST_TOPIC: Final = 4  # words
_LEAST_LISTED: Final = 3  # the same of an entry
_AFTER_ORDINAL: Final = COLONS | COMMAS | DASHES | {".", ")"}
_CLOSES: Final = frozenset(CLOSING + ".")
_SPEAK: Final = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)


class Lists:
    """The list that the sentence before led to or was an entry of, if there is one."""

    def __init__(self, words: Sequence[Token], lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self.speakers: Voices = ()
        self.quoting: Voices = ()  # whose quotation is still open
        self._block = -1
        self._said = False

    def goes_on(self, sentence: Sentence) -> list[Sentence]:
        """What a paragraph says that goes on with a quotation, or begins one below a colon: "«…", and "»" in the last.

        Nothing where it is not one.
        """
        if self.speakers and sentence.block == self._block + 1 and (topic := self._on_topic(sentence)) is not None:
            return [topic]
        opens = self.words[sentence.start].text in OPENING and sentence.block == self._block + 1
        still = bool(self.quoting) and sentence.block - self._block <= 1 and self._closes(sentence)
        whole = quotation(self.words, sentence) is not None and not self.quoting
        if whole or not (still or (opens and (self.quoting or self.speakers))):
            return []
        inner = sentence.start + opens, sentence.end
        parts = split(self.words, *inner, sentence.block)
        return [one for part in parts if (one := self._without_marks(part)) is not None]

    def _closes(self, sentence: Sentence) -> bool:
        """Whether the paragraph closes a quotation that it does not open: one of the paragraph before goes on in it."""
        for token in self.words[sentence.start :]:
            if token.kind == "break" or token.text in OPENING:
                return False
            if token.text in CLOSING:
                return True
        return False

    def _on_topic(self, sentence: Sentence) -> Sentence | None:
        """ "الحدود: «مفتاحها في الجزائر»": what is said of something that is named before a colon."""
        colon = next((at for at in range(sentence.start, sentence.end) if self.words[at].text in COLONS), sentence.end)
        topic = self.words[sentence.start : colon]
        if not 0 < len(topic) <= _LONGEST_TOPIC or any(token.kind != "word" for token in topic):
            return None
        named = (self.lexicon.kind_of(one.target) for one in self.lexicon.actor_names.find(topic))
        if colon + 1 >= sentence.end or ActorKind.PERSON in named:
            return None
        end = sentence.end - (self.words[sentence.end - 1].text == ".")
        whole = quotations(self.words, colon + 1, end) == [(colon + 1, end - 1)]
        return replace(sentence, start=colon + 1, end=end) if whole and end - colon > _LEAST_LISTED else None

    def quoted_on(self, sentence: Sentence, speakers: Voices) -> None:
        """Go on behind a sentence with words of `speakers`: whether the quotation is still open in which it ends."""
        texts = [token.text for token in self.words[sentence.start : sentence.end] if token.kind == "punct"]
        opened = max((at for at, text in enumerate(texts) if text in OPENING), default=-1)
        closed = max((at for at, text in enumerate(texts) if text in CLOSING), default=-1)
        self.quoting = speakers if opened > closed else self.quoting if opened == closed else ()
        self._block = sentence.block

    def _without_marks(self, part: Sentence) -> Sentence | None:
        end = part.end
        while end > part.start and self.words[end - 1].text in _CLOSES:
            end -= 1
        says = end - part.start >= _LEAST_LISTED and self.words[end - 1].text not in QUESTION
        return replace(part, end=end) if says else None

    def entry(self, sentence: Sentence, reports: Sequence[Report]) -> Sentence | None:
        """What is said in a sentence, without its bullet and full stop, where it goes on with the list."""
        if not self.speakers or sentence.block - self._block > 1:
            return None
        begin = self._past_bullet(sentence)
        if begin is None and not (self._said and sentence.block > self._block and not reports):
            return quotation(self.words, sentence)
        start, end = max(begin or 0, sentence.start), sentence.end - (self.words[sentence.end - 1].text == ".")
        says = end - start >= _LEAST_LISTED and self.words[end - 1].text not in QUESTION
        return replace(sentence, start=start, end=end) if says else None

    def follow(self, sentence: Sentence, lead: Report | None = None, leads: Voices = ()) -> None:
        """Go on behind a sentence; `lead`: the report of `leads`, who say in it what stands below."""
        self._said = lead is not None and lead.leads and lead.verb.kind == "say" and lead.verb not in (LABEL, LISTED)
        if lead is not None:
            placed = lead.verb is LABEL and lead.after[1] < lead.cue[0]  # "الجزائر في بيان:"
            self.speakers = leads if placed or self._may_speak(leads) else ()
        elif self._past_bullet(sentence) is None:
            self.speakers = ()
        self._block = sentence.block

    def goes_on_below(self, sentence: Sentence, report: Report) -> bool:
        """ "الوزير في مؤتمر صحفي: لن نوقع.", above a list in which "we" speak: whether that is the speaker's too."""
        end = sentence.end
        closes = end >= len(self.words) or self.words[end].kind == "break"
        whole = report.parent is None and report.verb.kind == "say" and end - report.content[1] <= 1
        if not (closes and whole) or self._past_bullet(sentence) is not None:
            return False
        placed = report.verb is LABEL and report.after[1] < report.cue[0] and self.words[end - 1].text == "."
        below = [stop for _, stop in lists_below(self.words, end)] if placed else []
        in_sentences = bool(below) and all(self.words[stop - 1].text == "." for stop in below)  # and no headlines
        return in_sentences or we_speak_below(self.words, end, self.lexicon.pack)

    def _past_bullet(self, sentence: Sentence) -> int | None:
        """Past the bullet or number of the line in which a sentence stands."""
        line = sentence.start
        while line > 0 and self.words[line - 1].kind != "break":
            line -= 1
        begin = past_bullet(self.words, line, sentence.end)
        begin = self._past_ordinal(begin, sentence.end)
        return begin if begin > line else None

    def _past_ordinal(self, at: int, end: int) -> int:
        """ "أولا: …", "ثانيا - …"."""
        ordinal = at + 1 < end and self.words[at].form in self.lexicon.pack.clause_words.ordinals
        return at + 2 if ordinal and self.words[at + 1].text in _AFTER_ORDINAL else at

    def _may_speak(self, voices: Voices) -> bool:
        """Whether a list may be of their words: with a name and title, or on the watchlist and no whole state."""
        kinds = [self.lexicon.kind_of(voice.actor_id or "") for voice in voices]
        several = len(voices) > 1
        return several or all(kind in _SPEAK or " " in voice.name for kind, voice in zip(kinds, voices, strict=True))


def last_of_speech(
    words: Sequence[Token], sentences: Sequence[Sentence], number: int, pack: LanguagePack, *, labelled: bool = False
) -> int:
    """The last sentence of the same line in which "we" or "I" speak, behind one that is said and before the next one
    that is; that one where none does. `labelled`: behind a name and a colon, whose line is his while nothing is told.
    """
    last, block = number, sentences[number].block
    for following in range(number + 1, len(sentences)):
        sentence = sentences[following]
        if sentence.block != block:
            break
        forms = [words[at].form for at in range(sentence.start, sentence.end)]
        if _speaks_anew(forms, pack):
            break
        goes_on = labelled and following == last + 1 and _states(forms, pack)
        if goes_on or speaks_of_us(words, sentence.start, sentence.end, pack):
            last = following
    return last


def _states(forms: Sequence[str], pack: LanguagePack) -> bool:
    """ "الحشد لم يتوقف", "لا بديل عن الحوار", and not "ولم يصدر تعليق", "الوزير كان في جنيف"."""
    first, titles = forms[0], pack.unnamed | pack.continuing_titles | pack.clause_words.institutions
    definite = first.startswith(ARTICLE) and titles.isdisjoint((first, first.removeprefix(ARTICLE)))
    return definite or first in pack.clause_words.opens_said


def _speaks_anew(forms: Sequence[str], pack: LanguagePack) -> bool:
    """ "قلت: …", "فأجاب: …", "ويضيف أن"."""
    first = forms[0][1:] if forms[0][:1] in tuple(CONJUNCTIONS) and forms[0] not in pack.verb_forms else forms[0]
    told = forms[1 : 1 + _LONGEST_CUE]
    leads = not COLONS.isdisjoint(told) or not pack.clause_words.that.isdisjoint(told)
    return first in pack.clause_words.i_said or (first in pack.verb_forms and leads)


def quotation(words: Sequence[Token], sentence: Sentence) -> Sentence | None:
    """The sentence without its full stop, where it is nothing but quoted words."""
    start, end = sentence.start, sentence.end
    end -= end - start > 1 and words[end - 1].text == "."
    whole = quotations(words, start, end)
    if whole != [(start, end - 1)] or end - start - 2 < _LEAST_QUOTED:
        return None
    return replace(sentence, end=end)


def without_stop(words: Sequence[Token], sentence: Sentence) -> Sentence | None:
    """The sentence without its full stop, where it says something and asks nothing."""
    end = sentence.end - (words[sentence.end - 1].text == ".")
    says = end - sentence.start >= _LEAST_LISTED and words[end - 1].text not in QUESTION
    return replace(sentence, end=end) if says else None
