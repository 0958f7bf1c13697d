"""The subject of the verb or clause before, which the verb goes on with: "كذّبه هادي هيج قائلا إن"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.attribution.bodies import may_be_body
from agents.language.names import AND, ARTICLE, CONJUNCTIONS, HER, HIS, OWNERS, SO, TA_MARBUTA, TIED
from agents.language.punctuation import COMMAS
from agents.language.text import OPENING
from agents.speakers.addressees import gender
from agents.speakers.nearby import Nearby
from agents.speakers.noun_phrases import noun_phrase, phrase_at
from agents.speakers.phrase_tools import stranger_of
from agents.speakers.voices import Voices

_SHORTEST_VERB: Final = 3  # letters
_RELAYED: Final = 2  # a medium, and whom it quotes
_SELDOM_OF_PAPERS: Final = ("call", "deny", "warn", "pledge", "threaten", "accuse", "offer")  # kinds of reporting verbs


class ClausesBefore(Nearby):
    """Speakers who are the subject of a clause before, in the same sentence."""

    def of_verb_before(self, report: Report, sentence_start: int) -> Voices:
        """ "كذّبه هادي هيج قائلا إن", "أن يرد فلان على الأسئلة، إذ رأى أن": the subject of a verb of saying that has no
        content of its own."""
        explains = self.page.form(report.cue[0] - 1) in self.page.tables.explains
        if report.aspect != "participle" and not explains:
            return ()
        for at in range(report.cue[0] - 1, max(sentence_start - 1, self.earlier.any_cue), -1):
            if at not in self.page.mention_at and self._agrees(at, report) and self._opens_clause(at, sentence_start):
                begin, end = noun_phrase(self.page, at + 1, report.cue[0])
                mentions = self.page.mentions(begin, end)
                told = not explains or self.names_somebody(at + 1)  # "استبق أي طلب أمريكي، إذ أكد"
                if mentions and not mentions[0].governed and told:
                    return self.phrases.read(begin, end, report, known=True)
                body = phrase_at(self.page, begin, end)
                if not explains and body is not None and self._is_rejecting_body(at, report):
                    return stranger_of(self.page, body)
        return ()

    def _is_rejecting_body(self, verb: int, report: Report) -> bool:
        """ "ورفضتها اللجنة القانونية قائلة إن": a verb with whose deed it is about, and a body of its gender."""
        page, feminine = self.page, report.shape.feminine if report.shape is not None else None
        body, described = page.form(verb + 1), page.form(verb + 2).startswith(ARTICLE)  # "مكتب الأول" is somebody's
        known = may_be_body(body, page.pack.clause_words, feminine=feminine)
        return page.light(verb).endswith(OWNERS) and body.startswith(ARTICLE) and described and known

    def of_told(self, report: Report, sentence_start: int) -> Voices:
        """ "قالت المتحدثة إن بايدن جدد التزامه، وأوضح أن": the man of whom the woman tells, and whose deeds go on."""
        earlier, page, shape = self.earlier, self.page, report.shape
        if not report.joined or not report.finite or earlier.any_cue < sentence_start or shape is None:
            return ()
        last, named = earlier.last(), page.mention_at.get(earlier.told_from)
        if self._tells_news(report):
            return self._of_news(report)
        other = len(last) == 1 and None not in (shape.feminine, last[0].feminine) and last[0].feminine != shape.feminine
        told = named is not None and not named.governed and page.is_person(named) and named.via != "adjective"
        return (page.voice(named),) if other and told and named is not None else ()

    def _tells_news(self, report: Report) -> bool:
        """ "أوردت «الشرق» أن الوزيرة …، ودعت إلى": behind what a paper tells a verb that papers seldom have."""
        page, paper = self.page, self.earlier.any_cue + 1
        named = (
            page.text(paper) in OPENING or page.form(paper).removeprefix(ARTICLE) in page.pack.clause_words.before_name
        )
        return named and report.verb.kind in _SELDOM_OF_PAPERS

    def _of_news(self, report: Report) -> Voices:
        """The person or spokesman of whom the paper tells, if the verb may be his or hers."""
        page, begin = self.page, self.earlier.told_from
        named = page.mention_at.get(begin)
        known = named is not None and named.start == begin and not named.governed and page.is_person(named)
        titled = page.form(begin).startswith(ARTICLE) and page.head(begin) in page.titled
        feminine = page.light(begin).endswith(TA_MARBUTA)
        shape = report.shape
        agrees = shape is None or shape.feminine is None or known or shape.feminine is feminine
        if not (known or titled) or not agrees:
            return ()
        return self.phrases.read(*noun_phrase(page, begin, report.cue[0]), report, known=True)

    def of_relayed(self, report: Report, sentence_start: int) -> Voices:
        """ "نقلت وكالة على حسابها عن فلان أن …، مضيفا أن": the source, or the medium where the participle is of it."""
        earlier, page = self.earlier, self.page
        first, cue = earlier.relay_cue, report.cue[0]
        if (
            report.aspect != "participle"
            or first < max(sentence_start, earlier.any_cue)
            or page.text(cue - 1) not in COMMAS
        ):
            return ()
        if any(self.subject_after(at) is not None for at in range(first + 1, cue)):
            return ()  # "نقلت القناة عن مسؤول أن …، في حين طالب الوزير بكذا، منذرا بأن"
        source, medium = earlier.last(), earlier.history[-_RELAYED] if len(earlier.history) >= _RELAYED else ()
        hers = report.shape is not None and report.shape.feminine is True
        if not source or not hers:
            return source
        feminine = any(page.light(at) in page.tables.her_words for at in range(first, cue))
        its = len(medium) == 1 and medium[0].feminine is True and not feminine
        return medium if its and all(map(self.is_man, source)) else source

    def of_deed(self, report: Report, sentence_start: int) -> Voices:
        """ "جاء ذلك بعد عملية نفذها جهاز الأمن وقال إنها": whose deed the noun before is, in the same clause."""
        page, cue = self.page, report.cue[0]
        if not (report.joined and report.finite and page.form(cue)[:1] == AND):
            return ()
        for at in range(cue - 1, max(sentence_start, self.earlier.any_cue), -1):
            if page.text(at) in COMMAS:
                return ()
            if self._is_deed(at, report):
                begin, end = noun_phrase(page, at + 1, cue)
                return self.phrases.read(begin, end, report, known=True)
        return ()

    def _is_deed(self, verb: int, report: Report) -> bool:
        """ "عملية | نفذها | جهاز الأمن": a verb with the pronoun of the noun before, and its subject."""
        page, words = self.page, self.page.pack.clause_words
        noun, form = page.form(verb - 1), page.form(verb + 1)
        bare = page.is_word(verb - 1) and not noun.startswith(ARTICLE) and noun not in page.pack.after_subject
        owner = next((one for one in (HER, HIS) if page.light(verb).endswith(one)), "")
        if not owner or not bare or verb in page.mention_at or page.is_verb(noun):
            return False
        feminine = report.shape.feminine if report.shape is not None else None
        agrees = feminine in (None, page.light(verb).removesuffix(owner).endswith(TIED))
        return agrees and (self.names_somebody(verb + 1) or may_be_body(form, words, feminine=feminine))

    def of_clause_before(self, report: Report, sentence_start: int) -> Voices:
        """ "قال فلان إن …، بينما كذّب الأسطول الرواية مؤكدا أن", "…، فزايد عليه فلان قائلا": whoever answers."""
        page, cue = self.page, report.cue[0]
        for at in range(cue - 1, max(sentence_start - 1, self.earlier.any_cue), -1):
            subject = self.subject_after(at)
            if subject is None or not cue > subject or not self._is_clause_of(at, cue):
                continue
            begin, end = noun_phrase(page, subject, cue - (page.form(cue - 1) in page.tables.explains))
            voices = self.phrases.read(begin, end, report, known=True)
            feminine = report.shape.feminine if report.shape is not None else None
            named = page.mention_at.get(subject)
            agrees = named is None or gender(page, named) in (None, feminine) or page.is_person(named)
            return voices if agrees else ()
        return ()

    def purpose(self, report: Report, sentence_start: int) -> Voices:
        """ "ووقف فلان أمام الصحافيين ليعلن أن": the subject of the verb before."""
        page, tables, cue = self.page, self.page.tables, report.cue[0]
        for at in range(cue - 1, max(sentence_start - 1, self.earlier.any_cue), -1):
            acts = page.unjoined(page.form(at)) in tables.met | tables.again and at not in page.mention_at
            if acts and self.names_somebody(at + 1):
                return self.phrases.read(*noun_phrase(page, at + 1, cue), report, known=True)
            if acts and page.form(at + 1) in page.pack.given_names:  # "خرج أيمن الفلاني في تسجيل ليدعو"
                phrase = phrase_at(page, *noun_phrase(page, at + 1, cue))
                return stranger_of(page, phrase) if phrase is not None and not phrase.mentions else ()
            if acts and at + 1 == cue and page.text(at - 1) in COMMAS:
                return self._of_time(report, sentence_start, at)
        return ()

    def _of_time(self, report: Report, sentence_start: int, limit: int) -> Voices:
        """ "وحين أنهى فلان مكالمة، خرج ليعلن أن": the subject of the clause of time before the comma."""
        page, tables = self.page, self.page.tables
        for at in range(limit - 2, max(sentence_start - 1, self.earlier.any_cue), -1):
            when = page.unjoined(page.form(at)) in tables.when and page.form(at + 1) not in tables.behind_when
            that = page.form(at) in tables.behind_when and page.unjoined(page.form(at - 1)) in tables.when
            if when or that:
                begin, end = noun_phrase(page, at + 2, limit)
                things = (i for i in range(begin + 1, end) if i not in page.mention_at and i - 1 in page.mention_at)
                end = next((i for i in things if page.light(i).endswith(TA_MARBUTA)), end)  # "الرئيس | مكالمة"
                return self.phrases.read(begin, end, report, known=True) if self.names_somebody(at + 2) else ()
        return ()

    def _is_clause_of(self, at: int, cue: int) -> bool:
        """Not "إن الحصار باق بينما يستعد الجيش، مؤكدا أن": behind a comma the participle is of who spoke before."""
        if self.page.text(cue - 1) not in COMMAS:
            return True
        return any(self.page.text(at - i) in COMMAS for i in (1, 2))

    def subject_after(self, at: int) -> int | None:
        """Where the subject of a clause begins that turns to another one at that token."""
        page, tables = self.page, self.page.tables
        form = page.form(at)
        words = page.pack.clause_words
        adverse = form in words.bare_that and page.form(at - 1) in tables.adverse
        if form in tables.turns_to_noun | words.that_after_attribution or adverse:
            return at + 1 if self.names_somebody(at + 1) else None
        if at in page.mention_at or not page.is_word(at):
            return None
        meanwhile = page.form(at - 1) in tables.of_place and form in tables.meanwhile  # "في حين اختار فلان"
        if form in tables.turns_to or meanwhile:
            at += 1
        elif not (self._answers(at) or self._reacts(at)):
            return None
        subject = at + 1
        while page.form(subject) in tables.before_subject | tables.shared:
            subject += 1
        return subject if self.names_somebody(subject) else None

    def _answers(self, verb: int) -> bool:
        """ "فزايد عليه", "وشاطره الرأي", "وهي تهمة ردها": a verb with a pronoun that means who spoke before."""
        page, form = self.page, self.page.form(verb)
        owned = page.light(verb).endswith(OWNERS)
        to_him = page.form(verb + 1).endswith(OWNERS) and page.form(verb + 1) in page.tables.before_subject
        if form[:1] in CONJUNCTIONS and (page.text(verb - 1) in COMMAS or page.opens_sentence(verb)):
            return owned or to_him
        which = page.form(verb - 2) in page.tables.which
        if which and page.form(verb - 1) in page.tables.what and form in page.tables.again:
            return True  # "وهو ما عاد فلان لينفيه مؤكدا أن"
        if which and page.form(verb - 1) in page.tables.what and to_him:
            return True  # "وهو ما شكك فيه فلان إذ قال"
        return owned and (which or page.text(verb - 1) in COMMAS)

    def _reacts(self, verb: int) -> bool:
        """ "…، فسارع مسؤول إلى النفي، قائلا": behind a comma a verb with ف and its subject."""
        page, form = self.page, self.page.form(verb)
        words = page.pack.clause_words
        bare = form[1:]
        if form[:1] != SO or len(bare) < _SHORTEST_VERB or page.text(verb - 1) not in COMMAS:
            return False
        known = form in words.openers | words.that_after_attribution or bare in page.tables.adverbial | words.negations
        return not (known or bare in words.that or bare.startswith(ARTICLE) or verb in page.mention_at)

    def _opens_clause(self, at: int, sentence_start: int) -> bool:
        """Whether a verb is outside of what somebody says: in a sentence without speech, after و or "وهو ما"."""
        tables, before = self.page.tables, self.page.form(at - 2)
        taken_up = self.page.form(at - 1) in tables.what and before in tables.which  # not "تأكيد ما ذكرته أنقرة"
        if self.page.form(at - 1) in tables.what and not taken_up:
            return False  # "رد الناطق على ما قاله الوزير، معتبرا إياه باطلا"
        if self.earlier.any_cue < sentence_start or taken_up:
            return True
        return self.page.form(at)[:1] in (AND, SO) and not self.page.is_verb(self.page.form(at))  # not "وعد"

    def _agrees(self, position: int, report: Report) -> bool:
        """Whether a finite verb stands there of which the report may be a participle: no "ما ذهب إليه …، قائلة"."""
        form, forms = self.page.form(position), self.page.pack.verb_forms
        bare = form[1:] if form[:1] in CONJUNCTIONS else ""
        shapes = [shape for shape in forms.get(form) or forms.get(bare, ()) if shape.finite]
        wanted = report.shape.feminine if report.shape is not None else None
        return any(None in (wanted, shape.feminine) or shape.feminine is wanted for shape in shapes)
