"""Interviews that are printed as questions and answers: which sentences are of an answer, and by whose label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from agents.language.names import CONJUNCTIONS, words_of
from agents.language.pack import LanguagePack
from agents.language.punctuation import BULLETS, COLONS, DASHES, QUESTION
from agents.language.sentences import Sentence
from agents.language.text import CLOSING, OPENING, Token

_FEWEST: Final = 2  # questions and answers; a single one is a turn of phrase
_FEWEST_WORDS: Final = 4  # of a sentence that goes on with an answer: "لا أظن" says nothing by itself
_LEAST_WORDS: Final = 2  # of a first sentence: "نعم" is no statement
_LONGEST_QUESTION: Final = 80  # tokens
_LONGEST_BARE_QUESTION: Final = 30  # tokens of one that nothing marks
_LONGEST_LABEL: Final = 8  # tokens before its colon
_LONGEST_BYLINE: Final = 14  # tokens
_LONGEST_ASIDE: Final = 6  # tokens of "(يضحك طويلا)"
_SCENE: Final = 4  # tokens of "ثم نهض السفير"
_BYLINE: Final = 4  # tokens in which a byline must say that it is one
_ENDING: Final = 3  # lines behind the last answer
_BEHIND_NAME: Final = 1  # words of a label behind a name, but for an aside: "فلان ضاحكا:"
_SHORTEST_LABEL: Final = 2  # letters
_NUMBER: Final = "#"  # whatever the number of a question
_AFTER_MARK: Final = COLONS | DASHES | {"/", ")", "."}
_IN_LABEL: Final = frozenset("./\"'" + OPENING + CLOSING)

_BEHIND: Final = frozenset(CLOSING + "\"'*)")
_NOBODY: Final = (0, 0)

Label = tuple[int, int]  # tokens
Role = Literal["question", "answer", "more", ""]


@dataclass(frozen=True, slots=True)
class Interview:
    """The sentences of an interview by their numbers; answers without what marks them, each with its label."""

    answers: dict[int, tuple[Sentence, Label]]
    asked: frozenset[int]
    start: int  # the token with which the first question begins

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(dict.fromkeys(label for _, label in self.answers.values() if label != _NOBODY))


@dataclass(frozen=True, slots=True)
class _Turn:
    """A line, or what stands in one behind a question mark and a bullet."""

    start: int
    begin: int  # past its mark
    end: int
    bullets: tuple[str, ...]
    name: tuple[str, ...]  # the label in folded forms, where it is known to be one
    label: Label
    asks: bool

    @property
    def mark(self) -> tuple[str, ...]:
        return self.bullets + self.name


def interview(
    article: Sequence[Token], sentences: Sequence[Sentence], title: str, pack: LanguagePack, persons: Container[int]
) -> Interview | None:
    """The interview that an article is, if it is one. `persons`: the tokens that name one of the watchlist."""
    if not any(token.text in QUESTION for token in article):
        return None
    turns = tuple(_turns(article, pack, persons))
    reading = _Reading(article, turns, pack, persons)
    return reading.interview(sentences) if reading.is_announced(title) else None


# -- lines and what marks them ------------------------------------------------------------------------------------
def _turns(article: Sequence[Token], pack: LanguagePack, persons: Container[int]) -> Iterator[_Turn]:
    parts = list(_parts(article, pack))
    labels = [_label(article, start, end, pack) for start, end in parts]
    names = Counter(_forms(article, label) for label in labels if label != _NOBODY)
    labels = [
        _NOBODY if names[_forms(article, label)] < _FEWEST and _tells(article, label, persons) else label
        for label in labels
    ]
    titles = pack.unnamed | pack.continuing_titles
    for (start, end), label in zip(parts, labels, strict=True):
        bullets, begin = _bullets(article, start, end)
        name = _forms(article, label)
        headed = bool(name) and name[0] in titles
        person = next((at for at in range(*label) if at in persons), None)
        # "السفير في القاهرة فلان: …", and not "المفتاح في جيب فلان: ليسلمه"
        named = person is not None and (
            headed or pack.clause_words.before_no_name.isdisjoint(_forms(article, (label[0], person)))
        )
        known = names[name] >= _FEWEST or named or _is_mark(name, pack)
        titled = known or headed  # and not "أقولها بوضوح: لن نوقع"
        yield _Turn(
            start=start,
            begin=label[1] + 1 if titled else begin,
            end=end,
            bullets=bullets,
            name=name if known else (),
            label=label if titled and not _is_mark(name, pack) else _NOBODY,
            asks=_asks(article, begin, end),
        )


def _parts(article: Sequence[Token], pack: LanguagePack) -> Iterator[tuple[int, int]]:
    start = 0
    for at, token in enumerate(article):
        begins = token.text in BULLETS or token.form in pack.clause_words.answer_mark
        behind = at > start and article[at - 1].text in QUESTION and begins
        if token.kind == "break" or behind:
            if start < at:
                yield start, at
            start = at if behind else at + 1
    if start < len(article):
        yield start, len(article)


def _bullets(article: Sequence[Token], start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The bullets at the beginning of a line, a number like one, and what stands behind."""
    at, bullets = start, []
    while at < end and article[at].text in BULLETS:
        bullets.append(article[at].text)
        at += 1
    opened = at + (article[at].text == "(" if at < end else 0)
    if opened + 1 < end and article[opened].kind == "number" and article[opened + 1].text in DASHES | {")", ".", "/"}:
        return (*bullets, _NUMBER), opened + 2
    return tuple(bullets), at


