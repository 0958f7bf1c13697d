"""Whom a noun phrase names: the ways to read one, in the order in which they are tried."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from agents.language.attribution import ACCORDING, Report
from agents.language.attribution.bodies import may_be_body
from agents.language.attribution.subjects import are_people
from agents.language.names import AND, ARTICLE, HER, HIS, NOMINATIVE, OWNERS, TA_MARBUTA, TO, without_owners
from agents.language.punctuation import COMMAS
from agents.language.text import OPENING, fold
from agents.language.towns import folk_of
from agents.speakers.addressees import asked_behind
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.noun_phrases import (
    Phrase,
    is_name_and_title,
    is_name_word,
    is_noun,
    is_of_several,
    is_presented_name,
    looks_like_name,
    noun_phrase,
    phrase_at,
)
from agents.speakers.page import Page
from agents.speakers.phrase_tools import PhraseTools, somebody
from agents.speakers.phrases_of_bodies import PhrasesOfBodies
from agents.speakers.phrases_of_people import PhrasesOfPeople
from agents.speakers.phrases_of_texts import PhrasesOfTexts
from agents.speakers.voices import Voice, Voices

_FEMININE: Final = fold(TA_MARBUTA)


class PhraseReader:
    """Reads noun phrases of one article."""

    def __init__(self, page: Page, earlier: EarlierSpeakers) -> None:
        self.page, self.earlier = page, earlier
        self.tools = PhraseTools(page, earlier)
        self.people, self.bodies = PhrasesOfPeople(self.tools), PhrasesOfBodies(self.tools)
        self.texts = PhrasesOfTexts(self.tools, self.bodies)
        endings = "|".join(sorted(page.tables.no_name_endings))
        beginnings = "|".join(sorted(page.tables.no_name_beginnings))
        self._no_name = re.compile(f"(?:{endings})$|^(?:{beginnings})")
        self._deeds = page.pack.clause_words.deeds | page.pack.texts

    def at(self, begin: int, limit: int, report: Report) -> Voices:
        """The speakers that the noun phrase from `begin` on names."""
        return self.read(*noun_phrase(self.page, begin, limit), report)

    def read(self, begin: int, end: int, report: Report, *, known: bool = False) -> Voices:
        """The speakers that a noun phrase names; empty where it names none. `known`: only names and titles count."""
        phrase = phrase_at(self.page, begin, self._before_deed(begin, end, report))
        if phrase is None:
            return ()
        ways = (
            self._plainly_named,
            self.people.own_side,
            self.people.counted,
            self._nobody,
            self._of_press,
            self._event,
            self._text,
            self.people.both_sides,
            self.people.pair,
            self.people.two_of_office,
            self.people.name_and_title,
            self.bodies.presidency,
            self.bodies.speaker_for,
            self.people.person,
            self.people.stranger,
            self.people.retired,
            self.people.of_its_side,
            self.people.counterpart,
            self.people.incumbent,
            self.people.independent,
            self.people.side,
            self.bodies.office_alone,
            self.people.group,
            self.bodies.minister,
            self.bodies.of_body,
            self.bodies.named_in_part,
            self.people.same_as_before,
            self.bodies.of_town,
            self._unnamed,
        )
        for way in ways:
            voices = way(phrase, report)
            if voices is not None:
                return self._of_town(phrase, self._without_led(phrase, voices) if report.verb is ACCORDING else voices)
        return () if known else self._unknown(phrase, report)

    def _before_deed(self, begin: int, end: int, report: Report) -> int:
        """ "اقترح الرئيس التركي جمع بوتين وزيلينسكي": the end of the phrase before a deed that is what is said."""
        page, at = self.page, report.content[0]
        deeds = page.pack.clause_words.deeds | page.tables.events | page.tables.offered
        told = report.form == "noun" and begin < at < end and page.form(at).removeprefix(ARTICLE) in deeds
        if not told or at in page.mention_at:
            return end
        return at if at - 1 in page.mention_at or page.form(at - 1).startswith(ARTICLE) else end

    def _without_led(self, phrase: Phrase, voices: Voices) -> Voices:
        """ "وفقا لوسائل إعلام", "وفقا للرئيس": without the letter that leads to the source; not "بحسب لجنة"."""
        page, at, before = self.page, phrase.begin, self.page.form(phrase.begin - 1)
        if page.pack.led_by_to.isdisjoint((before, before.removeprefix(AND))):
            return voices
        form, mention = page.form(at), page.mention_at.get(at)
        named = mention is not None and mention.clitics.endswith(TO)
        whole = named or form[1:] in page.pack.unnamed or form[1:] in page.pack.given_names  # "للجنة": of "لجنة"
        led, bare = (TO + TO, ARTICLE) if form.startswith(TO + TO) and not whole else (TO, "")
        return tuple(
            replace(voice, name=bare + voice.name.removeprefix(led)) if voice.name.startswith(page.text(at)) else voice
            for voice in voices
        )

    def _of_town(self, phrase: Phrase, voices: Voices) -> Voices:
        """The voices with the side whose town one speaks for who is on no watchlist: "محافظ البصرة"."""
        if len(voices) != 1 or voices[0].actor_id is not None or voices[0].party is not None:
            return voices
        words = self.page.article[phrase.begin : phrase.end]
        sides = [town.target for town in self.page.lexicon.town_names.find(words) if folk_of(words, town) is not None]
        return (replace(voices[0], party=sides[0]),) if sides else voices

    # -- the ways; None where one does not apply ----------------------------------------------------------------
    def _text(self, phrase: Phrase, report: Report) -> Voices | None:
        return self.texts.text(phrase, report, self._named)

    def _named(self, begin: int, end: int, report: Report) -> Voices:
        return self.read(begin, end, report, known=True)

    def _nobody(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "جددت استعداد بلادها": what follows the verb at once is said, and nobody who says it."""
        several = is_of_several(self.page, phrase.begin) or self._fills_place(phrase, report)
        if report.form != "noun" or several or self._opens_with_somebody(phrase, report):
            return None
        owner = self.page.mention_at.get(phrase.begin + 1)
        if phrase.end <= report.cue[0] and owner is not None and not owner.governed:
            return None  # "حساب الجيش": before the verb, where nothing is said
        told_with = bool(report.verb.preposition) and not report.verb.asks and not report.verb.direct
        return somebody(phrase) if told_with and is_noun(self.page, phrase.begin) else ()

    def _fills_place(self, phrase: Phrase, report: Report) -> bool:
        """ "نفى راشد الغنوشي قيامه بذلك": all that stands between a verb and what it reports of them."""
        begin, end = report.cue[1], report.content[0]
        owned = self.page.light(end).endswith((HIS, HER)) and report.verb.direct and not report.verb.asks
        return owned and (phrase.begin, phrase.end) == (begin, end) and not phrase.mentions

    def _of_press(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "كما ذكرت رويترز", "مراسلنا: …": on no watchlist, and known to tell news."""
        words, form = self.page.pack.clause_words, self.page.form(phrase.begin)
        known = form in words.correspondents or (form in words.agencies and not form.startswith(ARTICLE))
        told = known and phrase.begin not in self.page.mention_at and report.form != "noun"
        return somebody(phrase) if told and report.form in ("that", "quote", "before") else None

    def _event(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "اعتبر لقاء الدوحة «فرصة»": what the verb is about."""
        named = self.page.mention_at.get(phrase.begin)
        event = phrase.head.removeprefix(ARTICLE) in self.page.tables.events
        stood = self.page.name_at(phrase.begin + 1) if phrase.head in self.page.tables.met else None
        if stood is not None and self.page.is_person(stood):
            return None  # "حين وقف فلان يعلن أن": a verb that is written like a noun
        return () if event and named is None else None

    def _unnamed(self, phrase: Phrase, report: Report) -> Voices | None:
        known = phrase.head in self.page.tables.officials or phrase.head in self.page.pack.unnamed
        if self._is_body(phrase, report) and phrase.end == phrase.begin + 1:
            return self.earlier.with_head(phrase.head) or somebody(phrase)
        words = [token.form for token in self.page.article[phrase.begin : phrase.end]]
        if known and all(word.startswith(ARTICLE) for word in words):
            return self.earlier.titled(words) or somebody(phrase)
        several = is_of_several(self.page, phrase.begin)
        several = several or are_people(self.page.form(phrase.begin), self.page.pack.clause_words)
        titled = known or several or self._is_feminine_title(phrase) or self._has_office(phrase, report)
        return somebody(phrase) if titled or self._is_body(phrase, report) else None

    def _unknown(self, phrase: Phrase, report: Report) -> Voices:
        """Words that nothing is known of, where a clause or quotation follows that somebody must have said."""
        page, begin = self.page, phrase.begin
        if report.form in ("that", "quote") and (voices := self._of_words(phrase, report)) is not None:
            return voices
        if report.form == "noun" and phrase.head in page.pack.clause_words.institutions:
            return somebody(phrase) if report.verb.asks and asked_behind(page, phrase.end, report) else ()
        if report.form == "noun" and self._fills_place(phrase, report):
            return self.earlier.stranger_named(page.form(phrase.end - 1)) or somebody(phrase)
        if report.form == "noun" and (known := self.known_stranger(begin, report)):
            return known
        # "«…»، يتوقع ريفير"
        known = self.earlier.stranger_named(page.form(begin)) if report.form == "before" else ()
        named = report.form != "noun" and looks_like_name(page, begin, phrase.end)
        alone = report.form == "before" and phrase.end - begin == 1 and is_name_word(page, begin)
        named = named or (alone and self._is_presented_behind(phrase.end))
        return somebody(phrase) if named else known if phrase.end - begin == 1 else ()

    def _plainly_named(self, phrase: Phrase, report: Report) -> Voices | None:
        """Who was introduced by that last name, else the name itself."""
        plain = not phrase.mentions and self.is_plain_name(phrase.begin, phrase.end, report)
        return self.earlier.stranger_named(self.page.form(phrase.end - 1)) or somebody(phrase) if plain else None

    def is_plain_name(self, begin: int, end: int, report: Report) -> bool:
        """ "اتهم سمير جعجع إسرائيل": a name without a title, right before whom or what it is said of."""
        page, form = self.page, self.page.form(begin)
        if form in page.pack.clause_words.surnames and end - begin == 1:
            return True
        given = form in page.pack.given_names and not form.startswith(ARTICLE)
        whole = report.form == "noun" and end - begin > 1 and report.content[0] == end
        return given and whole and looks_like_name(page, begin, end)

    def _of_words(self, phrase: Phrase, report: Report) -> Voices | None:
        """Who is meant by a quoted name, a definite noun or a single name; None where it is neither."""
        page, begin = self.page, phrase.begin
        alone = phrase.end - begin == 1
        if page.text(begin - 1) in OPENING:
            return somebody(phrase)  # "وتقول «بي بي سي» إن"
        if is_noun(page, begin) and (alone or report.shape is not None):
            same = self.earlier.with_head(page.form(begin)) if alone else ()
            masculine = report.shape is not None and report.shape.feminine is False
            if same or (masculine and page.form(begin).endswith(_FEMININE)):
                return same  # "موقع «س»", then "وقال الموقع إن"; an object: "يفسر الموافقة بقوله إن"
            return somebody(phrase) if report.shape is not None else None
        if alone and is_name_word(page, begin) and page.form(begin) not in page.pack.clause_words.when:
            introduced = self._introduced(begin)
            unnamed = self._no_name.search(page.light(begin)) and introduced is None
            named = page.mention_at.get(introduced) if introduced is not None else None
            (voice,) = somebody(phrase)
            voice = replace(voice, party=page.party(named) if named is not None else None)
            return () if unnamed else self.earlier.stranger_named(page.form(begin)) or (voice,)
        return None

    def known_stranger(self, begin: int, report: Report) -> Voices:
        """ "أعلنت كرافت عن", "ودعا علاوي إلى": the name of somebody on no watchlist who was introduced before."""
        form, feminine = self.page.form(begin), report.shape.feminine if report.shape is not None else None
        if begin in self.page.mention_at or form in self._deeds:
            return ()
        if is_name_word(self.page, begin):
            known = self.earlier.stranger_named(form) or self._introduced_as(begin)
        else:
            known = self.earlier.stranger_called(form) if form.startswith(ARTICLE) else ()
        agrees = all(None in (feminine, voice.feminine) or voice.feminine is feminine for voice in known)
        return known if agrees else ()

    def _introduced_as(self, at: int) -> Voices:
        """Whom the words before that name introduce where it stood first: "السفيرة الأميركية كيلي كرافت"."""
        before = self._introduced(at)
        if before is None:
            return ()
        named = self.page.mention_at.get(before)
        return (Voice(None, self.page.words(at, at + 1), self.page.party(named) if named is not None else None),)

    def _introduced(self, at: int) -> int | None:
        """ "وقالت ستيفانيشينا", after "الوزيرة الأوكرانية أولغا ستيفانيشينا": what stands before the name there."""
        page = self.page
        for before in range(2, at):
            if page.form(before) == page.form(at) and is_name_word(page, before - 1):
                closed = before - 2 in page.mention_at or page.form(before - 2).startswith(ARTICLE)
                if closed and before - 1 not in page.mention_at:
                    return before - 2
        return None

    def _is_presented_behind(self, comma: int) -> bool:
        """ "«…»، تقول سلمى، وهي معلمة"."""
        page = self.page
        remark = page.text(comma) in COMMAS and page.form(comma + 1) in page.tables.which
        return remark and page.head(comma + 2) in page.titled | page.pack.unnamed

    def _opens_with_somebody(self, phrase: Phrase, report: Report) -> bool:
        page, mention = self.page, self.page.mention_at.get(phrase.begin)
        return (
            (mention is not None and (mention.via != "adjective" or _is_people(page, phrase.begin)))
            or phrase.head in page.titled
            or (
                phrase.head in page.pack.clause_words.institutions
                and (phrase.head.startswith(ARTICLE) or not report.verb.asks or asked_behind(page, phrase.end, report))
            )
            or phrase.head in page.pack.continuing_titles
            or self._is_feminine_title(phrase)
            or are_people(page.form(phrase.begin), page.pack.clause_words)
            or self._is_body(phrase, report)
            or self._has_office(phrase, report)
            or phrase.head in page.tables.honorifics
            or phrase.head in page.tables.groups
            or phrase.head in page.tables.counterparts
            or phrase.head in page.tables.first_of_two | page.tables.second_of_two
            or page.is_text(phrase.head)
            or is_name_and_title(page, phrase.begin, phrase.end)
            or is_presented_name(page, phrase.begin, phrase.end)
            or bool(self.known_stranger(phrase.begin, report))
        )

    def _is_body(self, phrase: Phrase, report: Report) -> bool:
        """ "أعلن البنك المركزي رفع الفائدة": a body that stands between the verb and what is said."""
        feminine = report.shape.feminine if report.shape is not None else None
        known = may_be_body(self.page.form(phrase.begin), self.page.pack.clause_words, feminine=feminine)
        return known and report.form == "noun" and report.cue[1] <= phrase.begin < phrase.end <= report.content[0]

    def _has_office(self, phrase: Phrase, report: Report) -> bool:
        """ "اتهم شيخ قبيلة رزيقات الجيش", "نفى قائدها عمر خان": a title, and whose, between verb and content."""
        between = report.cue[1] == phrase.begin < phrase.end - 1 and phrase.end <= report.content[0]
        offices = self.page.pack.clause_words.offices
        owned = self.page.light(phrase.begin).endswith(OWNERS) and self.page.name_at(phrase.begin + 1)
        return between and (phrase.head in offices or bool(owned and without_owners(phrase.head) & offices))

    def _is_feminine_title(self, phrase: Phrase) -> bool:
        """ "نفت وكيلة الوزارة", "نفت الأمينة العامة": of a title whose masculine is known."""
        page = self.page
        if not page.light(phrase.begin).endswith(TA_MARBUTA):
            return False
        title = page.form(phrase.begin).removesuffix(_FEMININE).removeprefix(ARTICLE)
        return title in page.titled | page.tables.titles | page.pack.clause_words.of_something


def _is_people(page: Page, at: int) -> bool:
    """ "ويتهم الأميركيون بكين بالتباطؤ"."""
    return page.form(at).startswith(ARTICLE) and page.form(at).endswith(NOMINATIVE)
