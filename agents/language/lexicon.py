"""The lexicon: the language pack and a watchlist, joined into what one needs to know to read an article."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from agents.language.everyday import EverydayWords, load_everyday_words
from agents.language.names import (
    ARTICLE,
    G,
    Name,
    NameFinder,
    apart,
    bare_letters,
    nisba_forms,
    together,
    with_g,
    words_of,
)
from agents.language.pack import Country, LanguagePack, load_language_pack, read_table
from agents.language.tables import word_set
from agents.language.text import fold, light
from agents.language.towns import town_names
from schemas import Actor, ActorKind, Watchlist

_MOUTHS: Final = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED, ActorKind.MEDIA)  # act for whose they are
_SURNAME: Final = 3  # letters
_SHORTEST_LAST_NAME: Final = 3  # letters


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known: the watchlist, the language, and finders for the names of both.

    Targets of mentions are ids of actors of the watchlist, or of countries of the language pack; those of place
    mentions are ids of places of the watchlist.
    """

    watchlist: Watchlist
    pack: LanguagePack
    actors: Mapping[str, Actor]
    actor_names: NameFinder
    place_names: NameFinder
    town_names: NameFinder  # of the countries that are actors of the watchlist
    unnamed_of: Mapping[str, str]  # party → the watchlist's id for unnamed officials of that side
    towns: Mapping[tuple[str, ...], str]  # capitals, and whose they are: actors of the watchlist or countries
    countries: frozenset[str]  # ids of countries that are no actors of the watchlist
    of_others: frozenset[str]  # definite adjectives behind which it is another body: "الاتحاد الأفريقي"
    borders: frozenset[frozenset[str]]  # pairs of actors of the watchlist that share one
    spelled: Mapping[str, str]  # last names of persons by `bare_letters`, where only one is written so
    camps: Mapping[str, str]  # actor → the side to which his side belongs in the end

    def party_of(self, target: str) -> str:
        """The side of an actor; a country that is on no watchlist is its own."""
        actor = self.actors.get(target)
        return (actor.party or actor.id) if actor else target

    def camp_of(self, target: str) -> str:
        """The side to which the side of an actor belongs in the end: committee and factions are of the opposition."""
        return self.camps.get(target, target)

    def body_of(self, target: str) -> str:
        """What acts where an actor does: a faction itself, and the faction of its spokesman."""
        return _above(target, self.actors, _MOUTHS)

    def kind_of(self, target: str) -> ActorKind:
        actor = self.actors.get(target)
        return actor.kind if actor else ActorKind.STATE

    def parties(self) -> tuple[str, ...]:
        """The ids of all sides of the watchlist."""
        return self.watchlist.parties()


def build_lexicon(watchlist: Watchlist, language: str = "ar") -> Lexicon:
    """Join the watchlist with the language pack. A state of the watchlist takes over the pack's adjectives for it."""
    pack, everyday = load_language_pack(), load_everyday_words()
    actors = {actor.id: actor for actor in watchlist.actors}
    taken: dict[str, str] = {}
    for actor in watchlist.actors:
        if actor.kind in (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.BLOC):
            for name in actor.names.get(language, ()):
                taken.setdefault(_key(name), actor.id)
    names = tuple(_names(watchlist, pack, taken, everyday.joined, language))
    places = [
        spelled
        for place in watchlist.places
        for name in place.names.get(language, ())
        for spelled in _spellings(Name(words_of(name), place.id, "place"))
    ]
    owners = {country: owner for country in pack.countries if (owner := _owner(country, taken)) in actors}
    by_id = {country.id: owner for country, owner in owners.items()}
    known = {name.words for name in (*names, *places)}
    of_others = everyday.of_others | _adjectives_of_others(names, actors)
    return Lexicon(
        watchlist=watchlist,
        pack=pack,
        actors=actors,
        actor_names=NameFinder(
            names,
            _no_names(watchlist, everyday, language),
            everyday,
            bodies=pack.clause_words.institutions | everyday.short_bodies,
            of_others=of_others,
        ),
        place_names=NameFinder(places),
        town_names=NameFinder(chain.from_iterable(map(_spellings, town_names(owners, known)))),
        unnamed_of={
            actor.party or actor.id: actor.id for actor in reversed(watchlist.actors) if actor.kind == ActorKind.UNNAMED
        },
        towns={words_of(town): _owner(country, taken) for country in pack.countries for town in country.capital},
        of_others=of_others,
        countries=frozenset(country.id for country in pack.countries) - set(actors),
        borders=frozenset(
            frozenset((by_id[one], by_id[other])) for one, other in pack.borders if one in by_id and other in by_id
        ),
        spelled=_spelled(watchlist, pack, language),
        camps={actor.id: _above(actor.id, actors, frozenset(ActorKind)) for actor in watchlist.actors},
    )


def _no_names(watchlist: Watchlist, everyday: EverydayWords, language: str) -> frozenset[str]:
    """Words as they are written that are folded like names, but for those that are names as they stand."""
    written = {light(text) for actor in watchlist.actors for text in actor.names.get(language, ())}
    return (everyday.others | frozenset(map(light, read_table("facts")["function_words"]))) - written


