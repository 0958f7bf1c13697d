"""A person, a title or a side that a noun phrase names."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from agents.language.attribution import Report
from agents.language.names import AND, ARTICLE, NOMINATIVE, Mention
from agents.speakers.noun_phrases import (
    Phrase,
    is_among_officials,
    is_name_and_title,
    is_presented_name,
    noun_phrase,
    phrase_at,
)
from agents.speakers.people import is_stranger, person_of
from agents.speakers.phrase_tools import PhraseWays, somebody, stranger_of, voice_of
from agents.speakers.short_names import without_owner
from agents.speakers.sides import is_added
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_TWO: Final = 2
_SOMEBODY: Final = "officials"  # of several sides, as an id
_LEFT_OFFICE: Final = 5  # tokens of "وزير الخارجية الروسي الأسبق" and one more


class PhrasesOfPeople(PhraseWays):
    """Phrases that stand for somebody, or for whose side they are."""

    def name_and_title(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "فلان، وزير خارجية بنما", "فلان الفلاني نائب الرئيس": a name that a title follows."""
        page, begin, end = self.page, phrase.begin, phrase.end
        known = is_name_and_title(page, begin, end) or is_presented_name(page, begin, end)
        return self._stranger(phrase) if known else None

    def person(self, phrase: Phrase, report: Report) -> Voices | None:
        """A person of the watchlist, and who is named with them: "لافروف وبلينكن"."""
        person = person_of(self.page, phrase)
        if person is None:
            return None
        others = (m for m in phrase.mentions if m.start == person.end and is_added(m) and m.target != person.target)
        return (*(voice_of(self.page, mention, phrase) for mention in (person, *others)), *self._peer(person, phrase))

    def _peer(self, person: Mention, phrase: Phrase) -> Voices:
        """ "أجمع فلان ونظيره الصومالي على أن"."""
        page, at = self.page, person.end
        if page.form(at)[:1] != AND or page.form(at)[1:] not in page.tables.peers or at >= phrase.end:
            return ()
        peer = phrase_at(page, at, phrase.end)
        named = next((m for m in peer.mentions if page.is_person(m)), None) if peer is not None else None
        if named is not None:
            return (voice_of(self.page, named, phrase),)
        return self.tools.incumbents.counterpart(peer, (page.voice(person),)) if peer is not None else ()

    def stranger(self, phrase: Phrase, report: Report) -> Voices | None:
        """Somebody who is named, and is on no watchlist."""
        if not self.page.pack.same.isdisjoint(phrase.heads):
            return None
        found = is_stranger(self.page, phrase, before_noun=report.form == "noun" and report.content[0] < phrase.end)
        return self._stranger(self._before_content(phrase, report)) if found else None

    def _before_content(self, phrase: Phrase, report: Report) -> Phrase:
        """ "اقترح مدير المكتب فلان الفلاني لقاء": without what is said."""
        end = report.content[0]
        words, form = self.page.pack.clause_words, self.page.form(end)
        told = form in words.deeds | words.no_name | self.page.tables.events
        if report.form != "noun" or not told or not phrase.begin < end < phrase.end:
            return phrase
        name = phrase_at(self.page, phrase.begin, end)
        return name if name is not None and is_stranger(self.page, name, before_noun=False) else phrase

    def retired(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وزير الخارجية الروسي الأسبق": who was introduced so, and not who has the office."""
        page = self.page
        near = range(phrase.begin + 1, min(phrase.end, phrase.begin + _LEFT_OFFICE))
        if all(page.form(at) not in page.tables.retired for at in near) or not page.is_word(phrase.begin + 1):
            return None
        return self.earlier.introduced_as(phrase.heads) or somebody(phrase)

    def _stranger(self, phrase: Phrase) -> Voices:
        """Somebody on no watchlist; "المتحدث باسم الخارجية الجزائرية فلان" speaks for that body in any case."""
        page, (voice,) = self.page, stranger_of(self.page, phrase)
        led = [at + 1 for at in range(phrase.begin, phrase.end) if page.form(at) in page.tables.in_name_of]
        body = next((mention for mention in phrase.mentions if led and mention.start >= led[0]), None)
        if led and not phrase.mentions and page.head(led[0]) in page.tables.ministries:
            same = self.earlier.with_head(page.form(led[0]))  # "المتحدث باسم الوزارة فلان"
            return (replace(voice, actor_id=same[0].actor_id, party=same[0].party),) if same else (voice,)
        if body is None or voice.party not in page.lexicon.actors or page.is_person(body):
            return (voice,)
        if body.start > led[0] and page.head(led[0]) not in page.tables.ministries:
            return (voice,)  # "باسم الجيش الجزائري"
        office = self.tools.sides.offices(led[0], body.start).get(voice.party or "") if body.start > led[0] else None
        return (replace(voice, actor_id=office or page.party(body)),)

    def own_side(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "نفت وزارته", "قال وفدها": of whoever spoke last."""
        page, last = self.page, self.earlier.last()
        if phrase.head in page.tables.own_office:
            return self._own_office(phrase)
        if phrase.head not in page.pack.own_side or len(last) != 1 or last[0].party is None:
            return None
        if report.verb.asks and not phrase.head.endswith(tuple(page.tables.of_feminines)):
            return None  # "طالب بلاده": whom it asks
        office = self.tools.short_names.ministry_of(last[0].actor_id or "", without_owner(phrase.head) or "")
        if office is not None:
            return (Voice(office, phrase.text, last[0].party, heads=phrase.heads),)
        return (Voice(last[0].party, page.words(phrase.begin, phrase.begin + 1), last[0].party, heads=phrase.heads),)

    def _own_office(self, phrase: Phrase) -> Voices | None:
        """ "وأوضح مكتبه أن": the office of the person who spoke or was named last, or he himself."""
        page, last = self.page, self.earlier.last()
        named = page.person_before(phrase.begin)
        whose = last if self.earlier.is_one_person() else (page.voice(named),) if named is not None else ()
        if not whose or whose[0].actor_id is None:
            return None
        office = self.tools.offices.of_person(whose[0].actor_id, without_owner(phrase.head) or "")
        return (Voice(office or whose[0].actor_id, phrase.text, whose[0].party, heads=phrase.heads),)

    def of_its_side(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "متحدث باسم وزارتها": an office of whose side it is told by a pronoun."""
        return self.tools.owned.voices(phrase)

    def counterpart(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "نظيره المغربي", "مضيفه"."""
        if phrase.head not in self.page.tables.counterparts:
            return None
        return self.tools.incumbents.counterpart(phrase, self.earlier.last()) or None

    def incumbent(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "رئيس الدبلوماسية الجزائرية", "ساكن قصر المرادية": who has that office on the watchlist."""
        return self.tools.incumbents.holder(phrase) or None

    def independent(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "خبير مصري" speaks for himself; "وكالة" for itself where it is on the watchlist."""
        official = phrase.mentions and is_among_officials(self.page, phrase)
        if phrase.head not in self.page.tables.independent or official:
            return None
        first = phrase.mentions[0] if phrase.mentions else None
        known = first is not None and (first.start == phrase.begin or self.page.kind(first) is ActorKind.MEDIA)
        return (voice_of(self.page, first, phrase),) if first is not None and known else somebody(phrase)

    def side(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "الجيش السوداني", "الضيف الأوروبي": who speaks for the side that is named."""
        if not phrase.mentions:
            return None
        if self._is_only_there(phrase) or self._is_private(phrase):
            return somebody(phrase)
        guest = self._guest_of_side(phrase)
        if guest is not None:
            return (voice_of(self.page, guest, phrase),)
        last = self.earlier.last()
        tables = self.page.tables
        leads = phrase.head in tables.heads and self.page.form(phrase.begin + 1) in tables.delegations
        goes_on = report.verb.id in tables.goes_on and phrase.head in self.page.titled
        same = self.earlier.person_of(self.page.party(phrase.mentions[0]))
        if (leads or goes_on) and len(last) == 1 and last == same:
            return last  # "واستدرك السفير الروسي", "وأوضح رئيس الوفد الروسي"
        return self.tools.sides.named(phrase, phrase.heads)

    def pair(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "الرئيسان الروسي والأوكراني", "الجانبان": whoever has that office on either side, or the side."""
        page, tables = self.page, self.page.tables
        described = [mention for mention in phrase.mentions[:_TWO] if mention.via == "adjective"]
        two = len({page.party(one) for one in described}) == _TWO and described[1].clitics.startswith(AND)
        if phrase.head not in tables.duals | tables.both_sides or not two or len(phrase.mentions) > _TWO:
            return None
        title = phrase.head[: -len(NOMINATIVE)]
        whose = [(page.party(one), self.tools.offices.holder_near(title, one)) for one in described]
        return tuple(Voice(holder or party, phrase.text, party) for party, holder in whose)

    def two_of_office(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وزيرا الخارجية الروسي والأميركي": who has that office on either side, or the side."""
        page = self.page
        other = next((m for m in phrase.mentions if m.via == "adjective" and m.clitics.startswith(AND)), None)
        one = next((m for m in phrase.mentions if other is not None and m.end == other.start), None)
        if phrase.head not in page.tables.two_of_office or other is None or one is None:
            return None
        own = map(page.form, range(phrase.begin + 1, other.start - 1))
        title, parties = (phrase.head[:-1], *own), (page.party(one), page.party(other))
        if len(set(parties)) < _TWO:
            return None
        whose = zip(parties, (other.start - 1, other.start), strict=True)
        held = [
            (party, self.tools.offices.holder((*title, page.form(at).removeprefix(AND)), party)) for party, at in whose
        ]
        return tuple(Voice(holder or party, phrase.text, party) for party, holder in held)

    def _is_only_there(self, phrase: Phrase) -> bool:
        """ "دبلوماسي غربي في القاهرة": where somebody is who is of another part of the world."""
        page, first = self.page, phrase.mentions[0]
        there = page.form(first.start - 1) in page.tables.of_place and first.via == "name"
        described = any(page.form(at) in page.tables.of_regions for at in range(phrase.begin + 1, first.start))
        return there and described and phrase.head in page.tables.officials

    def _is_private(self, phrase: Phrase) -> bool:
        """ "فنان مصري", "دراسة أمريكية": whom an adjective describes who is no part of a state."""
        page, tables, first = self.page, self.page.tables, phrase.mentions[0]
        if first.start == phrase.begin or page.kind(first) is not ActorKind.STATE:
            return False
        if phrase.head in tables.kin:
            return True
        known = (tables.officials, tables.of_states, tables.guests, tables.groups, tables.both_sides)
        nouns = [page.form(at) for at in range(phrase.begin + 1, first.start)]  # "حساب السفارة الروسية"
        if not tables.private_of.isdisjoint(form.removeprefix(ARTICLE) for form in nouns):
            return True  # "رئيس شركة أمريكية", "ممثل سينمائي أمريكي", "رئيس جامعة موسكو"
        if first.via != "adjective":
            return False
        heads = {bare for form in (phrase.head, *nouns) for bare in (form, form.removeprefix(ARTICLE))}
        return all(heads.isdisjoint(words) for words in (*known, tables.titles, page.pack.clause_words.institutions))

    def _guest_of_side(self, phrase: Phrase) -> Mention | None:
        """ "الضيف الأوروبي": the person of that side who was named last."""
        page, first = self.page, phrase.mentions[0]
        if phrase.head not in page.tables.guests or first.via != "adjective":
            return None
        persons = filter(page.is_person, page.mentions_before(phrase.begin))
        return next((person for person in persons if page.party(person) == page.party(first)), None)

    def counted(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "الدول الثلاث"."""
        alone = all(mention.via == "adjective" for mention in phrase.mentions)
        return (self.tools.joint.of_count(phrase.begin, phrase.end) or None) if alone else None

    def both_sides(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "مسؤولون من الجانبين"."""
        page, tables = self.page, self.page.tables
        both = phrase.head in tables.officials and any(
            page.form(at) in tables.both_sides and page.form(at - 1) in tables.of_both
            for at in range(phrase.begin + 1, phrase.end)
        )
        both = both or self._is_of_several_sides(phrase)
        return (Voice(_SOMEBODY, phrase.text, None, plural=True, heads=phrase.heads),) if both else None

    def _is_of_several_sides(self, phrase: Phrase) -> bool:
        """ "مسؤولان فرنسي وألماني": and not one of them, nor "مسؤولون من فرنسا وألمانيا", who speak for both."""
        page, tables, (first, *others) = self.page, self.page.tables, (*phrase.mentions, None)
        second = others[0] if others else None
        if first is None or second is None or first.start == phrase.begin:
            return False
        official = phrase.head in tables.officials - page.pack.clause_words.institutions - tables.sides
        described = first.via == second.via == "adjective" and second.clitics.startswith(AND)
        several = described and page.party(first) != page.party(second)
        return several and (official or is_among_officials(page, phrase))

    def group(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "القادة": of the side with whose name that title stood before."""
        page = self.page
        if phrase.head in page.tables.fighters:
            return self._armed_group(phrase)
        if phrase.head not in page.tables.groups:
            return None
        if phrase.head in page.tables.duals:
            return self.tools.joint.of_titles(phrase.begin) or None
        bare = phrase.head.removeprefix(ARTICLE)
        for at in range(phrase.begin - 1, -1, -1):
            if page.form(at) == bare and at + 1 in page.mention_at:
                named = phrase_at(page, *noun_phrase(page, at, phrase.begin))
                return self.tools.sides.named(named, phrase.heads) if named is not None and named.mentions else None
        return self.tools.joint.of_talk(phrase.begin) or None

    def _armed_group(self, phrase: Phrase) -> Voices | None:
        """ "قالت الوزارة إن الانفصاليين قصفوا البلدة، فيما نفى المسلحون ذلك": the armed group that was named last."""
        if phrase.mentions:
            return None
        armed = (m for m in self.page.mentions_before(phrase.begin) if self.page.kind(m) is ActorKind.ARMED_GROUP)
        named = next(armed, None)
        return (voice_of(self.page, named, phrase),) if named is not None else None

    def _is_another_body(self, phrase: Phrase) -> bool:
        """ "المجلس المحلي", where no council was named: what is described by words of its own."""
        page, words = self.page, self.page.pack.clause_words
        described = (
            phrase.begin + 1 < phrase.end and not phrase.mentions and page.form(phrase.begin + 1).startswith(ARTICLE)
        )
        known = page.tables.epithets | page.pack.same | page.pack.after_subject
        own = described and page.form(phrase.begin + 1) not in known
        bare = phrase.head.removeprefix(ARTICLE)
        named = self.tools.short_names.body(phrase.begin) or self.earlier.with_head(bare)
        return own and phrase.head in words.institutions and phrase.head not in page.tables.ministries and not named

    def same_as_before(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "المسؤول نفسه", "الأخير": who is taken up by a title."""
        pack = self.page.pack
        if phrase.head in self.page.tables.latter:
            return self.tools.titles.latter(phrase)
        if phrase.head in self.page.tables.first_of_two and phrase.end == phrase.begin + 1:
            return self.tools.titles.first_of_two(phrase)
        if phrase.head in self.page.tables.guests and phrase.end == phrase.begin + 1:
            return self.tools.titles.taken_up(phrase)  # "وتكشف الضيفة أن"
        same = phrase.head in pack.continuing_titles or not pack.same.isdisjoint(phrase.heads)
        if same and self._is_another_body(phrase):
            return somebody(phrase)
        if any(token.kind == "number" for token in self.page.article[phrase.begin : phrase.end + 1]):
            return None  # "القناة 12" is a name
        return self.tools.titles.taken_up(phrase) if same else None
