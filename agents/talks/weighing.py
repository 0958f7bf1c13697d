"""How much speaks for a clause that names no talks being about some."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

from agents.language.names import AND
from agents.language.punctuation import QUESTION
from agents.language.stems import shortest
from agents.talks.known import NO_MARK
from agents.talks.marked import MarkedArticle

PREVIOUS: Final = "previous"  # whether what was said last is about talks, or those talks: evidence of other clauses,
PREVIOUS_HERE: Final = "previous_here"  # and the same in one paragraph
EVEN: Final = 0.5  # the chance that tells nothing
_SHORT: Final = 5  # tokens of a clause that is too short to be compared without the words that lead to it,
_LED_BY: Final = 6  # and how many of those
_FAR: Final = 3  # sentences without the name of talks, after which a passage has left them
ADJECTIVE: Final = 2  # tokens after "الجولة" in which it is said which
_BOTH: Final = 2  # sides, which is as many as count
_USUAL: Final = 8  # words of a clause
_TAKEN_UP: Final = 6  # words from an agreement to "وتنص", or to "معتبرا أنه"
_RIGHT_BEHIND: Final = 4  # and to "أن" where it says so
_MAIN: Final = 2  # words before a condition that make it one of something else


@dataclass(frozen=True, slots=True)
class Before:
    """What was said last before a clause: in which paragraph, how likely of 1 it is about talks, and about which."""

    block: int
    chance: float
    talks: frozenset[str]


@dataclass(frozen=True, slots=True)
class TalkContext:
    """A clause and where it stands. Ranges are token positions of the article, half-open.

    `frame` are the words that lead to the clause ("he called the delay"), `parties` the sides that speak or are named,
    `speakers` those that speak, `text` the clause as it is written, where that is known: others ask the encoder about
    it too. `before` is known of what is said.
    """

    sentence: int
    clause: tuple[int, int]
    frame: tuple[int, int]
    parties: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    text: str = ""
    before: Before | None = None


def evidence(article: MarkedArticle, context: TalkContext) -> dict[str, float]:
    """What speaks for and against the clause being about talks, by the names of `Weights`."""
    start, end = context.clause
    main = _main_end(article, start, end)
    sentence = article.sentences[context.sentence]
    paragraph = any(
        named and article.sentences[number].block == sentence.block
        for number, named in enumerate(article.named[: context.sentence])
    )
    leads = frame_of(article, context)
    in_frame = range(*leads)
    named_in_frame = any(name.start in in_frame for name in article.names)
    talk = min(1, article.count("talk", start, end))
    before = context.before.chance - EVEN if context.before is not None else 0.0
    here = context.before is not None and context.before.block == sentence.block
    return {
        "talk": talk,
        "agenda": min(1, article.count("agenda", start, main)),
        "outcome": min(1, article.count("outcome", start, main)),
        "hint": min(2, article.count("hints", start, main)),
        "venue": bool(article.held_in(start, end)),
        "hostile": min(2, article.count("hostile", start, _discussed_from(article, start, end), of_nobody=True)),
        "frame": named_in_frame or article.count("talk", *leads, of_nobody=True) > 0,
        "frame_outcome": any(article.count(group, *leads, of_nobody=True) for group in ("outcome", "agenda"))
        or _is_of_an_accord(article, sentence.start, start),
        "anaphora": any(
            article.words[position].form in article.known.vocabulary.small["anaphora"] for position in in_frame
        ),
        "asked": _is_asked(article, sentence.start, start) or _answers(article, context.sentence),
        "joint": any(len(context.speakers.intersection(talk.parties)) > 1 for talk in article.known.talks.values()),
        "just_held": not article.just_held.isdisjoint(context.speakers),
        "cause": _is_cause_of_it(article, context),
        "taken_up": _takes_up(article, context),
        "before": article.count("talk", sentence.start, leads[0], of_nobody=True) > 0,
        "after": article.count("talk", end, sentence.end, of_nobody=True) > 0,
        "sentence": bool(article.named[context.sentence]),
        "paragraph": paragraph,
        "next": _is_next_named(article, context.sentence),
        "far": not talk and not any(article.named[max(0, context.sentence - _FAR) : context.sentence + 1]),
        "unnamed": not any(article.named) and not article.headed,
        "stranger": not talk and bool(context.speakers) and context.speakers.isdisjoint(article.known.sides),
        "sides": min(_BOTH, len(context.speakers & article.known.sides)),
        PREVIOUS: before,
        PREVIOUS_HERE: before if here else 0.0,
        "sides_named": min(_BOTH, len(article.parties_in(start, end) & article.known.sides)),
    }


def stems(article: MarkedArticle, context: TalkContext) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the clause that are not marked, and those that are, by their shortest stems.

    Names and dates are left out, of which every crisis has its own.
    """
    marked, others = set[str](), set[str]()
    for at in range(*context.clause):
        if article.words[at].kind == "word" and at not in article.of_its_own:
            (marked if at in article.marks else others).add(shortest(article.words[at].form))
    return frozenset(others), frozenset(marked)


def _is_asked(article: MarkedArticle, start: int, end: int) -> bool:
    """Whether what is said answers what was asked of talks: "سئل عن المحادثات فأجاب", "وعن الجولة الرابعة قال"."""
    topic = article.known.vocabulary.small["topic"]
    asked = (at for at in range(start, end) if article.words[at].form in topic)
    behind = (n for at in asked for n in range(at + 1, min(at + 1 + ADJECTIVE, end)))
    return any(article.marks.get(n, NO_MARK).group == "talk" for n in behind)


