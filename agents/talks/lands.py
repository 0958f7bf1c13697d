"""The lands that have nothing to do with the watchlist's talks, as an article names them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from agents.language.lexicon import Lexicon
from agents.language.names import Mention, Name, NameFinder, nisba_forms, words_of
from agents.language.pack import Country
from agents.language.tables import read_table
from agents.language.text import Token
from agents.talks.names import bare
from schemas import ActorKind

_NAMING: Final = ("name", "adjective")
_REGIONAL: Final = (ActorKind.ORGANISATION, ActorKind.BLOC)


class Lands:
    """Tells countries and towns of which neither a name of the watchlist nor a town of it is.

    "المعارضة السورية" or a talk in Doha on a watchlist make Syria and Qatar lands of its story.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        watchlist = lexicon.watchlist
        texts = [row.names.get("ar", ()) for row in watchlist.actors]
        texts += [row.names.get("ar", ()) for row in watchlist.places]
        texts += [row.names.get("ar", ()) for row in watchlist.talks]
        names = [words_of(text) for row in texts for text in row]
        names += [words_of(text) for actor in watchlist.actors for text in actor.roles.get("ar", ())]
        names.append(words_of(watchlist.title.get("ar", "")))
        self._known = known = frozenset(form for name in names for word in name for form in bare(word))
        sides = {side for talk in watchlist.talks for side in talk.parties}
        regional = [row.names.get("ar", ()) for row in watchlist.actors if row.kind in _REGIONAL and row.id in sides]
        regional += [row.names.get("ar", ()) for row in watchlist.talks]
        self._regional = frozenset(
            form for row in regional for text in row for word in words_of(text) for form in bare(word)
        )
        table = read_table("towns")
        self._towns: Mapping[str, Sequence[str]] = table["towns"]
        self._met_in: Mapping[str, Sequence[str]] = table["met_in"]
        foreign = [
            country
            for country in lexicon.pack.countries
            if country.id in lexicon.countries
            and not any(all(known & bare(word) for word in name) for name in self._names(country))
        ]
        self._foreign = frozenset(country.id for country in foreign)
        places = {words_of(name) for place in watchlist.places for name in place.names.get("ar", ())}
        self._elsewhere = NameFinder(
            Name(words, country, "town")
            for table in (self._towns, self._met_in, {one.id: one.capital for one in lexicon.pack.countries})
            for country, towns in table.items()
            for words in map(words_of, towns)
            if words not in places and not known.issuperset(words)
        )
        self._finder = NameFinder(
            Name(words, country.id, "town")
            for country in foreign
            for words in map(words_of, self._towns.get(country.id, ()))
        )

    def _names(self, country: Country) -> Iterator[tuple[str, ...]]:
        towns = (*country.capital, *self._towns.get(country.id, ()), *self._met_in.get(country.id, ()))
        yield from map(words_of, (*country.names, *towns))
        for adjective in country.adjectives:
            yield from nisba_forms(adjective)

    def is_known(self, tells: str, form: str) -> bool:
        """Whether a word that tells others is the watchlist's own: "عربية" only in one of talks or organisations."""
        return not (self._regional if tells == "region" else self._known).isdisjoint(bare(form))

    def find(self, words: Sequence[Token], mentions: Sequence[Mention]) -> dict[int, Mention]:
        """Where such lands are named, by the first token."""
        found = {town.start: town for town in self._finder.find(words)}
        taken = {at for one in mentions if one.target not in self._foreign for at in range(one.start, one.end)}
        found = {at: town for at, town in found.items() if at not in taken}
        return found | {one.start: one for one in mentions if one.target in self._foreign and one.via in _NAMING}

    def elsewhere(self, words: Sequence[Token]) -> dict[int, Mention]:
        """Where towns are named that are no places of the watchlist, in whatever land."""
        return {town.start: town for town in self._elsewhere.find(words)}
