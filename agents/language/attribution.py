"""Attribution: who is told to have said what, in one sentence. Knows verbs and clauses, no names.

A `Report` is a reporting verb (or "بحسب", "وفقا ل") with the tokens of its subject and of what is said. Whose words
they are is found out by `agents.speakers`, which knows the names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from agents.language.names import Mention, without_clitics
from agents.language.pack import LanguagePack, ReportingVerb, VerbForm
from agents.language.quotes import quotations
from agents.language.sentences import Sentence
from agents.language.text import CLOSING, EITHER, OPENING, Token

ContentForm = Literal["that", "quote", "noun", "before"]

_THAT: Final = frozenset(
    "ان بان انه انها انهم انهما بانه بانها بانهم بانهما انني اننا بانني باننا فان فانه فانها انك بانك".split()
)
_CONDITIONED: Final = frozenset("threaten warn call pledge reject accuse".split())  # "هدد بالانسحاب إن …": if
_NEGATIONS: Final = frozenset(["لم", "لن", "لا", "ما", "دون", "عدم", "ليس", "ولم", "ولا", "ولن"])
_FARTHEST: Final = 45  # tokens between a verb and what it reports; seed 002's longest is 31
_LONGEST_SUBJECT: Final = 24  # tokens of a noun phrase before its verb
_CLAUSE_OPENERS: Final = frozenset(
    "فقد وقد فيما وفيما بينما حيث اذ لكن ولكن غير الا بعدما عندما وان وانه وانها كما ثم اما واما حين".split()
)
_GOING_ON: Final = frozenset("ومضي وعاد وراح ومضت وعادت وراحت وسارع وسارعت".split())  # "ومضى يقول"
_TURNS: Final = frozenset("فيما وفيما بينما لكن لكنه لكنها لكنهم ولكن ولكنه ولكنها وان غير الا اما واما".split())
_AFTERTHOUGHT: Final = 6  # words after "…، على حد تعبير فلان،" that only say more of who that is
_DIRECT_SUBJECT: Final = 10  # tokens in which the subject of a verb with a direct object must stand
_CLAUSE_BORDERS: Final = frozenset("كما وكان وكانت التي الذي وقد ثم".split())
_NESTED: Final = 12  # tokens of a noun phrase between أن and a reporting verb that it governs
_LEAST_QUOTE: Final = 3  # words; shorter quotations are names or irony unless a colon or verb leads to them
_COMMAS: Final = frozenset("،,؛;")
_STOPS: Final = frozenset(".!؟?…")
_TANWEEN: Final = re.compile("[\u064b-\u064d]")
_AS_SAID: Final = frozenset("كما علي حسب بحسب وفق حسبما وفقما وفقا مثلما وكما وحسبما".split())
_RELATIVES: Final = frozenset(["ذلك", "هذا", "هذه", "التي", "الذي", "الذين", "في", "علي", "من", "فيما", "عن", "الي"])
_WHO: Final = frozenset("التي الذي الذين اللذان".split())
_PARTICLES: Final = frozenset(
    "قد فقد وقد كما وكما ثم حيث اذ فيما وفيما بينما لكنه لكنها لكنهم لكن ولكن ولكنه بعدما عندما حين التي الذي الذين واللذان كان وكان كانت وكانت"
    " اما غير الا بل ايضا كذلك بدوره بدورها فيه فيها وهو وهي".split()
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report in a sentence; all numbers are token positions, ranges half-open."""

    sentence: int
    cue: tuple[int, int]
    verb: ReportingVerb
    shape: VerbForm | None  # None for "بحسب" and its like
    after: tuple[int, int]  # where the subject stands if it follows the verb
    before: tuple[int, int]  # where it stands if it precedes
    content: tuple[int, int]
    form: ContentForm
    quoted: bool = False
    parent: int | None = None  # the report that this one stands in, as an index into the sentence's reports
    coordinated: bool = False  # the second half of "أن … وأن …": speaker as in the report before
    joined: bool = False  # و or ف is glued on: a continuation