def _answers(article: MarkedArticle, number: int) -> bool:
    """Whether the paragraph answers a question that names talks: "● ماذا تنتظرون من الجولة؟ - …"."""
    asked = article.asked(number)
    if asked is not None:
        return article.asked_of_talks(number) is not None
    block = article.sentences[number].block
    while number and article.sentences[number].block == block:
        number -= 1
    question = article.sentences[number]
    asks = article.words[question.end - 1].text in QUESTION
    return asks and question.block != block and bool(article.named[number])


def _takes_up(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether a pronoun takes up talks that were told of just before: "سينعقد المؤتمر غدا، وأن فلانا سيدير أعماله"."""
    start, end = context.clause
    if not _has_pronoun(article, start, end):
        return False
    before = max(0, context.sentence - 1)
    if article.sentences[before].block != article.sentences[context.sentence].block:
        before = context.sentence
    first = article.sentences[before].start
    named = any(first <= name.start < start for name in article.names)
    return named or article.count("talk", first, start, of_nobody=True) > 0


def _has_pronoun(article: MarkedArticle, start: int, end: int) -> bool:
    """Whether something stands there that talks have, or what is done in them or for them, with a pronoun."""
    small = article.known.vocabulary.small
    forms = [token.form for token in article.words[start:end]]
    if not small["of_it"].isdisjoint(forms):
        return True
    for at, form in enumerate(forms):
        for led, pronoun in (("acts_in", "in_it"), ("ready", "for_it")):
            if form in small[pronoun]:
                return any(word.removeprefix(AND) in small[led] for word in forms[max(0, at - ADJECTIVE) : at])
    return False


def _is_of_an_accord(article: MarkedArticle, first: int, start: int) -> bool:
    """Whether an agreement that was told of before in the sentence says it, or is meant by a pronoun: "تلا نص الوثيقة،
    وتنص على", "جاء في البيان المشترك أن", "رحب بالاتفاق معتبرا أنه".
    """
    accord = max(article.of_group("outcome", first, start), default=None)
    if accord is None or not article.count("outcome", accord, accord + 1, of_nobody=True):
        return False
    small, forms = article.known.vocabulary.small, [word.form.removeprefix(AND) for word in article.words[first:start]]
    at = accord - first
    if forms[-1] in small["that_it"]:
        return len(forms) - at <= _TAKEN_UP and not small["greets"].isdisjoint(forms[:at])
    lead = next((n for n in range(len(forms) - 1, -1, -1) if forms[n] in small["stipulates"]), None)
    if lead is None or abs(lead - at) > _TAKEN_UP:
        return False
    last = len(forms) - 1 if len(forms) - at <= _RIGHT_BEHIND else len(forms)  # "جاء في البيان المشترك أن"
    return small["that"].isdisjoint(forms[max(lead, at) : last])


def _is_cause_of_it(article: MarkedArticle, context: TalkContext) -> bool:
    """Whether it tells why what was just told of talks is so: "أجلت الجولة، وعزا ذلك إلى انشغال الوفد"."""
    small = article.known.vocabulary.small
    frame, (start, end) = context.frame, context.clause
    if all(article.words[at].form.removeprefix(AND) not in small["cause"] for at in range(*frame)):
        return False
    around = (article.words[at].form for at in range(frame[0], min(start + ADJECTIVE, end)))
    before = max(0, context.sentence - 1)
    if article.sentences[before].block != article.sentences[context.sentence].block:
        before = context.sentence
    told = article.sentences[before].start, frame[0]
    return not small["anaphora"].isdisjoint(around) and any(
        article.count(group, *told) for group in ("talk", "outcome")
    )


def _is_next_named(article: MarkedArticle, sentence: int) -> bool:
    """Whether the paragraph goes on with a sentence that names talks."""
    after = sentence + 1
    return bool(article.named[after : after + 1] and article.named[after]) and (
        article.sentences[after].block == article.sentences[sentence].block
    )


def _main_end(article: MarkedArticle, start: int, end: int) -> int:
    """Where a mere condition begins: "ستقصف إذا رفض المقترح", "ستدخل المدينة سواء أبرم اتفاق أم لا"."""
    conditions = article.known.vocabulary.conditions
    forms = [article.words[at].form for at in range(start, end)]
    for at in range(_MAIN, len(forms)):
        if forms[at] in conditions and any(
            tuple(forms[at : at + len(condition)]) == condition for condition in conditions[forms[at]]
        ):
            return start + at
    return end


def _discussed_from(article: MarkedArticle, start: int, end: int) -> int:
    """Where the subject of talks begins: of "مستعدة لبحث نشر الصواريخ" the missiles are no act of war."""
    return next(iter(article.of_group("agenda", start, end)), end)


def frame_of(article: MarkedArticle, context: TalkContext) -> tuple[int, int]:
    """The words that lead to the clause; of a second clause ("…, and that …") none of the first."""
    start, end = context.frame
    if end - start > 1 and article.words[end - 1].form in article.known.vocabulary.small["and_that"]:
        return end - 1, end
    return start, end


def told(article: MarkedArticle, context: TalkContext) -> float:
    """How much the words speak for the clause being about talks."""
    weights = article.known.weights
    shown = sum(weights.evidence[name] * value for name, value in evidence(article, context).items())
    others, marked = stems(article, context)
    said = sum(weights.words.get(stem, 0.0) for stem in others) * share(len(others))
    return weights.bias + shown + said + sum(weights.marked.get(stem, 0.0) for stem in marked)


def share(words: int) -> float:
    """What each of so many words counts for: many are no surer than their number's root."""
    return sqrt(_USUAL / max(1, words))


def compared(article: MarkedArticle, context: TalkContext) -> str:
    """What the encoder is asked about."""
    start, end = context.clause
    text = context.text
    if end - start < _SHORT:
        start, text = max(frame_of(article, context)[0], start - _LED_BY), ""
    return text or " ".join(token.text for token in article.words[start:end])
