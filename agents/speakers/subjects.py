"""The subject beside its verb: before it, after it, or announced by "أما"."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import ACCUSATIVE, AND, ARTICLE, HER, HIS, OBLIQUE, OWNERS, SO, TO, Mention, nominatives
from agents.language.punctuation import COMMAS, STOPS
from agents.speakers.addressees import is_addressee, is_told
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.main_clauses import MainClauses
from agents.speakers.noun_phrases import is_name_and_title, is_name_word, noun_phrase, phrase_at
from agents.speakers.page import PAUSES, Page
from agents.speakers.people import person_of
from agents.speakers.phrases import PhraseReader
from agents.speakers.voices import SpeakerTables, Voice, Voices
from schemas import ActorKind

_TOPIC_REACH: Final = 25  # tokens between أما and its verb
_WITHHELD: Final = 6  # tokens between "طلب" and "اسمه", and after that until the verb
_LEAST_NAME: Final = 2  # words
_LONGEST_NAME: Final = 4  # words
_LONGEST_TITLE: Final = 10  # tokens
_SURNAME: Final = 2  # letters
_LONGEST_APPOSITION: Final = 14  # tokens
_PLACE: Final = 4  # tokens of "من المنتدى نفسه"
_ON: Final = "علي"  # folded
_WITH: Final = "ب"
_PREFIXES: Final = ("ل", "ب")  # of words that are no subject


def _carries(page: Page, cue: int) -> bool:
    """ "خرج الوزير بتغريدة تقول إن", "أذاع الديوان بيانا يقول إن": a text that somebody comes with."""
    form = page.form(cue - 1)
    led = form[:1] == _WITH and page.is_text(form) and not form[1:].startswith(ARTICLE)
    return led or (form.endswith(ACCUSATIVE) and page.is_text(form.removesuffix(ACCUSATIVE)))


def _is_of_another(relative: str, report: Report, tables: SpeakerTables) -> bool:
    """ "المسلحون الذين قال إنهم": the pronoun in what is said is whom the clause is about."""
    shape = report.shape
    if shape is None or shape.number != "singular" or shape.feminine is None:
        return False
    if shape.feminine and shape.aspect == "present":
        return False  # "الذي تسلم": written alike
    return relative in (tables.not_of_her if shape.feminine else tables.not_of_him)


class Subjects:
    def __init__(self, page: Page, earlier: EarlierSpeakers, phrases: PhraseReader) -> None:
        self.page, self.earlier, self.phrases = page, earlier, phrases
        self.clauses = MainClauses(page)

    def announced(self, report: Report, sentence_start: int) -> Voices:
        """ "أما إسلامي، الذي وقف إلى جانبه، فوصف …": the phrase after أما, if no other report stands between."""
        cue = report.cue[0]
        for at in range(cue - 1, max(self.earlier.last_cue, cue - _TOPIC_REACH, -1), -1):
            if self.page.text(at) in STOPS or self.page.article[at].kind == "break":
                return ()
            if self.page.form(at) in self.page.tables.because and not (at == cue - 1 and self._goes_on(report)):
                return ()  # "أما نيودلهي فلم تحسم أمرها، إذ اكتفى مسؤول بالقول": another clause
            if self.page.form(at) in self.page.tables.as_for:
                if self._is_topic(at + 1):
                    return ()
                surname = self.phrases.short_names.person(at + 1, _SURNAME) if at + 2 == cue else None
                if surname is not None:
                    return (self.page.voice(surname),)  # "أما لي فأوضح أن"
                return self._of_announced(report) or self.phrases.at(at + 1, cue, report)
        return ()

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

    def _is_topic(self, position: int) -> bool:
        """ "أما المحادثات فأكد أنها باقية": what somebody speaks about, and nobody who speaks."""
        form = self.page.form(position)
        return position not in self.page.mention_at and form.removeprefix(ARTICLE) in self.page.tables.events

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
            form, led = page.unjoined(page.form(at)), page.unjoined(page.form(at - 1))
            on_tongue = form in tables.tongue and led == _ON
            first = at - 1 if on_tongue else at
            follows = first == report.cue[1] or self._follows_subject(first, sentence_start)
            follows = follows or self._is_passive(first, report)
            if not (on_tongue or form in tables.by_tongue) or not follows:
                continue
            body = self._body_of(at + 1, first, report)
            if body:
                return body
            voices = self.phrases.read(*noun_phrase(page, at + 1, report.content[0]), report, known=True)
            return voices if all(voice.actor_id is not None for voice in voices) else ()
        return ()

    def _body_of(self, tongue: int, first: int, report: Report) -> Voices:
        """ "حذرت الوزارة، على لسان متحدثها، من": the body that is the subject, as its spokesman is not named."""
        page, begin = self.page, report.cue[1]
        if not page.article[tongue].light.endswith(OWNERS) or first <= begin or page.text(begin) in COMMAS:
            return ()
        voices = self.phrases.read(*noun_phrase(page, begin, first), report, known=True)
        kinds = [page.lexicon.kind_of(voice.actor_id or "") for voice in voices]
        return voices if kinds == [ActorKind.OFFICE] else ()

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

    # -- before the verb ----------------------------------------------------------------------------------------
    def before_verb(self, report: Report, sentence_start: int) -> Voices:
        """The phrase that stands directly before the verb."""
        cue, page = report.cue[0], self.page
        if report.aspect == "present" and page.form(cue).startswith(TO) and page.text(cue - 1) in COMMAS:
            return ()  # "خرج فلان، الذي تدعمه بلاده، ليقول إن": the subject of the verb before
        if (report.joined and not self._is_announced(report)) or page.form(cue - 1) in page.tables.until:
            return ()
        begin, end = self._without_particles(*self._past_parenthesis(*report.before, sentence_start))
        begin = self._past_verb(self._past_was(begin, end), end)
        begin = self._past_contrary(self._past_scene(begin, end), end)
        if begin >= end or not self._may_be_subject(begin, end) or self._is_clause(begin):
            return ()
        start, stop = noun_phrase(self.page, begin, end)
        whole = stop >= end - 1 or self._is_presented(begin) or self._is_apart(begin, stop, cue)
        voices = self.phrases.read(start, stop, report, known=True) if whole else ()
        return voices or self._by_surname(begin, end)

    def _is_clause(self, begin: int) -> bool:
        """ "بينما تحشد روسيا قواتها، قال فلان": a verb that nothing is known of stands behind the conjunction."""
        page = self.page
        noun = begin in page.mention_at or page.form(begin).startswith(ARTICLE) or page.head(begin) in page.titled
        return page.form(begin - 1) in page.tables.turns_to and not noun

    def apposed(self, report: Report, sentence_start: int) -> Voices:
        """ "غير أن صحيفة «س»، لسان حال الحكومة، ذكرت أن": a subject that an apposition parts from its verb."""
        page, cue = self.page, report.cue[0]
        earliest = max(sentence_start, self.earlier.any_cue + 1)
        if page.text(cue - 1) not in COMMAS or report.joined:
            return ()
        commas = range(cue - 3, max(earliest, cue - _LONGEST_APPOSITION), -1)
        comma = next((at for at in commas if page.text(at) in COMMAS), cue)
        first = page.form(comma + 1)
        if comma == cue or not (first.startswith(ARTICLE) or first in page.tables.tongue or first in page.titled):
            return ()
        begin = comma
        while begin > earliest and page.text(begin - 1) not in COMMAS and not self._is_particle(begin - 1):
            begin -= 1
        if begin >= comma or not self._may_be_subject(begin, comma):
            return ()
        if is_name_and_title(page, begin, cue - 1):
            return self.phrases.read(begin, cue - 1, report, known=True)
        start, stop = noun_phrase(page, begin, comma)
        return self.phrases.read(start, stop, report, known=True) if stop >= comma else ()

    def _by_surname(self, begin: int, end: int) -> Voices:
        """ "وكان شي قد أبلغ ترامب أن": one word between the two that is a part of a name."""
        page = self.page
        led = end == begin + 1 and page.unjoined(page.form(begin - 1)) in page.tables.was
        person = self.phrases.short_names.person(begin, _SURNAME) if led else None
        return (page.voice(person),) if person is not None else ()

    def _is_apart(self, begin: int, stop: int, cue: int) -> bool:
        """ "فلان، ضيفا على القناة، حذر من": a person's name with one parenthesis between it and the verb."""
        page, mention = self.page, self.page.mention_at.get(begin)
        named = mention is not None and mention.end == stop and mention.via == "name" and page.is_person(mention)
        commas = [at for at in range(stop, cue) if page.text(at) in COMMAS]
        return named and commas == [stop, cue - 1]

    def _past_parenthesis(self, begin: int, end: int, sentence_start: int) -> tuple[int, int]:
        """ "فالوزير، وقد حطت طائرته أمس، كرر": what stands before such a parenthesis."""
        page = self.page
        comma = begin - 1 - (page.text(begin - 1) not in COMMAS)
        within = page.text(comma) in COMMAS and page.form(comma + 1) in page.tables.in_passing
        if not within or page.text(end - 1) not in COMMAS:
            return begin, end
        start, earliest = comma, max(sentence_start, self.earlier.any_cue + 1)
        while start > earliest and page.text(start - 1) not in COMMAS:
            start -= 1
        return start, comma

    def _is_presented(self, begin: int) -> bool:
        """ "لكن طبيبا في مستشفى المدينة …", "إلا أن محاميا عن …": behind a particle somebody of no name."""
        page, form = self.page, self.page.form(begin)
        led = page.unjoined(page.form(begin - 1)) in page.tables.around_subject and not form.startswith(ARTICLE)
        named = page.mention_at.get(begin)
        nameless = named is None or (page.kind(named) is ActorKind.UNNAMED and not named.governed)
        return led and nameless and page.head(begin) in page.titled | page.pack.unnamed

    def text_before(self, report: Report, sentence_start: int) -> Voices:
        """ "وفي بيان صدر عن الوزيرين نص على أن": the text in which it stands."""
        page, cue = self.page, report.cue[0]
        follows = cue + 2 if page.form(cue + 1) in page.tables.text_in else cue + 1
        if not report.verb.text_speaks or page.is_text(page.form(follows)):
            return ()
        for at in range(cue - 1, max(sentence_start, self.earlier.last_cue + 1, cue - _TOPIC_REACH) - 1, -1):
            if page.is_text(page.form(at)) and page.form(at - 1) in page.tables.of_place:
                return self.phrases.read(at, cue, report, known=True)
        return ()

    def carried(self, report: Report, sentence_start: int) -> Voices:
        """ "نشر الموقع مقتطفات من حديث فلان: «…»": the person whose text it is."""
        page, (begin, end) = self.page, report.after
        if report.verb.id not in page.tables.carries:
            return ()
        for at in range(begin, end):
            person = page.mention_at.get(at)
            if person is None or person.start != at or not page.is_person(person) or at == begin:
                continue
            text = page.form(at - 1).removesuffix(ACCUSATIVE)
            of_text = person.governed and person.clitics.endswith(TO)
            told = text in page.pack.clause_words.told_texts or page.is_text(text)
            return (page.voice(person),) if told and (of_text or not person.governed) else ()
        return ()

    def _past_was(self, begin: int, end: int) -> int:
        """ "وفي قاعة أخرى على بعد شارعين كان فلان يؤكد": behind the verb that begins the clause."""
        page = self.page
        for at in range(end - 1, begin, -1):
            if page.form(at - 1) in page.tables.was:
                named = page.mention_at.get(at)
                known = named is not None and named.start == at and not named.governed and named.via != "adjective"
                whole = named.end >= end if named is not None else noun_phrase(page, at, end)[1] >= end
                return at if whole and (known or page.head(at) in page.titled) else begin
        return begin

    def _past_verb(self, begin: int, end: int) -> int:
        """ "وهو ما نفاه مسؤول صومالي قال للإذاعة إن": behind another verb somebody of whom there are several."""
        page = self.page
        for at in range(end - 1, begin, -1) if page.text(end) not in COMMAS else ():
            nameless = page.form(at) in page.tables.officials | page.tables.independent
            nameless = nameless and not page.form(at).startswith(ARTICLE)
            told = page.is_verb(page.form(at - 1)) or page.form(at - 1) in page.tables.before_subject
            if nameless and told and noun_phrase(page, at, end)[1] >= end:
                return at
        return begin

    def _past_scene(self, begin: int, end: int) -> int:
        """ "من كسلا، فلان يخاطب جنوده": behind the comma that ends an adverbial."""
        comma = next((at for at in range(begin, end) if self.page.text(at) in COMMAS), end)
        led = begin not in self.page.mention_at and self._is_adverbial(self.page.form(begin))
        named = self.page.mention_at.get(comma + 1)
        known = named is not None and named.via != "adjective" and not named.governed
        return comma + 1 if led and known and comma + 1 < end else begin

    def _past_contrary(self, begin: int, end: int) -> int:
        """ "خلافا لما كان الوزير أعلنه": he said it; "خلافا لما قاله الوزير، ذكر": another one."""
        if self.page.form(begin) not in self.page.tables.contrary:
            return begin
        if any(self.page.text(at) in COMMAS for at in range(begin, end + 1)):
            return end
        begin += 2
        while begin < end and self._is_particle(begin):
            begin += 1
        return begin

    def _is_announced(self, report: Report) -> bool:
        """ "أما بوتين فقد شدد": the subject stands before a verb with ف."""
        begin, cue = report.before[0], report.cue[0]
        tables = self.page.tables
        if self.page.form(cue)[:1] == SO and cue - 1 > begin and self.page.form(cue - 1) in tables.again:
            return True
        opening = range(max(0, begin - 1), min(begin + 2, cue))
        return self.page.form(cue - 1) in tables.relatives or any(self.page.form(at) in tables.as_for for at in opening)

    def _without_particles(self, begin: int, end: int) -> tuple[int, int]:
        page = self.page
        if page.form(end)[:1] == SO and end - 1 > begin and page.form(end - 1) in page.tables.again:
            end -= 1  # "لكن مسؤولا عاد فقال"
        while end > begin and self._is_particle(end - 1):
            end -= 1
        while begin < end and (self._is_particle(begin) or page.form(begin) in page.pack.clause_words.going_on):
            begin += 1
        return begin, end

    def _is_particle(self, position: int) -> bool:
        if self.page.form(position) in self.page.pack.clause_words.negations:
            position += 1  # "لا يزال فلان يقول"
        return self.page.form(position) in self.page.tables.around_subject or self.page.text(position) in PAUSES

    def _may_be_subject(self, begin: int, end: int) -> bool:
        """No adverbial ("وفي القاهرة شدد …") and no clause of its own stands before the verb."""
        mention = self.page.mention_at.get(begin)
        if mention.governed if mention is not None else self._is_adverbial(self.page.form(begin)):
            return False
        return not any(
            self.page.is_verb(self.page.form(at))
            and at not in self.page.mention_at
            and self.page.form(at) not in self.page.tables.officials
            for at in range(begin, end)
        )

    def _is_adverbial(self, form: str) -> bool:
        tables = self.page.tables
        if form in tables.adverbial or self.page.unjoined(form) in tables.adverbial:
            return True
        return form.startswith(_PREFIXES) and form not in self.page.pack.unnamed and form not in tables.officials

    def antecedent(self, report: Report, sentence_start: int) -> Voices:
        """ "مريم الصادق، التي رأت أن": whoever stands before the relative pronoun."""
        tables, at = self.page.tables, report.cue[0] - 2
        while at > 0 and self.page.form(at + 1) in tables.around_subject - tables.relatives:
            at -= 1  # "الذي كان قد أعلن"
        relative = self.page.form(at + 1)
        if at < 1 or relative not in tables.relatives or _is_of_another(relative, report, tables):
            return ()
        while at > 0 and self.page.text(at) in PAUSES:
            at -= 1
        titled = self._titled_before(report, at + 1, sentence_start)
        if titled:
            return titled
        mention = self.page.mention_at.get(at)
        if mention is None:
            return self._stranger_before(at + 1)
        return (self.page.voice(mention),) if mention.via != "adjective" else ()

    def _stranger_before(self, end: int) -> Voices:
        """ "تعليق المعارض فلان الفلاني الذي كتب أن": a name on no watchlist that ends there, behind a definite noun."""
        page, begin = self.page, end
        while end - begin < _LONGEST_NAME and begin - 1 not in page.mention_at and is_name_word(page, begin - 1):
            begin -= 1
        described = page.mention_at.get(begin - 1)
        closed = page.form(begin - 1).startswith(ARTICLE) or (described is not None and described.via != "name")
        titled = page.form(begin - 2).startswith(ARTICLE) or page.form(begin - 2) in page.titled
        if end - begin < _LEAST_NAME or not closed or titled:
            return ()  # not "الناطق العسكري فلان الذي"
        return (Voice(None, page.words(begin - 1, end), None),)

    def _titled_before(self, report: Report, end: int, sentence_start: int) -> Voices:
        """ "أتى الرد من مسؤول روسي رفيع الذي قال إن": the longest phrase with a title that ends there."""
        page, longest = self.page, None
        for begin in range(end - 1, max(sentence_start, end - _LONGEST_TITLE) - 1, -1):
            mention = page.mention_at.get(begin)
            if (mention is not None and page.is_person(mention)) or page.text(begin) in COMMAS:
                break
            titled = page.head(begin) in page.tables.officials and page.form(begin - 1) not in page.tables.titles
            if titled and noun_phrase(page, begin, end)[1] >= end:
                longest = begin
        if longest is None:
            return ()
        named = longest - 1 - _LEAST_NAME  # "فيونا هيل، المسؤولة السابقة في …، التي"
        start = named if named >= sentence_start and is_name_and_title(page, named, end) else longest
        return self.phrases.read(start, end, report, known=True)

    def within(self, report: Report, sentence_start: int) -> Voices:
        """ "وجه فلان رسالة أبدى فيها استعداده": the subject of the main clause, whoever it is."""
        page, cue = self.page, report.cue[0]
        if report.aspect == "present" and _carries(page, cue):
            named = [m for m in page.mentions(sentence_start, cue) if m.via != "adjective" and not m.governed]
            return (page.voice(named[-1]),) if named else ()
        near = (page.form(cue + 1), page.form(cue + 2) if page.form(cue + 1) in page.tables.before_subject else "")
        if page.tables.within_it.isdisjoint(near) or (page.text(cue - 1) in PAUSES and not report.joined):
            return ()
        if report.joined:
            return self._who_held_it(sentence_start, report)
        whose = page.mention_at.get(cue - 1)
        if whose is not None and self._sends_it(whose):
            return (page.voice(whose),)
        start = max(sentence_start, self.earlier.last_cue + 1)
        comma = next((at for at in range(cue - 1, start, -1) if page.text(at) in COMMAS), start)
        subject = self.clauses.subject(start, cue)
        if subject is None and comma > start:  # "بعد تأكيد فلان أن …، وبعد نشر فلان رواية جاء فيها"
            subject = self.clauses.subject(comma + 1, cue)
        if subject is None:
            return ()
        begin, end = noun_phrase(page, subject, cue)
        return self.phrases.read(begin, end, report, known=True)

    def _sends_it(self, whose: Mention) -> bool:
        """ "بثت القناة تصريحا لفلان قال فيه", "تلقى فلان رسالة من نظيره فلان يؤكد فيها"."""
        page, before = self.page, whose.start - 1
        sent = page.form(before) in page.tables.of_place and page.is_text(page.form(before - 1))
        return page.is_person(whose) and (sent or whose.clitics.endswith(TO))

    def _who_held_it(self, sentence_start: int, report: Report) -> Voices:
        """ "بعد مؤتمر صحفي عقده فلان مع نظيره، ودعا خلاله": whose meeting or text it was."""
        page, cue = self.page, report.cue[0]
        for at in range(cue - 1, max(sentence_start, self.earlier.any_cue), -1):
            verb = page.form(at).removesuffix(HIS if page.form(at).endswith(HIS) else HER)
            if at not in page.mention_at and verb in page.tables.met and page.form(at) != verb:
                return self.phrases.read(*noun_phrase(page, at + 1, cue), report, known=True)
        return ()

    def _doer(self, report: Report, sentence_start: int) -> Voices:
        """The subject of the main clause, where nothing was reported in it: "أعربت الوزارة عن أسفها، ودعت الشمال"."""
        doer = self.clauses.doer(self.clauses.reaction(sentence_start, report), report)
        return (self.page.voice(doer),) if doer is not None else ()

    # -- after the verb -----------------------------------------------------------------------------------------
    def after_verb(self, report: Report, sentence_start: int) -> Voices:
        """The phrase after the verb, unless that is whom it is said to: "لكنه دعا فلانا إلى أن"."""
        begin, limit = report.after
        if self.page.is_adversative(report.cue[0] - 1):
            return ()
        if self.page.text(begin) in COMMAS and self.page.form(begin + 1).startswith(AND):
            return ()  # "وأضاف، والكلام موجه إلى طهران: «…»"
        if report.shape is not None and report.shape.object:
            return self.phrases.at(begin, limit, report)
        while report.verb.text_speaks and begin < limit and self.page.form(begin) in self.page.tables.text_in:
            begin += 1
        addresses = self._addresses(begin)
        begin, end = noun_phrase(self.page, self._past_adverbials(begin, limit), limit)
        if addresses or self._is_accusative(begin):
            return ()
        spoken = bool(self.earlier.history)
        here = self.earlier.last() if self.earlier.spoke_since(sentence_start) else self._doer(report, sentence_start)
        if begin >= end or is_addressee(self.page, begin, end, report, spoken=spoken, here=here):
            return ()
        return self.phrases.read(begin, end, report)

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
        end = at + 2
        while end < min(limit, at + _PLACE) and page.form(end) in page.pack.same | page.tables.epithets:
            end += 1
        return end

    def _is_place(self, position: int) -> bool:
        page, mention = self.page, self.page.mention_at.get(position)
        if mention is not None:
            return page.kind(mention) is ActorKind.STATE and mention.via == "name" and mention.end == position + 1
        return any(page.lexicon.place_names.find(page.article[position : position + 1]))
