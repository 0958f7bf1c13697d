"""The passages of an article that one voice answers for, and the small words that undo what they claim. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Final

from agents.language.date_forms import load_date_forms
from agents.language.names import AND, ARTICLE, IN, SO, TO
from agents.language.talk_words import ClaimWords
from agents.language.text import as_text, fold, places_of
from agents.reading import Reading, Utterance
from schemas import Article, Verdict

_PRINTED: Final = 6  # tokens behind "أجرت" in "أجرت «الميزان» هذا الحوار"
_SPEECH: Final = 6  # tokens between "ختم" and "حديثه"
_EVENT: Final = 3  # tokens from an event to the verb that tells of it, adjectives between
_NEGATED: Final = 3  # tokens between a negation and the word that it undoes
_DIGITS: Final = 3  # digits of a number that counts no days of talks
_OWN: Final = 4  # tokens between a day and the verb that says what may be on it
_TRAVEL: Final = 7  # tokens between "سيصل" and the day of it
_SHIFT: Final = 8  # tokens between "تأجلت" and "أسبوعا"
_HAPPENED: Final = frozenset(["began", "began_noun", "ended", "held", "signed"])
_CHANGES: Final = frozenset(["moved", "cancelled", "suspended"])
CHANGES: Final = _CHANGES | {"moved_noun", "cancelled_noun", "suspended_noun", "relocated", "extended_noun"}
_OF_OTHERS: Final = _CHANGES | {"extended", "will_extend", "resumed"}
_MEDIUM: Final = 3  # tokens from "أجرته" to who conducts it: "أجرته معه «الشرق»"
_OPENING: Final = frozenset('«“"')
_BRACKETS: Final = ":-–()[]"
_AGREED: Final = 4  # tokens before "أن تؤجل" in which it is decided and not only feared
_FORESEEN: Final = frozenset(["will_begin", "will_end", "holding", "leads"])


@dataclass(frozen=True)
class Unit:
    """Token positions that one voice is responsible for: what somebody says, or the narration around it."""

    sentence: int
    positions: tuple[int, ...]
    utterance: Utterance | None
    reading: Reading
    words: ClaimWords
    marks: Mapping[int, str]  # the words of the article that claim something, by position: their kind
    said: frozenset[str]  # all words of the article, as they are and without a leading و

    @property
    def range(self) -> tuple[int, int]:
        return self.positions[0], self.positions[-1] + 1

    @cached_property
    def inside(self) -> frozenset[int]:
        """The same positions, to ask whether something is in it."""
        return frozenset(self.positions)

    @cached_property
    def claims(self) -> dict[int, str]:
        """The words of the unit that claim something and are not undone, by position."""
        told = (at for at in self.positions if at in self.marks and not self._undone(at))
        return {at: "began" if self._held_after_all(at) else self.marks[at] for at in told}

    @cached_property
    def changes(self) -> tuple[int, ...]:
        """Where it speaks of a change of plan, undone or not."""
        return tuple(at for at in self.positions if self.marks.get(at) in CHANGES)

    @cached_property
    def owned_change(self) -> int | None:
        """Where it tells of a change of talks that were named before it: "أكد إلغاءه نهائيا"."""
        nouns = (at for at in self.positions if self.marks.get(at) in CHANGES and self.marks[at].endswith("_noun"))
        return next((at for at in nouns if self.form(at).endswith(self.words.pronouns)), None)

    @cached_property
    def opening_change(self) -> int | None:
        """Where a report begins with a change of what it does not name: "أعلنت أنه أجل إلى أجل غير مسمى"."""
        if self.utterance is None or len(self.positions) <= 1:
            return None
        at, after = self.positions[0], self.form(self.positions[1])
        changed = self.claims.get(at) in _CHANGES and not after.startswith(ARTICLE)
        return at if changed and self.positions[1] not in self.claims else None

    @cached_property
    def appointed(self) -> int | None:
        """Where it speaks of the appointment, as of talks that were named before: "موعدنا السبت"."""
        return next(iter(self._places(self.words.sets["appointment"])), None)

    @cached_property
    def denied_change(self) -> str | None:
        """The kind of the change that it says there is none of: "لم تؤجل المحادثات", "نفى نقلها"."""
        sets = self.words.sets
        if self._is_another_change_told():
            return None
        for at in self.changes:
            before = [self.form(n) for n in self.positions if at - _NEGATED <= n < at]
            if any(form in sets["weighed"] or form in sets["apart"] for form in before):
                continue
            if not sets["a_date"].isdisjoint((self.form(at), self.form(at - 1))):
                continue  # "لا موعد جديدا": nothing is denied
            if self.utterance is not None and self.utterance.denies:
                return self.marks[at]
            if any(form in sets["denied"] for form in before) and self.states_facts and not self.conditional:
                return self.marks[at]
        return None

    def _is_another_change_told(self) -> bool:
        """ "لم تلغ القمة بل أرجئت إلى 25 مايو": it was no change of one kind but of another."""
        rather = max(self._places(self.words.sets["instead"]), default=None)
        return rather is not None and any(at > rather and self.claims.get(at) in CHANGES for at in self.changes)

    def is_past_change(self, at: int) -> bool:
        """Whether a change was made before what has happened: "افتتح القمة التي كانت مقررة أمس ثم أرجئت"."""
        if self.claims.get(at) not in CHANGES:
            return False
        happened = [n for n, kind in self.claims.items() if n < at and kind in _HAPPENED]
        return any(
            self.form(n) in self.words.sets["which"] for n in self.positions if max(happened, default=at) < n < at
        )

    @property
    def confirms(self) -> bool:
        """Whether it says that the plan holds: "في موعدها", "كما هو مقرر"."""
        would_have = any(
            one in self.words.sets["was"] and load_date_forms().is_future_verb(other)
            for one, other in pairwise(self.forms)
        )
        of_its_place = not self.words.sets["place"].isdisjoint(self.forms) and not self.names_its_time
        undone = self.changes or would_have or of_its_place  # "مكان الاجتماع لم يتغير" tells nothing of its day
        return "stands" in self.claims.values() and self.states_facts and not undone

    @cached_property
    def others(self) -> tuple[int, ...]:
        """Where it goes over to other talks that are to follow: "جولة ثالثة", "لقاء آخر"."""
        sets = self.words.sets
        pairs = pairwise(self.positions)
        return tuple(at for at, after in pairs if self._is_meeting(at) and self.form(after) in sets["another"])

    @cached_property
    def beside(self) -> tuple[int, ...]:
        """Where a clause begins that tells of an event beside the talks: "عقب مؤتمر احتضنته المدينة أمس"."""
        return tuple(at for at in self._places(self.words.sets["events"]) if self._is_told_of(at))

    def _is_told_of(self, at: int) -> bool:
        """Whether a verb follows an event and its adjectives: "ندوة صحفية مشتركة عقدها"."""
        sets = self.words.sets
        after = [self.form(n) for n in self.positions if at < n <= at + _EVENT]
        held = bool(after) and after[0] in sets["held_before"] and self.form(at - 1) in sets["at_a_time"]
        return held or not sets["told_of"].isdisjoint(after)

    def _is_meeting(self, at: int) -> bool:
        return self.form(at).removeprefix(IN).removeprefix(TO) in self.words.sets["meetings"]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The unit's folded words, without a leading و."""
        return tuple(self.form(at) for at in self.positions)

    def _places(self, words: frozenset[str]) -> list[int]:
        """Where one of some words stands, in order."""
        if words.isdisjoint(self.said) or words.isdisjoint(self.forms):
            return []  # as a rule
        return [at for at, form in zip(self.positions, self.forms, strict=True) if form in words]

    @cached_property
    def conditional(self) -> bool:
        """Whether it says only what would be if."""
        sets = self.words.sets
        unless = any(one in sets["that"] and other in sets["did_not"] for one, other in pairwise(self.forms))
        before = ("", *self.forms)
        return unless or any(
            form in sets["if"] and one not in sets["no_case"] for one, form in zip(before, self.forms, strict=False)
        )

    @cached_property
    def instead(self) -> int | None:
        """The position of بل in "لن يُعقد غداً في نيروبي، بل في 10 يوليو"; what stands before it does not hold."""
        after = next((n for n, form in enumerate(self.forms) if form in self.words.sets["will_not"]), None)
        if after is None:
            return None
        found = [n for n, form in enumerate(self.forms) if n > after and form in self.words.sets["instead"]]
        return self.positions[found[-1]] if found else None

    @cached_property
    def not_to_be(self) -> int | None:
        """Where it says that something will not be held, and names nothing instead: "لن يعقد"."""
        if self.instead is not None or self.conditional:
            return None
        holding = (at for at in self.positions if self.marks.get(at) == "holding" and self._follows(at, "will_not"))
        sure = (at for at in holding if not self._follows(at - 1, "or"))  # "ستعقد القمة أو لن تعقد"
        return next((at for at in sure if not self._limited(at)), None)

    def _limited(self, at: int) -> bool:
        """Whether a negated verb only sets a limit: "لن يعقد قبل الأربعاء", "لن تبدأ إلا بعد ذلك"."""
        after = (self.form(n) for n in self.positions if at < n <= at + _OWN)
        return self._follows(at, "will_not") and any(form in self.words.sets["limits"] for form in after)

    def _follows(self, at: int, words: str) -> bool:
        return self.form(at - 1) in self.words.sets[words]

    @cached_property
    def goes_no_further(self) -> int | None:
        """Where it says that what has ended does not go on: "اختتمت في يومها الأول ولن تتواصل اليوم"."""
        return next((at for at in self._places(self.words.sets["go_on"]) if self._follows(at, "will_not")), None)

    @property
    def names_its_time(self) -> bool:
        """Whether it speaks of the day that was set: "لن ينعقد في موعده" leaves open that it will be later."""
        return any(form in self.words.sets["its_time"] for form in self.forms)

    @cached_property
    def fell_through(self) -> int | None:
        """Where it tells that something was not held as planned: "لم تلتئم الأحد كما كان مقررا", "تعذر عقد"."""
        fell = next((at for at, kind in self.claims.items() if kind == "fell"), None)
        if fell is not None or not any(form in self.words.sets["planned"] for form in self.forms):
            return fell
        return next((at for at in self.positions if self._not_held(at)), None)

    @cached_property
    def did_not_come_about(self) -> int | None:
        """Where it tells that something was not held, and neither since when nor that it still may be."""
        sets = self.words.sets
        if not sets["since"].isdisjoint(self.forms) or not sets["after"].isdisjoint(self.forms):
            return None  # "لم تعقد بعد"
        return next((at for at in self.positions if self._not_held(at)), None)

    @cached_property
    def lasted(self) -> int | None:
        """How many days it says that something took: "أربعة أيام من المحادثات"; none after "بعد" or "قبل"."""
        sets = self.words.sets
        for n, form in enumerate(self.forms):
            before = self.forms[n - 1] if n else ""
            if any(self.marks.get(at) in CHANGES for at in self.positions[max(0, n - 2) : n]):
                continue  # "تأخرت يومين"
            if form in sets["two_days"] and before not in sets["apart"]:
                return 2
            number = self.words.numbers.get(before) or (
                int(before) if before.isdigit() and len(before) < _DIGITS else 0
            )
            if form in sets["days"] and number and self.forms[max(0, n - 2)] not in sets["apart"]:
                return number
        return None

    def shift_after(self, at: int) -> int | None:
        """By how many days something is put off or extended: "أسبوعا", "ثلاثة أيام", "48 ساعة"."""
        for n in (n for n in self.positions if at < n <= at + _SHIFT):
            form, before = self.form(n), self.form(n - 1)
            if form in self.words.sets["apart"]:
                return None
            if form in self.words.spans:
                return self.words.spans[form]
            number = self.words.numbers.get(before) or (int(before) if before.isdigit() else 0)
            if number and form in self.words.counted:
                return round(number * self.words.counted[form])
        return None

    @cached_property
    def works(self) -> int | None:
        """Where it speaks of the work of talks, beside a word that claims something: "اختتمت الأعمال"."""
        told = self._places(self.words.sets["works"])
        return next((at for at in told if any(abs(at - verb) <= _NEGATED for verb in self.claims)), None)

    @cached_property
    def voices(self) -> frozenset[str]:
        """The sides that tell it."""
        speakers = self.utterance.speakers if self.utterance is not None else ()
        return frozenset(voice.party for voice in speakers if voice.party is not None)

    @property
    def states_facts(self) -> bool:
        """Whether its voice tells what is so: no demand, threat, warning, hope or denial."""
        if self.utterance is None:
            return True
        return not self.utterance.denies and self.utterance.kind not in self.words.sets["not_facts"]

    @cached_property
    def planned_before(self) -> int | None:
        """Where it tells of a plan that may hold no longer: "كان مقرراً في 14 مايو", "بدلا من 14 مايو"."""
        sets = self.words.sets
        if sets["was"].isdisjoint(self.forms) and sets["instead_of"].isdisjoint(self.forms):
            return None  # as a rule
        for n, form in enumerate(self.forms):
            was = any(before in sets["was"] for before in self.forms[max(0, n - 2) : n])
            was = was and self.forms[max(0, n - 2)] not in sets["as"]
            past = form in sets["was"] and self.forms[max(0, n - 1)] in sets["that"]
            past = past and self.forms[max(0, n - 2)] in sets["after"]  # "بعد أن كان 20 مايو"
            first = past or (form in sets["original"] and any(before in sets["was"] for before in self.forms[:n]))
            if form in sets["instead_of"] or first or (was and (form in sets["planned"] or form in sets["its_time"])):
                return self.positions[n]
        return None

    def is_a_plan(self, at: int) -> bool:
        """Whether a day is told to have been planned: "المقررة غدا", "التي كان يفترض أن تلتئم غدا"."""
        near = [n for n in self.positions if at - _OWN <= n < at]
        planned = self.words.sets["planned"] | self.words.sets["its_time"]
        return any(self.form(n) in planned for n in near)

    def holds(self, at: int) -> bool:
        """Whether a day or town at a position is one that counts: not denied before بل, not merely possible."""
        sets = self.words.sets
        before = at - 2 if self.form(at - 1) in sets["on_day"] else at - 1
        is_other = self.form(before) in sets["not_this"]
        supposed = any(self.form(n) in sets["supposing"] for n in self.positions if at - _NEGATED <= n < at)
        negated = at - 1 == self.goes_no_further  # "ولن تتواصل اليوم"
        undone = self._possible(at) or is_other or supposed or negated or self._long_before(at)
        return (self.instead is None or at > self.instead) and not undone

    def _long_before(self, at: int) -> bool:
        """Whether a day is that of an earlier event: "للمرة الأولى منذ أن جلسا وجها لوجه في 28 أبريل"."""
        sets = self.words.sets
        near = [n for n in self.positions if at - _SHIFT <= n < at]
        return any(self.form(n) in sets["that"] and self._follows(n, "since") for n in near)

    @cached_property
    def counts_several(self) -> bool:
        """Whether it tells of several talks at once: "عقدا ثلاث جولات، في 28 أبريل ثم في 3 و14 مايو"."""
        return bool(self._places(self.words.sets["several"]))

    @cached_property
    def proposes(self) -> bool:
        """Whether a day in it is only what somebody would like: "تقترح أن تعقد في 17 نوفمبر"."""
        wished = not self.states_facts or any(form in self.words.sets["proposes"] for form in self.forms)
        return wished and "stands" not in self.claims.values()

    def travelled(self, at: int) -> bool:
        """Whether the verb right before a day says only that somebody comes, stays or leaves on it."""
        near = [n for n in self.positions if 0 < at - n <= _TRAVEL]
        journey = max((n for n in near if self.form(n) in self.words.sets["travels"]), default=None)
        if journey is None or any(n > journey and n in self.marks for n in near):
            return False
        behind = (self.form(n) for n in near if n > journey)
        return self.form(journey) not in self.words.sets["returns"] or self.words.sets["all_sides"].isdisjoint(behind)

    @property
    def speaks_of_a_plan(self) -> bool:
        """Whether something in it was only planned, or did not happen."""
        sets = self.words.sets
        not_yet = sets["not_yet"] - sets["has"] if sets["was"] & set(self.forms) else sets["not_yet"]  # "كان قد أبلغه"
        return any(form in sets["planned"] or form in not_yet or form in sets["weighed"] for form in self.forms)

    def _possible(self, at: int) -> bool:
        """Whether the verb right before says only what may be: "قد تمتد حتى الخامس من أبريل"."""
        verbs = [
            n
            for n in self.positions
            if n in self.marks
            and 0 < at - n <= (_SHIFT if self.marks[n] in CHANGES else _OWN)
            and (self.instead is None or n > self.instead)
        ]
        return bool(verbs) and (verbs[-1] not in self.claims or self._not_held(verbs[-1]))

    def _not_held(self, at: int) -> bool:
        return self.marks.get(at) == "holding" and self._follows(at, "did_not") and not self._held_after_all(at)

    def _held_after_all(self, at: int) -> bool:
        """Whether it tells when something took place by when it did not: "لم تلتئم إلا في اليوم التالي"."""
        sets = self.words.sets
        if self.marks[at] not in ("holding", "will_begin") or not self._follows(at, "did_not"):
            return False
        but = [n for n in self.positions if at < n <= at + _OWN and self.form(n) in sets["except"]]
        return any(n + 1 in self.inside and self.form(n + 1) not in sets["however"] for n in but)

    def comes_before(self, at: int) -> bool:
        """Whether a change is told of talks that took place after it: "جرت المكالمة بعدما تأخرت", "بعد أن أرجئت"."""
        after_that = self._follows(at, "after_that") or (self._follows(at, "that") and self._follows(at - 1, "after"))
        return after_that and any(n < at and kind in _HAPPENED for n, kind in self.claims.items())

    def _undone(self, at: int) -> bool:
        """Whether a word is negated, possible, of others ("جمدت مشاركتها"), or a mere point in time."""
        sets, kind = self.words.sets, self.marks[at]
        first = at  # of a phrase that claims something the first word is negated
        while first - 1 in self.positions and self.marks.get(first - 1) == kind:
            first -= 1
        if kind == "holding" or (kind == "will_begin" and (self._limited(at) or self._held_after_all(at))):
            return False
        after = [self.form(n) for n in self.positions if at < n <= at + _NEGATED]
        going_on = kind == "held" and self._follows(at, "preparations")  # "الترتيبات الجارية لعقد اللقاء"
        if going_on or (after and after[0] in sets["preparations"]) or self._is_of_words(at, kind):
            return True
        if self._is_of_others(at, kind, after) or (
            kind == "stands" and self.form(first - 1).removeprefix(SO) in sets["stances"]
        ):
            return True  # "موقفنا لم يتغير"
        before = [self.form(n) for n in self.positions if first - _NEGATED <= n < first]
        if before and (
            before[-1] in sets["apart"] or (kind in CHANGES and before[-1] in sets["that"] and not self._agreed(at))
        ):
            return True
        undo = sets["not_yet"] | sets["without"] if kind in CHANGES else sets["not_yet"]  # "بلا موعد جديد"
        before = [form for form, after in pairwise([*before, ""]) if after not in sets["still"]]
        rather = max((n for n, form in enumerate(before) if form in sets["instead"]), default=-1)
        before = before[rather + 1 :]  # "لم تلغ بل أرجئت"
        if any(form in undo and not (form in sets["has"] and kind in _HAPPENED) for form in before):
            return True
        return kind not in _FORESEEN and self.conditional

    def _is_of_others(self, at: int, kind: str, after: Sequence[str]) -> bool:
        """Whether what is changed is something else than talks: a part of them, a truce, that somebody comes."""
        if kind in _OF_OTHERS and (self._is_of_no_talks(at) or self._is_another_change(at)):
            return True
        changed = takewhile(lambda form: not form.startswith(TO) and form not in self.words.sets["because"], after)
        return kind in _CHANGES and (self._of_a_part(at) or not self.words.sets["taking_part"].isdisjoint(changed))

    def _is_of_words(self, at: int, kind: str) -> bool:
        """Whether it is a speech that ends, or an interview that is held."""
        return (kind == "ended" and self._ends_a_speech(at)) or (kind == "held" and self._is_an_interview(at))

    @cached_property
    def prints_an_interview(self) -> bool:
        """Whether a medium asks somebody: "أجرت الصحيفة هذا الحوار مع الوزير", "في لقاء أجرته معه «الشرق»"."""
        held = (at for at in self.positions if self.marks.get(at) == "held")
        return any(self._is_an_interview(at) for at in (*held, *self._places(self.words.sets["conducts"])))

    def _is_an_interview(self, at: int) -> bool:
        near = [self.form(n) for n in self.positions if at < n <= at + _PRINTED]
        sets = self.words.sets
        printed = any(one in sets["this"] and other in sets["interviews"] for one, other in pairwise(near))
        return printed or (self.form(at) in sets["conducts"] and self._is_by_a_medium(at))

    def _is_by_a_medium(self, at: int) -> bool:
        sets, inside = self.words.sets, [n for n in self.positions if at < n <= at + _MEDIUM]
        after = [n for n in inside if self.form(n) not in sets["with_whom"]]
        if not after or self.form(after[0]) in sets["media"]:
            return bool(after)
        quoted = len(after) > 1 and self.reading.tokens[after[0]].text in _OPENING
        asked = self.form(at) in sets["meets_one"] or not sets["asks"].isdisjoint(self.forms)
        asked = asked and not self._is_meeting(after[-1])
        return quoted and asked and not self.reading.mentions_in(after[1], after[1] + 1)

    def _ends_a_speech(self, at: int) -> bool:
        """Whether it is somebody's words that end: "ختم حديثه", "ختم بالقول"."""
        return any(self.form(n) in self.words.sets["speeches"] for n in self.positions if at < n <= at + _SPEECH)

    def _is_another_change(self, at: int) -> bool:
        """Whether it is no time or place that changed: "تبدل الوسطاء"."""
        near = (self.form(n) for n in self.positions if abs(n - at) <= _SHIFT)
        return self.form(at) in self.words.sets["changed"] and self.words.sets["time_or_place"].isdisjoint(near)

    def _is_of_no_talks(self, at: int) -> bool:
        """Whether a truce, a deadline or sanctions are put off, extended or ended: "مددت الهدنة", "وقف النار مدد"."""
        sets = self.words.sets
        near = [n for n in self.positions if 0 < abs(n - at) <= _NEGATED]
        other = min((abs(n - at) for n in near if self.form(n) in sets["no_talks"]), default=None)
        if other is None:
            return False
        return not any(abs(n - at) <= other and self._is_meeting(n) for n in near)

    def _of_a_part(self, at: int) -> bool:
        """Whether a change is of one day or event of the talks: "ألغي اليوم الثاني", "اليوم الثاني ألغي"."""
        sets = self.words.sets
        around = [self.form(n) for n in self.positions if abs(n - at) <= _SHIFT]
        return any(one in sets["parts"] and other in sets["ordinals"] for one, other in pairwise(around))

    def _agreed(self, at: int) -> bool:
        """Whether a change after أن is decided: "اتفقا على أن تؤجل", but "يخشى أن تؤجل"."""
        lead = {self.form(n) for n in self.positions if at - _AGREED <= n < at}
        return lead.isdisjoint(self.words.sets["weighed"]) and not lead.isdisjoint(self.words.sets["agreed"])

    def form(self, at: int) -> str:
        """The folded word at a position, without a leading و that is no letter of its own."""
        form = self.reading.tokens[at].form
        joined = form.startswith(AND) and len(form) > 2 and form not in self.words.sets["begins_with_waw"]
        return form[1:] if joined else form


