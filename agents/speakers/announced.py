"""A subject that a word announces: "أما" before it, "سبق", who speaks for it, and who gives no name."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from agents.language.attribution import Report
from agents.language.names import ARTICLE, HER, OWNERS, SO, TO
from agents.language.punctuation import COMMAS, STOPS
from agents.speakers.addressees import gender, is_told
from agents.speakers.noun_phrases import noun_phrase, phrase_at
from agents.speakers.people import person_of
from agents.speakers.phrase_tools import somebody
from agents.speakers.voices import Voices
from agents.speakers.ways import Ways
from schemas import ActorKind

_TOPIC_REACH: Final = 25  # tokens between أما and its verb
_WITHHELD: Final = 6  # tokens between "طلب" and "اسمه", and after that until the verb
_SURNAME: Final = 2  # letters
_BODIES: Final = ([ActorKind.ARMED_GROUP], [ActorKind.ORGANISATION], [ActorKind.BLOC])


class Announced(Ways):
    """Subjects before which stands what makes them one."""

    def announced(self, report: Report, sentence_start: int) -> Voices:
        """ "أما إسلامي، الذي وقف إلى جانبه، فوصف …": the phrase after أما, if no other report stands between."""
        at, cue = self._as_for(report), report.cue[0]
        if at is None:
            return ()
        if self._is_topic(at + 1, report):
            return self._of_announced(report)
        surname = self.phrases.tools.short_names.person(at + 1, _SURNAME) if at + 2 == cue else None
        if surname is not None:
            return (self.page.voice(surname),)  # "أما لي فأوضح أن"
        named = self._of_announced(report) or self._of_its_own(at, report) or self.phrases.at(at + 1, cue, report)
        return named or self._unknown(at + 1, report)

    def _unknown(self, begin: int, report: Report) -> Voices:
        """ "أما المركز الاستشاري الإيراني في حلب فدعا": a definite noun on no watchlist, before a verb with ف."""
        page, cue = self.page, report.cue[0]
        if not (report.finite and page.form(cue)[:1] == SO and page.form(begin).startswith(ARTICLE)):
            return ()
        phrase = phrase_at(page, *noun_phrase(page, begin, cue))
        return somebody(phrase) if phrase is not None else ()

    def _of_its_own(self, at: int, report: Report) -> Voices:
        """ "أما كييف فاكتفى وزيرها فلان بالقول إن", "فقد خرج رئيسها فلان ليقول": whose verb leads on."""
        page, cue = self.page, report.cue[0]
        in_order_to = report.aspect == "present" and page.form(cue).startswith(TO)
        if report.aspect != "masdar" and not in_order_to:
            return ()
        joined = (i for i in range(at + 2, cue) if page.form(i)[:1] == SO and i not in page.mention_at)
        verb = next((i for i in joined if page.form(i) not in page.tables.adverbial), cue)
        verb += page.form(verb) in page.tables.then
        begin, end = noun_phrase(page, verb + 1, cue)
        voices = self.phrases.read(begin, end, report, known=True) if begin < end else ()
        sent = in_order_to and not all(voice.actor_id or voice.party for voice in voices)  # "فأوفدت وزيرا لتقول"
        return voices if not sent else ()

    def speaks_of(self, report: Report) -> bool:
        """Whether what stands after أما is what somebody speaks about."""
        at = self._as_for(report)
        return at is not None and self._is_topic(at + 1, report)

    def _as_for(self, report: Report) -> int | None:
        """Where أما stands before the verb, if no other report and no other clause stands between."""
        tables, cue = self.page.tables, report.cue[0]
        for at in range(cue - 1, max(self.earlier.last_cue, cue - _TOPIC_REACH, -1), -1):
            token = self.page.article[at]
            if token.text in STOPS or token.kind == "break":
                return None
            if token.form in tables.because and not (at == cue - 1 and self._goes_on(report)):
                return None  # "أما نيودلهي فلم تحسم أمرها، إذ اكتفى مسؤول بالقول": another clause
            if token.form in tables.as_for:
                return at
        return None

    def _goes_on(self, report: Report) -> bool:
        """ "أما فلان فما زال متفائلا، إذ أبلغ إذاعتنا أن": nobody is named behind the verb."""
        page, begin = self.page, report.after[0]
        free = begin not in page.mention_at and page.head(begin) not in page.titled
        return free and not page.form(begin).startswith(ARTICLE) and page.head(begin) not in page.pack.unnamed

    def _of_announced(self, report: Report) -> Voices:
        """ "أما واشنطن فقال الناطق باسم خارجيتها": the verb has a subject of its own."""
        verb, page = report.verb, self.page
        begin, end = noun_phrase(page, *report.after)
        if verb.asks or verb.informs or begin >= end or is_told(page, begin):
            return ()
        if report.form not in ("that", "quote"):  # "فأعلن الناطق فلان تأييده": only a name is no object
            phrase = phrase_at(page, begin, end)
            known = phrase is not None and page.head(begin) in page.titled and person_of(page, phrase) is not None
            return self.phrases.read(begin, end, report, known=True) if known else ()
        mention = page.mention_at.get(begin)
        person = mention is not None and not mention.governed and page.is_person(mention)
        return self.phrases.read(begin, end, report, known=True) if person or page.head(begin) in page.titled else ()

    def _is_topic(self, begin: int, report: Report) -> bool:
        """ "أما المحادثات فأكد أنها باقية", "أما الرباط فرأى أنها تماطل": what somebody who has spoken speaks about."""
        page, form = self.page, self.page.form(begin)
        mention = page.mention_at.get(begin)
        if mention is None and form.removeprefix(ARTICLE) in page.tables.events:
            return True
        feminine = report.shape.feminine if report.shape is not None else None
        if not self.earlier.history or feminine is not False or not self._takes_up(report):
            return False
        if mention is not None:
            return not page.is_person(mention) and gender(page, mention) is True
        human = page.titled | page.pack.unnamed | page.pack.clause_words.institutions | page.tables.groups
        known = human | page.pack.continuing_titles | page.pack.texts
        thing = known.isdisjoint((form, form.removeprefix(ARTICLE), page.head(begin)))
        return thing and page.light(begin).endswith(tuple(page.tables.of_feminine_verbs))

    def _takes_up(self, report: Report) -> bool:
        """ "أنها باقية": a pronoun of her is what the clause is about."""
        that = self.page.article[report.content[0] - 1].light
        return report.form == "that" and that.endswith(HER)

    def anonymous(self, report: Report, sentence_start: int) -> Voices:
        """ "لكن مسؤولا رفض كشف هويته قال إن": the official before the clause that withholds the name."""
        page, words, cue = self.page, self.page.pack.clause_words, report.cue[0]
        earliest = max(sentence_start, self.earlier.last_cue + 1, cue - _TOPIC_REACH)
        name = next(
            (at for at in range(cue - 1, max(earliest, cue - _WITHHELD), -1) if page.form(at) in words.identity), cue
        )
        verbs = [at for at in range(max(earliest, name - _WITHHELD), name) if page.form(at) in words.withholds]
        if name == cue or not verbs:
            return ()
        for begin in range(earliest, verbs[0]):
            if page.head(begin) in page.titled or page.form(begin) in page.pack.unnamed:
                start, stop = noun_phrase(page, begin, verbs[0])
                if stop >= verbs[0] - 2:
                    return self.phrases.read(start, stop, report)
        return ()

    def preceded(self, report: Report, sentence_start: int) -> Voices:
        """ "سبق لفلان أن اتهم": whose deed it was is governed."""
        page, cue = self.page, report.cue[0]
        if page.form(cue - 1) not in page.pack.clause_words.bare_that:
            return ()
        for at in range(cue - 2, max(sentence_start, cue - _TOPIC_REACH) - 1, -1):
            if page.form(at) in page.tables.preceded and page.form(at + 1).startswith(TO):
                return self.phrases.read(at + 1, cue - 1, report, known=True)
        return ()

    def willing(self, report: Report, sentence_start: int) -> Voices:
        """ "فيما آثر فلان أن يتحدث عن كذا": the subject of a verb that reports nothing, before أن."""
        page, cue = self.page, report.cue[0]
        earliest = max(sentence_start, self.earlier.any_cue + 1)
        if report.aspect != "present" or page.form(cue - 1) not in page.pack.clause_words.bare_that:
            return ()
        for at in range(cue - 2, earliest, -1):
            if page.text(at) in COMMAS:
                return ()
            form = page.form(at - 1)
            chooses = page.unjoined(form) in page.tables.chooses and at - 1 not in page.mention_at
            if chooses:
                begin, end = noun_phrase(page, at, cue - 1)
                return self.phrases.read(begin, end, report, known=True) if end == cue - 1 else ()
        return ()

    def spokesman(self, report: Report, sentence_start: int) -> Voices:
        """ "ردت الإدارة، بلسان فلان، بأن", "على لسان المتحدثة باسمه، أعلن الكرملين أن": who speaks for the subject."""
        page, tables = self.page, self.page.tables
        apart = report.joined or report.aspect == "participle"  # "أبدت مساندتها بلسان فلان، فرد عليها"
        start = report.cue[1] if apart else sentence_start
        for at in range(max(start, self.earlier.told_from), report.content[0]):
            form = page.unjoined(page.article[at].form)
            if form not in tables.tongue and form not in tables.by_tongue:
                continue  # as a rule
            on_tongue = form in tables.tongue and page.unjoined(page.form(at - 1)) in tables.before_tongue
            first = at - 1 if on_tongue else at
            follows = first == report.cue[1] or self._follows_subject(first, sentence_start)
            follows = follows or self._is_passive(first, report)
            if not (on_tongue or form in tables.by_tongue) or not follows:
                continue
            body = self._body_of(at + 1, first, report)
            if body:
                return body
            voices = self.phrases.read(*noun_phrase(page, at + 1, report.content[0]), report, known=True)
            if all(voice.actor_id is not None for voice in voices):
                return voices
            return self._named_by(voices, sentence_start, report)
        return ()

    def _named_by(self, voices: Voices, sentence_start: int, report: Report) -> Voices:
        """ "أبدت الحكومة، على لسان نائب الوزير فلان، استعدادها": the side that is the subject, in the words of him."""
        page, begin = self.page, report.cue[1]
        at = self._as_for(report)
        begin, end = noun_phrase(page, begin if at is None else at + 1, report.content[0])
        named = page.mention_at.get(begin)
        if len(voices) != 1 or named is None or named.end != end or page.is_person(named):
            return ()
        return (replace(voices[0], actor_id=named.target, party=page.party(named)),)

    def _body_of(self, tongue: int, first: int, report: Report) -> Voices:
        """ "حذرت الوزارة، على لسان متحدثها، من": the body that is the subject, as its spokesman is not named."""
        page, begin = self.page, report.cue[1]
        if not page.light(tongue).endswith(OWNERS) or first <= begin or page.text(begin) in COMMAS:
            return ()
        voices = self.phrases.read(*noun_phrase(page, begin, first), report, known=True)
        kinds = [page.lexicon.kind_of(voice.actor_id or "") for voice in voices]
        if kinds not in _BODIES:
            return voices if kinds == [ActorKind.OFFICE] else ()
        person = next(filter(page.is_person, page.mentions(tongue, report.content[0])), None)
        return (page.voice(person),) if person is not None else voices

    def _is_passive(self, first: int, report: Report) -> bool:
        """ "قيل لنا على لسان فلان إن"."""
        between = range(report.cue[1], first)
        return report.verb.id == "passive_say" and all(
            self.page.form(at) in self.page.tables.before_subject for at in between
        )

    def _follows_subject(self, at: int, sentence_start: int) -> bool:
        """Whether a comma, a name or a definite noun stands before, and no verb: "ما جاء على لسان فلان"."""
        before = at - 1
        closed = self.page.text(before) in COMMAS or before in self.page.mention_at
        return at <= sentence_start or closed or self.page.form(before).startswith(ARTICLE)