def _label(article: Sequence[Token], start: int, end: int, pack: LanguagePack) -> Label:
    """The words before a colon at the beginning of a line, or "س" before whatever stands for one."""
    _, begin = _bullets(article, start, end)
    for at in range(begin, min(end, begin + _LONGEST_LABEL)):
        token = article[at]
        if at > begin and (
            token.text in COLONS or (token.text in _AFTER_MARK and _is_mark((article[begin].form,), pack))
        ):
            return (begin, at)
        numbered = at == begin + 1 and token.kind == "number" and _is_mark((article[begin].form,), pack)  # "س1:"
        if token.kind != "word" and token.text not in _IN_LABEL and not numbered:
            break
    return _NOBODY


def _tells(article: Sequence[Token], label: Label, persons: Container[int]) -> bool:
    """Whether words go on behind the name with no mark between: "الرئيس فلان قالها لنا قبل السفر:"."""
    last = max((at for at in range(*label) if at in persons), default=label[1])
    behind = range(last + 1, label[1])
    mark = next((at for at in behind if article[at].kind != "word"), label[1])
    return mark - last - 1 > _BEHIND_NAME


def _is_mark(name: tuple[str, ...], pack: LanguagePack) -> bool:
    words = pack.clause_words
    return bool(name) and name[0] in words.question_mark | words.answer_mark


def _forms(article: Sequence[Token], label: Label) -> tuple[str, ...]:
    return tuple(token.form for token in article[slice(*label)] if token.kind == "word")


def _asks(article: Sequence[Token], begin: int, end: int) -> bool:
    while end > begin and article[end - 1].text in _BEHIND:
        end -= 1
    return begin < end and article[end - 1].text in QUESTION and end - begin <= _LONGEST_QUESTION


def past_bullet(article: Sequence[Token], start: int, end: int) -> int:
    """Past what marks an entry of a list at the beginning of a line; the beginning where nothing does."""
    return _bullets(article, start, end)[1]


