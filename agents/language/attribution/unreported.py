"""What a verb cannot report: what nobody says, and what another verb says."""

from __future__ import annotations

from typing import Final

from agents.language.attribution.clauses import begins_report
from agents.language.attribution.nouns import Noun
from agents.language.attribution.search import BESIDE, LONGEST_PARENTHESIS, Search
from agents.language.names import AND, ARTICLE, OWNERS
from agents.language.punctuation import COMMAS, STOPS

_PAUSES: Final = COMMAS | STOPS


class Unreported(Search):
    """Whether the words behind a verb belong to another one."""

    def _is_nobodys(self, noun: Noun | None) -> bool:
        """ "وألح صحفي بالسؤال", "كرر الصحافيون السؤال": they ask; "يتداول الناس نكتة مفادها أن": nobody says it."""
        line = self.line
        subject = line.form(self.position + 1)
        beside = {subject, line.form(self.position - 1) if not self.reading.joined else ""}
        if self.shape.finite and not beside.isdisjoint(line.words.abstracts):
            return True  # "التجربة تقول إن", "يقول المثل إن"
        near = {line.form(at) for at in range(self.position - 1, self.position + BESIDE) if at != self.position}
        rumour = self.verb.id in line.words.rumoured and not near.isdisjoint(line.words.rumours)
        return rumour or (noun is not None and line.form(self.position + 1) in line.words.reporters)

    def _is_complete(self, at: int) -> bool:
        """ "لا يستبعده، مضيفا أن": the pronoun is what the verb is about."""
        takes_one = self.shape.object and self.verb.direct and not self.verb.informs
        return takes_one and self.line.text(at) in COMMAS and bool(self.line.readings(at + 1))

    def _past_remark(self, at: int) -> int:
        """ "وقال فلان، وكان قد عاد من جنيف، إن": behind a parenthesis that closes before أن; `at` where none does."""
        line = self.line
        opening = next((comma for comma in range(at - 1, self.position, -1) if line.text(comma) in COMMAS), at)
        remark = opening + 1 == at or line.form(opening + 1) in line.words.remarks  # "مسؤول، تحدث إلى الصحيفة، أن"
        if opening == at or line.joined(at) or not remark or not self.verb.that:
            return at
        for closing in range(at + 1, min(self.limit, at + LONGEST_PARENTHESIS)):
            if line.is_any_that(closing) or line.text(closing) in STOPS:
                return at
            if line.text(closing) in COMMAS:
                return closing + 1 if line.is_that(closing + 1, self.verb) else at
        return at

    def _is_worded(self, at: int) -> bool:
        """ "نشرت الوزارة صورا لما قالت إنه تفتيش مفاجئ": the reporter marks those words as another's."""
        line, said = self.line, self.line.readings(at - 1) if self.line.is_any_that(at) else ()
        plain = any(reading.shape.verb.id in line.words.plain for reading in said)
        return plain and self.verb.kind == "say" and line.form(at - 2) in line.words.worded and at - 1 > self.position

    def _is_of_masdar(self, at: int) -> bool:
        """ "يثق بها، وهو ما دفع فلانا إلى القول إن": behind a comma the clause is that of the verbal noun before it."""
        line = self.line
        if not line.is_any_that(at) or not any(reading.shape.aspect == "masdar" for reading in line.readings(at - 1)):
            return False
        if self.verb.source and line.article[at - 1].light.endswith(OWNERS):
            return False  # "نقلت الوكالة عن مصدر، لم تسمه، قوله إن"
        return any(line.text(comma) in COMMAS for comma in range(self.position + 1, at - 1))

    def _is_before_participle(self, at: int) -> bool:
        """ "قلل من شأن التحذير مؤكدا أن": a verbal noun with its article, of which nothing more is told."""
        if self.shape.aspect != "masdar" or not self.line.form(self.position).startswith(ARTICLE):
            return False
        participle = any(reading.shape.aspect == "participle" for reading in self.line.readings(at))
        return participle and begins_report(self.line, at)

    def _is_anothers(self, at: int) -> bool:
        """ "في خطاب بث الثلاثاء قال فلان إن": a verb that can be nothing else, with its subject."""
        line = self.line
        if self.shape.aspect == "masdar" and line.form(at + 1) in line.words.launched:
            return True  # "وسبق الإعلان تحذير أطلقته القيادة من أن"
        plain = (reading.shape.finite and reading.shape.verb.id in line.words.plain for reading in line.readings(at))
        if self.verb.source and line.form(at - 1) in line.words.who and line.readings(at):
            return True  # "فجاءه الرد من الوزارة التي وصفت كلامه بأنه"
        if self._is_relayed(at) or self._is_led_by_noun(at):
            return True
        apart = at > self.position + 1 and line.form(at - 1) not in line.words.what
        return apart and any(plain) and line.subject_end(at + 1, self.limit) > at + 1

    def _is_relayed(self, at: int) -> bool:
        """ "ردت السفارة بتغريدة نقلت عن السفير قوله إن": a verb with its source says what comes then."""
        line = self.line
        relays = any(line.form(at + 1) in reading.shape.verb.source for reading in line.readings(at))
        return relays and at > self.position + 1 and line.form(at + 2) not in line.words.what

    def _is_led_by_noun(self, at: int) -> bool:
        """ "اكتفى بالرد على سؤال بأن": the clause is that of the verbal noun, unless the verb needs just that."""
        wanted = self.verb.needs & self.line.words.that
        return bool(wanted) and any(r.shape.aspect == "masdar" and r.shape.led for r in self.line.readings(at))

    def _is_left_behind(self, comma: int) -> bool:
        """ "وبشأن ما بعد الإعلان، صرح مسؤول بأن": behind a verbal noun a comma and another verb."""
        return self.shape.aspect == "masdar" and self.line.is_finite(comma + 1)

    def _turns_to_another(self, comma: int) -> bool:
        """ "لم يصدر رد، لكن مصدرا مطلعا قال إن": after the comma another verb reports."""
        line = self.line
        if line.form(comma + 1) in line.words.rather:
            return True  # "ليس ما لوح به المسؤول، بل المهلة: فقد …"
        without = comma + 1 + (line.form(comma + 1).removeprefix(AND) in line.words.of)
        if line.form(without).removeprefix(AND) in line.words.without and line.is_any_that(without + 1):
            return True  # "، ومن دون أن يفصل جزم بأن"
        if line.form(comma + 1) not in line.words.turns and not line.is_narrator(comma + 1):
            return False
        first = comma + 3 if line.is_any_that(comma + 2) else comma + 2  # "، غير أنه أقر بأن"
        for at in range(first, self.limit):
            if line.is_any_that(at) or line.text(at) in _PAUSES:
                return False
            if line.is_finite(at):
                return True
        return False