def units(article: Article, reading: Reading, words: ClaimWords, marks: Mapping[int, str]) -> Iterator[Unit]:
    """The units of the article's fresh sentences, in order. `marks`: its words that claim something."""
    forms = places_of(as_text(reading.tokens)).keys()
    words_said = frozenset(forms).union(form[1:] for form in forms if form.startswith(AND))
    for number, sentence in enumerate(reading.sentences):
        start, end = reading.characters(sentence.start, sentence.end)
        if not any(part.start < end and start < part.end for part in article.fresh):
            continue
        taken: set[int] = set()
        found: list[Unit] = []
        said = [utterance for utterance in reading.utterances if utterance.sentence == number]
        said = [_as_denied(utterance, said, reading, words) for utterance in said]
        for utterance in sorted(said, key=lambda item: item.content[1] - item.content[0]):
            positions = tuple(at for at in range(*utterance.content) if at not in taken)
            taken.update(positions)
            if positions:
                found.append(Unit(number, positions, utterance, reading, words, marks, words_said))
        told = tuple(at for at in range(sentence.start, sentence.end) if at not in taken)
        if told:
            found.append(Unit(number, told, None, reading, words, marks, words_said))
        yield from sorted(found, key=lambda unit: unit.positions[0])


def _as_denied(utterance: Utterance, said: Sequence[Utterance], reading: Reading, words: ClaimWords) -> Utterance:
    """What one denies that another is said to have told: "نفت ما أوردته صحيفة من أن القمة أرجئت"."""
    if utterance.denies:
        return utterance
    led = reading.tokens[max(0, utterance.cue[0] - 1)].form in words.sets["what"]  # not "نفى ذلك مؤكدا أن القمة قائمة"
    denial = next((one for one in said if one.denies and one.content[1] == utterance.cue[0]), None)
    if denial is None or not led:
        return utterance
    return replace(utterance, kind=denial.kind, denies=True, speakers=denial.speakers)


def is_correction(article: Article, reading: Reading, words: ClaimWords, marks: Mapping[int, str]) -> bool:
    """Whether an outlet corrects what it wrote: it says so, or sends a story of its own once more with changes."""
    if article.verdict is Verdict.REVISION:
        return True
    if "corrects" in marks.values():
        return True
    tokens = reading.tokens
    heads = [sentence.start for sentence in reading.sentences]
    heads += [at for at in range(1, len(tokens)) if tokens[at - 1].text in ("(", "[")]
    forms = {tokens[at].form for at in heads} | {fold(word.strip(_BRACKETS)) for word in article.title.split()[:1]}
    return not forms.isdisjoint(words.sets["correction"])
