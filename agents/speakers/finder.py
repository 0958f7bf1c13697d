"""The speakers of an article's reports, one report after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agents.language.attribution import ACCORDING, LABEL, LISTED, Report
from agents.language.interviews import Answers
from agents.language.lexicon import Lexicon
from agents.language.names import HER, HIS, TO, Mention, bare_letters, words_of
from agents.language.punctuation import COLONS, COMMAS
from agents.language.text import Token
from agents.speakers.after_verbs import AfterVerbs
from agents.speakers.announced import Announced
from agents.speakers.antecedents import Antecedents
from agents.speakers.before_verbs import BeforeVerbs
from agents.speakers.clauses_before import ClausesBefore
from agents.speakers.conclusions import Conclusions
from agents.speakers.earlier import EarlierSpeakers
from agents.speakers.interviewed import Guests
from agents.speakers.main_clauses import MainClauses
from agents.speakers.noun_phrases import noun_phrase
from agents.speakers.of_texts import OfTexts
from agents.speakers.openings import Openings
from agents.speakers.page import Page
from agents.speakers.papers import Papers
from agents.speakers.phrases import PhraseReader
from agents.speakers.questions import Questions
from agents.speakers.sentences_before import SentencesBefore
from agents.speakers.voices import SpeakerTables, Voice, Voices
from agents.speakers.ways import Way
from schemas import ActorKind

_OF_CLAUSE = "whom the clause is about"
_FOR_SUBJECT = "who speaks for the subject"
_OF_TEXT = "whose text it is"
_LETTERHEAD = 80  # tokens


class SpeakerFinder:
    """Resolves the subjects of an article's reports in order; remembers who has spoken in it so far."""

    def __init__(
        self,
        article: Sequence[Token],
        mentions: Sequence[Mention],
        lexicon: Lexicon,
        tables: SpeakerTables,
        title: str = "",
    ) -> None:
        self._title = title
        self.page = Page(article, mentions, lexicon, tables)
        self.earlier = EarlierSpeakers(lexicon, tables)
        self.phrases = PhraseReader(self.page, self.earlier)
        self.clauses = MainClauses(self.page)
        tools = self.page, self.earlier, self.phrases
        self.announced, self.antecedents, self.texts = Announced(*tools), Antecedents(*tools), OfTexts(*tools)
        self.before_verbs, self.after_verbs = BeforeVerbs(*tools), AfterVerbs(*tools)
        self.clauses_before, self.conclusions = ClausesBefore(*tools), Conclusions(*tools)
        self.openings, self.questions = Openings(*tools), Questions(*tools)
        self.sentences_before, self.papers = SentencesBefore(*tools), Papers(*tools)
        self._guests: Guests | None = None

    def resolve(self, report: Report, sentence_start: int) -> tuple[Voices, Voices, str]:
        """The speakers of a report, who tells it if somebody stands between, and how they were found."""
        if report.verb.source:
            self.earlier.relay_cue = report.cue[0]
            return self._relayed(report)
        if quoted := self._quoted_by_medium(report):
            return quoted
        voices, how = self._found(report, sentence_start)
        self.earlier.any_cue = report.cue[0]
        self.earlier.told_from = max(report.cue[1], report.content[0])
        if voices and report.parent is None:
            of_clause = how == _OF_CLAUSE and self._goes_on_behind(report, sentence_start)
            aside = of_clause or self._is_remark(report)
            # whose gender is the subject's, or the text's
            other = how in (_FOR_SUBJECT, _OF_TEXT) or report.verb.text_speaks
            of_verb = replace(report, shape=None) if other else report
            self.earlier.remember(voices, of_verb, aside=aside)
            self.earlier.last_cue = self.earlier.last_cue if aside else report.cue[0]
        return voices, (), how

    def _goes_on_behind(self, report: Report, sentence_start: int) -> bool:
        """Whether another one speaks or acts, to whom the clause is an aside: not "جاءه الرد من فلان الذي رأى أن"."""
        spoke = self.earlier.spoke_since(sentence_start)
        return spoke or self.clauses.subject(sentence_start, report.cue[0]) is not None

    def _is_remark(self, report: Report) -> bool:
        """ "عقد اجتماع وصفه مراقبون بأنه حاسم": a clause that describes the noun before it."""
        before, page = report.cue[0] - 1, self.page
        object_of_noun = report.shape is not None and report.shape.object and report.finite and not report.joined
        particle = page.form(before) in page.tables.around_subject | page.tables.adverbial
        return object_of_noun and page.is_word(before) and before not in page.mention_at and not particle

    def _found(self, report: Report, sentence_start: int) -> tuple[Voices, str]:
        if self.texts.is_known(report):
            return (), "nobody"
        for how, way in self._ways(report):
            voices = way(report, sentence_start)
            if voices:
                return tuple(map(self._spelled_otherwise, voices)), how
        return (), "nobody"

    def _ways(self, report: Report) -> Iterator[tuple[str, Way]]:
        """The ways to find a speaker, in the order in which they are tried."""
        if report.form == "answer":
            yield "who is interviewed", self._interviewed
            return
        if report.verb is LISTED:
            yield "whose words are listed", self.sentences_before.listed
            return
        if report.verb is ACCORDING and report.after[0] == report.after[1]:
            yield "whose view it is", self.sentences_before.viewed
            return
        if report.verb.medium:
            yield "medium", self._medium
        yield "whose list it is", self._of_list
        if report.aspect != "masdar":
            yield _FOR_SUBJECT, self.announced.spokesman
        yield "whom أما announces", self.announced.announced
        if report.aspect not in ("participle", "masdar"):
            yield from self._ways_of_finite()
        yield "whom a label presents", self._presented
        if not report.verb.medium:
            explains = self.page.form(report.cue[0] - 1) in self.page.tables.explains
            yield "source before, which goes on", self.clauses_before.of_relayed
            yield "subject of the verb before", self.clauses_before.of_verb_before
            if report.aspect == "participle" or self._is_in_order_to(report) or explains:
                yield "subject of the clause before", self.clauses_before.of_clause_before
            if self._is_in_order_to(report) or self._accompanies(report) or explains:
                yield "whose purpose it is", self.clauses_before.purpose
            if report.aspect == "masdar":
                yield "who was quoted before", self._goes_on_saying
                yield "whose saying it is", self.after_verbs.owner
                yield "the person before", self.openings.person_before
            yield "whose deed it tells of", self.clauses_before.of_deed
            yield "whom the speaker tells of", self.clauses_before.of_told
            yield "whom the clause before names", self.conclusions.before_conclusion
            yield "the sentence's subject", self._opening
            yield "who was asked", self.questions.asked
            if self._is_unread(report):
                return
            yield "the paper before", self.papers.topic_before
            yield "continues", self.sentences_before.continued
        yield "whom the article is about", self.sentences_before.first_of_watchlist

    def _ways_of_finite(self) -> Iterator[tuple[str, Way]]:
        """Those that only a verb in the past or present allows: a subject of its own."""
        yield "who gives no name", self.announced.anonymous
        yield "whom سبق names", self.announced.preceded
        yield "who chooses to say it", self.announced.willing
        yield _OF_CLAUSE, self.papers.of_relative
        yield _OF_CLAUSE, self.antecedents.antecedent
        yield "whom a paper interviews", self.papers.guest
        yield _OF_TEXT, self.texts.of_owner
        yield _OF_TEXT, self.texts.within
        yield "subject before the verb", self._before_verb
        yield "subject before an apposition", self.before_verbs.apposed
        yield "whose text stands before", self.texts.text_before
        yield "who issues the text", self.texts.issued
        yield "whose words a medium carries", self.texts.carried
        yield "subject by a last name", self.after_verbs.called
        yield "subject", self.after_verbs.after_verb
        yield "subject named before", self.questions.told_me

    def _goes_on_saying(self, report: Report, sentence_start: int) -> Voices:
        """ "نقلت الصحيفة عن فلان وصفه الخطة بأنها …، وقوله إن": whom the sentence quotes already."""
        owned = report.joined and self.page.form(report.cue[0]).endswith((HIS, HER))
        quoted = self.earlier.relay_cue >= sentence_start or self.earlier.spoke_since(sentence_start)
        return self.earlier.last() if owned and quoted else ()

    def _spelled_otherwise(self, voice: Voice) -> Voice:
        """ "قال بسكوف" for "بيسكوف": who has that last name but for its long vowels, of the side that is told."""
        if voice.actor_id is not None or voice.plural:
            return voice
        lexicon = self.page.lexicon
        words = (word for word in words_of(voice.name) if word not in lexicon.pack.given_names)
        persons = (lexicon.spelled.get(bare) for word in words if (bare := bare_letters(word)) is not None)
        person = next((one for one in persons if one is not None), None)
        if person is None or voice.party not in (None, lexicon.party_of(person)):
            return voice
        return replace(voice, actor_id=person, party=lexicon.party_of(person))

    def _of_list(self, report: Report, sentence_start: int) -> Voices:
        """ "ثانيا: تدعو المنظمة إلى": behind the number of an item whoever leads to the list goes on."""
        page, cue = self.page, report.cue[0]
        numbered = page.text(cue - 1) in COLONS and page.form(cue - 2) in page.pack.clause_words.ordinals
        return self.earlier.last() if report.finite and numbered and page.opens_sentence(cue - 2) else ()

    def _is_unread(self, report: Report) -> bool:
        """ "يذكر أن المشروعين ينصان على": a text that is said to hold something, by nobody who spoke before."""
        return report.verb.text_speaks and not report.verb.needs and not report.joined

    def _is_in_order_to(self, report: Report) -> bool:
        """ "ثم عاد فلان ليوضح أن"."""
        return report.aspect == "present" and self.page.form(report.cue[0]).startswith(TO)

    def _accompanies(self, report: Report) -> bool:
        """ "حتى خرج فلان على الصحافيين معلنا أن": no comma parts it from what somebody does."""
        return report.aspect == "participle" and self.page.text(report.cue[0] - 1) not in COMMAS

    def meet_guest(self, interview: Answers) -> None:
        """Tell where the questions of an interview begin: what is said in them tells no more whom it is with."""
        if self._guests is None:
            self._guests = Guests(self.page, self.earlier, interview, self._title)

    def issuer(self) -> Voices:
        """The office on whose paper the article is printed; nobody where it is a plain article."""
        office = self.phrases.tools.short_names.letterhead
        if office is None:
            return ()
        named = next((one for one in self.page.mentions(0, _LETTERHEAD) if one.target == office), None)
        name = self.page.words(named.start, named.end) if named is not None else office
        return (Voice(office, name, self.page.lexicon.party_of(office)),)

    def _interviewed(self, report: Report, sentence_start: int) -> Voices:
        return self._guests.answering(report.after) if self._guests is not None else ()

    def _presented(self, report: Report, sentence_start: int) -> Voices:
        """ "ليلى (طالبة): …": a name that nothing tells to be one but who she is, and not "الوزير (ضاحكا): …"."""
        page, (begin, end) = self.page, report.after
        if report.verb is not LABEL or page.text(end) != "(":
            return ()
        known = any(at in page.mention_at or page.form(at) in page.titled for at in range(begin, end))
        return (Voice(None, page.words(begin, end), None),) if not known else ()

    def _opening(self, report: Report, sentence_start: int) -> Voices:
        opening = self.openings
        if report.form == "before" and not report.quoted and report.content[0] <= sentence_start:
            return ()  # "ودمشق ستدفع الثمن، قال أيضا": of what is said the subject
        return opening.man_who(report, sentence_start) or opening.opening(report, sentence_start)

    def _before_verb(self, report: Report, sentence_start: int) -> Voices:
        topic = self.announced.speaks_of(report)
        asked = self.questions.asks_itself(sentence_start, report.cue[0])
        return self.before_verbs.before_verb(report, sentence_start) if not (topic or asked) else ()

    def _medium(self, report: Report, sentence_start: int) -> Voices:
        """ "علمت الصحيفة من مصدر أن": the source, else the medium itself."""
        begin, end = report.after
        for at in range(begin, end):
            if self.page.form(at) in report.verb.medium:
                source = self.phrases.at(at + 1, end, report)
                if source:
                    return source
        name = self.page.words(begin, end)
        return (Voice(None, name, None),) if name else ()

    def _relayed(self, report: Report) -> tuple[Voices, Voices, str]:
        """ "نقلت رويترز عن مسؤول أن": the source stands after عن, the medium tells it."""
        begin, end = report.after
        if source := self._source_before(report):
            medium = self.phrases.read(begin, end, report)
            self.earlier.remember(source)
            return source, medium, "source before the medium"
        for at in range(begin, end):
            if self._is_from_him(self.page.form(at), report):
                person = self.page.person_before(at)  # as in "نقل مكتب فلان عنه"
                source = (self.page.voice(person),) if person is not None else ()
                spoke_since = person is not None and person.start < self.earlier.last_cue < self.page.sentence_start(at)
                if person is None or spoke_since or self._is_beside(person, report):
                    source = self.earlier.last() or source
                if source:
                    self.earlier.remember(source)
                    return source, self.phrases.read(begin, at, report) if at > begin else (), "whom عنه means"
            if self.page.form(at) in report.verb.source:
                source = self.phrases.at(at + 1, end, report)
                teller = at - (self.page.form(at) in self.page.pack.clause_words.tongue)  # before "على لسان"
                medium = self.phrases.read(begin, teller, report) if teller > begin else ()
                if source:
                    if report.aspect == "participle" and not medium:  # "…، ناقلا عن فلان أن": who tells it goes on
                        return source, (), "source that the speaker names"
                    goes_on = any(self._is_person(voice) for voice in medium)  # "نقل تود عن نظيره …، وأضاف"
                    if medium and not goes_on:
                        self.earlier.remember(medium, report)
                    self.earlier.remember(source)
                    if goes_on:
                        self.earlier.remember(medium, report)
                    return source, medium, "source that a medium names"
        voices = self.phrases.at(begin, end, report) or self.earlier.continued_by(report)
        if voices:
            self.earlier.remember(voices, report)
        return voices, (), "medium"

    def _quoted_by_medium(self, report: Report) -> tuple[Voices, Voices, str] | None:
        """ "كشفت صحيفة كويتية، نقلا عن مصدر حكومي، أن": the source in the parenthesis."""
        page, words = self.page, self.page.pack.clause_words
        begin, limit = report.cue[1], report.content[0]
        led = range(begin + 1, limit - 2) if report.finite and report.form != "before" else range(0)
        at = next((i for i in led if page.form(i) in words.relayed and page.form(i + 1) in words.on_authority), None)
        if at is None:
            return None
        source, medium = self.phrases.at(at + 2, limit, report), self.phrases.at(begin, at, report)
        nameless = self.page.tables.of_offices
        told = any(voice.actor_id or voice.party or nameless.isdisjoint(voice.heads) for voice in source)
        if not (told or any(self._is_described(voice) for voice in source)):
            return None  # "نقلا عن مصادر متعددة": the medium itself
        self.earlier.any_cue = self.earlier.last_cue = report.cue[0]
        self.earlier.told_from = report.content[0]
        if medium:
            self.earlier.remember(medium, report)
        self.earlier.remember(source)
        return source, medium, "source that a medium names"

    def _is_described(self, voice: Voice) -> bool:
        """ "مصدر دبلوماسي", "مصادر أمنية": a source, and in what it works."""
        return len(voice.heads) > 1 and not voice.heads.isdisjoint(self.page.tables.of_sources)

    def _source_before(self, report: Report) -> Voices:
        """ "وعن الوزير فلان نقلت الوكالة أنه"."""
        page, (first, cue) = self.page, report.before
        named = page.mention_at.get(first + 1)
        known = named is not None and self._is_person(page.voice(named))
        somebody = known or page.head(first + 1) in page.titled | page.pack.unnamed
        if not somebody or report.joined or page.unjoined(page.form(first)) not in report.verb.source:
            return ()
        begin, end = noun_phrase(page, first + 1, cue)
        return self.phrases.read(begin, end, report, known=True) if end == cue else ()

    def _is_person(self, voice: Voice) -> bool:
        return self.page.lexicon.kind_of(voice.actor_id or "") is ActorKind.PERSON

    def _is_beside(self, person: Mention, report: Report) -> bool:
        """ "للقاء مع فلان، فيما نقلت الصحيفة عنه": whom something is done with, before the verb."""
        led = person.governed or self.page.unjoined(self.page.form(person.start - 1)) in self.page.tables.adverbial
        return led and person.start < report.cue[0]

    def _is_from_him(self, form: str, report: Report) -> bool:
        """ "نقلت الصحيفة عنه أن"."""
        pronouns = self.page.pack.clause_words.object_pronouns
        return any(form.startswith(word) and form[len(word) :] in pronouns for word in report.verb.source)
