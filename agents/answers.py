"""What who answers in an interview tells of others: their words are theirs, the rest of the sentence is the answer."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Final

from agents.language.attribution import Report, answer
from agents.language.first_person import opens_with_us
from agents.language.names import CONJUNCTIONS, OUR, Mention, words_of
from agents.language.pack import ClauseWords, LanguagePack
from agents.language.punctuation import COMMAS
from agents.language.sentences import Sentence
from agents.language.text import Token
from agents.language.turns import Label
from agents.language.verbs import MYSELF, TO_ME, WE
from agents.speakers import Voice, Voices
from agents.speakers.page import Page

_FEWEST_WORDS: Final = 4  # of what is left of an answer
_NAMED: Final = "subject"  # how a speaker was found whom the sentence names beside the verb
_OF_WHOM: Final = "of whom the guest speaks"
_ASKED: Final = ("who gives no name", "who was asked", _OF_WHOM)
_REACH: Final = 150  # tokens from whom a guest or a question names to "وقال إنه"
_FORMS: Final = ("that", "quote")
_I_DID: Final = "ت"  # how a verb ends, of "me" and of "her" too

Told = tuple[Voices, Voices, str]


def may_be_anothers(report: Report, clauses: ClauseWords) -> bool:
    """Whether a verb and its clause may tell what somebody else says: "قال لي فلان إن", and not "يرى فلان أن"."""
    told = report.verb.id in clauses.tells or report.quoted
    return told and report.parent is None and report.finite and report.form in _FORMS


def we_tell(words: Sequence[Token], report: Report, pack: LanguagePack) -> bool:
    """ "أبلغنا الوسيط أننا قبلنا", "أبلغته أنني لن أحضر": "we" or "I" told it, and not "أبلغنا الوسيط أننا مدعوون"."""
    verb, (begin, end) = words[report.cue[0]].form, report.content
    if not verb.endswith((OUR, _I_DID)) or not words[begin - 1].form.endswith((OUR, TO_ME)) or begin >= end:
        return False
    denied = words[begin].form in pack.clause_words.negates_verb and words[begin + 1].form.startswith((WE, MYSELF))
    return denied or opens_with_us(words[begin], pack)


def of_others(
    reports: Sequence[Report], told: Sequence[Told], guest: Voices, titles: Container[str]
) -> Iterator[tuple[Report, Told]]:
    """The reports of which the answer itself names the speaker, with those that go on with them.

    `titles`: of whom is believed without a name: "قال لي مسؤول إن", and not "قال لي زملاء إن".
    """
    named = False
    for report, found in zip(reports, told, strict=True):
        voices, _, how = found
        stands = how.startswith(_NAMED) or how in _ASKED or (named and how == "continues")
        named = stands and bool(voices) and all(_is_another(voice, guest, titles) for voice in voices)
        if named:
            yield report, found


def in_third_person(report: Report, told: Told, guest: Voices, before: Sequence[Mention], page: Page) -> Told:
    """ "هاتفت فلانا أمس، وقال إن": whom the guest named last, where he would say "I" of himself.

    `before`: whom the article names up to there and behind.
    """
    voices, chain, how = told
    form, behind = page.unjoined(page.form(report.cue[0])), page.form(report.cue[0] + 1)
    to_me = form.endswith(TO_ME) or behind in page.pack.clause_words.to_me
    mine = form.startswith(MYSELF) or (report.shape is not None and report.shape.feminine)
    if voices != guest or how.startswith(_NAMED) or (mine and not to_me):
        return told
    own = {voice.actor_id for voice in guest}
    others = (one for one in reversed(before) if page.is_person(one) and one.target not in own)
    last = next((one for one in others if one.end <= report.cue[0]), None)
    if last is None or report.cue[0] - last.end > _REACH:
        return told
    return (page.voice(last),), chain, _OF_WHOM


def _is_another(voice: Voice, guest: Voices, titles: Container[str]) -> bool:
    """Neither who answers nor his own side: not "وفدنا أبلغني بأن"."""
    if voice.actor_id is None:
        return not words_of(voice.name)[0].endswith(OUR) and any(word in titles for word in voice.heads)
    own = {one.actor_id for one in guest} | {one.party for one in guest if voice.actor_id == voice.party}
    return voice.actor_id not in own


def without_own(words: Sequence[Token], report: Report, clauses: ClauseWords) -> Report:
    """ "قال لي إنه لا ينسحب، فقلت له إن …", "…، ونحن نصدقه": without what who answers says again himself."""
    begin, end = report.content
    for at in range(begin + 1, end - 1):
        form = words[at + 1].form
        bare = form[1:] if form.startswith(tuple(CONJUNCTIONS)) else form
        if words[at].text in COMMAS and not (clauses.i_said | clauses.we).isdisjoint((form, bare)):
            return replace(report, content=(begin, at))
    return report


def own(
    words: Sequence[Token], said: Sentence, label: Label, number: int, others: Sequence[Report]
) -> Iterator[Report]:
    """What is left of an answer before and behind what others say in it."""
    first, last = min(report.cue[0] for report in others), max(report.content[1] for report in others)
    comma = next((at for at in range(first - 1, said.start, -1) if words[at].text in COMMAS), said.start)
    behind = last + (last < said.end and words[last].text in COMMAS)
    for start, end in ((said.start, comma), (behind, said.end)):
        if sum(token.kind == "word" for token in words[start:end]) >= _FEWEST_WORDS:
            yield answer(replace(said, start=start, end=end), label, number)
