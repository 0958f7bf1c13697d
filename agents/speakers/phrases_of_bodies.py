"""A body or office that a noun phrase names, also by a part of its name, or through who speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from agents.language.attribution import Report
from agents.language.names import ARTICLE, TO, Mention, words_of
from agents.language.punctuation import COLONS, STOPS
from agents.speakers.noun_phrases import COMMON_BODIES, Phrase, noun_phrase, phrase_at
from agents.speakers.people import person_of
from agents.speakers.phrase_tools import PhraseWays, somebody
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_BODIES: Final = (ActorKind.ORGANISATION, ActorKind.OFFICE, ActorKind.ARMED_GROUP)
_SCENE: Final = 3  # tokens between "وفي موسكو" and who speaks there
_IN_FULL: Final = 2  # words: "وزارة الخارجية"


class PhrasesOfBodies(PhraseWays):
    """Phrases that stand for a body."""

    def presidency(self, phrase: Phrase, report: Report) -> Voices | None:
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

    def speaker_for(self, phrase: Phrase, report: Report) -> Voices | None:
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
                known = self.tools.incumbents.spokesman(phrase.head, body) if body is not None else ""
                return (Voice(known or body.target, phrase.text, page.party(body)),) if body else None
        return None

    def _body_before(self, position: int) -> Mention | None:
        mentions = self.page.mentions_before(position)
        return next((m for m in mentions if m.via == "name" and self.page.kind(m) in _BODIES), None)

    def minister(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وأكد وزير الخارجية أن", "وأكد رئيس الوزراء أن": of no country, who has that office and was named, or has it
        of the side that spoke or was named last."""
        page, (begin, end) = self.page, (phrase.begin, phrase.end)
        definite = page.form(begin + 1).startswith(ARTICLE) and end > begin + 1
        if phrase.mentions or phrase.head not in page.tables.ministers or not definite:
            return None
        if subject := self.tools.titles.of_sentence_before(phrase):
            return subject  # "تلقى رئيس الوزراء فلان رسالة من رئيس الوزراء فلان. وأكد رئيس الوزراء"
        holder = self.tools.short_names.holder(begin, end)
        if holder is not None:
            return (Voice(holder.target, phrase.text, page.party(holder), heads=phrase.heads),)
        town = self.tools.offices.town_before(report.cue[0])
        parties = (town,) if town is not None else self._parties_before(begin)
        office = [page.form(at) for at in range(begin, end)]
        persons = ((self.tools.incumbents.of_side(party, office), party) for party in parties)
        for actor, party in persons:
            if page.lexicon.kind_of(actor) is ActorKind.PERSON:
                return (Voice(actor, phrase.text, party, heads=phrase.heads),)
        return None

    def of_body(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "متحدث باسم البنك", "مصدر فيها", "بلاغ للوزارة": of the body that is taken up by a part of its name."""
        page, names = self.page, self.tools.short_names
        if phrase.mentions or not (phrase.head in page.tables.officials or page.is_text(phrase.head)):
            return None
        for at in range(phrase.begin + 1, phrase.end):
            body = names.last_body(at) if page.form(at) in page.tables.in_it else names.body(at)
            office = (
                body.target if body is not None else names.ministry(at) or self._office_of_medium(phrase, at, report)
            )
            if office is not None:
                return (Voice(office, phrase.text, page.lexicon.party_of(office), heads=phrase.heads),)
            ministry = phrase_at(page, at, at + 1) if page.form(at - 1) in page.tables.in_name_of else None
            if ministry is not None and (named := self._named_in_full(ministry)):
                return named  # "متحدثة باسم الوزارة", after "وزارة الداخلية الألمانية"
        return None

    def named_in_part(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "البنك", "الوزارة", "وانغ": the body or person of whose name that is a part."""
        page, names = self.page, self.tools.short_names
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

    def office_alone(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وزارة الخارجية", "الرئاسة" of no country: of the one where it speaks, or spoke, or was named last."""
        page = self.page
        if phrase.head not in page.pack.clause_words.institutions or not page.pack.same.isdisjoint(phrase.heads):
            return None
        offices = self.tools.sides.offices(phrase.begin, phrase.end)
        taken_up = self.tools.short_names.office(phrase.begin) if phrase.end == phrase.begin + 1 else None
        # "وفي موسكو، قالت الوزارة" is of where it speaks; where nobody spoke yet, of the one named in full
        last = next(self._parties_speaking(phrase.begin), None)
        if taken_up is not None and taken_up == self.tools.short_names.letterhead:
            last = None  # "الوزارة" is the one on whose paper that is printed, whoever else is told of
        if taken_up is not None and last in (None, page.lexicon.party_of(taken_up)):
            return (Voice(taken_up, phrase.text, page.lexicon.party_of(taken_up), heads=phrase.heads),)
        named = self._named_in_full(phrase)
        if named and (last in (None, named[0].party) or not (last in offices or self._is_listed(named[0].party))):
            return named
        parties = chain(self._parties_of_medium(phrase.begin, report), self._parties_before(phrase.begin))
        party = next((party for party in parties if party in offices), None)
        return (Voice(offices[party], phrase.text, party, heads=phrase.heads),) if party is not None else None

    def _office_of_medium(self, phrase: Phrase, at: int, report: Report) -> str | None:
        """ "نقلت وسائل إعلام تركية عن مصادر في وزارة الدفاع": of the side whose medium it is."""
        page = self.page
        if page.form(at) not in page.pack.clause_words.institutions:
            return None
        offices = self.tools.sides.offices(at, phrase.end)
        return next(
            (offices[party] for party in self._parties_of_medium(phrase.begin, report) if party in offices), None
        )

    def _parties_of_medium(self, position: int, report: Report) -> Iterator[str]:
        """The sides that are named between the verb and its source."""
        if report.verb.source:
            yield from map(self.page.party, self.page.mentions(report.cue[1], position))

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
                same = self.earlier.with_head(noun)  # whose it is was told before that
                return self.tools.sides.named(named, named.heads) if named.mentions else same or somebody(named)
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
            if self._is_dateline(mention):
                yield page.party(mention)
                break
            apart = any(page.text(at) in STOPS for at in range(mention.end, position))
            if page.form(mention.start - 1) in page.tables.of_place and position - mention.end <= _SCENE and not apart:
                yield page.party(mention)
        yield from (voice.party for voices in reversed(self.earlier.history) for voice in voices if voice.party)

    def _is_dateline(self, mention: Mention) -> bool:
        """ "أرمينيا: أعلنت وزارة الدفاع"."""
        start = mention.start
        opens = start == 0 or self.page.article[start - 1].kind == "break"
        return opens and self.page.text(mention.end) in COLONS and self.page.kind(mention) is ActorKind.STATE

    def of_town(self, phrase: Phrase, report: Report) -> Voices | None:
        """ "وفي مقديشو، قال مصدر عسكري": of the side whose capital that is; "أعلنت مقديشو": that side itself."""
        town = self.tools.offices.party_of_town(phrase.begin, phrase.end)
        if town is not None:
            return (Voice(town, phrase.text, town, heads=phrase.heads),)
        if phrase.mentions or phrase.head not in self.page.tables.officials or phrase.head.startswith(ARTICLE):
            return None
        party = self.tools.offices.town_before(min(report.cue[0], phrase.begin))
        return self.tools.offices.official(party, phrase.text, phrase.heads) if party is not None else None