_ACCORDING: Final = ReportingVerb(id="according_to", kind="say", that=True)


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(
        self, article: Sequence[Token], sentence: Sentence, number: int, mentions: Sequence[Mention], pack: LanguagePack
    ) -> None:
        self.article = article
        self.start, self.end, self.number = sentence.start, sentence.end, number
        self.pack = pack
        self.covered = {position: mention for mention in mentions for position in range(mention.start, mention.end)}
        self.quotes = quotations(article, self.start, self.end)
        self.quote_at = {opening: closing for opening, closing in self.quotes}
        self.inside = {position for opening, closing in self.quotes for position in range(opening + 1, closing)}
        self.reports: list[Report] = []
        self._shapes: dict[int, tuple[tuple[VerbForm, ...], bool]] = {}

    # -- single tokens ------------------------------------------------------------------------------------------
    def readings(self, position: int) -> list[tuple[VerbForm, bool]]:
        """The reporting verbs that a token may be, each with whether و or ف is glued on."""
        token = self.article[position]
        if token.kind != "word" or (position in self.covered and self.covered[position].via != "adjective"):
            return []
        forms = self.pack.verb_forms
        if _TANWEEN.search(token.text):
            return [
                (shape, token.form not in forms)
                for form in (token.form, token.form[1:])
                for shape in forms.get(form, ())
                if shape.aspect == "participle" and (form == token.form or token.form[0] in "وف")
            ]
        found = [(shape, False) for shape in forms.get(token.form, ())]
        if len(token.form) > 2 and token.form[0] in "وف":
            found += [(shape, True) for shape in forms.get(token.form[1:], ())]
        if found and token.form == "بين" and "\u0651" not in token.text:
            found = [(shape, joined) for shape, joined in found if not shape.verb.also_preposition]
        if len(token.form) > 3 and token.form[0] == "ل":
            found += [(shape, False) for shape in forms.get(token.form[1:], ()) if shape.aspect == "present"]
        return found

    def shapes(self, position: int) -> tuple[tuple[VerbForm, ...], bool]:
        """All verbs that a token may be, and whether any of them has و or ف glued on."""
        known = self._shapes.get(position)
        if known is None:
            readings = self.readings(position)
            known = tuple(shape for shape, _ in readings), any(joined for _, joined in readings)
            self._shapes[position] = known
        return known

    def is_that(self, position: int, verb: ReportingVerb) -> bool:
        token = self.article[position]
        if token.form not in _THAT:
            return False
        if token.form.startswith("فان") and verb is not _ACCORDING:
            return False
        if token.light == "إن" and verb.kind in _CONDITIONED:
            return False
        previous = self.article[position - 1] if position > self.start else None
        if previous is None or previous.kind != "word":
            return True
        if previous.form in self.pack.not_that_after or previous.form.lstrip("و") in self.pack.not_that_after:
            return False
        two = f"{self.article[position - 2].form} {previous.form}" if position - 2 >= self.start else ""
        return two not in self.pack.not_that_after

    def prep(self, position: int, prepositions: frozenset[str]) -> bool:
        """Whether one of the prepositions stands here, alone or glued on."""
        token = self.article[position]
        if token.kind != "word" or token.form in self.pack.no_preposition:
            return False
        for preposition in prepositions:
            if len(preposition) > 1:
                if token.form in (preposition, "و" + preposition) or token.form.startswith(preposition + "ه"):
                    return True
            elif token.form == preposition:
                return True
            elif token.form.startswith(preposition) and len(token.form) > 2:
                mention = self.covered.get(position)
                if mention is None or (mention.start == position and mention.clitics.endswith(preposition)):
                    return True
        return False

    def comma_before(self, position: int) -> bool:
        return position > self.start and self.article[position - 1].text in _COMMAS | {"-", "–", "—", ")", "("}

    # -- phrases ------------------------------------------------------------------------------------------------
    def narrator_at(self, position: int) -> bool:
        for words in self.pack.narrator:
            if position + len(words) <= self.end and all(
                self.article[position + i].form == word for i, word in enumerate(words)
            ):
                return True
        return False

    def stops_at(self, position: int) -> bool:
        """Whether a new report at the level of the sentence begins at this verb."""
        shapes, joined = self.shapes(position)
        if not shapes or position in self.inside:
            return False
        if joined and any(shape.aspect in ("past", "present") for shape in shapes):
            return True
        if any(shape.aspect == "participle" for shape in shapes):
            return self.promising(position, shapes)
        if all(shape.aspect == "masdar" for shape in shapes):
            return False
        if any(shape.verb.not_of and self.is_mood(position + 1, shape.verb) for shape in shapes):
            return False
        if position > self.start and self.article[position - 1].form in _WHO:
            return any(self.that_follows(position + 1, shape.verb, far=True) for shape in shapes)
        previous = self.article[position - 1] if position > self.start else None
        return previous is not None and (
            previous.text in _COMMAS or previous.form in _PARTICLES or previous.form in _GOING_ON
        )

    def promising(self, position: int, shapes: Sequence[VerbForm]) -> bool:
        """Whether a participle leads to something said soon: "متحدثة لقناة" does not."""
        for at in range(position + 1, min(position + 7, self.end)):
            if self.article[at].text in _COMMAS | _STOPS:
                return False
            if self.article[at].text == ":" or (at in self.quote_at and not self.is_name(at, self.quote_at[at])):
                return True
            if any(
                self.is_that(at, shape.verb) or self.prep(at, shape.verb.preposition | shape.verb.asks)
                for shape in shapes
            ):
                return True
        return any(shape.verb.direct for shape in shapes)

    def complement(self, position: int, shape: VerbForm, joined: bool) -> Report | None:
        """What the verb at `position` reports, or None where it reports nothing."""
        verb = shape.verb
        limit = min(self.end, position + _FARTHEST)
        noun = self.noun_complement(position, shape, limit)
        at = position + 1
        commas = 0
        while at < limit:
            token = self.article[at]
            if (
                noun is not None
                and at >= noun[1]
                and not self.that_follows(at, verb, noun[0] == noun[1] and noun[1] != at)
            ):
                break
            if token.text in _STOPS and at not in self.inside:
                break
            if token.text in _COMMAS:
                commas += 1
            if (token.text == ":" or token.text == "：") and verb.kind != "accuse":
                return self.colon(position, shape, at, joined)
            if at in self.quote_at:
                closing = self.quote_at[at]
                if self.is_name(at, closing):
                    at = closing + 1
                    continue
                words = sum(1 for i in range(at, closing) if self.article[i].kind == "word")
                if (
                    words >= _LEAST_QUOTE
                    and verb.that
                    and noun is None
                    and self.needs_met(position, at, verb)
                    and not self.goes_on(at, closing)
                ):
                    return self.make(position, shape, at, (at, closing + 1), "quote", True, joined)
                at = closing + 1
                continue
            if verb.that and self.is_that(at, verb) and self.needs_met(position, at, verb):
                return self.make(position, shape, at, (at + 1, self.end), "that", False, joined)
            if at > position + 3 and self.stops_at(at):
                break
            if at <= position + 3 and at > position and self.stops_at(at) and self.shapes(at)[1]:
                break
            at += 1
        if noun is not None and noun[0] >= 0 and self.needs_met(position, min(self.end, noun[1] + 3), verb):
            found = self.make(position, shape, max(noun), (noun[0], self.end), "noun", False, joined)
            if noun[0] == noun[1] and verb.direct:  # nothing tells where the subject ends
                return replace(found, after=(position + 1, min(limit, noun[0] + _DIRECT_SUBJECT)))
            return found
        return None

    def that_before(self, opening: int, closing: int) -> bool:
        """Irony inside a clause ("بأنها تدعم «من غير شرط» المبادرة"): the clause goes on after the quotation."""
        after = closing + 1
        return after < self.end and self.article[after].kind == "word" and self.article[opening - 1].form not in _THAT

    def goes_on(self, opening: int, closing: int) -> bool:
        """Irony inside a clause ("بأنها تدعم «من غير شرط» المبادرة"): the clause began before and goes on after."""
        after = closing + 1
        began = any(self.article[i].form in _THAT for i in range(max(self.start, opening - 4), opening))
        return began and after < self.end and self.article[after].kind == "word"

    def that_follows(self, at: int, verb: ReportingVerb, far: bool = False) -> bool:
        """أن soon after the preposition: "أشار إلى أن", "عن أمله في أن"."""
        if not verb.that:
            return False
        parenthesis = far and self.article[at - 1].text in _COMMAS | {self.article[at].text} & _COMMAS
        for position in range(at, min(at + (16 if parenthesis else 8 if far else 4), self.end)):
            if self.article[position].text in _STOPS or (position > at and self.stops_at(position)):
                return False
            if self.article[position].text in _COMMAS and not parenthesis:
                return False
            if self.is_that(position, verb):
                return True
        return False

    def needs_met(self, position: int, at: int, verb: ReportingVerb) -> bool:
        if not verb.needs:
            return True
        return any(
            form in verb.needs
            for i in range(position + 1, min(at + 1, self.end))
            for form in without_clitics(self.article[i].form)
        )

    def is_name(self, opening: int, closing: int) -> bool:
        """A quotation that only names: «الدعم السريع», صحيفة «الساحل»."""
        words = [i for i in range(opening + 1, closing) if self.article[i].kind == "word"]
        if not words:
            return True
        if all(i in self.covered for i in words):
            return True
        previous = self.article[opening - 1] if opening > self.start else None
        return len(words) <= 3 and previous is not None and previous.form in (
            "ل", "صحيفه", "لصحيفه", "قناه", "لقناه", "وكاله", "لوكاله", "موقع", "لموقع", "شبكه", "لشبكه", "مجله", "ب", "من",
        )  # fmt: skip

    def noun_complement(self, position: int, shape: VerbForm, limit: int) -> tuple[int, int] | None:
        """Where a content that is a noun begins, and where its marker stands; None where there is none."""
        verb = shape.verb
        if shape.aspect == "masdar":
            return None
        subject = self.subject_end(position + 1, limit)
        wanted = verb.preposition | verb.asks
        if verb.asks_on and position + 1 < limit:
            for at in range(position + 1, limit):
                if self.article[at].text in _COMMAS | _STOPS:
                    break
                if self.prep(at, frozenset(["علي"])):
                    return (at, at)
        for at in range(position + 1, limit):
            token = self.article[at]
            if at in self.inside:
                continue
            if token.text in _STOPS or token.text == ":" or (at > position + 1 and self.stops_at(at)):
                break
            if wanted and self.prep(at, wanted):
                if verb.not_of and self.is_mood(at, verb):
                    return (-1, at)
                if verb.direct and subject < at - 1 and self.article[subject].kind == "word":
                    break
                asks = bool(verb.asks)
                begin = subject if asks and subject < at and not shape.object else at
                return (begin, at)
            if token.text in _COMMAS and wanted and at > position + 26:
                break
        if (
            verb.direct
            and not (shape.object and not verb.asks)
            and (not wanted - verb.preposition or verb.kind == "call")
        ):
            begin = self.past_parenthesis(subject, limit)
            if verb.not_of and begin < limit and self.is_mood(begin, verb):
                return (-1, begin)
            if verb.only_of and (begin >= limit or self.article[begin].form.removeprefix("ال") not in verb.only_of):
                return None
            if (
                begin < limit
                and (self.article[begin].kind in ("word", "number") or begin in self.quote_at)
                and self.article[begin].form not in _RELATIVES
                and (not self.stops_at(begin) or self.article[begin].form.endswith("ه"))
            ):
                return (begin, begin)
        return None

    def past_parenthesis(self, at: int, limit: int) -> int:
        """Past "، في بيان مشترك صدر فجر اليوم،" after a subject."""
        if at < limit and self.article[at].text in _COMMAS:
            closing = at + 1
            while closing < min(limit, at + 14) and self.article[closing].text not in _COMMAS:
                closing += 1
            adverbial = self.article[at + 1].form in self.pack.after_subject if at + 1 < limit else False
            return closing + 1 if adverbial and closing < min(limit, at + 14) else at + 1
        return at

    def is_mood(self, at: int, verb: ReportingVerb) -> bool:
        for position in (at, at + 1):
            form = self.article[position].form if position < self.end else ""
            if any(form.startswith(noun) and len(form) - len(noun) <= 3 for noun in verb.not_of):
                return True
        return False

    def subject_end(self, position: int, limit: int) -> int:
        """The end of the noun phrase that starts at `position`, as far as names and titles tell."""
        at, end = position, position
        while at < limit:
            token = self.article[at]
            mention = self.covered.get(at)
            if mention is not None and mention.clitics in ("", "و", "ال", "لل"):
                at = end = mention.end
                continue
            if token.kind == "word" and (
                token.form in self.pack.unnamed
                or token.form in self.pack.continuing_titles
                or token.form in self.pack.same
                or token.form in self.pack.texts
                or token.form
                in (
                    "باسم",
                    "وزير",
                    "وزيره",
                    "الخارجيه",
                    "الدفاع",
                    "الاسبق",
                    "السابق",
                    "كل",
                    "كلا",
                    "من",
                    "مشترك",
                    "الامير",
                    "الشيخ",
                    "السيد",
                )
            ):
                at += 1
                end = at
                continue
            if token.text in _COMMAS and end > position and at + 1 < limit and (at + 1) in self.covered:
                at += 1
                continue
            if at in self.quote_at and self.is_name(at, self.quote_at[at]):
                at = end = self.quote_at[at] + 1
                continue
            break
        return end

    def colon(self, position: int, shape: VerbForm, at: int, joined: bool) -> Report | None:
        begin = at + 1
        if begin >= self.end:
            return None
        if begin in self.quote_at:
            return self.make(position, shape, at, (begin, self.quote_at[begin] + 1), "quote", True, joined)
        return self.make(position, shape, at, (begin, self.end), "quote", True, joined)

    def make(
        self,
        position: int,
        shape: VerbForm,
        marker: int,
        content: tuple[int, int],
        form: ContentForm,
        quoted: bool,
        joined: bool,
    ) -> Report:
        return Report(
            sentence=self.number,
            cue=(position, position + 1),
            verb=shape.verb,
            shape=shape,
            after=(position + 1, max(position + 1, marker)),
            before=(self.clause_start(position), position),
            content=content,
            form=form,
            quoted=quoted,
            joined=joined,
        )

    def clause_start(self, position: int) -> int:
        """Where the clause of a verb begins: after the last comma that is no apposition's, dash, أن or report."""
        at = position
        while at > self.start and position - at < _LONGEST_SUBJECT:
            previous = self.article[at - 1]
            if (
                previous.text in _STOPS
                or previous.text in ":-–—)»”"
                or previous.form in _THAT
                or previous.form in _CLAUSE_OPENERS
            ):
                break
            if self.shapes(at - 1)[0] and (self.stops_at(at - 1) or at - 1 == self.start):
                break
            if previous.text in _COMMAS and at != position and not self.joins_names(at - 1):
                break
            at -= 1
        return at

    def joins_names(self, comma: int) -> bool:
        """A comma inside a noun phrase: "نائب البرلمان الأوكراني ، أوليغ فولوشين ، يرى"."""
        if comma + 1 >= self.end or comma <= self.start:
            return False
        here, before = self.covered.get(comma + 1), self.covered.get(comma - 1)
        if here is not None:
            return here.clitics == "" and (before is not None or self.article[comma - 1].kind == "word")
        following = self.article[comma + 1].form
        if following in _CLAUSE_OPENERS or following in self.pack.after_subject or self.shapes(comma + 1)[0]:
            return False
        return before is not None or following in self.pack.unnamed

    # -- the whole sentence -------------------------------------------------------------------------------------
    def read(self) -> list[Report]:
        position = self.start
        while position < self.end:
            report = self.at(position)
            if report is None:
                self.continue_or_close(position)
                position += 1
                continue
            self.add(report)
            if report.form == "before":
                position += 1
            else:
                position = max(position + 1, report.content[0] + (report.form == "noun"))
        return self.finished()

    def at(self, position: int) -> Report | None:
        if position in self.inside:
            return None
        according = self.according(position)
        if according is not None:
            return according
        readings = self.readings(position)
        if self.is_wording(position):
            return None
        if not readings or self.negated(position, [shape for shape, _ in readings]):
            return None
        if position > self.start and self.article[position - 1].form == "هكذا":
            for shape, joined in readings:
                told = self.quote_before(position, shape, joined)
                if told is not None:
                    return told
        for shape, joined in readings:
            found = self.complement(position, shape, joined)
            if found is not None and not self.spent(found):
                return found
        for shape, joined in readings:
            quote = self.clause_before(position, shape) or self.quote_before(position, shape, joined)
            if quote is not None:
                return quote
        return None

    def is_wording(self, position: int) -> bool:
        """ "ما وصفه بـ«…»", "ما سماه": the reporter marks the words as another's within a report."""
        previous = self.article[position - 1].form if position > self.start else ""
        return previous in ("ما", "بما", "مما", "لما", "عما") and self.article[position].form.endswith(
            ("ه", "ها", "هم", "وه")
        )

    def spent(self, report: Report) -> bool:
        """Whether an earlier report has that content already ("استطرد قائلا إن")."""
        return any(
            other.content[0] == report.content[0]
            or (other.form == report.form == "quote" and other.content[0] <= report.content[0] < other.content[1])
            for other in self.reports
        )

    def negated(self, position: int, shapes: Sequence[VerbForm]) -> bool:
        previous = self.article[position - 1] if position > self.start else None
        return previous is not None and previous.light in _NEGATIONS and shapes[0].verb.kind != "deny"

    def clause_before(self, position: int, shape: VerbForm) -> Report | None:
        """ "…، على ما أفاد مسؤول": the clause before "as … said", where that ends the sentence."""
        opens = self.article[position - 1].form if position > self.start else ""
        two = self.article[position - 2].form if position - 2 >= self.start else ""
        if not (opens in _AS_SAID or (opens == "ما" and two in _AS_SAID)):
            return None
        begin = position - (1 if opens in _AS_SAID else 2)
        end = position + 1
        while end < self.end and self.article[end].text not in _COMMAS | _STOPS:
            end += 1
        if end < self.end - 1 and self.article[end].text in _COMMAS:
            return Report(
                self.number, (position, position + 1), shape.verb, shape, (position + 1, end), (position, position),
                (end + 1, self.end), "that",
            ) if begin - self.start <= 2 else None  # fmt: skip
        if begin - self.start < _LEAST_QUOTE or self.open_report() is not None:
            return None
        return Report(
            self.number, (position, position + 1), shape.verb, shape, (position + 1, end), (position, position),
            (self.start, begin), "before",
        )  # fmt: skip

    def quote_before(self, position: int, shape: VerbForm, joined: bool) -> Report | None:
        """ "«…»، قال فلان": the quotation stands before its verb."""
        if shape.verb.kind != "say" or shape.aspect not in ("past", "present"):
            return None
        at = position - 1
        while at > self.start and (
            self.article[at].text in _COMMAS or self.article[at].form in ("هكذا", "هذا", "بذلك")
        ):
            at -= 1
        for opening, closing in self.quotes:
            if closing == at and closing - opening > _LEAST_QUOTE and not self.is_name(opening, closing):
                if any(report.content[0] <= opening < report.content[1] for report in self.reports):
                    return None
                end = position + 1
                while end < self.end and self.article[end].text not in _COMMAS | _STOPS:
                    end += 1
                return Report(
                    self.number, (position, position + 1), shape.verb, shape, (position + 1, end), (position, position),
                    (opening, closing + 1), "before", True, joined=joined,
                )  # fmt: skip
        return None

    def according(self, position: int) -> Report | None:
        """ "بحسب المتحدثة، …" before what is said, or "…، بحسب المتحدثة" after it."""
        token = self.article[position]
        if token.kind != "word":
            return None
        form = token.form
        for words in self.pack.attributions:
            end = position + len(words)
            first = words[0]
            glued = words[-1] == "ل" and len(words) > 1
            length = len(words) - 1 if glued else len(words)
            if form not in (first, "و" + first) or position + length > self.end:
                continue
            if not all(self.article[position + i].form == words[i] for i in range(1, length)):
                continue
            return self.attributed(position, position + length)
        return None

    def attributed(self, position: int, at: int) -> Report | None:
        stop = at
        while stop < self.end and stop - at < 25:
            token = self.article[stop]
            if token.text in _STOPS or (stop > at and self.is_that(stop, _ACCORDING)) or token.form in ("فقد", "فقال"):
                break
            if token.text in _COMMAS and not (stop + 1 < self.end and (stop + 1) in self.covered):
                break
            if stop > at and stop in self.quote_at and not self.is_name(stop, self.quote_at[stop]):
                break
            if stop > at and token.form in ("كانت", "كان", "سيكون", "ستكون"):
                break
            stop += 1
        near = any(i in self.covered or self.article[i].form in self.pack.unnamed for i in range(at, min(at + 3, stop)))
        if not near:
            near = any(
                form in self.pack.unnamed or form in self.pack.continuing_titles or form in self.pack.texts
                for i in range(at, min(at + 2, stop))
                for form in without_clitics(self.article[i].form)
            )
        if not near or stop == at:
            return None
        begin = stop
        while begin < self.end and (
            self.article[begin].text in _COMMAS or self.is_that(begin, _ACCORDING) or self.article[begin].form == "فقد"
        ):
            begin += 1
        left = sum(1 for i in range(begin, self.end) if self.article[i].kind == "word")
        told = position - self.start > _LEAST_QUOTE and not self.reports
        if self.end - begin >= _LEAST_QUOTE and not (told and left <= _AFTERTHOUGHT):
            return Report(
                self.number,
                (position, at),
                _ACCORDING,
                None,
                (at, stop),
                (position, position),
                (begin, self.end),
                "that",
            )
        if position - self.start > _LEAST_QUOTE and not self.reports:
            return Report(
                self.number,
                (position, at),
                _ACCORDING,
                None,
                (at, stop),
                (position, position),
                (self.start, position),
                "before",
            )
        return None

    def add(self, report: Report) -> None:
        """Put a report in its place: nested in the content that is open, or at the sentence's level and closing it."""
        open_index = self.open_report()
        if open_index is None or report.form == "before":
            self.reports.append(report)
            return
        outer = self.reports[open_index]
        gap = range(outer.content[0], report.cue[0])
        between = sum(1 for i in gap if self.article[i].kind == "word")
        finite = report.shape is not None and report.shape.aspect in ("past", "present")
        nested = (
            outer.form == "that"
            and between <= _NESTED
            and not self.breaks(gap)
            and not (report.joined and finite)
            and not (report.shape is not None and report.shape.aspect == "participle" and between > 2)
        )
        if nested and (report.form == "noun" or self.own_side(gap)):
            return
        if nested and report.form == "quote" and self.article[report.after[1]].text != ":":
            return
        if nested:
            self.reports.append(replace(report, parent=open_index, before=(outer.content[0], report.cue[0])))
            return
        if report.form == "noun" and not self.stops_at(report.cue[0]) and not self.opens_clause(report):
            return
        border = self.border(report.cue[0], outer.content[0])
        self.reports[open_index] = replace(outer, content=(outer.content[0], border))
        inner_subject = max(report.before[0], border)
        self.reports.append(replace(report, before=(min(inner_subject, report.cue[0]), report.cue[0])))

    def own_side(self, gap: range) -> bool:
        """Whether the clause is about the speaker's own side: "قال إن بلاده تشترط أن …", "إنها أبلغت …"."""
        words = [self.article[i].form for i in gap if self.article[i].kind == "word"]
        pronoun = self.article[gap.start - 1].form if gap.start > self.start else ""
        return (not words and pronoun not in ("ان", "بان", "وان", "فان")) or (
            len(words) <= 3 and any(word in self.pack.own_side for word in words)
        )

    def opens_clause(self, report: Report) -> bool:
        """ "، لكن حميدتي نفى …": the subject before the verb stands after a comma or conjunction."""
        begin = report.before[0]
        previous = self.article[begin - 1] if begin > self.start else None
        return previous is not None and (previous.text in _COMMAS or previous.form in _CLAUSE_OPENERS)

    def breaks(self, gap: range) -> bool:
        """Whether a clause ends within the gap: a comma that is no apposition's, a conjunction, another report."""
        return any(
            (self.article[i].text in _COMMAS and not self.apposition(i))
            or self.article[i].form in _TURNS
            or self.article[i].form in _GOING_ON
            or self.stops_at(i)
            for i in gap
        )

    def apposition(self, comma: int) -> bool:
        return (comma + 1) in self.covered or (comma - 1) in self.covered

    def open_report(self) -> int | None:
        for index in range(len(self.reports) - 1, -1, -1):
            if self.reports[index].content[1] == self.end and self.reports[index].form != "before":
                return index
        return None

    def border(self, cue: int, least: int) -> int:
        """Where the content before a new report ends: at the comma or conjunction that opens the new clause."""
        at = cue
        while at > least + 1 and cue - at < 16:
            token = self.article[at - 1]
            if token.text in _COMMAS or token.text in ("-", "–"):
                return at - 1
            if token.form in _GOING_ON or token.form in _TURNS or token.form in _CLAUSE_BORDERS:
                return at - 1
            at -= 1
        return cue

    def continue_or_close(self, position: int) -> None:
        """Close the open content at words of the reporter; open a second one at "وأن"."""
        if position in self.inside:
            return
        index = self.open_report()
        if index is None:
            return
        report = self.reports[index]
        token = self.article[position]
        if position <= report.content[0]:
            return
        if (
            token.form in ("وان", "وانه", "وانها", "وانهم", "وبان", "وبانه", "وبانها", "وانهما")
            and report.form == "that"
        ):
            if report.form == "that" and position - report.content[0] >= _LEAST_QUOTE:
                self.reports[index] = replace(report, content=(report.content[0], position))
                self.reports.append(
                    replace(report, content=(position + 1, self.end), coordinated=True, joined=False, cue=report.cue)
                )
            return
        if (self.comma_before(position) or self.article[position - 1].kind == "punct") and self.narrator_at(position):
            self.reports[index] = replace(report, content=(report.content[0], position))

    def finished(self) -> list[Report]:
        trimmed = []
        for report in self.reports:
            begin, end = report.content
            while end > begin and self.article[end - 1].text in _COMMAS | _STOPS | {"-", "–", "(", ":"}:
                end -= 1
            if end > begin and self.article[end - 1].form in ("و", "كما", "فيما", "لكن", "وذلك"):
                end -= 1
            trimmed.append(replace(report, content=(begin, end)))
        return trimmed


def find_reports(
    article: Sequence[Token], sentence: Sentence, number: int, mentions: Sequence[Mention], pack: LanguagePack
) -> list[Report]:
    """The reports of one sentence, in order. `mentions` are those of the sentence (positions in `article`).

    A report whose `parent` is set is told within the parent's content ("Ushakov said that Putin told Biden that …").
    """
    return _Reader(article, sentence, number, mentions, pack).read()


Finder = Callable[[Sequence[Token], Sentence, int, Sequence[Mention], LanguagePack], list[Report]]
__all__ = ["CLOSING", "EITHER", "OPENING", "Report", "find_reports"]
