"""An article as the search for speakers sees it: its words, and whom they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from agents.language.lexicon import Lexicon
from agents.language.lookalikes import tells_apart
from agents.language.names import ARTICLE, CONJUNCTIONS, TO, Mention, nominatives, without_clitics
from agents.language.punctuation import COMMAS, STOPS
from agents.language.text import Token
from agents.speakers.voices import SpeakerTables, Voice
from schemas import ActorKind

_SHORTEST: Final = 2  # letters of a word whose و is its own
_OF_FAMILY: Final = "ي"  # how names of families end
PAUSES: Final = COMMAS | frozenset("()-–")


class Page:
    """Positions are those of the article's tokens."""

    def __init__(
        self, article: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon, tables: SpeakerTables
    ) -> None:
        self.article = article
        self.lexicon = lexicon
        self.pack = lexicon.pack
        self.tables = tables
        self.mention_at = {position: mention for mention in mentions for position in range(mention.start, mention.end)}
        self.titled = tables.officials | tables.independent | tables.titles
        self._tells_apart = tells_apart(article, self.pack.clause_words)
        self._heads = tables.officials | tables.independent | self.pack.continuing_titles

    # -- words --------------------------------------------------------------------------------------------------
    def form(self, position: int) -> str:
        """The folded form of a token, empty outside the article."""
        return self.article[position].form if 0 <= position < len(self.article) else ""

    def text(self, position: int) -> str:
        """A token as it is written, empty outside the article."""
        return self.article[position].text if 0 <= position < len(self.article) else ""

    def light(self, position: int) -> str:
        """A token without marks, its letters untouched; empty outside the article."""
        return self.article[position].light if 0 <= position < len(self.article) else ""

    def is_word(self, position: int) -> bool:
        return 0 <= position < len(self.article) and self.article[position].kind == "word"

    def is_definite(self, position: int) -> bool:
        """Whether an article begins the word, and not a name: "ألكسندر", "الكسندر"."""
        known = self.form(position) in self.tables.names_like_article
        return self.light(position).startswith((ARTICLE, TO + TO)) and not known

    def is_given_name(self, position: int) -> bool:
        """ "علي حيدري", in an article that writes "على" otherwise, and "محمد علي الحوثي" in any."""
        family = self.form(position + 1).startswith(ARTICLE) and self.form(position + 1).endswith(_OF_FAMILY)
        within = family and self.form(position - 1) in self.pack.given_names
        written = self.text(position) in self.pack.clause_words.written_ali and self.is_word(position + 1)
        return written and (self._tells_apart or within)

    def opens_sentence(self, position: int) -> bool:
        """Whether a full stop or the end of a line stands before."""
        return position == 0 or self.text(position - 1) in STOPS or self.article[position - 1].kind == "break"

    def sentence_start(self, position: int) -> int:
        """The last place at or before a position that opens a sentence."""
        while position > 0 and not self.opens_sentence(position):
            position -= 1
        return position

    def sentence_before(self, position: int) -> tuple[int, int]:
        """Where the sentence before that of a position begins and ends, also in the paragraph before."""
        end = self.sentence_start(position)
        while end > 0 and (self.text(end - 1) in STOPS or self.article[end - 1].kind == "break"):
            end -= 1
        return self.sentence_start(end), end

    def is_verb(self, form: str) -> bool:
        """Whether the form may be a reporting verb's."""
        return form in self.pack.verb_forms

    def is_joined_verb(self, form: str) -> bool:
        """The same with و or ف glued on."""
        return form[:1] in CONJUNCTIONS and self.is_verb(form[1:])

    def unjoined(self, form: str) -> str:
        """The form without و or ف, where a word is left."""
        return form[1:] if len(form) > _SHORTEST and form[0] in CONJUNCTIONS else form

    def is_adversative(self, position: int) -> bool:
        """ "لكنه", "غير أنه": a pronoun is the subject of the verb after it."""
        form, before = self.form(position), self.form(position - 1)
        return form in self.tables.adversative or (form in self.tables.that_he and before in self.tables.adverse)

    def is_text(self, form: str) -> bool:
        """Whether a word is one for a text that speaks: "بيان", "للبيان"."""
        return any(bare in self.pack.texts for bare in without_clitics(form))

    def head(self, position: int) -> str:
        """The word that a noun phrase begins with, without clitics where it is a title."""
        form = self.form(position)
        plain = form in self.tables.groups  # "وزيرا خارجية …": two of them
        forms = without_clitics(form) if plain else (*without_clitics(form), *nominatives(form))
        return next((bare for bare in forms if bare in self._heads), form)

    def words(self, begin: int, end: int) -> str:
        """The words and numbers as they are written, one space between."""
        return " ".join(token.text for token in self.article[begin:end] if token.kind in ("word", "number"))

    def is_town(self, position: int) -> bool:
        """Whether a capital or a place of the watchlist is named there."""
        words = [self.form(at) for at in range(position, position + 2)]
        towns = self.lexicon.towns
        return (
            (words[0],) in towns
            or tuple(words) in towns
            or bool(self.lexicon.place_names.find(self.article[position : position + 1]))
        )

    # -- names --------------------------------------------------------------------------------------------------
    def mentions(self, begin: int, end: int) -> list[Mention]:
        found: list[Mention] = []
        for position in range(begin, end):
            mention = self.mention_at.get(position)
            if mention is not None and (not found or found[-1] is not mention):
                found.append(mention)
        return found

    def kind(self, mention: Mention) -> ActorKind:
        return self.lexicon.kind_of(mention.target)

    def is_person(self, mention: Mention) -> bool:
        return self.kind(mention) is ActorKind.PERSON

    def party(self, mention: Mention) -> str:
        return self.lexicon.party_of(mention.target)

    def person_before(self, position: int) -> Mention | None:
        """The person who was named last before that token."""
        return next(filter(self.is_person, self.mentions_before(position)), None)

    def mentions_before(self, position: int, reach: int | None = None) -> Iterator[Mention]:
        """The mentions before that token, the last one first; with `reach` those of so many tokens, less one."""
        last: Mention | None = None
        for at in range(position - 1, -1 if reach is None else max(-1, position - reach), -1):
            mention = self.mention_at.get(at)
            if mention is not None and mention is not last:
                last = mention
                yield mention

    def name_at(self, position: int) -> Mention | None:
        """The name that begins there with nothing glued on to it."""
        mention = self.mention_at.get(position)
        alone = mention is not None and mention.start == position and mention.via == "name" and not mention.clitics
        return mention if alone else None

    def voice(self, mention: Mention) -> Voice:
        """Whom the mention names, by that very name."""
        return Voice(mention.target, self.words(mention.start, mention.end), self.party(mention))
