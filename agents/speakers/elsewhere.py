"""The speaker of a verb that has no subject beside it: somewhere in its sentence, else whoever spoke before."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from agents.language.attribution import Report
from agents.language.names import AND, ARTICLE, CONJUNCTIONS, HER, HIS, OWNERS, SO, Mention, words_of
from agents.language.punctuation import COMMAS, QUESTION, STOPS
from agents.speakers.addressees import gender
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.main_clauses import MainClauses
from agents.speakers.noun_phrases import Phrase, is_name_and_title, noun_phrase, phrase_at
from agents.speakers.page import Page
from agents.speakers.people import is_stranger, person_of
from agents.speakers.phrases import PhraseReader
from agents.speakers.voices import Voice, Voices

_OPENING: Final = 3  # tokens of a sentence among which its subject begins
_AFTER_TOWN: Final = frozenset("-–—/(:|")
_ASKED_FIRST: Final = 4  # tokens of a sentence among which a verb of asking opens it
_ANSWERS_AT_ONCE: Final = 2  # tokens of a sentence before the verb of an answer
_SHORTEST_VERB: Final = 3  # letters
_TURN_REACH: Final = 20  # tokens
_LONGEST_QUESTION: Final = 40  # tokens
_ASKED_BEFORE: Final = 8  # tokens between a verb of asking and the answer


class Elsewhere:
    def __init__(self, page: Page, earlier: EarlierSpeakers, phrases: PhraseReader) -> None:
        self.page, self.earlier, self.phrases = page, earlier, phrases
        self.clauses = MainClauses(page)

    def of_verb_before(self, report: Report, sentence_start: int) -> Voices:
        """ "كذّبه هادي هيج قائلا إن": the subject of a verb of saying that has no content of its own."""
        for at in range(report.cue[0] - 1, max(sentence_start - 1, self.earlier.any_cue), -1):
            if at not in self.page.mention_at and self._agrees(at, report) and self._opens_clause(at, sentence_start):
                begin, end = noun_phrase(self.page, at + 1, report.cue[0])
                mentions = self.page.mentions(begin, end)
                if mentions and not mentions[0].governed:
                    return self.phrases.read(begin, end, report, known=True)
        return ()

    def of_clause_before(self, report: Report, sentence_start: int) -> Voices:
        """ "قال فلان إن …، بينما كذّب الأسطول الرواية مؤكدا أن", "…، فزايد عليه فلان قائلا": whoever answers."""
        page, cue = self.page, report.cue[0]
        for at in range(cue - 1, max(sentence_start - 1, self.earlier.any_cue), -1):
            subject = self._subject_after(at)
            if subject is None or not cue > subject or not self._is_clause_of(at, cue):
                continue
            begin, end = noun_phrase(page, subject, cue - (page.form(cue - 1) in page.tables.explains))
            voices = self.phrases.read(begin, end, report, known=True)
            feminine = report.shape.feminine if report.shape is not None else None
            named = page.mention_at.get(subject)
            agrees = named is None or gender(page, named) in (None, feminine) or page.is_person(named)
            return voices if agrees else ()
        return ()

    def _is_clause_of(self, at: int, cue: int) -> bool:
        """Not "إن الحصار باق بينما يستعد الجيش، مؤكدا أن": behind a comma the participle is of who spoke before."""
        if self.page.text(cue - 1) not in COMMAS:
            return True
        return any(self.page.text(at - i) in COMMAS for i in (1, 2))

    def _subject_after(self, at: int) -> int | None:
        """Where the subject of a clause begins that turns to another one at that token."""
        page, tables = self.page, self.page.tables
        form = page.form(at)
        words = page.pack.clause_words
        adverse = form in words.bare_that and page.form(at - 1) in tables.adverse
        if form in tables.turns_to_noun | words.that_after_attribution or adverse:
            return at + 1 if self._names_somebody(at + 1) else None
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
        return subject if self._names_somebody(subject) else None

    def _answers(self, verb: int) -> bool:
        """ "فزايد عليه", "وشاطره الرأي", "وهي تهمة ردها": a verb with a pronoun that means who spoke before."""
        page, form = self.page, self.page.form(verb)
        owned = page.article[verb].light.endswith(OWNERS)
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

    def _names_somebody(self, at: int) -> bool:
        page, mention = self.page, self.page.mention_at.get(at)
        if mention is not None:
            return mention.start == at and not mention.clitics and mention.via != "adjective"
        return page.form(at) in page.titled or page.form(at) in page.tables.counterparts

    def _opens_clause(self, at: int, sentence_start: int) -> bool:
        """Whether a verb is outside of what somebody says: in a sentence without speech, after و or "وهو ما"."""
        tables, before = self.page.tables, self.page.form(at - 2)
        taken_up = self.page.form(at - 1) in tables.what and before in tables.which  # not "تأكيد ما ذكرته أنقرة"
        if self.earlier.any_cue < sentence_start or taken_up:
            return True
        return self.page.form(at)[:1] in (AND, SO) and not self.page.is_verb(self.page.form(at))  # not "وعد"

    def _agrees(self, position: int, report: Report) -> bool:
        """Whether a finite verb stands there of which the report may be a participle: no "ما ذهب إليه …، قائلة"."""
        form, forms = self.page.form(position), self.page.pack.verb_forms
        bare = form[1:] if form[:1] in CONJUNCTIONS else ""
        shapes = [shape for shape in forms.get(form) or forms.get(bare, ()) if shape.aspect in ("past", "present")]
        wanted = report.shape.feminine if report.shape is not None else None
        return any(None in (wanted, shape.feminine) or shape.feminine is wanted for shape in shapes)

    def person_before(self, report: Report, sentence_start: int) -> Voices:
        """ "دفع الرئيس … إلى القول إن": the last person before the verbal noun, since the report before it."""
        again = self.page.form(report.cue[0] - 1) in self.page.tables.saying_again  # "استقبل فلان ضيفه، مجددا القول إن"
        voices = self.opening(report, sentence_start) if again else ()
        voices = voices or self._official_before(report, sentence_start)
        return voices or self._person_before(report.cue[0], sentence_start)

    def _official_before(self, report: Report, sentence_start: int) -> Voices:
        """ "رد على ذلك مصدر روسي بالقول إن": an official who is named first."""
        page, cue = self.page, report.cue[0]
        beside = page.mention_at.get(cue - 2)  # "سارع الكرملين إلى نفي أن"
        if beside is not None and beside.end == cue - 1 and beside.via == "name" and not beside.governed:
            verb = page.form(cue - 1) in page.pack.clause_words.towards and beside.start > sentence_start
            return (page.voice(beside),) if verb and not page.is_person(beside) else ()
        hastening = self._hastening(report, sentence_start)
        if hastening:
            return hastening
        for at in range(max(sentence_start, self.earlier.last_cue + 1), cue):
            mention = page.mention_at.get(at)
            if mention is not None and page.is_person(mention):
                return ()
            apposed = page.text(at - 1) in COMMAS or page.form(at - 1) in page.tables.adverbial
            if page.form(at) in page.pack.unnamed and not apposed:
                return self.phrases.read(*noun_phrase(page, at, cue), report, known=True)
        return ()

    def _hastening(self, report: Report, sentence_start: int) -> Voices:
        """ "سارع مسؤول، رفض كشف اسمه، إلى التوضيح أن", "وعاد فلان، في رسالة، إلى القول إن": behind the verb."""
        page, cue = self.page, report.cue[0]
        if page.form(cue - 1) not in page.pack.clause_words.towards:
            return ()
        for verb in range(cue - 2, max(sentence_start, cue - _TURN_REACH) - 1, -1):
            known = page.unjoined(page.form(verb)) in page.pack.clause_words.hastens
            if known and verb not in page.mention_at:
                return self.phrases.read(*noun_phrase(page, verb + 1, cue - 1), report, known=True)
        return ()

    def before_conclusion(self, report: Report, sentence_start: int) -> Voices:
        """ "… فقال إن", "حين لاحظ أن": the last person of the clause before, who has not spoken in the sentence."""
        cue = report.cue[0]
        tables, before = self.page.tables, self.page.form(cue - 1)
        when = before in tables.when or (before == "ان" and self.page.form(cue - 2) in tables.when)
        follows = self.page.form(cue).startswith(SO) or before in tables.then
        spoke = self.earlier.spoke_since(sentence_start) or self.earlier.relay_cue >= sentence_start
        if when and self.page.form(cue - 2) in tables.before_that and spoke:
            return ()  # "قال فلان إن …، قبل أن يضيف أن"
        if when:
            return self._presented_first(sentence_start, cue) or self._person_before(cue, sentence_start)
        if before in tables.until:
            return self._who_had_barely(sentence_start, cue)
        adversative = self.page.is_adversative(cue - 1)
        if self.earlier.spoke_since(sentence_start):
            turned = self._turned_behind_comma(report) if self.page.form(cue).startswith(SO) else ()
            return turned or (self._person_before(cue, self._aside(cue)) if adversative else ())
        if not (follows or adversative) or self._is_asked_about(sentence_start, cue):
            return ()  # among them "وسئل عن دعوة فلان، فأجاب"
        return (
            self._asked_first(sentence_start, cue)
            or self._reached(report, sentence_start)
            or (self._subject_title(report, sentence_start) if adversative else ())
            or self._subject_person(report, sentence_start)
            or (self.of_clause_before(report, sentence_start) if follows else ())
            or self._person_before(cue, sentence_start)
        )

    def _presented_first(self, sentence_start: int, cue: int) -> Voices:
        """ "وأثار فلان، محامي الرئيس، عاصفة حين قال": somebody on no watchlist, behind the first word."""
        begin, end = noun_phrase(self.page, sentence_start + 1, cue)
        known = is_name_and_title(self.page, begin, end)
        return (Voice(None, self.page.words(begin, end), None),) if known else ()

    def _turned_behind_comma(self, report: Report) -> Voices:
        """ "شدد فلان على كذا، في حين اختار فلان نبرة أهدأ فدعا إلى": the subject of the clause that turns to him."""
        page, cue = self.page, report.cue[0]
        for comma in range(cue - 1, max(self.earlier.any_cue, cue - _TURN_REACH), -1):
            if page.text(comma) in COMMAS:
                at = comma + 1 + (page.form(comma + 2) in page.tables.meanwhile)
                turns = page.form(at) in page.tables.turns_to | page.tables.meanwhile
                subject = self._subject_after(at) if turns else None
                begin, end = noun_phrase(page, subject, cue) if subject is not None else (cue, cue)
                return self.phrases.read(begin, end, report, known=True) if begin < end else ()
        return ()

    def purpose(self, report: Report, sentence_start: int) -> Voices:
        """ "ووقف فلان أمام الصحافيين ليعلن أن": the subject of the verb before."""
        page, tables, cue = self.page, self.page.tables, report.cue[0]
        for at in range(cue - 1, max(sentence_start - 1, self.earlier.any_cue), -1):
            acts = page.unjoined(page.form(at)) in tables.met | tables.again and at not in page.mention_at
            if acts and self._names_somebody(at + 1):
                return self.phrases.read(*noun_phrase(page, at + 1, cue), report, known=True)
        return ()

    def _who_had_barely(self, sentence_start: int, cue: int) -> Voices:
        """ "لم يكد فلان يودع ضيفه حتى كتب أن", "ما إن وصل فلان حتى أعلن أن": whom that clause names first."""
        page, tables = self.page, self.page.tables
        for at in range(cue - 2, sentence_start - 1, -1):
            if page.form(at) in tables.barely or (
                page.form(at) in tables.no_sooner and page.form(at - 1) in tables.what
            ):
                person = next((m for m in page.mentions(at, cue) if page.is_person(m) and not m.governed), None)
                return (page.voice(person),) if person is not None else self._first_named(at + 1, cue)
        return ()

    def _reached(self, report: Report, sentence_start: int) -> Voices:
        """ "تواصلت الصحيفة مع مصدر في الخارجية فأكد أن", "حملنا السؤال إلى مصدر فنفى": whom somebody turned to."""
        page, cue = self.page, report.cue[0]
        opening = range(sentence_start, min(cue, sentence_start + _ASKED_FIRST))
        ours = any(page.unjoined(page.form(at)) in page.tables.of_us for at in opening)
        reached = page.tables.reached | page.tables.put_to if ours else page.tables.reached
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue), -1):
            if page.form(at - 1) in reached and page.form(at) in page.pack.unnamed:
                begin, end = noun_phrase(page, at, cue)
                there = end + 2 if page.form(end) in page.tables.of_place else end  # "مصدر أميركي في جدة"
                return self.phrases.read(begin, end, report, known=True) if there >= cue - 1 else ()
        return ()

    def _subject_person(self, report: Report, sentence_start: int) -> Voices:
        """ "خفف فلان من وقع كلام فلان، فأكد أن": whose deed it was, but for an answer, which is the other one's."""
        if report.verb.id in self.page.tables.answers:
            return ()
        doer = self.clauses.doer(sentence_start, report)
        return (self.page.voice(doer),) if doer is not None and self.page.is_person(doer) else ()

    def _subject_title(self, report: Report, sentence_start: int) -> Voices:
        """ "ورفض المسؤول التعليق على كلام فلان، لكنه قال": whoever is meant by the subject of the clause before."""
        page, cue = self.page, report.cue[0]
        subject = self.clauses.subject(sentence_start, cue)
        if subject is None or page.form(subject) not in page.pack.continuing_titles:
            return ()
        return self.phrases.read(*noun_phrase(page, subject, cue), report, known=True)

    def _aside(self, cue: int) -> int:
        """Where the reporter speaks again after a report: "وهو ما أقر به فلان، لكنه"; the verb where he does not."""
        asides = (at for at in range(cue - 1, self.earlier.last_cue, -1) if self.page.form(at) in self.page.tables.what)
        return next((at for at in asides if self.page.form(at - 1) in self.page.tables.which), cue)

    def _person_before(self, position: int, sentence_start: int) -> Voices:
        hers = self.page.article[position].light.endswith(HER)  # "حسب قولها"
        for at in range(position - 1, max(sentence_start, self.earlier.last_cue + 1) - 1, -1):
            mention = self.page.mention_at.get(at)
            if mention is not None and self.page.is_person(mention) and not (hers and self._is_masculine(mention)):
                return (self.page.voice(mention),)
        return ()

    def _is_masculine(self, mention: Mention) -> bool:
        """Whether a person's title on the watchlist is written as a man's."""
        roles = self.page.lexicon.actors[mention.target].roles.get("ar", ())
        return bool(roles) and not any(words_of(role)[0].endswith(HIS) for role in roles)

    def opening(self, report: Report, sentence_start: int) -> Voices:
        """The subject of the main clause, where the verb goes on with it: "انسحبت الحركة من المحادثات، وقالت إن"."""
        cue = report.cue[0]
        about = self._is_asked_about(sentence_start, cue)
        if about or self.earlier.spoke_since(sentence_start):
            comma = next((at for at in range(sentence_start, cue) if self.page.text(at) in COMMAS), cue)
            spoke = self.earlier.spoke_since(sentence_start)
            return self._person_before(cue, comma) if not spoke else ()  # "وحين سئلت عن الموعد، ضحكت فلانة وقالت"
        if report.shape is not None and report.shape.number == "dual":
            pair = self._pair(sentence_start, cue)  # "التقى لافروف وكوليبا، وقالا إن"
            if pair:
                return pair
        at = None if report.joined else self._opens_with_somebody(sentence_start, cue)
        if at is not None:
            stranger = self._stranger_at(at, cue, report) if self.page.head(at) != self.page.form(at) else ()
            return self._opened_by(at, cue) or stranger
        first = self.page.mention_at.get(sentence_start)
        if report.joined and report.aspect == "present" and first is not None and not first.clitics:
            return self._opened_by(sentence_start, cue)  # "لافروف يغادر جنيف، ويقول إن"
        sentence_start = self.clauses.reaction(sentence_start, report)
        turned_to = self._turned_to(sentence_start, report)
        subject = self.clauses.subject(sentence_start, cue) if turned_to is None else turned_to
        asks = subject is not None and self.page.form(subject) in self.page.pack.clause_words.reporters
        other = turned_to is None and subject is not None and report.joined and not self.clauses.agrees(subject, report)
        if subject is None or asks or other:
            return ()  # "وعندما ألح عليها صحفي بالسؤال، ردت بأن"
        return self._opened_by(subject, cue) or self._stranger_at(subject, cue, report)

    def _turned_to(self, sentence_start: int, report: Report) -> int | None:
        """ "إلا أن القيادة سارعت إلى النفي، وقالت": who stands behind the particle, and then a verb that agrees."""
        page, at = self.page, sentence_start
        while page.form(at) in page.tables.around_subject:
            at += 1
        if not report.joined or at == sentence_start or not self._names_somebody(at):
            return None
        stop = noun_phrase(page, at, report.cue[0])[1]
        named = page.mentions(at, stop)
        verb = named[-1].end if named else stop
        agrees = page.is_word(verb) and self.clauses.agrees(verb + 1, report)
        return at if agrees and verb + 1 < report.cue[0] and page.form(verb) not in page.pack.after_subject else None

    def _opens_with_somebody(self, sentence_start: int, cue: int) -> int | None:
        """Where somebody stands among the first words of a sentence, and no adverbial before."""
        page, tables = self.page, self.page.tables
        for at in range(sentence_start, min(sentence_start + _OPENING, cue)):
            mention = page.mention_at.get(at)
            # "وعن فاغنر نفى": what he speaks about
            led = at > sentence_start and page.unjoined(page.form(at - 1)) in tables.adverbial
            named = mention is not None and mention.start == at and not (mention.governed or led)
            named = named and mention is not None and mention.via != "adjective"
            titled = page.form(at) in tables.officials or (at == sentence_start and page.head(at) in tables.officials)
            if named or titled:
                return at
            if page.unjoined(page.form(at)) in tables.adverbial:
                return None
        return None

    def _pair(self, begin: int, end: int) -> Voices:
        """Two who are joined by و."""
        for one, other in pairwise(self.page.mentions(begin, end)):
            joined = other.start == one.end and other.clitics.startswith(AND) and not other.governed
            if joined and self.page.kind(one) is self.page.kind(other) and "adjective" not in (one.via, other.via):
                return self.page.voice(one), self.page.voice(other)
        return ()

    def _stranger_at(self, position: int, cue: int, report: Report) -> Voices:
        """ "تداول ناشطون مقطعا قالوا إنه", "يميل الباحث فلان إلى الرأي الثاني، معتبرا أن": somebody on no watchlist."""
        tables = self.page.tables
        begin, end = noun_phrase(self.page, position, cue)
        while end > begin and self.page.form(end - 1) in tables.around_subject:
            end -= 1  # "وكان فلان قد رجح"
        phrase = phrase_at(self.page, begin, end)
        if phrase is not None and is_stranger(self.page, phrase, before_noun=False):
            return self.phrases.read(phrase.begin, phrase.end, report, known=True)
        if self.page.form(position) not in tables.independent | tables.groups:
            return ()
        return self.phrases.read(*noun_phrase(self.page, position, min(cue, position + 1)), report, known=True)

    def _is_dateline(self, mention: Mention) -> bool:
        """ "القاهرة - الخميس …", "بيروت (رويترز)": where an article was written."""
        return mention.start < _OPENING and self.page.text(mention.end) in _AFTER_TOWN

    def _opened_by(self, position: int, cue: int) -> Voices:
        phrase = phrase_at(self.page, *noun_phrase(self.page, position, cue))
        if phrase is None or not phrase.mentions:
            return ()
        if phrase.mentions[0].via == "adjective" and self.page.form(position) not in self.page.tables.officials:
            return ()
        person = person_of(self.page, phrase)
        if person is not None:
            return (Voice(person.target, phrase.text, self.page.party(person)),)
        return self._named(phrase)

    def _named(self, phrase: Phrase) -> Voices:
        """Somebody on no watchlist where the phrase names one, else whom it stands for."""
        if is_stranger(self.page, phrase, before_noun=False) or is_name_and_title(self.page, phrase.begin, phrase.end):
            return (Voice(None, phrase.text, self.page.party(phrase.mentions[0]), heads=phrase.heads),)
        return self.phrases.sides.named(phrase, frozenset())

    def asked(self, report: Report, sentence_start: int) -> Voices:
        """ "سئل لافروف … فأجاب": who was asked answers."""
        cue, asked, us = report.cue[0], self.page.tables.asked, self.page.tables.asked_by_us
        for at in range(sentence_start, cue):
            form = self.page.form(at)
            if self.page.article[at].light in us:  # and not "سالت"
                return self._first_named(at + 1, cue) or self.earlier.before(sentence_start)
            if form in self.page.tables.asked_him_by_us:
                return self.earlier.before(sentence_start) or self._person_before(sentence_start, 0)
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue, cue - _ASKED_BEFORE), -1):
            if self.page.form(at) in asked:
                return self._person_before(at, sentence_start)
        for at in range(sentence_start, min(cue, sentence_start + _ASKED_FIRST)):
            if self.page.form(at) in asked or self.page.form(at)[1:] in asked:
                about = self._is_asked_about(sentence_start, cue)
                return () if about else self._first_named(at + 1, cue)
        return self._asked_before(sentence_start) if cue - sentence_start <= _ANSWERS_AT_ONCE else ()

    def _asked_first(self, sentence_start: int, cue: int) -> Voices:
        """ "وسئل فلان، الناطق باسم الأمم المتحدة، عن مصيرها، فأجاب": somebody on no watchlist."""
        for at in range(sentence_start, min(cue, sentence_start + _ASKED_FIRST)):
            reporters = self.page.pack.clause_words.reporters
            if self.page.unjoined(self.page.form(at)) in self.page.tables.asks and not reporters.isdisjoint(
                (self.page.form(at + 1), self.page.form(at + 2))
            ):
                return self._first_named(at + 2, cue)  # "وسأل أحد المراسلين فلانا هل يثق به، فأجاب"
            if self.page.form(at) in self.page.tables.asked or self.page.form(at)[1:] in self.page.tables.asked:
                begin, end = noun_phrase(self.page, at + 1, cue)
                if is_name_and_title(self.page, begin, end):
                    phrase = phrase_at(self.page, begin, end)
                    return self._named(phrase) if phrase is not None and phrase.mentions else ()
        return ()

    def _is_asked_about(self, sentence_start: int, cue: int) -> bool:
        """ "وعندما سئل عما إذا كانت باريس ستحضر، أجاب": whoever spoke before was asked."""
        tables, form = self.page.tables, self.page.form
        return any(
            (form(at) in tables.asked or form(at)[1:] in tables.asked) and form(at + 1) in tables.asked_about
            for at in range(sentence_start, min(cue, sentence_start + _ASKED_FIRST))
        )

    def _asked_before(self, sentence_start: int) -> Voices:
        """ "سألنا لافروف: هل …؟ فأجاب": whom the sentence before asks."""
        page, end = self.page, sentence_start - 1
        verbs = page.tables.asked
        if page.text(end) not in QUESTION:
            return ()
        for at in range(end - 1, max(-1, end - _LONGEST_QUESTION), -1):
            if page.article[at].kind == "break" or page.text(at) in STOPS:
                break
            ours = page.article[at].light in page.tables.asked_by_us
            if ours or page.form(at) in verbs or page.form(at)[1:] in verbs:
                return self._first_named(at + 1, end)
        return ()

    def _first_named(self, begin: int, end: int) -> Voices:
        for at in range(begin, end):
            mention = self.page.mention_at.get(at)
            if mention is not None and mention.start == at and mention.via != "adjective":
                return (self.page.voice(mention),)
            if self.page.form(at) in self.page.tables.officials:
                phrase = phrase_at(self.page, *noun_phrase(self.page, at, end))
                if phrase is not None and phrase.mentions:
                    return self._named(phrase)
        return ()

    def listed(self, report: Report, sentence_start: int) -> Voices:
        """ "أبرز ما قاله فلان:", "أبرز تصريحاته:": who is named behind these words, else before them."""
        page, (begin, end) = self.page, report.after
        ours = self.phrases.short_names.letterhead
        if ours is not None and page.form(begin) in page.pack.clause_words.we:
            return (Voice(ours, page.words(sentence_start, begin), page.lexicon.party_of(ours)),)
        for first, last in ((begin, end), (sentence_start, begin)):
            person = next(filter(page.is_person, page.mentions(first, last)), None)
            if person is not None:
                return (page.voice(person),)
            title = next((at for at in range(first, last) if page.head(at) in page.tables.officials), None)
            if title is not None:
                return self.phrases.read(*noun_phrase(page, title, last), report, known=True)
        if page.mentions(begin, end):
            return ()  # "أبرز ما جاء في حوار طهران:"
        person = page.person_before(begin)
        return self.earlier.last() or ((page.voice(person),) if person is not None else ())

    def continued(self, report: Report, sentence_start: int) -> Voices:
        return self._of_sentence_before(report, sentence_start) or self.earlier.continued_by(report)

    def _of_sentence_before(self, report: Report, sentence_start: int) -> Voices:
        """ "وكان فلان قد تفقد خط التماس. وهناك شدد على أن": the person of a sentence in which nobody speaks."""
        page, end = self.page, sentence_start - 1
        goes_on = report.verb.id in page.tables.goes_on
        if (report.joined and goes_on) or self.earlier.any_cue >= end or not self.earlier.history:
            return ()
        begin = end
        while begin > 0 and page.text(begin - 1) not in STOPS and page.article[begin - 1].kind != "break":
            begin -= 1
        if page.text(end) not in STOPS or self.earlier.any_cue >= begin:
            return ()
        subject = self.clauses.subject(begin, end)
        if subject is None or (report.joined and not self.clauses.agrees(subject, report)):
            return ()
        phrase = phrase_at(page, *noun_phrase(page, subject, end))
        mention = person_of(page, phrase) if phrase is not None else None
        if mention is None:
            return self._stranger_at(subject, end, report) if page.head(subject) in page.titled else ()
        return (page.voice(mention),)

    def _introduced_before(self, sentence_start: int) -> Phrase | None:
        """ "لم يكن فلان، الوزير البولندي، بحاجة إلى ذلك. كفاه أن يقول": somebody on no watchlist."""
        page, end = self.page, sentence_start - 1
        begin = end
        while begin > 0 and page.text(begin - 1) not in STOPS and page.article[begin - 1].kind != "break":
            begin -= 1
        for at in reversed(range(begin, min(end, begin + _OPENING))):
            phrase = noun_phrase(page, at, end)
            if is_name_and_title(page, *phrase) and page.mentions(*phrase):
                return phrase_at(page, *phrase)
        return None

    def first_of_watchlist(self, report: Report, sentence_start: int) -> Voices:
        """Whom the article is about, where nobody has spoken in it yet; who is introduced right before."""
        introduced = self._introduced_before(sentence_start)
        if introduced is not None:
            return self._named(introduced)
        mentions = (self.page.mention_at.get(at) for at in range(report.cue[0]))
        known = self.page.lexicon.actors
        first = next(
            (
                m
                for m in mentions
                if m is not None and m.via != "adjective" and m.target in known and not self._is_dateline(m)
            ),
            None,
        )
        return (self.page.voice(first),) if first is not None else ()