# -- whose turn it is ---------------------------------------------------------------------------------------------
class _Reading:
    def __init__(
        self, article: Sequence[Token], turns: Sequence[_Turn], pack: LanguagePack, persons: Container[int]
    ) -> None:
        self.article, self.turns, self.pack, self.persons = article, turns, pack, persons
        pairs = [
            (asked, told)
            for asked, told in pairwise(turns)
            if asked.asks and not (told.asks and told.mark == asked.mark)
        ]
        marked = [(asked, told) for asked, told in pairs if asked.mark or told.mark]
        spoken = any(asked.name and self._is_named(told) for asked, told in marked)  # "المذيعة: …", "فلان: …"
        self.bare = len(marked) < _FEWEST and not spoken
        self.pairs = [(a, t) for a, t in pairs if a.end - a.start <= _LONGEST_BARE_QUESTION] if self.bare else marked
        self.questions = {asked.mark for asked, _ in self.pairs}
        self.answers = {told.mark for _, told in self.pairs} - self.questions

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Of all turns; none before the first question and behind the answer to the last one."""
        if not self.pairs:
            return tuple("" for _ in self.turns)
        first = next(at for at, turn in enumerate(self.turns) if turn in self.pairs[0] or self._is_asked(turn))
        last = self.turns.index(self.pairs[-1][0])
        roles: list[Role] = []
        for number, turn in enumerate(self.turns):
            before = roles[-1] if roles else ""
            role = self._role(number, turn, before) if number >= first else ""
            roles.append("" if role == "more" and number > last else role)
        return tuple(roles)

    def _role(self, number: int, turn: _Turn, before: Role) -> Role:
        following = self.turns[number + 1] if number + 1 < len(self.turns) else None
        if turn.mark and turn.mark in self.answers:
            return "answer"
        if turn.mark in self.questions and (turn.asks or (turn.mark and self.answers)):
            return "question"
        if self._is_named(turn) or (turn.name and turn.mark not in self.questions and self._answer_by_name()):
            return "answer"
        if before == "question":
            return "answer"
        prompts = following is not None and following.mark and following.mark in self.answers
        if turn.mark or prompts or before not in ("answer", "more"):
            return "question" if prompts else ""
        return "more"

    def _is_named(self, turn: _Turn) -> bool:
        return any(at in self.persons for at in range(*turn.label))

    def _answer_by_name(self) -> bool:
        """Whether labels say whose answer it is: another one's then may follow."""
        return any(told.name and told.mark in self.answers for _, told in self.pairs)

    def _is_asked(self, turn: _Turn) -> bool:
        """Whether a label says who asks, as in a question."""
        return bool(turn.name) and turn.mark in self.questions

    def is_announced(self, title: str) -> bool:
        """Whether somebody says that this is an interview: the paper, or labels that name who answers."""
        answers = [turn for turn, role in zip(self.turns, self.roles, strict=True) if role == "answer"]
        if len(answers) < _FEWEST or (self.bare and len(self.pairs) < _FEWEST):
            return False
        words, start = self.pack.clause_words, self.start
        introduction = [turn for turn in self.turns if turn.start < start]
        headed = not words.interview.isdisjoint(words_of(title))
        if self.bare:
            told = any(self._is_told(turn) for turn in answers)
            headed = self._is_with([*words_of(title)])
            return not told and (headed or any(map(self._is_byline, introduction)))
        forms = {token.form for token in self.article[:start]}
        named = sum(map(self._is_named, answers)) >= _FEWEST or self._is_labelled()
        told = not words.interview.isdisjoint(forms) or any(map(self._is_byline, introduction))
        signed = any(map(self._is_byline, self.turns[-_ENDING:]))
        return headed or named or told or signed or any(map(self._is_addressed, self.turns))

    def _is_labelled(self) -> bool:
        """Whether all that is asked and told has the label of somebody: "الأفق: …", "فلان: …"."""
        words = self.pack.clause_words
        marks = words.question_mark | words.answer_mark
        return len(self.pairs) >= _FEWEST and all(
            turn.name and marks.isdisjoint(turn.name) and any(len(form) > _SHORTEST_LABEL for form in turn.name)
            for pair in self.pairs
            for turn in pair
        )

    @property
    def start(self) -> int:
        """The token with which the first question begins."""
        return next(turn.start for turn, role in zip(self.turns, self.roles, strict=True) if role == "question")

    def _is_byline(self, turn: _Turn) -> bool:
        """ "حوار: فلان", "حاورته في جنيف: فلانة", "… وكان هذا الحوار:"."""
        words = self.pack.clause_words
        forms = [token.form for token in self.article[turn.start : turn.end]]
        if self.article[turn.end - 1].text in COLONS:
            return not words.interview.isdisjoint(forms)
        if forms[0] in words.conducted and not words.interview.isdisjoint(forms[1:_BYLINE]):
            return True
        return len(forms) <= _LONGEST_BYLINE and (forms[0] in words.byline or self._is_with(forms[:_BYLINE]))

    def _is_addressed(self, turn: _Turn) -> bool:
        """Whether it asks somebody for what he thinks: "برأيك", "هل تخشون"."""
        forms = {token.form for token in self.article[turn.begin : turn.end]}
        return turn.asks and bool(turn.mark) and not self.pack.clause_words.addressed.isdisjoint(forms)

    def _is_with(self, forms: list[str]) -> bool:
        """ "حوار: فلان", "حوار خاص - فلان", "مقابلة مع", and not "حوار جنيف": an interview, and by or with whom."""
        words = self.pack.clause_words
        for at, form in enumerate(forms):
            if form in words.interview:
                behind = forms[at + 1 : at + _BYLINE]
                return any(sign in words.byline | words.interview_with | COLONS | DASHES for sign in behind)
        return False

    def _is_told(self, turn: _Turn) -> bool:
        """Whether a verb of reporting opens what would be an answer: an article with questions for headings."""
        form = self.article[turn.begin].form if turn.begin < turn.end else ""
        verbs = self.pack.verb_forms
        bare = form[1:] if form[:1] in tuple(CONJUNCTIONS) else form
        return any(shape.aspect in ("past", "present") for shape in (*verbs.get(form, ()), *verbs.get(bare, ())))

    # -- sentences ------------------------------------------------------------------------------------------------
    def interview(self, sentences: Sequence[Sentence]) -> Interview:
        answers: dict[int, tuple[Sentence, Label]] = {}
        asked: set[int] = set()
        at, label = 0, _NOBODY
        for number, sentence in enumerate(sentences):
            while at + 1 < len(self.turns) and self.turns[at + 1].start <= sentence.end - 1:
                at += 1
                if self.roles[at] == "answer":
                    label = self.turns[at].label
            turn, role = self.turns[at], self.roles[at]
            if role == "question":
                asked.add(number)
            elif role and (said := self._said(turn, role, sentence)) is not None:
                answers[number] = (said, label)
        return Interview(answers, frozenset(asked), self.start)

    def _said(self, turn: _Turn, role: Role, sentence: Sentence) -> Sentence | None:
        """What a sentence says of an answer: its first says something anyway, others no question and no two words."""
        start = self._past_aside(max(turn.begin, sentence.start))
        end = sentence.end - (self.article[sentence.end - 1].text == ".")
        words = sum(token.kind == "word" for token in self.article[start:end])
        first = role == "answer" and sentence.start <= turn.begin
        asks = self.article[sentence.end - 1].text in QUESTION
        if start >= end or (not first and self._is_scene(start)):
            return None
        if (first and words >= _LEAST_WORDS) or (words >= _FEWEST_WORDS and not asks):
            return replace(sentence, start=start, end=end)
        return None

    def _past_aside(self, start: int) -> int:
        """Past "(يضحك)"."""
        texts = [token.text for token in self.article[start : start + _LONGEST_ASIDE]]
        return start + texts.index(")") + 1 if texts[:1] == ["("] and ")" in texts else start

    def _is_scene(self, start: int) -> bool:
        """ "ثم طوت المتحدثة أوراقها وغادرت القاعة": what the guest does next."""
        words = self.pack.clause_words
        behind = (token.form for token in self.article[start + 1 : start + _SCENE])
        return self.article[start].form in words.then_says and any(
            form in self.pack.continuing_titles for form in behind
        )
