"""Whom a noun phrase names: the ways to read one, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from agents.language.attribution import Report
from agents.language.names import AND, ARTICLE, TA_MARBUTA, TO, Mention, words_of
from agents.language.punctuation import COMMAS, STOPS
from agents.language.text import OPENING
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.incumbents import Incumbents
from agents.speakers.joint import Joint
from agents.speakers.letterheads import letterhead
from agents.speakers.noun_phrases import (
    COMMON_BODIES,
    Phrase,
    is_name_and_title,
    is_name_word,
    is_noun,
    looks_like_name,
    noun_phrase,
    phrase_at,
)
from agents.speakers.offices import Offices
from agents.speakers.owned import OwnedOffices
from agents.speakers.page import Page
from agents.speakers.people import is_stranger, person_of
from agents.speakers.short_names import ShortNames, without_owner
from agents.speakers.sides import Sides, is_added
from agents.speakers.titles import Titles
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_OWNER_REACH: Final = 14  # tokens between a text and whose it is
_BODIES: Final = (ActorKind.ORGANISATION, ActorKind.OFFICE, ActorKind.ARMED_GROUP)
_FEMININE: Final = "ه"  # of a folded noun
_SUBJECTS: Final = "ون"  # how a plural ends that is a subject
_SCENE: Final = 3  # tokens between "وفي موسكو" and who speaks there
_IN_FULL: Final = 2  # words: "وزارة الخارجية"
_SOMEBODY: Final = "officials"  # of both sides, as an id


class PhraseReader:
    """Reads noun phrases of one article."""

    def __init__(self, page: Page, earlier: EarlierSpeakers) -> None:
        self.page = page
        self.earlier = earlier
        self.incumbents = Incumbents(page)
        self.short_names = ShortNames(page, letterhead(page))
        self.sides = Sides(page, earlier)
        self.offices, self.joint = Offices(page), Joint(page)
        self.owned = OwnedOffices(page, self.offices, self.sides, self.incumbents, self.short_names)
        self.titles = Titles(page, earlier, self.sides, self.incumbents, self.short_names)
        endings = "|".join(sorted(page.tables.no_name_endings))
        beginnings = "|".join(sorted(page.tables.no_name_beginnings))
        self._no_name = re.compile(f"(?:{endings})$|^(?:{beginnings})")

    def at(self, begin: int, limit: int, report: Report) -> Voices:
        """The speakers that the noun phrase from `begin` on names."""
        return self.read(*noun_phrase(self.page, begin, limit), report)

    def read(self, begin: int, end: int, report: Report, *, known: bool = False) -> Voices:
        """The speakers that a noun phrase names; empty where it names none. `known`: only names and titles count."""
        phrase = phrase_at(self.page, begin, end)
        if phrase is None:
            return ()
        ways = (
            self._own_side,
            self._counted,
            self._nobody,
            self._event,
            self._text,
            self._both_sides,
            self._name_and_title,
            self._presidency,
            self._speaker_for,
            self._person,
            self._stranger,
            self._of_its_side,
            self._counterpart,
            self._incumbent,
            self._independent,
            self._side,
            self._office_alone,
            self._group,
            self._of_body,
            self._named_in_part,
            self._same_as_before,
            self._of_town,
            self._unnamed,
        )
        for way in ways:
            voices = way(phrase, report)
            if voices is not None:
                return voices
        return () if known else self._unknown(phrase, report)

    # -- the ways; None where one does not apply ----------------------------------------------------------------
    def _nobody(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "جددت استعداد بلادها": what follows the verb at once is said, and nobody who says it."""
        if report.form != "noun" or self._opens_with_somebody(phrase, report):
            return None
        owner = self.page.mention_at.get(phrase.begin + 1)
        if phrase.end <= report.cue[0] and owner is not None and not owner.governed:
            return None  # "حساب الجيش": before the verb, where nothing is said
        told_with = bool(report.verb.preposition) and not report.verb.asks and not report.verb.direct
        return _somebody(phrase) if told_with and is_noun(self.page, phrase.begin) else ()

    def _own_side(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "نفت وزارته", "قال وفدها": of whoever spoke last."""
        page, last = self.page, self.earlier.last()
        if phrase.head not in page.pack.own_side or len(last) != 1 or last[0].party is None:
            return None
        if report.verb.asks and not phrase.head.endswith(tuple(page.tables.of_feminines)):
            return None  # "طالب بلاده": whom it asks
        office = self.short_names.ministry_of(last[0].actor_id or "", without_owner(phrase.head) or "")
        if office is not None:
            return (Voice(office, phrase.text, last[0].party, heads=phrase.heads),)
        return (Voice(last[0].party, page.words(phrase.begin, phrase.begin + 1), last[0].party, heads=phrase.heads),)

    def _event(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "اعتبر لقاء الدوحة «فرصة»": what the verb is about."""
        named = self.page.mention_at.get(phrase.begin)
        event = phrase.head.removeprefix(ARTICLE) in self.page.tables.events
        stood = self.page.name_at(phrase.begin + 1) if phrase.head in self.page.tables.met else None
        if stood is not None and self.page.is_person(stood):
            return None  # "حين وقف فلان يعلن أن": a verb that is written like a noun
        return () if event and named is None else None

    def _text(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "بيان للوزارة": whose text it is, else the last body that spoke."""
        if not self.page.is_text(phrase.head):
            return None
        end = min(report.subject_limit, phrase.begin + _OWNER_REACH)
        end = next((at for at in range(phrase.begin, end) if _begins_aside(self.page, at)), end)
        if phrase.head.startswith(ARTICLE) and self.page.name_at(phrase.begin + 1) is not None:
            end = phrase.begin + 1  # "ناشد البيان أنقرة": nothing that has its article is somebody's
        sender = self._sender(phrase, end, report)
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
            return self._of_joint_text(phrase, report) or self._of_body(phrase, report) or self.earlier.institution()
        owner = next((mention for mention in owners if mention.via == "name"), owners[0])
        return (self._voice(owner, phrase, text=self.page.words(phrase.begin, owner.end)),)

    def _sender(self, phrase: Phrase, end: int, report: Report) -> Voices:
        """ "رسالة وجهها فلان", "الرسالة التي بعث بها فلان"; a text itself where only who has seen it is told."""
        page, tables = self.page, self.page.tables
        for at in (phrase.begin + 1, end + 1 if page.form(end) in tables.relatives else -1):
            stem = without_owner(page.form(at)) or page.form(at)
            begin = at + 2 if page.form(at + 1) in page.pack.clause_words.back_to_it else at + 1
            if {stem, page.form(at)} & tables.met:
                return self.read(*noun_phrase(page, begin, report.subject_limit), report, known=True)
            if page.form(at) in tables.seen and not phrase.head.startswith(ARTICLE):
                return _somebody(phrase)
        return ()

    def _of_joint_text(self, phrase: Phrase, report: Report) -> Voices:
        """ "البيان المشترك", "النص الذي وقعه الطرفان": of those who met."""
        page, end = self.page, min(report.subject_limit, phrase.begin + _OWNER_REACH)
        two = self.sides.two(phrase.begin, end)
        if two or not any(page.form(at) in page.tables.joint for at in range(phrase.begin, end)):
            return two
        return self.joint.of_sides(phrase.begin) or self.joint.of_talk(phrase.begin) or self.sides.most(phrase.begin)

    def _both_sides(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "مسؤولون من الجانبين"."""
        page, tables = self.page, self.page.tables
        both = phrase.head in tables.officials and any(
            page.form(at) in tables.both_sides and page.form(at - 1) in tables.of_both
            for at in range(phrase.begin + 1, phrase.end)
        )
        return (Voice(_SOMEBODY, phrase.text, None, plural=True, heads=phrase.heads),) if both else None

    def _counted(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "الدول الثلاث"."""
        alone = all(mention.via == "adjective" for mention in phrase.mentions)
        return (self.joint.of_count(phrase.begin, phrase.end) or None) if alone else None

    def _name_and_title(self, phrase: Phrase, report: Report) -> Voices | None:
        return self._stranger_of(phrase) if is_name_and_title(self.page, phrase.begin, phrase.end) else None

    def _presidency(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "الرئاسة البولندية للمنظمة": a body speaks through the state that presides over it."""
        page, at = self.page, phrase.begin + 2
        if phrase.head not in page.tables.presidencies or not page.form(at).startswith(TO):
            return None
        named = page.mention_at.get(at)
        body = named.target if named is not None and named.start == at else self._body_begun(at)
        if body is None or page.lexicon.kind_of(body) not in COMMON_BODIES:
            return None
        return (Voice(body, phrase.text, page.lexicon.party_of(body), heads=phrase.heads),)

    def _body_begun(self, position: int) -> str | None:
        """ "لمنظمة الأمن والتعاون": the body of the watchlist whose name begins with two words that stand there."""
        page = self.page
        said = (page.form(position).removeprefix(TO), page.form(position + 1))
        for actor in page.lexicon.actors.values():
            if any(words_of(name)[: len(said)] == said for name in actor.names.get("ar", ())):
                return actor.id
        return None

    def _speaker_for(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "ناطق باسمها", "متحدث باسم المنظمة": the last organisation named before."""
        page, tables = self.page, self.page.tables
        if phrase.head not in tables.officials or person_of(page, phrase) is not None:
            return None
        for at in range(phrase.begin + 1, phrase.end):
            titled = page.form(at + 1) in page.pack.continuing_titles and at + 1 == phrase.end - 1
            if page.form(at) in tables.in_its_name or (page.form(at) in tables.in_name_of and titled):
                if page.head(at + 1) in tables.ministries:
                    return None  # "متحدثة باسم الوزارة"
                body = self._body_before(phrase.begin)
                known = self.incumbents.spokesman(phrase.head, body) if body is not None else ""
                return (Voice(known or body.target, phrase.text, page.party(body)),) if body else None
        return None

    def _person(self, phrase: Phrase, report: Report) -> Voices | None:
        """A person of the watchlist, and who is named with them: "لافروف وبلينكن"."""
        person = person_of(self.page, phrase)
        if person is None:
            return None
        others = (m for m in phrase.mentions if m.start == person.end and is_added(m) and m.target != person.target)
        return (*(self._voice(mention, phrase) for mention in (person, *others)), *self._peer(person, phrase))

    def _peer(self, person: Mention, phrase: Phrase) -> Voices:
        """ "أجمع فلان ونظيره الصومالي على أن"."""
        page, at = self.page, person.end
        if page.form(at)[:1] != AND or page.form(at)[1:] not in page.tables.peers or at >= phrase.end:
            return ()
        peer = phrase_at(page, at, phrase.end)
        named = next((m for m in peer.mentions if page.is_person(m)), None) if peer is not None else None
        if named is not None:
            return (self._voice(named, phrase),)
        return self.incumbents.counterpart(peer, (page.voice(person),)) if peer is not None else ()

    def _stranger(self, phrase: Phrase, report: Report) -> Voices | None:
        if not self.page.pack.same.isdisjoint(phrase.heads):
            return None
        found = is_stranger(self.page, phrase, before_noun=report.form == "noun" and report.content[0] < phrase.end)
        return self._stranger_of(phrase) if found else None

    def _counterpart(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "نظيره المغربي", "مضيفه"."""
        if phrase.head not in self.page.tables.counterparts:
            return None
        return self.incumbents.counterpart(phrase, self.earlier.last()) or None

    def _incumbent(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "رئيس الدبلوماسية الجزائرية", "ساكن قصر المرادية": who has that office on the watchlist."""
        return self.incumbents.holder(phrase) or None

    def _of_its_side(self, phrase: Phrase, report: Report) -> Voices | None:
        return self.owned.voices(phrase)

    def _of_body(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "متحدث باسم البنك", "مصدر فيها", "بلاغ للوزارة": of the body that is taken up by a part of its name."""
        page, names = self.page, self.short_names
        if phrase.mentions or not (phrase.head in page.tables.officials or page.is_text(phrase.head)):
            return None
        for at in range(phrase.begin + 1, phrase.end):
            body = names.last_body(at) if page.form(at) in page.tables.in_it else names.body(at)
            office = (
                body.target if body is not None else names.ministry(at) or self._office_of_medium(phrase, at, report)
            )
            if office is not None:
                return (Voice(office, phrase.text, page.lexicon.party_of(office), heads=phrase.heads),)
        return None

    def _office_of_medium(self, phrase: Phrase, at: int, report: Report) -> str | None:
        """ "نقلت وسائل إعلام تركية عن مصادر في وزارة الدفاع": of the side whose medium it is."""
        page = self.page
        if page.form(at) not in page.pack.clause_words.institutions:
            return None
        offices = self.sides.offices(at, phrase.end)
        return next(
            (offices[party] for party in self._parties_of_medium(phrase.begin, report) if party in offices), None
        )

    def _parties_of_medium(self, position: int, report: Report) -> Iterator[str]:
        """The sides that are named between the verb and its source."""
        if report.verb.source:
            yield from map(self.page.party, self.page.mentions(report.cue[1], position))

    def _named_in_part(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "البنك", "الوزارة", "وانغ": the body or person of whose name that is a part."""
        page, names = self.page, self.short_names
        if phrase.mentions or phrase.head in page.pack.continuing_titles:
            return None
        holder = names.holder(phrase.begin, phrase.end)
        if holder is not None:
            return (Voice(holder.target, phrase.text, page.party(holder), heads=phrase.heads),)
        if phrase.end - phrase.begin > 1:
            return None
        named = names.body(phrase.begin) or names.person(phrase.begin)
        target = named.target if named is not None else names.ministry(phrase.begin)
        return (Voice(target, phrase.text, page.lexicon.party_of(target), heads=phrase.heads),) if target else None

    def _independent(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "خبير مصري" speaks for himself; "وكالة" for itself where it is on the watchlist."""
        if phrase.head not in self.page.tables.independent:
            return None
        first = phrase.mentions[0] if phrase.mentions else None
        known = first is not None and (first.start == phrase.begin or self.page.kind(first) is ActorKind.MEDIA)
        return (self._voice(first, phrase),) if first is not None and known else _somebody(phrase)

    def _side(self, phrase: Phrase, report: Report) -> Voices | None:
        if not phrase.mentions:
            return None
        guest = self._guest_of_side(phrase)
        if guest is not None:
            return (self._voice(guest, phrase),)
        last = self.earlier.last()
        tables = self.page.tables
        leads = phrase.head in tables.heads and self.page.form(phrase.begin + 1) in tables.delegations
        goes_on = report.verb.id in tables.goes_on and phrase.head in self.page.titled
        same = self.earlier.person_of(self.page.party(phrase.mentions[0]))
        if (leads or goes_on) and len(last) == 1 and last == same:
            return last  # "واستدرك السفير الروسي", "وأوضح رئيس الوفد الروسي"
        return self.sides.named(phrase, phrase.heads)

    def _guest_of_side(self, phrase: Phrase) -> Mention | None:
        """ "الضيف الأوروبي": the person of that side who was named last."""
        page, first = self.page, phrase.mentions[0]
        if phrase.head not in page.tables.guests or first.via != "adjective":
            return None
        persons = filter(page.is_person, page.mentions_before(phrase.begin))
        return next((person for person in persons if page.party(person) == page.party(first)), None)

    def _office_alone(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وزارة الخارجية", "الرئاسة" of no country: of the one where it speaks, or spoke, or was named last."""
        page = self.page
        if phrase.head not in page.pack.clause_words.institutions or not page.pack.same.isdisjoint(phrase.heads):
            return None
        offices = self.sides.offices(phrase.begin, phrase.end)
        taken_up = self.short_names.office(phrase.begin) if phrase.end == phrase.begin + 1 else None
        # "وفي موسكو، قالت الوزارة" is of where it speaks; where nobody spoke yet, of the one named in full
        last = next(self._parties_speaking(phrase.begin), None)
        if taken_up is not None and last in (None, page.lexicon.party_of(taken_up)):
            return (Voice(taken_up, phrase.text, page.lexicon.party_of(taken_up), heads=phrase.heads),)
        named = self._named_in_full(phrase)
        if named and (last in (None, named[0].party) or not (last in offices or self._is_listed(named[0].party))):
            return named
        parties = chain(self._parties_of_medium(phrase.begin, report), self._parties_before(phrase.begin))
        party = next((party for party in parties if party in offices), None)
        return (Voice(offices[party], phrase.text, party, heads=phrase.heads),) if party is not None else None

    def _named_in_full(self, phrase: Phrase) -> Voices:
        """ "الوزارة", after "وزارة خارجية فلان": the one that was named last with its side, listed or not."""
        page, noun = self.page, phrase.head.removeprefix(ARTICLE)
        if noun not in page.tables.ministries or noun == phrase.head:
            return ()
        for at in range(phrase.begin - 1, -1, -1):
            if page.head(at) == noun and not page.form(at).startswith(ARTICLE):
                begin, end = noun_phrase(page, at, phrase.begin)
                named = phrase_at(page, begin, end)
                if named is None or end - begin < _IN_FULL:
                    return ()
                return self.sides.named(named, named.heads) if named.mentions else _somebody(named)
        return ()

    def _is_listed(self, party: str | None) -> bool:
        return party in self.page.lexicon.actors

    def _parties_before(self, position: int) -> Iterator[str]:
        """The sides that words without a country may be about, the likeliest first."""
        yield from self._parties_speaking(position)
        yield from map(self.page.party, self._named_before(position))

    def _named_before(self, position: int) -> Iterator[Mention]:
        return (self.page.mention_at[at] for at in range(position - 1, -1, -1) if at in self.page.mention_at)

    def _parties_speaking(self, position: int) -> Iterator[str]:
        """Those in whose town or country it is, and those that spoke before."""
        page = self.page
        for mention in islice(self._named_before(position), _SCENE):
            apart = any(page.text(at) in STOPS for at in range(mention.end, position))
            if page.form(mention.start - 1) in page.tables.of_place and position - mention.end <= _SCENE and not apart:
                yield page.party(mention)
        yield from (voice.party for voices in reversed(self.earlier.history) for voice in voices if voice.party)

    def _group(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "القادة": of the side with whose name that title stood before."""
        page = self.page
        if phrase.head not in page.tables.groups:
            return None
        if phrase.head in page.tables.duals:
            return self.joint.of_titles(phrase.begin) or None
        bare = phrase.head.removeprefix(ARTICLE)
        for at in range(phrase.begin - 1, -1, -1):
            if page.form(at) == bare and at + 1 in page.mention_at:
                named = phrase_at(page, *noun_phrase(page, at, phrase.begin))
                return self.sides.named(named, phrase.heads) if named is not None and named.mentions else None
        return self.joint.of_talk(phrase.begin) or None

    def _of_town(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وفي مقديشو، قال مصدر عسكري": of the side whose capital that is; "أعلنت مقديشو": that side itself."""
        town = self.offices.party_of_town(phrase.begin, phrase.end)
        if town is not None:
            return (Voice(town, phrase.text, town, heads=phrase.heads),)
        if phrase.mentions or phrase.head not in self.page.tables.officials or phrase.head.startswith(ARTICLE):
            return None
        party = self.offices.town_before(min(report.cue[0], phrase.begin))
        return self.offices.official(party, phrase.text, phrase.heads) if party is not None else None

    def _same_as_before(self, phrase: Phrase, report: Report) -> Voices | None:
        pack = self.page.pack
        if phrase.head in self.page.tables.latter:
            return self.titles.latter(phrase)
        if phrase.head in self.page.tables.first_of_two and phrase.end == phrase.begin + 1:
            return self.titles.first_of_two(phrase)
        same = phrase.head in pack.continuing_titles or not pack.same.isdisjoint(phrase.heads)
        if any(token.kind == "number" for token in self.page.article[phrase.begin : phrase.end + 1]):
            return None  # "القناة 12" is a name
        return self.titles.taken_up(phrase) if same else None

    def _unnamed(self, phrase: Phrase, report: Report) -> Voices | None:
        known = phrase.head in self.page.tables.officials or phrase.head in self.page.pack.unnamed
        return _somebody(phrase) if known or self._is_feminine_title(phrase) else None

    def _unknown(self, phrase: Phrase, report: Report) -> Voices:
        """Words that nothing is known of, where a clause or quotation follows that somebody must have said."""
        page, begin = self.page, phrase.begin
        if report.form in ("that", "quote"):
            if page.text(begin - 1) in OPENING:
                return _somebody(phrase)  # "وتقول «بي بي سي» إن"
            if report.shape is not None and is_noun(page, begin):
                if page.form(begin).endswith(_FEMININE) and report.shape.feminine is False:
                    return ()  # an object: "يفسر الموافقة بقوله إن"
                return _somebody(phrase)
            if phrase.end - begin == 1 and is_name_word(page, begin):
                if self._no_name.search(page.article[begin].light):
                    return ()
                return self.earlier.stranger_named(page.form(begin)) or _somebody(phrase)
        # "«…»، يتوقع ريفير"
        known = self.earlier.stranger_named(page.form(begin)) if report.form == "before" else ()
        named = report.form != "noun" and looks_like_name(page, begin, phrase.end)
        alone = report.form == "before" and phrase.end - begin == 1 and is_name_word(page, begin)
        named = named or (alone and self._is_presented_behind(phrase.end))
        return _somebody(phrase) if named else known if phrase.end - begin == 1 else ()

    def _is_presented_behind(self, comma: int) -> bool:
        """ "«…»، تقول سلمى، وهي معلمة"."""
        page = self.page
        remark = page.text(comma) in COMMAS and page.form(comma + 1) in page.tables.which
        return remark and page.head(comma + 2) in page.titled | page.pack.unnamed

    # -- shared -------------------------------------------------------------------------------------------------
    def _opens_with_somebody(self, phrase: Phrase, report: Report) -> bool:
        page, mention = self.page, self.page.mention_at.get(phrase.begin)
        return (
            (mention is not None and (mention.via != "adjective" or _is_people(page, phrase.begin)))
            or phrase.head in page.tables.officials
            or phrase.head in page.tables.independent
            or (
                phrase.head in page.pack.clause_words.institutions
                and (phrase.head.startswith(ARTICLE) or not report.verb.asks)
            )
            or phrase.head in page.pack.continuing_titles
            or self._is_feminine_title(phrase)
            or phrase.head in page.tables.honorifics
            or phrase.head in page.tables.groups
            or phrase.head in page.tables.counterparts
            or page.is_text(phrase.head)
            or is_name_and_title(page, phrase.begin, phrase.end)
        )

    def _is_feminine_title(self, phrase: Phrase) -> bool:
        """ "نفت وكيلة الوزارة", "نفت الأمينة العامة": of a title whose masculine is known."""
        page = self.page
        if not page.article[phrase.begin].light.endswith(TA_MARBUTA):
            return False
        title = page.form(phrase.begin).removesuffix(_FEMININE).removeprefix(ARTICLE)
        return title in page.titled | page.tables.titles | page.pack.clause_words.of_something

    def _body_before(self, position: int) -> Mention | None:
        mentions = self.page.mentions_before(position)
        return next((m for m in mentions if m.via == "name" and self.page.kind(m) in _BODIES), None)

    def _stranger_of(self, phrase: Phrase) -> Voices:
        """Somebody on no watchlist, of the side that the phrase names."""
        party = self.page.party(phrase.mentions[0]) if phrase.mentions else None
        return (Voice(None, phrase.text, party, heads=phrase.heads),)

    def _voice(self, mention: Mention, phrase: Phrase, text: str | None = None) -> Voice:
        return Voice(mention.target, text or phrase.text, self.page.party(mention), heads=phrase.heads)


def _is_people(page: Page, at: int) -> bool:
    """ "ويتهم الأميركيون بكين بالتباطؤ"."""
    return page.form(at).startswith(ARTICLE) and page.form(at).endswith(_SUBJECTS)


def _begins_aside(page: Page, at: int) -> bool:
    """ "الرسالة، التي اطلعت الصحيفة عليها": no owner stands behind a comma or relative pronoun."""
    return page.text(at) in COMMAS or page.form(at) in page.tables.relatives


def _somebody(phrase: Phrase) -> Voices:
    return (Voice(None, phrase.text, None, heads=phrase.heads),)
