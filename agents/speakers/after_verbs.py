"""The subject that stands after its verb or verbal noun."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import ACCORDING, Report
from agents.language.attribution.bodies import may_be_body
from agents.language.attribution.subjects import are_people
from agents.language.names import AND, ARTICLE, FEMININES, HIS, OBLIQUE, TA_MARBUTA, nominatives
from agents.language.punctuation import COMMAS
from agents.speakers.addressees import gender, is_addressee, is_asked_of_its_own, is_body_that_asks
from agents.speakers.noun_phrases import is_accusative, is_of_several, noun_phrase, phrase_at
from agents.speakers.phrase_tools import stranger_of
from agents.speakers.voices import Voices
from agents.speakers.ways import Ways
from schemas import ActorKind

_FEMININE_NOUNS: Final = (TA_MARBUTA, FEMININES)
_BODIES: Final = (ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.ARMED_GROUP)
_PLACE: Final = 4  # tokens of "من المنتدى نفسه"


class AfterVerbs(Ways):
    """Subjects after their verb."""

    def after_verb(self, report: Report, sentence_start: int) -> Voices:
        """The phrase after the verb, unless that is whom it is said to: "لكنه دعا فلانا إلى أن"."""
        begin, limit = report.after
        remark = self.page.text(begin) in COMMAS and self.page.form(begin + 1).startswith(AND)
        if self.page.is_adversative(report.cue[0] - 1) or remark:
            return ()  # "وأضاف، والكلام موجه إلى طهران: «…»"
        if report.shape is not None and report.shape.object:
            return self.phrases.at(begin, limit, report)
        in_text = report.verb.text_speaks or (report.verb is ACCORDING and self.page.is_text(self.page.form(begin + 1)))
        while in_text and begin < limit and self.page.form(begin) in self.page.tables.text_in:
            begin += 1  # "بحسب ما جاء في بيان مقتضب لمكتب فلان"
        addresses = self._addresses(begin)
        begin, end = noun_phrase(self.page, self._past_adverbials(begin, limit), limit)
        if begin < end and is_of_several(self.page, begin):
            return self.phrases.read(begin, end, report)
        asked = self._asked_at(begin, end, report) if report.verb.asks or report.verb.informs else end
        if (
            addresses
            or self._is_accusative(begin)
            or self._is_written_object(report, begin)
            or self._is_led(begin, report)
        ):
            return ()
        spoken = bool(self.earlier.history)
        here = self.earlier.last() if self.earlier.spoke_since(sentence_start) else self._doer(report, sentence_start)
        people = are_people(self.page.form(begin), self.page.pack.clause_words)
        addressed = (
            asked == end and not people and is_addressee(self.page, begin, end, report, spoken=spoken, here=here)
        )
        addressed = addressed and (bool(here) or not self.phrases.known_stranger(begin, report))
        addressed = addressed or is_asked_of_its_own(self.page, begin, report, self.earlier.last())
        only = self._is_only_subject(begin, report)
        addressed = addressed and not only
        if begin >= end or (addressed and not self.phrases.is_plain_name(begin, end, report)):
            return ()
        voices = self.phrases.read(begin, asked, report)
        phrase = phrase_at(self.page, begin, asked) if only and voices in ((), self.earlier.last()) else None
        return stranger_of(self.page, phrase) if phrase is not None else voices

    def called(self, report: Report, sentence_start: int) -> Voices:
        """ "ودعا المسماري قطر إلى": a stranger's last name, and a side behind it."""
        begin = report.after[0]
        return self.phrases.known_stranger(begin, report) if self.page.name_at(begin + 1) is not None else ()

    def _asked_at(self, begin: int, end: int, report: Report) -> int:
        """ "ناشد البرنامج الجانبين", "ناشدت جمعية الصيادين رئيس الوزراء": where those begin whom it asks, as their
        ending tells or a title behind a body; `end` where none do."""
        page, form = self.page, self.page.form
        if is_body_that_asks(page, begin, report):
            end = min(end, report.content[0])
        body = page.light(begin).endswith(TA_MARBUTA) and not form(begin).startswith(ARTICLE)
        for at in range(begin + 1, end):
            closed = form(at - 1).startswith(ARTICLE) or at - 1 in page.mention_at
            oblique = form(at).startswith(ARTICLE) and form(at).endswith(OBLIQUE)
            titled = body and form(at) in page.tables.titles and not page.light(at).endswith(TA_MARBUTA)
            if self._is_of_another_side(at) or (
                closed and (titled or (oblique and not form(at - 1).endswith(OBLIQUE)))
            ):
                return at
        return end

    def _is_only_subject(self, at: int, report: Report) -> bool:
        """ "وقال بوتين …. ودعت المعارضة إلى": a body that agrees with the verb, which who spoke before does not."""
        last, shape = self.earlier.last(), report.shape
        if len(last) != 1 or shape is None or None in (shape.feminine, last[0].feminine):
            return False
        form, words, named = self.page.form(at), self.page.pack.clause_words, self.page.mention_at.get(at)
        if named is None:
            ministry = form in words.institutions and form.endswith(HIS) is shape.feminine
            agrees = form.startswith(ARTICLE) and (ministry or may_be_body(form, words, feminine=shape.feminine))
        else:
            body = self.page.kind(named) in _BODIES and not named.governed and named.via != "adjective"
            agrees = body and gender(self.page, named) is shape.feminine
        return agrees and last[0].feminine is not shape.feminine

    def _is_led(self, at: int, report: Report) -> bool:
        """ "وأهابت بالأطراف أن": behind the verb's own preposition."""
        form, free = self.page.form(at), at not in self.page.mention_at
        return free and any(form.startswith(led + ARTICLE) for led in report.verb.preposition if len(led) == 1)

    def _is_of_another_side(self, at: int) -> bool:
        """ "ناشد الأمين العام للأمم المتحدة | السيسي": a person of another side than whose role stands before."""
        page, role, named = self.page, self.page.mention_at.get(at - 1), self.page.name_at(at)
        if role is None or named is None or role.via != "role" or not page.is_person(named):
            return False
        return page.is_person(role) and page.party(role) != page.party(named)

    def _doer(self, report: Report, sentence_start: int) -> Voices:
        """The subject of the main clause, where nothing was reported in it: "أعربت الوزارة عن أسفها، ودعت الشمال"."""
        doer = self.clauses.doer(self.clauses.reaction(sentence_start, report), report)
        return (self.page.voice(doer),) if doer is not None else ()

    def _addresses(self, at: int) -> bool:
        """ "وقال مخاطبا ممثلي البلدين إنهم": behind such a participle stands whom it is said to."""
        shapes = self.page.pack.verb_forms.get(self.page.form(at), ())
        return any(shape.aspect == "participle" and shape.verb.informs for shape in shapes)

    def _is_accusative(self, at: int) -> bool:
        """ "ونعت المراقبين بـ": a plural that is no subject, whom somebody speaks of."""
        form, tables = self.page.form(at), self.page.tables
        if at in self.page.mention_at or not (form.startswith(ARTICLE) and form.endswith(OBLIQUE)):
            return False
        known = self.page.pack.unnamed | tables.groups | tables.officials | tables.independent
        return any(not known.isdisjoint((subject, subject.removeprefix(ARTICLE))) for subject in nominatives(form))

    def _is_written_object(self, report: Report, begin: int) -> bool:
        """ "وانتقد دولاً حليفة": behind an accusative with what describes it, where nobody is named."""
        page, first = self.page, report.after[0]
        bare = begin == first + 1 and is_accusative(page, first) and page.form(first) not in page.tables.before_subject
        known = begin in page.mention_at or page.head(begin) in page.titled | page.pack.unnamed
        return bare and not known and report.form == "noun" and not page.form(begin).startswith(ARTICLE)

    def owner(self, report: Report, sentence_start: int) -> Voices:
        """ "إعلان الرئيس الأميركي أن": who is named directly after the verbal noun."""
        begin, limit = report.after
        if report.shape is not None and report.shape.hastened:
            return ()  # "سارعت أثينا إلى مطالبة الاتحاد الأوروبي": whom it asks
        launched = self.page.form(begin) in self.page.pack.clause_words.launched
        begin += launched
        if launched and self.page.form(begin) in self.page.titled:
            return self.phrases.at(begin, limit, report)
        mention = self.page.mention_at.get(begin)
        named = mention is not None and mention.start == begin and not mention.clitics and mention.via != "adjective"
        return self.phrases.at(begin, limit, report) if named else ()

    def _past_adverbials(self, begin: int, limit: int) -> int:
        """ "قال أمس في جنيف وزير الخارجية": where the subject begins, if a name or title follows those at once."""
        page, words, at = self.page, self.page.pack.clause_words, begin
        while at < limit:
            place = self._past_place(at, limit)
            later = page.form(at) in words.told_after and page.form(at + 1) in words.spans
            town = page.mention_at.get(at + 1) if page.form(at) in page.tables.of_place else None
            if page.form(at) in words.when or page.form(at) in page.tables.before_subject:
                at += 1
            elif town is not None and town.start == at + 1 and town.via == "name" and not page.is_person(town):
                at = town.end
            elif later or (page.form(at) in page.tables.of_place and self._is_place(at + 1)):
                at += 2
            elif place > at:
                at = place
            else:
                break
        mention = page.mention_at.get(at)
        named = mention is not None and not mention.governed and mention.via != "adjective"
        return at if at < limit and (named or page.form(at) in page.titled) else begin

    def _past_place(self, at: int, limit: int) -> int:
        """Past "من المنتدى نفسه", "في مؤتمر صحفي": a preposition with a noun and what describes it."""
        page = self.page
        if page.form(at + 1) in page.tables.this:
            return at + 2  # "رد على ذلك"
        if page.form(at) not in page.tables.of_place and page.form(at) not in page.pack.clause_words.told_from:
            return at
        end = at + 2 + self._describes_medium(at + 2)
        while end < min(limit, at + _PLACE) and page.form(end) in page.pack.same | page.tables.epithets:
            end += 1
        return end

    def _describes_medium(self, at: int) -> bool:
        """ "في رسالة مصورة", "في تصريحات صحفية": words that are also those for who takes pictures or writes."""
        page = self.page
        noun = page.light(at - 1).endswith(_FEMININE_NOUNS)
        return page.form(at) in page.tables.of_media and page.light(at).endswith(TA_MARBUTA) is noun

    def _is_place(self, position: int) -> bool:
        page, mention = self.page, self.page.mention_at.get(position)
        if mention is not None:
            return page.kind(mention) is ActorKind.STATE and mention.via == "name" and mention.end == position + 1
        return any(page.lexicon.place_names.find(page.article[position : position + 1]))
