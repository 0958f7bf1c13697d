"""Whoever spoke or was named in the sentences before, or is the first whom the article names."""

from __future__ import annotations

from typing import Final

from agents.language.attribution import Report
from agents.language.names import HER, HIS, IN, Mention
from agents.language.punctuation import STOPS
from agents.speakers.addressees import gender
from agents.speakers.nearby import Nearby
from agents.speakers.noun_phrases import Phrase, is_name_and_title, noun_phrase, phrase_at
from agents.speakers.people import person_of
from agents.speakers.voices import Voice, Voices
from schemas import ActorKind

_OPENING: Final = 3  # tokens of a sentence among which its subject begins
_AFTER_TOWN: Final = frozenset("-–—/(:|")


class SentencesBefore(Nearby):
    """Speakers whom the sentence itself does not name."""

    def listed(self, report: Report, sentence_start: int) -> Voices:
        """ "أبرز ما قاله فلان:", "أبرز تصريحاته:": who is named behind these words, else before them."""
        page, (begin, end) = self.page, report.after
        ours = self.phrases.tools.short_names.letterhead
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

    def viewed(self, report: Report, sentence_start: int) -> Voices:
        """ "أغلقت الجزائر مجالها الجوي، وفي رأيها": who acts, where the pronoun does not mean whoever spoke."""
        hers = any(self.page.light(at).endswith(HER) for at in range(*report.cue))
        spoke = self.earlier.last()
        meant = len(spoke) == 1 and spoke[0].feminine in (None, hers) and not (hers and self.earlier.is_one_person())
        if meant and self.earlier.spoke_since(sentence_start):
            return spoke
        at = self._subject_of(sentence_start, report.cue[0])
        at = self._subject_before(sentence_start) if at is None else at
        named = self.page.mention_at.get(at) if at is not None else None
        if named is None or gender(self.page, named) not in (None, hers) or (hers and self.page.is_person(named)):
            return self.continued(report, sentence_start)
        return (self.page.voice(named),)

    def _subject_before(self, sentence_start: int) -> int | None:
        """The subject of the sentence before."""
        page, end = self.page, sentence_start - 1
        begin = page.sentence_start(end)
        return self._subject_of(begin, end) if self.earlier.any_cue < begin else None

    def _subject_of(self, begin: int, end: int) -> int | None:
        return self.clauses.subject(begin, end) if begin < end else None

    def continued(self, report: Report, sentence_start: int) -> Voices:
        quoted = self._quoted_before(report, sentence_start)
        return quoted or self._of_sentence_before(report, sentence_start) or self.earlier.continued_by(report)

    def _of_sentence_before(self, report: Report, sentence_start: int) -> Voices:
        """ "وكان فلان قد تفقد خط التماس. وهناك شدد على أن": the person of a sentence in which nobody speaks."""
        page, end = self.page, sentence_start - 1
        goes_on = report.verb.id in page.tables.goes_on
        if (report.joined and goes_on) or self.earlier.any_cue >= end:
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
            if phrase is not None and phrase.mentions and page.form(subject) in page.pack.continuing_titles:
                return self.phrases.read(phrase.begin, phrase.end, report, known=True)  # "أطلع الوزير الروسي نظيره"
            return self.stranger_at(subject, end, report) if page.head(subject) in page.titled else ()
        return (page.voice(mention),)

    def _quoted_before(self, report: Report, sentence_start: int) -> Voices:
        """ "أبرزت الصحف ما قاله فلان. ووضعت إحداها على صدرها قوله إن": whose words the sentence before is about."""
        if report.aspect != "masdar":
            return ()
        page, end = self.page, sentence_start - 1
        begin = page.sentence_start(end)
        if self.earlier.any_cue >= begin:
            return ()
        for at in range(begin + 1, end):
            said = page.is_verb(page.form(at)) and page.light(at).endswith(HIS)
            named = page.mention_at.get(at + 1)
            if said and page.form(at - 1) in page.tables.what and named is not None and not named.governed:
                return (page.voice(named),)
        return ()

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
            return self.named(introduced)
        mentions = (self.page.mention_at.get(at) for at in range(report.cue[0]))
        known = self.page.lexicon.actors
        first = next(
            (
                m
                for m in mentions
                if m is not None
                and m.via != "adjective"
                and m.target in known
                and not (self._is_dateline(m) or self._is_place(m))
            ),
            None,
        )
        return (self.page.voice(first),) if first is not None else ()

    def _is_place(self, mention: Mention) -> bool:
        """ "خرج من بيتنا في الجزائر. وقال لنا إنه": where something is, and not "عضو في الوفد الجزائري"."""
        page = self.page
        within = page.form(mention.start - 1) in page.pack.clause_words.where or mention.clitics.endswith(IN)
        return within and mention.end - mention.start == 1 and page.kind(mention) is ActorKind.STATE

    def _is_dateline(self, mention: Mention) -> bool:
        """ "القاهرة - الخميس …", "بيروت (رويترز)": where an article was written."""
        return mention.start < _OPENING and self.page.text(mention.end) in _AFTER_TOWN
