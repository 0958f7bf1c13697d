"""Interviews that are printed as questions and answers: which sentences are of an answer, and by whose label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from agents.language.alternation import alternating
from agents.language.names import CONJUNCTIONS, words_of
from agents.language.pack import LanguagePack
from agents.language.punctuation import COLONS, COMMAS, DASHES, QUESTION
from agents.language.sentences import Sentence, split
from agents.language.text import Token
from agents.language.turns import NOBODY, Label, Role, Turn, is_letters
from agents.language.verbs import MYSELF, WE, YOURS

_FEWEST: Final = 2  # questions and answers; a single one is a turn of phrase
_FEWEST_PERSONAL: Final = 3  # turns that speak of "you" and "we", where nothing else tells of an interview
_FEWEST_WORDS: Final = 4  # of a sentence that goes on with an answer: "لا أظن" says nothing by itself
_LONGEST_GREETING: Final = 4  # words
_LEAST_WORDS: Final = 3  # of a first sentence: "نعم" is no statement
_MOST_MARKED: Final = 3  # lines with one mark to a question and its answer
_LONGEST_BARE_QUESTION: Final = 30  # tokens of one that nothing marks
_LONGEST_BYLINE: Final = 14  # tokens
_LONGEST_ASIDE: Final = 6  # tokens of "(يضحك طويلا)"
_LONGEST_SECTION: Final = 12  # tokens of "أمام مقر الوفد، الوزير فلان:"
_SCENE: Final = 4  # tokens of "ثم نهض السفير"
_BYLINE: Final = 4  # tokens in which a byline must say that it is one
_ENDING: Final = 3  # lines behind the last answer
_SHORTEST_LABEL: Final = 2  # letters
_SHORTEST_YOURS: Final = 4  # letters


class Exchange(NamedTuple):
    """A question and what is said until the next one. Tokens."""

    question: Label
    answer: Label


@dataclass(frozen=True, slots=True)
class Answers:
    """The sentences of an interview by their numbers: what an answer says without its mark, and its label."""

    said: dict[int, list[tuple[Sentence, Label]]]
    asked: frozenset[int]
    start: int  # the token with which the first question begins,
    answered: int  # with which the first answer to one does,
    end: int  # and behind the last answer

    @property
    def labels(self) -> tuple[Label, ...]:
        found = (label for answers in self.said.values() for _, label in answers if label != NOBODY)
        return tuple(dict.fromkeys(found))


def may_ask(article: Sequence[Token], pack: LanguagePack) -> bool:
    """Whether anything in an article asks, or says that somebody did."""
    known = pack.clause_words.byline | pack.clause_words.asking
    return any(token.text in QUESTION or token.form in known for token in article)


def interview(
    article: Sequence[Token],
    turns: Sequence[Turn],
    title: str,
    pack: LanguagePack,
    persons: Mapping[int, str],
    *,
    quotes: bool = False,
) -> Interview | None:
    """The interview that an article is, if it is one.

    `persons`: the tokens that name one of the watchlist, with whom; `quotes`: whether its headline quotes one.
    """
    found = Interview(article, turns, pack, persons)
    return found if found.is_announced(title, quotes=quotes) else None


# -- whose turn it is ---------------------------------------------------------------------------------------------
class Interview:
    """Turns in which somebody asks and somebody answers."""

    def __init__(
        self, article: Sequence[Token], turns: Sequence[Turn], pack: LanguagePack, persons: Mapping[int, str]
    ) -> None:
        self.article, self.turns, self.pack, self.persons = article, turns, pack, persons
        pairs = [
            (asked, told)
            for asked, told in pairwise(turns)
            if asked.asks and not (told.asks and told.mark == asked.mark)
        ]
        marked = [(asked, told) for asked, told in pairs if asked.mark or told.mark]
        changes = {(asked.mark, told.mark) for asked, told in marked if asked.mark and asked.mark != told.mark}
        if not changes & {(told, asked) for asked, told in changes}:  # "• لنبدأ من جنيف...": no mark asks
            marked = [(a, t) for a, t in pairwise(turns) if (a, t) in marked or (a.mark, t.mark) in changes]
        spoken = any(asked.name and self._is_named(told) for asked, told in marked)  # "المذيعة: …", "فلان: …"
        self.unasked = False  # whether no question has a question mark
        self.bare = len(marked) < _FEWEST and not spoken
        self.pairs = [(a, t) for a, t in pairs if a.end - a.start <= _LONGEST_BARE_QUESTION] if self.bare else marked
        if not self.pairs:  # "■ حدثنا عن الجولة.", where the paper says who asks
            self.pairs = [(a, t) for a, t in pairwise(turns) if a.bullets and not a.name and t.mark != a.mark]
            self.unasked = True
        asking, telling = (Counter(pair[at].mark for pair in self.pairs) for at in (0, 1))
        # who asks oftener than he answers, or first: a guest may ask in his answer
        self.questions = {
            asked.mark
            for asked, _ in self.pairs
            if not asked.mark or asking[asked.mark] > telling[asked.mark] or asked.mark == self.pairs[0][0].mark
        }
        self.answers = {told.mark for _, told in self.pairs} - self.questions
        # whether labels say whose answer it is: another one's then may follow
        self.by_name = any(told.name and told.mark in self.answers for _, told in self.pairs)

    @cached_property
    def _in_turn(self) -> tuple[Role, ...] | None:
        return alternating(self.article, self.turns)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Of all turns; none before the first question and behind the answer to the last one."""
        if not self.pairs:
            return tuple("" for _ in self.turns)
        if self._in_turn is not None:
            return self._in_turn
        first = next(at for at, turn in enumerate(self.turns) if turn in self.pairs[0] or self._takes_part(turn))
        last = self.turns.index(self.pairs[-1][0])
        roles: list[Role] = []
        before: Role = ""
        for number, turn in enumerate(self.turns):
            role = self._role(number, turn, before) if number >= first else ""
            role = "" if number > last and (role == "more" or (self._marks_answers and self._is_bare(turn))) else role
            roles.append(role)
            before = role or ("" if number < first or not self._interrupts(turn) else before)
        return tuple(roles)

    def _role(self, number: int, turn: Turn, before: Role) -> Role:
        following = self.turns[number + 1] if number + 1 < len(self.turns) else None
        prompts = following is not None and bool(following.mark) and following.mark in self.answers
        role: Role = "question" if prompts else ""
        if turn.aside or self._is_section(number):
            role = ""
        elif turn.mark and turn.mark in self.answers:
            role = "answer"
        elif turn.mark in self.questions and (turn.asks or (turn.mark and self.answers)):
            role = "question"
        elif self._is_named(turn) or (self.by_name and self._is_anothers(turn)):
            role = "answer"
        elif self.by_name and turn.label != NOBODY:
            role = "question"  # "المتحدثة: السؤال الأخير"
        elif before == "question":
            # a question may have several lines, where a mark tells what answers it
            role = "question" if self._marks_answers and self._is_bare(turn) else "answer"
        elif not turn.mark and not prompts and before in ("answer", "more"):
            role = "more"
        return role

    def _interrupts(self, turn: Turn) -> bool:
        """ "(ملاحظة: …)", "● عاجل: …": what is nobody's turn."""
        return turn.aside or bool(turn.bullets and not turn.asks)

    def _is_anothers(self, turn: Turn) -> bool:
        """Whether one more label says whose answer it is: no "● عاجل: …" between answers without a bullet."""
        bullets = {told.bullets for _, told in self.pairs}
        return bool(turn.name) and turn.mark not in self.questions and turn.bullets in bullets

    @cached_property
    def _marks_answers(self) -> bool:
        """Whether no answer stands without a mark."""
        return bool(self.answers) and all(self.answers)

    def _is_bare(self, turn: Turn) -> bool:
        return not turn.mark and turn.label == NOBODY

    def _takes_part(self, turn: Turn) -> bool:
        """Whether a label says who asks or who answers, before the first question too."""
        return bool(turn.name) and turn.mark in self.questions | self.answers

    def _is_named(self, turn: Turn) -> bool:
        return any(at in self.persons for at in range(*turn.label))

    def _is_section(self, number: int) -> bool:
        """ "أمام مقر الوفد، الوزير فلان:" before a question: whose answers follow."""
        turn = self.turns[number]
        following = self.turns[number + 1] if number + 1 < len(self.turns) else None
        if (
            self.article[turn.end - 1].text not in COLONS
            or following is None
            or turn.end - turn.start > _LONGEST_SECTION
        ):
            return False
        return following.asks and following.mark in self.questions and turn.end - 2 in self.persons

    # -- whether it is one ----------------------------------------------------------------------------------------
    def is_announced(self, title: str, *, quotes: bool = False) -> bool:
        """Whether somebody says that this is an interview: the paper, labels that name who answers, or how they speak.

        Who is asked is "you", and speaks of "us"; an explainer asks its readers' questions and answers them itself.
        """
        answers = [turn for turn, role in zip(self.turns, self.roles, strict=True) if role == "answer"]
        if len(answers) < _FEWEST or (self.bare and len(self.pairs) < _FEWEST) or self._is_scattered():
            return False
        introduction = [turn for turn in self.turns if turn.start < self.start]
        signed = any(map(self._is_signature, self._ending()))
        conducted = signed or any(map(self._is_byline, introduction))
        if self.unasked:
            return conducted
        told = any(map(self._is_told, answers))
        asked = [turn for turn, role in zip(self.turns, self.roles, strict=True) if role == "question" or turn.asks]
        addressed = sum(map(self._is_addressed, asked)) + sum(map(self._is_greeting, [*asked, *answers]))
        personal = sum(map(self._is_personal, answers))
        if self.bare:
            spoken = bool(addressed and personal) and addressed + personal >= _FEWEST_PERSONAL
            return not told and (conducted or spoken or self._is_with([*words_of(title)]))
        if conducted or addressed or personal >= _FEWEST or (quotes and not told):
            return True
        named = sum(map(self._is_named, answers)) >= _FEWEST or self._is_labelled()
        sections = sum(map(self._is_section, range(len(self.turns)))) >= _FEWEST
        forms = {token.form for token in self.article[: self.start]}
        spoken_of = not self.pack.clause_words.interview.isdisjoint(forms)
        return named or sections or spoken_of or self._is_headed(title)

    def _is_scattered(self) -> bool:
        """Whether a few lines of a list ask among many that do not: headlines below an article."""
        marked = sum(bool(turn.mark) and turn.mark in self.questions for turn in self.turns)
        return not self.answers and self._in_turn is None and marked > _MOST_MARKED * len(self.pairs)

    def _is_headed(self, title: str) -> bool:
        """ "حوار جنيف مع فلان", "خمسة أسئلة إلى فلان"."""
        words, forms = self.pack.clause_words, words_of(title)
        put = next((at for at, form in enumerate(forms) if form in words.questions), len(forms))
        to = words.guest_behind | words.interview_with
        return not to.isdisjoint(forms[put + 1 : put + _BYLINE]) or not words.interview.isdisjoint(forms)

    def _is_labelled(self) -> bool:
        """Whether all that is asked and told has the label of somebody: "الأفق: …", "فلان: …"."""
        introduction = {token.form for token in self.article[: self.start]}
        named = [told for _, told in self.pairs if told.name and told.name[-1] in introduction]
        return len(named) >= _FEWEST or (
            len(self.pairs) >= _FEWEST
            and all(
                turn.labelled and (is_letters(turn.name) or not turn.name or max(map(len, turn.name)) > _SHORTEST_LABEL)
                for pair in self.pairs
                for turn in pair
            )
        )

    @property
    def start(self) -> int:
        """The token with which the first question begins."""
        return next(turn.start for turn, role in zip(self.turns, self.roles, strict=True) if role)

    def _ending(self) -> list[Turn]:
        """The lines behind the last answer, a few at most."""
        last = max(at for at, role in enumerate(self.roles) if role in ("answer", "more"))
        return list(self.turns[last + 1 : last + 1 + _ENDING])

    def _is_byline(self, turn: Turn) -> bool:
        """ "حوار: فلان", "حاورته في جنيف: فلانة", "… وكان هذا الحوار:"."""
        words = self.pack.clause_words
        forms = [token.form for token in self.article[turn.start : turn.end]]
        if self.article[turn.end - 1].text in COLONS:
            return not words.interview.isdisjoint(forms)
        if forms[0] in words.conducted and not words.interview.isdisjoint(forms[1:_BYLINE]):
            return True
        return len(forms) <= _LONGEST_BYLINE and (forms[0] in words.byline or self._is_with(forms[:_BYLINE]))

    def _is_signature(self, turn: Turn) -> bool:
        """ "فلان باحث في الجامعة. حاورته: فلانة", "أجرت الحوار: فلانة"."""
        words = self.pack.clause_words
        forms = [token.form for token in self.article[turn.start : turn.end]]
        conducted = [at for at, form in enumerate(forms) if form in words.conducted]
        named = any(not words.interview.isdisjoint(forms[at : at + _BYLINE]) for at in conducted)
        return named or not words.byline.isdisjoint(forms) or self._is_byline(turn)

    def _is_addressed(self, turn: Turn) -> bool:
        """Whether somebody is asked for what he thinks, or by his title: "برأيك", "هل تخشون", "معالي الوزيرة، من"."""
        words, opening = self.pack.clause_words, turn.begin
        forms = range(opening, turn.end)
        called = (at for at in forms if self.article[at].form in words.vocatives)
        return any(at == opening or self.article[at - 1].text in COMMAS for at in called) or any(
            map(self._is_yours, self._forms(turn))
        )

    def _is_greeting(self, turn: Turn) -> bool:
        """ "شكرا دكتور.", "العفو."."""
        words = [form for form in self._forms(turn) if form.isalpha()]
        return 0 < len(words) <= _LONGEST_GREETING and words[0] in self.pack.clause_words.greets

    def _is_yours(self, form: str) -> bool:
        words = self.pack.clause_words
        yours = len(form) >= _SHORTEST_YOURS and any(form.startswith(a) and form.endswith(z) for a, z in YOURS)
        return form in words.addressed or (yours and form not in words.not_yours)

    def _is_personal(self, turn: Turn) -> bool:
        """Whether who answers speaks of himself: "لدينا", "أظن", "لن نوقع"."""
        words, forms = self.pack.clause_words, self._forms(turn)
        ours = any(form in words.we or form in words.myself for form in forms)
        return ours or any(a in words.negates_verb and b.startswith((MYSELF, WE)) for a, b in pairwise(forms))

    def _forms(self, turn: Turn) -> list[str]:
        return [token.form for token in self.article[turn.begin : turn.end]]

    def _is_with(self, forms: list[str]) -> bool:
        """ "حوار: فلان", "حوار خاص - فلان", "مقابلة مع", and not "حوار جنيف": an interview, and by or with whom."""
        words = self.pack.clause_words
        for at, form in enumerate(forms):
            if form in words.interview:
                behind = forms[at + 1 : at + _BYLINE]
                return any(sign in words.byline | words.interview_with | COLONS | DASHES for sign in behind)
        return False

    def _is_told(self, turn: Turn) -> bool:
        """Whether a verb of reporting opens what would be an answer: an article with questions for headings."""
        form = self.article[turn.begin].form if turn.begin < turn.end else ""
        verbs = self.pack.verb_forms
        bare = form[1:] if form[:1] in tuple(CONJUNCTIONS) else form
        return any(shape.finite for shape in (*verbs.get(form, ()), *verbs.get(bare, ())))

    # -- sentences ------------------------------------------------------------------------------------------------
    def speaks(self, start: int, end: int, *, marked: bool) -> bool:
        """Whether the beginning of an answer stands in those tokens; `marked`: with a mark that only answers have."""
        return any(
            turn.begin < end and start < turn.end and ((bool(turn.mark) and turn.mark in self.answers) or not marked)
            for turn, role in zip(self.turns, self.roles, strict=True)
            if role == "answer"
        )

    def exchanges(self) -> Iterator[Exchange]:
        """Each question with its answer: one that is printed as a heading is no sentence, but tells what is meant."""
        parts = list(zip(self.turns, self.roles, strict=True))
        asked = [at for at, (_, role) in enumerate(parts) if role == "question"]
        end = max((turn.end for turn, role in parts if role in ("answer", "more")), default=0)
        first = 0
        for number, at in enumerate(asked):
            following = asked[number + 1] if number + 1 < len(asked) else None
            if following == at + 1:  # a question of several lines
                continue
            until = parts[following][0].start if following is not None else end
            yield Exchange((parts[asked[first]][0].begin, parts[at][0].end), (parts[at][0].end, until))
            first = number + 1

    def answers_in(self, sentences: Sequence[Sentence]) -> Answers:
        """Which of the sentences are of answers, and which of questions."""
        answers: dict[int, list[tuple[Sentence, Label]]] = {}
        asked: set[int] = set()
        at, label, section = 0, NOBODY, NOBODY
        for number, sentence in enumerate(sentences):
            while at + 1 < len(self.turns) and self.turns[at + 1].start <= sentence.end - 1:
                if self._is_section(at):
                    section = (self.turns[at].start, self.turns[at].end - 1)
                at += 1
                if self.roles[at] == "answer":
                    label = self.turns[at].label if self.turns[at].label != NOBODY else section
            turn, role = self.turns[at], self.roles[at]
            if role == "question":
                asked.add(number)
            elif turn.start > self.start and turn.aside:
                answers[number] = []  # "(ملاحظة: حذف سؤال لضيق المساحة)"
            elif role:
                answers[number] = [(one, label) for one in self._said(turn, role, sentence)]
        parts = list(zip(self.turns, self.roles, strict=True))
        first = next(at for at, (_, role) in enumerate(parts) if role == "question")
        answered = next((turn.start for turn, role in parts[first:] if role == "answer"), self.start)
        end = max(turn.end for turn, role in parts if role in ("answer", "more"))
        return Answers(answers, frozenset(asked), self.start, answered, end)

    def _said(self, turn: Turn, role: Role, sentence: Sentence) -> list[Sentence]:
        """What a sentence says of an answer: its first says something anyway, others no question and no two words."""
        start, end = max(turn.begin, sentence.start), min(turn.last, sentence.end)
        parts = split(self.article, start, end, sentence.block) if start < end else []
        first = role == "answer" and sentence.start <= turn.begin and turn.start > self.pairs[0][0].start
        found = (self._part(part, first=first and part is parts[0]) for part in parts)
        return [replace(sentence, start=part[0], end=part[1]) for part in found if part is not None]

    def _part(self, part: Sentence, *, first: bool) -> tuple[int, int] | None:
        start = self._past_aside(part.start)
        end = part.end - (self.article[part.end - 1].text == ".")
        words = sum(token.kind == "word" for token in self.article[start:end])
        asks = self.article[part.end - 1].text in QUESTION
        greets = (
            start < end and words <= _LONGEST_GREETING and self.article[start].form in self.pack.clause_words.greets
        )
        if start >= end or greets or (not first and self._is_scene(start, end)):
            return None
        return (start, end) if words >= (_LEAST_WORDS if first else _FEWEST_WORDS) and not asks else None

    def _past_aside(self, start: int) -> int:
        """Past "(يضحك)"."""
        texts = [token.text for token in self.article[start : start + _LONGEST_ASIDE]]
        return start + texts.index(")") + 1 if texts[:1] == ["("] and ")" in texts else start

    def _is_scene(self, start: int, end: int) -> bool:
        """ "ثم طوت المتحدثة أوراقها وغادرت القاعة", "وسكت قليلا ثم تابع:": what the guest does next."""
        words = self.pack.clause_words
        if self.article[end - 1].text in COLONS:
            forms = (token.form for token in self.article[start:end])
            return any(shape.finite for form in forms for shape in self.pack.verb_forms.get(form, ()))
        behind = (token.form for token in self.article[start + 1 : start + _SCENE])
        return self.article[start].form in words.then_says and any(
            form in self.pack.continuing_titles for form in behind
        )
