"""One sentence, and what each of its tokens may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from agents.language.attribution.report import ACCORDING
from agents.language.attribution.subjects import subject_end
from agents.language.lookalikes import tells_apart
from agents.language.names import (
    ACCUSATIVE,
    AND,
    ARTICLE,
    CONJUNCTIONS,
    HER,
    HIS,
    OWNERS,
    PREPOSITIONS,
    SO,
    TA_MARBUTA,
    TO,
    Mention,
    without_clitics,
)
from agents.language.pack import LanguagePack
from agents.language.punctuation import COLONS, COMMAS, STOPS
from agents.language.quotes import quotations
from agents.language.sentences import Sentence, abbreviates
from agents.language.text import Token
from agents.language.verbs import ReportingVerb, VerbForm

_TANWEEN: Final = re.compile("[\u064b-\u064d]")
_PASSIVE_PAST: Final = re.compile("[وف]?[^\u064b-\u0652]\u064f")
_PASSIVE_PRESENT: Final = re.compile("[وف]?[سل]?[يت]\u064f")
_PASSIVE_ENDING: Final = re.compile("[\u0651\u064e]*\u064e[\u0651\u064e]*\\w$")  # "يُعوَّل"
_DERIVED: Final = 5  # letters of "يعتقد", of which only the passive has that vowel; not of "يطالب", with an alif
_FIRST_PERSON: Final = re.compile("[وف]?أ\u064e?ست")
_SHADDA: Final = "\u0651"
_WITHHELD: Final = 6  # tokens between "طلب" and "اسمه"
_BY: Final = PREPOSITIONS[0]
_HASTENED: Final = 20  # tokens between "سارع" and "إلى نفي"
_LED: Final = 8  # tokens between "بالرد" and what is said
_LAUNCHED: Final = 14  # tokens between "تحذير أطلقته" and what is said
_OWN_PREPOSITION: Final = 9  # tokens between a verb and the preposition that it takes
_WEAK: Final = "ي"  # how no verb in the past ends as newspapers spell it
_LETTER: Final = 3  # letters of the name of a letter
_LONG_A: Final = "آ"
_SHORT_QUOTE: Final = 3  # words; one after "صحيفة" is a name


class _Forms(dict[int, str]):
    """Forms by position; empty where there is none."""

    def __missing__(self, position: int) -> str:
        return ""


class Reading(NamedTuple):
    """A reporting verb that a token may be."""

    shape: VerbForm
    joined: bool  # و or ف is glued on


class Line:
    """The tokens of one sentence, by their positions in the article."""

    def __init__(
        self, article: Sequence[Token], sentence: Sentence, number: int, mentions: Sequence[Mention], pack: LanguagePack
    ) -> None:
        self.article = article
        self.start, self.end, self.number = sentence.start, sentence.end, number
        self.pack = pack
        self.words = pack.clause_words
        self.mention_at = {position: mention for mention in mentions for position in range(mention.start, mention.end)}
        self.quotes = quotations(article, self.start, self.end)
        self.quote_at = dict(self.quotes)
        self.inside = {position for opening, closing in self.quotes for position in range(opening + 1, closing)}
        forms = [(at, token.form) for at, token in enumerate(article[self.start : self.end], self.start)]
        # The folded form of a token, empty outside the sentence; and how it is written, empty too for a full stop that
        # only abbreviates. Asked thousands of times for an article.
        self.form: Callable[[int], str] = _Forms(forms).__getitem__
        self.text: Callable[[int], str] = _Forms(self._texts()).__getitem__
        self.begins_report: dict[int, bool] = {}  # what `clauses.begins_report` has found out
        self.unnamed = set(self._without_name())
        self.strangers: set[int] = set()  # tokens of names on no watchlist, as far as `subject_end` has found them,
        self.seats: set[int] = set()  # and those of them that tell what somebody is over
        self._readings: dict[int, tuple[Reading, ...]] = {}
        verbs, thats = pack.verb_forms, self.words.that | self.words.that_after_attribution
        self.verbs = {at for at, form in forms if form in verbs or form[1:] in verbs}  # few words may be verbs at all
        self.thats = {
            at
            for at, form in forms
            if form in thats and at not in self.mention_at and not article[at].light.startswith(_LONG_A)
        }  # not "بان كي مون", "مون جاي إن" or "آن إيدالغو"
        known, views = pack.attributions, self.words.own_views | self.words.where | self.words.in_words
        bare = [*forms, *((at, form[1:]) for at, form in forms if form[:1] == AND)]
        self.attributing = {at for at, form in bare if form in known}
        self.viewing = {at for at, form in bare if form in views}
        self.viewing |= {at - 1 for at, form in forms if form in self.words.extent}

    # -- tokens -------------------------------------------------------------------------------------------------
    def _texts(self) -> Iterator[tuple[int, str]]:
        for at, token in enumerate(self.article[self.start : self.end], self.start):
            if token.text != "." or not abbreviates(self.article, at, self.start):
                yield at, token.text

    def is_word(self, position: int) -> bool:
        return self.start <= position < self.end and self.article[position].kind == "word"

    def is_number(self, position: int) -> bool:
        return self.start <= position < self.end and self.article[position].kind == "number"

    def is_given_name(self, position: int) -> bool:
        """ "محمد علي": a name that is folded like the preposition على."""
        if self.text(position) not in self.words.written_ali or self.form(position - 1) not in self.pack.given_names:
            return False  # as a rule
        return tells_apart(self.article, self.words)

    def count_words(self, begin: int, end: int) -> int:
        return sum(1 for token in self.article[begin:end] if token.kind == "word")

    def _without_name(self) -> Iterator[int]:
        """The tokens of clauses like "رفض كشف هويته", "واشترط عدم ذكر اسمه"."""
        withholds = self.words.withholds
        for at, token in enumerate(self.article[self.start : self.end], self.start):
            if token.form in withholds or token.form.removeprefix(AND) in withholds:
                for end in range(at + 1, at + _WITHHELD):
                    if self.form(end) in self.words.identity:
                        yield from range(at, end + 1)

    # -- verbs --------------------------------------------------------------------------------------------------
    def readings(self, position: int) -> tuple[Reading, ...]:
        """The reporting verbs that a token may be."""
        if position not in self.verbs:
            return ()  # as a rule
        known = self._readings.get(position)
        if known is None:
            known = self._readings[position] = tuple(self._read(position))
        return known

    def _read(self, position: int) -> Iterator[Reading]:
        mention = self.mention_at.get(position)
        named = mention is not None and mention.via != "adjective"
        if not self.is_word(position) or position in self.unnamed or named or self._is_adverb(position):
            return
        token = self.article[position]
        if _TANWEEN.search(token.text):
            if not self._is_described(position):
                yield from self._read_participle(token)
            return
        for reading in self._shapes(token):
            if reading.shape.aspect == "past" and self._disagrees(position, reading.shape):
                continue
            if reading.shape.finite and (self._is_no_verb(position) or self._is_passive(position, reading)):
                continue
            leads = not reading.shape.hastened or self.hastening(position) is not None
            if not leads or (reading.shape.led and not self._leads(position, reading.shape.verb)):
                continue
            if self._is_accused(position, reading.shape) or self._is_adjective(position, reading.shape):
                continue
            if reading.shape.aspect == "participle" and token.light.endswith(HIS):
                continue  # "وعندما قاطعه فلان": a verb, which is folded like "قاطعة"
            if not (self._is_preposition_here(position, reading.shape.verb) or self._is_about_thing(position, reading)):
                yield reading

    def _is_adjective(self, position: int, shape: VerbForm) -> bool:
        """ "في بادرة لافتة", "صورة أوضح، مشددا": what describes the indefinite noun before it."""
        noun = self.form(position - 1)
        indefinite = self.is_word(position - 1) and position - 1 not in self.mention_at and not noun.startswith(ARTICLE)
        if shape.aspect == "participle":
            if noun in self.words.before_noun | self.words.copulas:
                return True  # "دعا إلى مصارحة الناس", "كانت متوقعة في آذار"
            hers = all(self.article[at].light.endswith(TA_MARBUTA) for at in (position - 1, position))
            led = self.form(position - 2) in self.words.told_in or noun.startswith(_BY)
            return indefinite and hers and led
        compared = shape.aspect == "past" and self.form(position) in self.words.elatives
        if not (compared and indefinite):
            return False  # as a rule
        noun_before = noun not in self.pack.after_subject | self.words.openers | self.words.before_verb
        return noun_before and self.text(position + 1) in COMMAS | STOPS

    def _is_accused(self, position: int, shape: VerbForm) -> bool:
        """ "ثلاثة متهمين بشراء السلاح": nobody whom they accuse stands between."""
        accuses = shape.aspect == "participle" and shape.verb.kind == "accuse" and bool(shape.verb.asks)
        return accuses and self.text(position - 1) not in COMMAS and self.is_preposition(position + 1, shape.verb.asks)

    def _is_about_thing(self, position: int, reading: Reading) -> bool:
        """ "ويقدر عدد القتلى بنحو مئة", "لن ينوي نشر صواريخ": what never says anything is no subject."""
        subject, things = self.form(position + 1), reading.shape.verb.subject_not
        return not things.isdisjoint((subject, subject.removeprefix(ARTICLE)))

    def _is_described(self, position: int) -> bool:
        """ "تلقت مقترحاً أمريكياً": a noun, as nobody describes what somebody does."""
        after = self.mention_at.get(position + 1)
        if after is None and _TANWEEN.search(self.text(position + 1)) and not self.readings(position + 1):
            return self.is_word(position + 1)  # "مقترحاً جاهزاً"
        if after is None or after.via != "adjective" or after.clitics:
            return False
        return not self.form(position + 1).startswith(ARTICLE)

    def _is_preposition_here(self, position: int, verb: ReportingVerb) -> bool:
        """ "عبر الهاتف", where "عبر الوزير عن أمله" is a verb: one with shadda, or before its own preposition."""
        token = self.article[position]
        bare = token.form.removeprefix(AND)
        if bare != token.form and bare in verb.also_preposition and self.form(position - 1).startswith(bare):
            return True  # "بينه وبين"
        if token.form not in verb.also_preposition or _SHADDA in token.text:
            return False
        for at in range(position + 1, min(position + _OWN_PREPOSITION, self.end)):
            if self.form(at) in verb.preposition:
                return False
            if self.text(at) in COMMAS:
                break
        return True

    def hastening(self, position: int) -> int | None:
        """ "سارعت الوزارة إلى نفي أي لقاء", "بادر فلان إلى التنديد بالهجوم": the verb that leads to a verbal noun."""
        if self.form(position - 1) not in self.words.towards:
            return None
        for at in range(position - 2, max(self.start, position - _HASTENED) - 1, -1):
            if self.form(at).removeprefix(AND).removeprefix(SO) in self.words.hastens and at not in self.mention_at:
                return at
        return None

    def _leads(self, position: int, verb: ReportingVerb) -> bool:
        """ "بتأكيد أن", "إلى الرد على سؤال بأن", "وضع شرطا واحدا: …"."""
        if not verb.that:
            return any(self.text(at) in COLONS for at in (position + 1, position + 2))
        if self.form(position).startswith(TO + TO):  # "للقول إن"
            needless = self.form(position - 1) in self.words.no_need
            return self.form(position + 1) in self.words.that and not needless
        if self.form(position + 1) in self.words.that:
            return self.form(position).startswith(_BY) or self.form(position - 1) in self.words.towards
        said = range(position + 1, position + _LED)
        if self.form(position + 1) in self.words.launched:
            return any(self.form(at) in self.words.that for at in range(position + 1, position + _LAUNCHED))
        of_somebody = self._is_of_somebody(position) and any(self.form(at) in self.words.that for at in said)
        if of_somebody or (verb.direct and self.announced_deed(position) is not None):
            return True
        end = next((at for at in said if not self.is_word(at) or self.form(at) in self.words.that), position)
        return self.form(position).startswith(_BY + ARTICLE) and self.form(end).startswith(_BY)

    def announced_deed(self, position: int) -> int | None:
        """Where a deed is named behind a person whose announcement it is: "إعلان المتحدث فلان إنهاء العمل"."""
        if not self._is_of_somebody(position):
            return None
        owner = self.mention_at[position + 1]
        at = self.subject_end(position + 1, self.end)
        return at if owner.via == "role" and self.form(at) in self.words.deeds else None

    def _is_of_somebody(self, position: int) -> bool:
        """ "بعد إعلان الرئيس الأميركي أن": whose announcement it is follows at once."""
        owner = self.mention_at.get(position + 1)
        return owner is not None and owner.start == position + 1 and not owner.clitics and owner.via != "adjective"

    def _is_adverb(self, position: int) -> bool:
        """ "ليس في قبرص بالتأكيد، حيث": where nothing that is said follows."""
        following = self.form(position + 1)
        said = self.is_any_that(position + 1) or self.text(position + 1) in COLONS or following in self.words.told_in
        return self.form(position) in self.words.surely and not said

    def _is_passive(self, position: int, reading: Reading) -> bool:
        """ "وأُبلغ بأن", "يُعتقد أن": written with the vowel that tells that nobody is named who says it."""
        text, shape = self.article[position].text, reading.shape
        if shape.verb.id in self.words.inscribing and self.form(position + 1) in self.words.inscribed:
            return True  # "لافتة كتب عليها «…»"
        if shape.verb.source:
            return False  # "نُقل عن مصدر أن"
        if shape.aspect == "past":
            return shape.verb.id != "passive_say" and _PASSIVE_PAST.match(text) is not None
        if _PASSIVE_PRESENT.match(text) is None:
            return False
        bare = self.form(position)[reading.joined :]
        derived = len(bare) >= _DERIVED and bare[2] != ACCUSATIVE and shape.number == "singular" and not shape.object
        led = shape.verb.preposition | shape.verb.asks
        resumed = self.form(position + 1) in {word + owner for word in led for owner in OWNERS}  # "يُعوّل عليها"
        return resumed or _PASSIVE_ENDING.search(text) is not None or derived or shape.verb.id in self.words.light

    def _is_no_verb(self, position: int) -> bool:
        """ "في أول رد فعل": a noun that is written as a verb; "أستخف": the author's own."""
        if _FIRST_PERSON.match(self.article[position].text):
            return True
        if self.form(position - 1) in self.words.whoever:
            return self.form(position - 2) not in self.words.himself
        if position - 1 == self.start and self.form(self.start).removeprefix(AND) in self.words.who:
            return True  # "والذين راهنوا على جنيف نسوا"
        if self.form(position - 1) not in self.words.before_noun or self._ends_name(position - 1):
            return False
        named = self.form(position - 2) in self.words.house_of  # "آل ثاني أعلن"
        noun = self.form(position - 2).removeprefix(AND)
        described = self.is_word(position - 2) and noun not in self.words.before_noun | self.words.told_in
        another = self.form(position - 1) in self.words.another and described  # "وفي مقطع آخر قال"
        return not (named or another)

    def _ends_name(self, position: int) -> bool:
        """ "أما محمد علي فقال"."""
        return position in self.mention_at or self.is_given_name(position)

    def _disagrees(self, position: int, shape: VerbForm) -> bool:
        """ "قال إنها رهن بموافقة موسكو", "وهو رأي": no verb of that form stands behind a pronoun of another."""
        before = self.form(position - 1)
        hers = before in self.words.that and self.article[position - 1].light.endswith(HER)
        opinion = before in self.words.which and self.article[position].light.endswith(_WEAK)
        return opinion or (hers and shape.feminine is False and not shape.object)

    def _shapes(self, token: Token) -> Iterator[Reading]:
        forms = self.pack.verb_forms
        for shape in forms.get(token.form, ()):
            yield Reading(shape, joined=False)
        if len(token.form) > 2 and token.form[0] in CONJUNCTIONS:
            yield from (Reading(shape, joined=True) for shape in forms.get(token.form[1:], ()))
        if len(token.form) > 3 and token.form[0] == TO:  # "ليقول": in order to
            for shape in forms.get(token.form[1:], ()):
                if shape.aspect == "present":
                    yield Reading(shape, joined=False)

    def _read_participle(self, token: Token) -> Iterator[Reading]:
        """Of all forms only the participle is written with tanween."""
        forms = self.pack.verb_forms
        candidates = [token.form, token.form[1:]] if token.form[0] in CONJUNCTIONS else [token.form]
        for form in candidates:
            for shape in forms.get(form, ()):
                if shape.aspect == "participle":
                    yield Reading(shape, joined=token.form not in forms)

    def is_finite(self, position: int) -> bool:
        """Whether a token may be a reporting verb in the past or present."""
        return any(reading.shape.finite for reading in self.readings(position))

    def joined(self, position: int) -> bool:
        """Whether a token may be a reporting verb with و or ف glued on."""
        return any(reading.joined for reading in self.readings(position))

    # -- what leads to what is said -----------------------------------------------------------------------------
    def is_that(self, position: int, verb: ReportingVerb) -> bool:
        """Whether what `verb` reports may begin after this أن."""
        if position not in self.thats or (
            verb is not ACCORDING and self.form(position) in self.words.that_after_attribution
        ):
            return False
        if self.article[position].light in self.words.spelled_if and (
            verb.kind in self.words.kinds_with_if or self.form(position + 1) in self.words.not_said
        ):
            return False
        if not self.is_word(position - 1):
            return True
        before = self.form(position - 1)
        if f"{self.form(position - 2)} {before}" in self.words.formerly:
            return True
        led = verb.preposition | verb.needs | verb.that_after | verb.asks
        if before in self.words.towards and verb.preposition and before not in led:
            return False  # "هدد بإضراب إلى أن يفرج عنه"
        never = self.pack.not_that_after
        return not (before in never or before.lstrip(AND) in never or f"{self.form(position - 2)} {before}" in never)

    def is_any_that(self, position: int) -> bool:
        return position in self.thats

    def is_preposition(self, position: int, prepositions: frozenset[str]) -> bool:
        """Whether one of the prepositions stands here, alone or glued on."""
        form = self.form(position)
        if not self.is_word(position) or form in self.pack.no_preposition or self.is_given_name(position):
            return False
        stands = any(
            self._is_glued(position, preposition)
            if len(preposition) == 1
            else form in (preposition, AND + preposition) or form.startswith(preposition + HIS)
            for preposition in prepositions
        )
        return stands and not self._is_set_phrase(position)

    def _is_set_phrase(self, position: int) -> bool:
        """ "عن بعد", "من جهتها", "على الأرجح": an adverb of two words."""
        return f"{self.form(position)} {self.form(position + 1)}" in self.words.set_phrases

    def _is_glued(self, position: int, letter: str) -> bool:
        form = self.form(position)
        if not form.startswith(letter) or form in self.pack.given_names:
            return False  # "بيتر"
        mention = self.mention_at.get(position)
        return form == letter or (
            len(form) > 2 and (mention is None or (mention.start == position and mention.clitics.endswith(letter)))
        )

    # -- quotations ---------------------------------------------------------------------------------------------
    def names_only(self, opening: int) -> bool:
        """Whether the quotation that opens here only names: «الدعم السريع», صحيفة «الساحل»."""
        words = [i for i in range(opening + 1, self.quote_at[opening]) if self.article[i].kind == "word"]
        if all(i in self.mention_at for i in words) or all(len(self.form(i)) <= _LETTER for i in words):
            return True  # «آر تي في آي»
        return len(words) <= _SHORT_QUOTE and self.form(opening - 1) in self.words.before_name

    def is_told_behind(self, opening: int) -> bool:
        """Whether a verb with its subject stands behind a quotation and a comma: "رد مغربي: «…»، يقول الوزير"."""
        verb = self.quote_at[opening] + 2
        behind = self.text(verb - 1) in COMMAS and any(r.shape.aspect == "present" for r in self.readings(verb))
        return behind and not self.joined(verb) and self.subject_end(verb + 1, self.end) > verb + 1

    # -- phrases ------------------------------------------------------------------------------------------------
    def is_narrator(self, position: int) -> bool:
        """Whether the reporter speaks again from here: "في حين …"."""
        return any(
            position + len(words) <= self.end and all(self.form(position + i) == word for i, word in enumerate(words))
            for words in self.pack.narrator.get(self.form(position), ())
        )

    def subject_end(self, position: int, limit: int) -> int:
        """The end of the noun phrase that starts at `position`, as far as names and titles tell."""
        return subject_end(self, position, limit)

    def is_town(self, position: int) -> bool:
        """Whether the capital of a country is named there."""
        form, capitals = self.form(position), self.pack.capitals
        return any(
            all(self.form(position + i) == word for i, word in enumerate(rest, 1))
            for bare in without_clitics(form)
            for _, *rest in capitals.get(bare, ())
        )