def _adjectives_of_others(names: Iterable[Name], actors: Mapping[str, Actor]) -> frozenset[str]:
    """Definite adjectives of countries that are on no watchlist."""
    foreign = (name for name in names if name.via == "adjective" and name.target not in actors)
    return frozenset(name.words[0] for name in foreign if len(name.words) == 1 and name.words[0].startswith(ARTICLE))


def _above(target: str, actors: Mapping[str, Actor], kinds: Container[ActorKind]) -> str:
    """The first of an actor and those for whom it acts that is of no such kind, or has nobody above it."""
    passed = {target}
    while (actor := actors.get(target)) is not None and actor.kind in kinds and actor.party not in (None, *passed):
        target = actor.party or target
        passed.add(target)
    return target


def _names(
    watchlist: Watchlist, pack: LanguagePack, taken: Mapping[str, str], joined: frozenset[str], language: str
) -> Iterator[Name]:
    """Every way to name an actor; of two that are written alike the first."""
    seen: set[tuple[str, ...]] = {()}
    names = (
        *_names_and_roles(watchlist, language),
        *_last_names(watchlist, pack, joined, language),
        *_adjectives(watchlist, pack, language),
        *_countries(watchlist, pack, taken, language),
    )
    for name in (*names, *chain.from_iterable(map(_spellings, names))):
        if name.words not in seen:
            seen.add(name.words)
            yield name


def _spellings(name: Name) -> Iterator[Name]:
    """The name as it is given, then as other papers spell it."""
    for words in dict.fromkeys((name.words, together(name.words), apart(name.words))):
        for spelled in (words, *(tuple(with_g(word, letter) for word in words) for letter in G)):
            yield name if spelled == name.words else replace(name, words=spelled)


def _names_and_roles(watchlist: Watchlist, language: str) -> Iterator[Name]:
    for actor in watchlist.actors:
        for text in (*actor.names.get(language, ()), *actor.names.get("en", ())):
            yield Name(words_of(text), actor.id, "name")
        for text in actor.roles.get(language, ()):
            yield Name(words_of(text), actor.id, "role")


def _last_names(watchlist: Watchlist, pack: LanguagePack, joined: frozenset[str], language: str) -> Iterator[Name]:
    """Last names that the watchlist does not give alone: a paper that wrote "يوسف عزت" goes on with "عزت"."""
    titles = word_set(read_table("stopwords")["titles"])
    no_names = titles | pack.continuing_titles | pack.verb_forms.keys() | pack.given_names | pack.unnamed
    owners: dict[tuple[str, ...], set[str]] = {}
    for actor in watchlist.actors:
        if actor.kind is ActorKind.PERSON:
            for text in actor.names.get(language, ()):
                words = words_of(text)
                last = words[-2:] if words[-2:-1] and words[-2] in joined else words[-1:]  # "عبد الملك", "أبو الغيط"
                if len(words) > len(last):
                    owners.setdefault(last, set()).add(actor.id)
    alike: dict[str, set[str]] = {}  # "مايغا" and "مايجا" are one name
    for last, ids in owners.items():
        alike.setdefault(with_g(last[-1], G[0]), set()).update(ids)
    for last, ids in owners.items():
        word = last[-1]
        known = word in no_names and (len(last) == 1 or word in pack.given_names)
        if len(alike[with_g(word, G[0])]) == 1 and not known and len(word) >= _SHORTEST_LAST_NAME:
            yield Name(last, next(iter(ids)), "name")


def _spelled(watchlist: Watchlist, pack: LanguagePack, language: str) -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for actor in watchlist.actors:
        last = (words_of(text)[-1:] for text in actor.names.get(language, ()) if actor.kind is ActorKind.PERSON)
        for word in chain.from_iterable(last):
            bare = bare_letters(word) if word not in pack.given_names else None
            if bare is not None:
                owners.setdefault(bare, set()).add(actor.id)
    return {bare: next(iter(ids)) for bare, ids in owners.items() if len(ids) == 1}


def _adjectives(watchlist: Watchlist, pack: LanguagePack, language: str) -> Iterator[Name]:
    for actor in watchlist.actors:
        for text in actor.adjective.get(language, ()):
            yield from (Name(words, actor.id, "adjective") for words in _inflected(text, pack))


def _inflected(adjective: str, pack: LanguagePack) -> Iterator[tuple[str, ...]]:
    yield from nisba_forms(adjective)
    for plural in pack.plurals.get(fold(adjective), ()):
        yield (ARTICLE + plural,)
        if len(plural) > _SURNAME:  # a shorter one is a surname as well: روس is Ross too
            yield (plural,)


def _countries(watchlist: Watchlist, pack: LanguagePack, taken: Mapping[str, str], language: str) -> Iterator[Name]:
    """The countries of the world with their capitals, but for a capital that is a place of the watchlist."""
    places = {_key(name) for place in watchlist.places for name in place.names.get(language, ())}
    for country in pack.countries:
        owner = _owner(country, taken)
        of_place = (name for name in (*country.capital, *country.seats) if _key(name) not in places)
        for text in (*country.names, *of_place):
            yield Name(words_of(text), owner, "name")
        for text in country.adjectives:
            yield from (Name(words, owner, "adjective") for words in _inflected(text, pack))


def _owner(country: Country, taken: Mapping[str, str]) -> str:
    """The state of the watchlist that has a country's name, else the country."""
    return next((taken[key] for name in country.names if (key := _key(name)) in taken), country.id)


def _key(text: str) -> str:
    return " ".join(words_of(text))
