"""Who speaks with one voice: "الوزيران", "البيان المشترك": those who met, or whose talks a passage is about."""

from __future__ import annotations

from typing import Final

from agents.language.names import AND, ARTICLE, HIS, Mention, words_of
from agents.language.punctuation import COMMAS
from agents.speakers.page import Page
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_REACH: Final = 150  # tokens
_TWO: Final = 2
_BRACKETS: Final = frozenset("(:")
_JOINED: Final = 3  # tokens between two sides that are named together: "وفود مالي والنيجر ووفد بوركينا"
_STATES: Final = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANISATION)


def _together(page: Page, named: dict[str, Mention]) -> Voices:
    return tuple(Voice(side, page.words(m.start, m.end), side, plural=True) for side, m in named.items())


class Joint:
    def __init__(self, page: Page) -> None:
        self.page = page
        tables = page.tables
        self._numbers = {3: tables.three, 4: tables.four, 5: tables.five, 6: tables.six}

    def of_titles(self, position: int) -> Voices:
        """ "الوزيران", "الرجلان": the last two persons of different sides; those with that title where there are."""
        page, title = self.page, self._singular(position)
        persons = [m for m in page.mentions_before(position, _REACH) if page.is_person(m)]
        titled = [m for m in persons if title and title in self._titles_of(m.target)]
        for named in (titled, persons):
            for other in named[1:]:
                if page.party(other) != page.party(named[0]):
                    return page.voice(other), page.voice(named[0])
        return ()

    def of_sides(self, position: int) -> Voices:
        """The sides of those two: "البيان المشترك"."""
        sides = (voice.party for voice in self.of_titles(position))
        return tuple(Voice(side, side, side, plural=True) for side in sides if side is not None)

    def of_count(self, begin: int, end: int) -> Voices:
        """ "الدول الثلاث", "العواصم الأوروبية الثلاث": the last so many sides that were named together before."""
        page = self.page
        count = next((n for n, words in self._numbers.items() for at in range(begin, end) if page.form(at) in words), 0)
        if page.form(begin).removeprefix(ARTICLE) not in page.tables.counted or not count:
            return ()
        run: list[Mention] = []
        for mention in page.mentions_before(begin, _REACH):
            if page.kind(mention) not in _STATES or mention.via == "adjective":
                run = []
                continue
            near = not run or run[-1].start - mention.end <= _JOINED
            run = [*run, mention] if near and (not run or run[-1].clitics.startswith(AND)) else [mention]
            named = {page.party(each): each for each in reversed(run)}
            if len(named) == count and not mention.clitics.startswith(AND):
                return _together(page, named)
        return self._listed_behind(end, count)

    def _listed_behind(self, end: int, count: int) -> Voices:
        """ "الدول الخمس، وهي الولايات المتحدة وروسيا …،": those that are told at once."""
        page, named = self.page, dict[str, Mention]()
        at = end + 1
        if page.text(end) not in COMMAS | _BRACKETS:
            return ()
        at += page.form(at) in page.tables.which or page.form(at) in page.pack.clause_words.that_is
        while (mention := page.mention_at.get(at)) is not None and page.kind(mention) in _STATES:
            named.setdefault(page.party(mention), mention)
            at = mention.end + (page.text(mention.end) in COMMAS and mention.end + 1 in page.mention_at)
        return _together(page, named) if len(named) == count else ()

    def of_talk(self, position: int) -> Voices:
        """The parties of the talks that were named last before that token."""
        page, found = self.page, (-1, 0)
        parties: tuple[str, ...] = ()
        first = max(0, position - _REACH)
        for talk in page.lexicon.watchlist.talks:
            for words in map(words_of, talk.names.get("ar", ())):
                at = self._last(words, first, position)
                if at is not None and (at, len(words)) > found:
                    found, parties = (at, len(words)), tuple(talk.parties)
        return tuple(Voice(party, party, party, plural=True) for party in parties)

    def _last(self, words: tuple[str, ...], first: int, end: int) -> int | None:
        """Where those words stand last; the first of them may have something glued on."""
        form = self.page.form
        for at in range(end - len(words), first - 1, -1):
            if form(at).endswith(words[0].removeprefix(ARTICLE)) and all(
                form(at + i) == word for i, word in enumerate(words[1:], 1)
            ):
                return at
        return None

    def _singular(self, position: int) -> str:
        form = self.page.form(position).removeprefix(ARTICLE)
        ending = next((e for e in self.page.tables.dual_endings if form.endswith(e)), "")
        return form.removesuffix(ending) if ending else ""

    def _titles_of(self, target: str) -> set[str]:
        actor = self.page.lexicon.actors.get(target)
        roles = actor.roles.get("ar", ()) if actor is not None else ()
        return {word.removesuffix(HIS) for role in roles for word in words_of(role)[:_TWO]}
