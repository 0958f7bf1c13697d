"""Whose words they are: resolves the subject of a report to actors of the watchlist, to a side, or to a name.

A subject may be a name, a role, an office, unnamed officials of a side, somebody on no watchlist, a definite title
that continues an earlier speaker ("المسؤول نفسه"), a pronoun that is not even written ("وأضاف"), or several at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Final

from agents.language.attribution import Report
from agents.language.lexicon import Lexicon
from agents.language.names import Mention, without_clitics, words_of
from agents.language.pack import read_table
from agents.language.text import Token, fold
from schemas import ActorKind

_COMMAS: Final = frozenset("،,؛;()-–")
_SPELLED_ALIKE: Final = 0.75  # سيرغي / سيرجي: ratio 0.8; different names of the seeds' watchlist stay below 0.6
_LOOK_BACK: Final = 6
_HONORIFICS: Final = frozenset("الامير الشيخ السيد السيده الدكتور الدكتوره الرءيس الاستاذ الانبا البابا الملك".split())
_ACCUSATIVE: Final = re.compile("....ين$")  # "طالب الحوثيين بـ…": a plural that is no subject
_OBJECT: Final = re.compile("^ال.*ين$|ي$")  # "السائلين", "مشاهدي التلفزيون": plurals that are no subject
_TANWEEN: Final = re.compile("[\u064b-\u064d]")
_NO_NAME: Final = re.compile("[\u064b-\u064d]|(?:ه|ها|هم|هما|نا)$|^(?:ل|ذلك|تلك|هذا|هذه|هؤلاء|ذا)")  # "محدثه", "ذلك"
_TOPIC_REACH: Final = 25  # tokens between أما and its verb
_INSTITUTIONS: Final = (
    ActorKind.OFFICE,
    ActorKind.STATE,
    ActorKind.ORGANISATION,
    ActorKind.BLOC,
    ActorKind.ARMED_GROUP,
    ActorKind.MEDIA,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the text has them."""

    actor_id: str | None
    name: str
    party: str | None
    feminine: bool | None = None
    plural: bool = False
    heads: frozenset[str] = frozenset()  # folded words of the phrases that introduced them


@dataclass(frozen=True)
class SpeakerTables:
    """`speakers.yaml`, folded."""

    rows: dict[str, Any]

    def _set(self, name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in self.rows[name])

    @cached_property
    def officials(self) -> frozenset[str]:
        return self._set("officials")

    @cached_property
    def independent(self) -> frozenset[str]:
        return self._set("independent")

    @cached_property
    def both_sides(self) -> frozenset[str]:
        return self._set("both_sides")

    @cached_property
    def titles(self) -> frozenset[str]:
        return self._set("titles")

    @cached_property
    def epithets(self) -> frozenset[str]:
        return self._set("epithets")

    @cached_property
    def adverbial(self) -> frozenset[str]:
        return self._set("adverbial")

    @cached_property
    def masculine(self) -> frozenset[str]:
        return self._set("masculine")

    @cached_property
    def institutions(self) -> frozenset[str]:
        return self._set("institutions")

    @cached_property
    def asked(self) -> frozenset[str]:
        return self._set("asked")


def load_speaker_tables() -> SpeakerTables:
    return SpeakerTables(read_table("speakers"))


class SpeakerFinder:
    """Resolves the subjects of an article's reports in order; remembers who has spoken in it so far."""

    def __init__(
        self, article: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon, tables: SpeakerTables
    ) -> None:
        self.article = article
        self.lexicon = lexicon
        self.tables = tables
        self.mention_at = {position: mention for mention in mentions for position in range(mention.start, mention.end)}
        self.history: list[tuple[Voice, ...]] = []
        self._last_cue = -1  # of a report of the article itself
        self._any_cue = -1  # of any report, also one within another

    # -- one report ---------------------------------------------------------------------------------------------
    def resolve(self, report: Report, sentence_start: int) -> tuple[tuple[Voice, ...], tuple[Voice, ...], str]:
        """The speakers of a report, who tells it if somebody stands between, and how they were found."""
        if report.verb.source:
            return self._relayed(report)
        voices, how = self._found(report, sentence_start)
        self._any_cue = report.cue[0]
        if not voices:
            voices, how = self._first_of_watchlist(report.cue[0]), "whom the article is about"
        if voices and report.parent is None:
            self._remember(voices, report)
            self._last_cue = report.cue[0]
        return voices, (), how

    def _found(self, report: Report, sentence_start: int) -> tuple[tuple[Voice, ...], str]:
        """The first of the ways to find a speaker that finds one."""
        aspect = report.shape.aspect if report.shape is not None else "past"
        announced = self._announced(report)
        if announced:
            return announced, "whom أما announces"
        if aspect in ("past", "present"):
            voices, how = self._before_or_after(report)
            if voices:
                return voices, how
        if report.verb.medium:
            return self._medium(report), "medium"
        if aspect == "participle":
            voices = self._subject_of_verb_before(sentence_start, report)
            if voices:
                return voices, "subject of the verb before"
        if aspect == "masdar":
            voices = self._person_before(sentence_start, report.cue[0])
            if voices:
                return voices, "the person before"
        follows = self.article[report.cue[0]].form.startswith("ف") or self.article[report.cue[0] - 1].form == "فقد"
        if follows and not self._spoke_since(sentence_start):
            voices = self._person_before(sentence_start, report.cue[0])
            if voices:
                return voices, "whom the clause before names"
        if not report.joined and not self._spoke_since(sentence_start):
            voices = self._opening(sentence_start, report.cue[0])
            if voices:
                return voices, "the sentence's subject"
        asked = self._asked(sentence_start, report.cue[0])
        if asked:
            return asked, "who was asked"
        return self._continued(report), "continues"

    def _subject_of_verb_before(self, sentence_start: int, report: Report) -> tuple[Voice, ...]:
        """ "كذّبه هادي هيج قائلا إن": the subject of a verb of saying that has no content of its own."""
        if self._any_cue >= sentence_start:
            return ()
        for position in range(report.cue[0] - 1, sentence_start - 1, -1):
            form = self.article[position].form
            shapes = self.lexicon.pack.verb_forms.get(form) or self.lexicon.pack.verb_forms.get(
                form[1:] if form[:1] in "وف" else "", ()
            )
            if self.mention_at.get(position) is None and any(shape.aspect in ("past", "present") for shape in shapes):
                begin, end = self._noun_phrase((position + 1, report.cue[0]))
                mentions = self._mentions(begin, end)
                return self.phrase(begin, end, report, known=True) if mentions else ()
        return ()

    def _person_before(self, sentence_start: int, cue: int) -> tuple[Voice, ...]:
        """ "دفع الرئيس … إلى القول إن": the last person before the verbal noun, since the report before it."""
        for position in range(cue - 1, max(sentence_start, self._last_cue + 1) - 1, -1):
            mention = self.mention_at.get(position)
            if mention is not None and self.lexicon.kind_of(mention.target) is ActorKind.PERSON:
                return (
                    Voice(
                        mention.target, self._text(mention.start, mention.end), self.lexicon.party_of(mention.target)
                    ),
                )
        return ()

    def _spoke_since(self, sentence_start: int) -> bool:
        return self._last_cue >= sentence_start

    def _opening(self, sentence_start: int, cue: int) -> tuple[Voice, ...]:
        """The noun phrase that opens the sentence, or follows its first verb, if it names somebody."""
        for position in range(sentence_start, min(sentence_start + 3, cue)):
            mention = self.mention_at.get(position)
            titled = self.article[position].form in self.tables.officials
            if (mention is not None and mention.start == position and mention.clitics in ("", "و", "ال")) or titled:
                start, stop = self._noun_phrase((position, cue))
                mentions = self._mentions(start, stop)
                if mentions and (mentions[0].via != "adjective" or titled):
                    person = self._person(start, stop, mentions)
                    if person is not None:
                        return (Voice(person.target, self._text(start, stop), self.lexicon.party_of(person.target)),)
                    return self._of_side(start, self._head(start), mentions, self._text(start, stop), frozenset())
                return ()
            if self.article[position].form in self.tables.adverbial:
                return ()
        return ()

    def _before_or_after(self, report: Report) -> tuple[tuple[Voice, ...], str]:
        """The subject's phrase: before the verb if one stands directly there, else after it."""
        if not report.joined or self._topic(report):
            begin, end = self._preverbal(report)
            if begin < end and self._is_subject_before(begin, end):
                start, stop = self._noun_phrase((begin, end))
                voices = self.phrase(start, stop, report, known=True) if stop >= end - 1 else ()
                if voices:
                    return voices, "subject before the verb"
        antecedent = self._antecedent(report.cue[0])
        if antecedent:
            return antecedent, "whom the clause is about"
        if report.shape is not None and report.shape.object:
            return self.phrase(*self._noun_phrase(report.after), report), "subject"
        after = report.after
        while report.verb.text_speaks and after[0] < after[1] and self.article[after[0]].form in ("في", "علي"):
            after = (after[0] + 1, after[1])
        begin, end = self._noun_phrase(after)
        if begin < end and not self._is_addressee(begin, end, report):
            return self.phrase(begin, end, report), "subject"
        return (), ""

    def _announced(self, report: Report) -> tuple[Voice, ...]:
        """ "أما إسلامي، الذي وقف إلى جانبه، فوصف …": the phrase after أما, if no other report stands between."""
        for position in range(report.cue[0] - 1, max(self._last_cue, report.cue[0] - _TOPIC_REACH, -1), -1):
            if self.article[position].text in ".!؟?" or self.article[position].kind == "break":
                break
            if self.article[position].form in ("اما", "واما"):
                return self.phrase(*self._noun_phrase((position + 1, report.cue[0])), report)
        return ()

    def _antecedent(self, cue: int) -> tuple[Voice, ...]:
        """ "مريم الصادق، التي رأت أن": whoever stands before the relative pronoun."""
        if cue < 3 or self.article[cue - 1].form not in ("التي", "الذي", "الذين"):
            return ()
        at = cue - 2
        while at > 0 and self.article[at].text in _COMMAS:
            at -= 1
        mention = self.mention_at.get(at)
        if mention is None or mention.via == "adjective":
            return ()
        return (Voice(mention.target, self._text(mention.start, mention.end), self.lexicon.party_of(mention.target)),)

    def _is_subject_before(self, begin: int, end: int) -> bool:
        """No adverbial ("وفي القاهرة شدد …") and no clause of its own stands before the verb."""
        first = self.article[begin]
        mention = self.mention_at.get(begin)
        if mention is not None and mention.clitics not in ("", "و", "ف", "ال"):
            return False
        bare = first.form.removeprefix("و") if len(first.form) > 2 else first.form
        if mention is None and (
            first.form in self.tables.adverbial
            or bare in self.tables.adverbial
            or first.form[0] in "لب"
            and first.form not in self.lexicon.pack.unnamed
            and first.form not in self.tables.officials
        ):
            return False
        return not any(
            self.lexicon.pack.verb_forms.get(self.article[i].form)
            and self.mention_at.get(i) is None
            and self.article[i].form not in self.tables.officials
            for i in range(begin, end)
        )

    def _is_addressee(self, begin: int, end: int, report: Report) -> bool:
        """Whether the phrase after the verb is whom it is said to: "أوضح للرئيس أن", "اتهمت الجيش بشن هجوم"."""
        if report.shape is None or report.verb.text_speaks:
            return False
        mention = self.mention_at.get(begin)
        if mention is not None and mention.clitics in ("ل", "لل", "ب", "وب", "ول"):
            return True
        if self.article[begin].form.startswith("لل") and mention is None:
            return True
        plural = mention is not None and self.lexicon.kind_of(mention.target) is not ActorKind.PERSON
        if report.verb.asks and plural and _ACCUSATIVE.search(self.article[begin].form):
            return True
        if report.verb.informs and _OBJECT.search(self.article[begin].form) and mention is None:
            return True
        if report.form != "noun" or not report.verb.asks:
            return False
        groups = self._groups(begin, report.content[0] + 12, report)
        if report.verb.kind == "accuse":
            return groups <= 1 and bool(self.history)
        head = self._head(begin)
        collective = mention is not None and self.lexicon.kind_of(mention.target) not in (
            ActorKind.PERSON,
            ActorKind.OFFICE,
            ActorKind.UNNAMED,
        )
        if self._person(begin, end, self._mentions(begin, end)) is not None:
            return False
        plural = mention is None and head not in self.tables.officials and head not in self.tables.independent
        disagrees = (
            mention is not None
            and report.shape is not None
            and report.shape.feminine is not None
            and self._gender(mention) not in (None, report.shape.feminine)
        )
        return groups <= 1 and bool(self.history) and (plural or (collective and disagrees))

    def _groups(self, begin: int, limit: int, report: Report) -> int:
        """How many noun phrases stand between an asking verb and its preposition: one is whom it asks."""
        count = 0
        last = -1
        for position in range(begin, min(limit, len(self.article))):
            token = self.article[position]
            if token.text in _COMMAS or token.text in ".:":
                break
            mention = self.mention_at.get(position)
            if mention is not None and mention.start == position and mention.clitics in ("", "ال"):
                if mention.via != "adjective" and not (last >= 0 and self._same_phrase(last, position)):
                    count += 1
                last = mention.end
            elif mention is None and any(
                token.form == p or (len(p) == 1 and token.form.startswith(p) and len(token.form) > 2)
                for p in report.verb.asks
            ):
                break
        return count

    def _same_phrase(self, last: int, position: int) -> bool:
        """ "وزير الخارجية الروسي سيرغي لافروف": a role or adjective and the name beside it are one phrase."""
        before, here = self.mention_at.get(last - 1), self.mention_at.get(position)
        return (
            position == last
            and before is not None
            and here is not None
            and (before.target == here.target or before.via == "adjective")
        )

    def _gender(self, mention: Mention) -> bool | None:
        """True for feminine, False for masculine, None where the form does not tell."""
        form = self.article[mention.start].form
        if form.endswith(("ه", "اء")) or self.lexicon.kind_of(mention.target) == ActorKind.STATE:
            return form not in self.tables.masculine
        return (
            False
            if self.lexicon.kind_of(mention.target) in (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP)
            and form.startswith("ال")
            else None
        )

    def _remember(self, voices: tuple[Voice, ...], report: Report) -> None:
        shape = report.shape
        if shape is not None and shape.feminine is not None and len(voices) == 1 and voices[0].feminine is None:
            voices = (replace(voices[0], feminine=shape.feminine),)
        self.history.append(voices)

    def _topic(self, report: Report) -> bool:
        """ "أما بوتين فقد شدد": the subject stands before a verb with ف."""
        begin = report.before[0]
        window = [self.article[i].form for i in range(max(0, begin - 1), min(begin + 2, report.cue[0]))]
        return any(form in ("اما", "واما") for form in window) or self.article[report.cue[0] - 1].form in (
            "الذي",
            "التي",
        )

    # -- noun phrases -------------------------------------------------------------------------------------------
    def _noun_phrase(self, after: tuple[int, int]) -> tuple[int, int]:
        """The subject after the verb: up to the first adverb, preposition or clause; appositions stay in."""
        begin, limit = after
        pack = self.lexicon.pack
        while begin < limit and (
            self.article[begin].form in pack.same
            or self.article[begin].form
            in (
                "ايضا",
                "كذلك",
                "قد",
                "هنا",
                "مجددا",
                "بدوره",
                "بدورها",
                "يقول",
                "تقول",
                "ذلك",
                "هذا",
                "فيه",
                "عليها",
                "عليه",
                "له",
                "لها",
                "به",
                "بها",
                "منه",
                "منها",
                "فيها",
                "خلاله",
                "خلالها",
                "حينها",
                "انذاك",
            )
        ):
            begin += 1
        at = begin
        while at < limit:
            token = self.article[at]
            mention = self.mention_at.get(at)
            if (
                mention is not None
                and mention.start == at
                and (at == begin or mention.clitics not in ("ل", "ب", "لل", "بال"))
            ):
                at = mention.end
                continue
            if token.kind == "word" and token.form in pack.after_subject and not self._belongs(begin, at):
                break
            if (
                token.kind == "word"
                and at > begin
                and mention is not None
                and mention.clitics in ("ل", "لل")
                and not self._belongs(begin, at)
            ):
                break
            if token.text in _COMMAS and not self._apposition(at, limit):
                break
            if token.kind == "number" or token.text in ':«»“”"':
                if token.text in '«»“”"':
                    at += 1
                    continue
                break
            at += 1
        return begin, at

    def _belongs(self, begin: int, at: int) -> bool:
        """ "مصدر في وزارة …", "عضو في الوفد …", "متحدث باسم": the preposition belongs to the head."""
        word = self.article[at].form
        nxt = self.article[at + 1] if at + 1 < len(self.article) else None
        head = self.article[begin].form
        if word in ("في", "من", "لدي", "ل", "عن") and (
            head in self.tables.officials or head in self.tables.independent
        ):
            return (
                nxt is not None
                and nxt.kind == "word"
                and (
                    at - begin <= 3
                    and (
                        self.mention_at.get(at + 1) is not None
                        or any(
                            f in self.lexicon.pack.unnamed or f in self.tables.officials
                            for f in without_clitics(nxt.form)
                        )
                        or nxt.form.startswith("ال")
                    )
                    and nxt.form
                    not in (
                        "الوقت",
                        "المقابل",
                        "السياق",
                        "الموءتمر",
                        "المناسبه",
                        "الثلاثاء",
                        "الاربعاء",
                        "الخميس",
                        "الجمعه",
                        "السبت",
                        "الاحد",
                        "الاثنين",
                    )
                )
            )
        return False

    def _apposition(self, comma: int, limit: int) -> bool:
        """A comma inside a subject: a name or title follows at once, and no adverb."""
        at = comma + 1
        if at >= limit:
            return False
        token = self.article[at]
        if token.kind != "word" or token.form in self.lexicon.pack.after_subject:
            return False
        mention = self.mention_at.get(at)
        if mention is not None:
            return mention.clitics == "" or mention.clitics == "و"
        return (
            token.form in self.tables.officials or token.form in self.tables.titles or self._looks_like_name(at, limit)
        )

    def _looks_like_name(self, at: int, limit: int) -> bool:
        end = at
        while (
            end < limit
            and self.article[end].kind == "word"
            and self.article[end].form not in self.lexicon.pack.after_subject
        ):
            end += 1
        return 2 <= end - at <= 4 and self._name_word(at)

    def _name_word(self, at: int) -> bool:
        form = self.article[at].form
        return (
            self.article[at].kind == "word"
            and not form.startswith("ال")
            and len(form) > 2
            and form not in self.tables.officials
            and form not in self.tables.independent
            and form not in self.tables.epithets
            and form not in self.tables.titles
            and form not in self.lexicon.pack.after_subject
            and form not in self.lexicon.pack.unnamed
            and not self.lexicon.pack.verb_forms.get(form)
            and not (form[0] in "وف" and self.lexicon.pack.verb_forms.get(form[1:]))
            and not (form[0] in "لب" and any(m in self.lexicon.pack.texts for m in without_clitics(form)))
            and form
            not in (
                "باسم",
                "فيما",
                "كما",
                "بعد",
                "قبل",
                "عدد",
                "كلا",
                "كلتا",
                "هذه",
                "هذا",
                "تلك",
                "وقت",
                "حديث",
                "تصريح",
                "بيان",
            )
        )

    def _preverbal(self, report: Report) -> tuple[int, int]:
        begin, end = report.before
        skipped = {"اما", "واما", "فيما", "وفيما", "بينما", "لكن", "ولكن", "حيث", "كما", "وكان", "وكانت", "كان", "كانت", "قد", "وقد", "فقد", "ان", "وان", "الذي", "التي", "ثم", "اذ", "غير", "الا", "بيد"}  # fmt: skip
        while end > begin and (self.article[end - 1].form in skipped or self.article[end - 1].text in _COMMAS):
            end -= 1
        while begin < end and (self.article[begin].form in skipped or self.article[begin].text in _COMMAS):
            begin += 1
        return begin, end

    def phrase(self, begin: int, end: int, report: Report, known: bool = False) -> tuple[Voice, ...]:
        """The speakers that a noun phrase names; empty where it names none. `known`: only names and titles count."""
        while begin < end and self.article[begin].text in '«“"(':
            begin += 1
        if begin >= end or not any(self.article[i].kind == "word" for i in range(begin, end)):
            return ()
        head = self._head(begin)
        mentions = self._mentions(begin, end)
        text = self._text(begin, end)
        heads = frozenset(self.article[i].form for i in range(begin, end) if self.article[i].kind == "word")
        if report.form == "noun" and not self._opens_with_somebody(begin, end, head):
            told_with = bool(report.verb.preposition) and not report.verb.asks and not report.verb.direct
            return (Voice(None, text, None, heads=heads),) if told_with and self._is_noun(begin) else ()
        if any(form in self.lexicon.pack.texts for form in without_clitics(head)):
            owners = self._mentions(begin, min(report.content[0], begin + 14))
            if not owners:
                return self._last_institution()
            owner = next((m for m in owners if m.via == "name"), owners[0])
            return (
                Voice(owner.target, self._text(begin, owner.end), self.lexicon.party_of(owner.target), heads=heads),
            )
        if head in self.tables.officials and any(
            self.article[i].form in self.tables.both_sides and self.article[i - 1].form in ("من", "في", "عن")
            for i in range(begin + 1, end)
        ):
            return (Voice("officials", text, None, plural=True, heads=heads),)
        if self._name_and_title(begin, end):
            return (Voice(None, text, self.lexicon.party_of(mentions[0].target) if mentions else None, heads=heads),)
        spokes = self._speaks_for(begin, end, head, text)
        if spokes:
            return spokes
        person = self._person(begin, end, mentions)
        if person is not None:
            return self._joint(person, mentions, text, heads)
        stranger = self._stranger(begin, end, report)
        side = self.lexicon.party_of(mentions[0].target) if mentions else None
        if stranger:
            return (Voice(None, text, side, heads=heads),)
        if head in self.tables.independent:
            return (
                (Voice(mentions[0].target, text, side, heads=heads),)
                if mentions and mentions[0].start == begin
                else (Voice(None, text, None, heads=heads),)
            )
        if mentions:
            return self._of_side(begin, head, mentions, text, heads)
        if head in self.lexicon.pack.continuing_titles or any(
            self.article[i].form in self.lexicon.pack.same for i in range(begin, end)
        ):
            return self._anaphor(head, text)
        if head in self.tables.officials or head in self.lexicon.pack.unnamed:
            return (Voice(None, text, None, heads=heads),)
        if not known and report.form in ("that", "quote") and report.shape is not None and self._is_noun(begin):
            return (Voice(None, text, side, heads=heads),)
        if not known and report.form in ("that", "quote") and end - begin == 1 and self._name_word(begin):
            if _NO_NAME.search(self.article[begin].light):
                return ()
            return self._named_before(self.article[begin].form) or (Voice(None, text, side, heads=heads),)
        if (not known and report.form != "noun" and self._looks_like_name(begin, end)) or self._name_and_title(
            begin, end
        ):
            return (Voice(None, text, side, heads=heads),)
        return ()

    def _speaks_for(self, begin: int, end: int, head: str, text: str) -> tuple[Voice, ...]:
        """ "ناطق باسمها", "متحدث باسم المنظمة": the last organisation named before."""
        if head not in self.tables.officials:
            return ()
        for position in range(begin + 1, end):
            form = self.article[position].form
            following = self.article[position + 1].form if position + 1 < end else ""
            pronoun = form in ("باسمها", "باسمه", "باسمهم")
            if pronoun or (form == "باسم" and following in self.lexicon.pack.continuing_titles and position + 2 >= end):
                for at in range(begin - 1, -1, -1):
                    mention = self.mention_at.get(at)
                    if (
                        mention is not None
                        and mention.via == "name"
                        and self.lexicon.kind_of(mention.target)
                        in (ActorKind.ORGANISATION, ActorKind.OFFICE, ActorKind.ARMED_GROUP)
                    ):
                        return (Voice(mention.target, text, self.lexicon.party_of(mention.target)),)
        return ()

    def _is_noun(self, begin: int) -> bool:
        """A definite noun that nothing is known of: "أكد الحلفاء الثلاثون أن …"."""
        form = self.article[begin].form
        return (
            form.startswith("ال")
            and len(form) > 4
            and form not in self.tables.adverbial
            and not self.lexicon.pack.verb_forms.get(form)
        )

    def _name_and_title(self, begin: int, end: int) -> bool:
        """ "بيتر ستانو، الناطق باسم …": a name, a comma, a title."""
        at = begin
        while at < end and self.article[at].kind == "word" and self.mention_at.get(at) is None:
            at += 1
        return (
            2 <= at - begin <= 4
            and at + 1 < end
            and self.article[at].text in _COMMAS
            and self._name_word(begin)
            and self._head(at + 1) in (self.tables.officials | self.tables.independent | self.tables.titles)
        )

    def _opens_with_somebody(self, begin: int, end: int, head: str) -> bool:
        """Whether a phrase that a noun may follow at once begins with a name or title: "جددت استعداد بلادها" does not."""
        mention = self.mention_at.get(begin)
        return (
            (mention is not None and mention.via != "adjective")
            or head in self.tables.officials
            or head in self.tables.independent
            or head in self.lexicon.pack.continuing_titles
            or any(form in self.lexicon.pack.texts for form in without_clitics(head))
            or head in _HONORIFICS
            or self._name_and_title(begin, end)
        )

    def _head(self, begin: int) -> str:
        form = self.article[begin].form
        if (
            form in self.tables.officials
            or form in self.tables.independent
            or form in self.lexicon.pack.continuing_titles
        ):
            return form
        for candidate in without_clitics(form):
            if (
                candidate in self.tables.officials
                or candidate in self.tables.independent
                or candidate in self.lexicon.pack.continuing_titles
            ):
                return candidate
        return form

    def _mentions(self, begin: int, end: int) -> list[Mention]:
        found: list[Mention] = []
        for position in range(begin, end):
            mention = self.mention_at.get(position)
            if mention is not None and (not found or found[-1] is not mention):
                found.append(mention)
        return found

    def _text(self, begin: int, end: int) -> str:
        words = [token.text for token in self.article[begin:end] if token.kind in ("word", "number")]
        return " ".join(words)

    def _person(self, begin: int, end: int, mentions: Sequence[Mention]) -> Mention | None:
        """The person of the watchlist that the phrase is about, if it is about one."""
        named = [m for m in mentions if self.lexicon.kind_of(m.target) == ActorKind.PERSON]
        for mention in named:
            if mention.via == "name" and not self._owned(begin, mention):
                return mention
        for mention in named:
            if mention.via == "role" and mention.start <= begin + 1:
                trailing = self._trailing_name(mention.end, end)
                if not trailing or self._alike(mention.target, trailing):
                    return mention
        return None

    def _owned(self, begin: int, mention: Mention) -> bool:
        """ "مدير مكتب بوتين": titles without the article stand directly before the name, and it is theirs."""
        if mention.start == begin:
            return False
        before = self.article[mention.start - 1]
        earlier = self.mention_at.get(mention.start - 1)
        if (
            earlier is not None
            and earlier.via == "role"
            and earlier.target != mention.target
            and self.lexicon.kind_of(earlier.target) == ActorKind.PERSON
        ):
            return False
        return before.form in self.tables.titles and mention.start - 1 >= begin

    def _trailing_name(self, begin: int, end: int) -> tuple[str, ...]:
        at = begin
        while at < end and (self.article[at].text in _COMMAS or self.article[at].form in self.tables.epithets):
            at += 1
        words = []
        while at < end and self.article[at].kind == "word" and self.mention_at.get(at) is None:
            words.append(self.article[at].form)
            at += 1
        first = at - len(words)
        return tuple(words) if len(words) >= 2 and self._name_word(first) else ()

    def _alike(self, actor_id: str, words: Sequence[str]) -> bool:
        actor = self.lexicon.actors[actor_id]
        known = {word for name in actor.names.get("ar", ()) for word in words_of(name)}
        return any(SequenceMatcher(None, word, other).ratio() >= _SPELLED_ALIKE for word in words for other in known)

    def _stranger(self, begin: int, end: int, report: Report | None = None) -> bool:
        """Whether a proper name that is on no watchlist stands in the phrase, after titles and adjectives."""
        head = self._head(begin)
        if head in self.tables.institutions:
            return False
        titled = head in self.tables.officials or head in self.tables.independent or head in self.tables.titles
        at = begin
        while at < end:
            if self.mention_at.get(at) is None and self._name_word(at) and (titled or at > begin):
                run = at
                while (
                    run < end
                    and self.article[run].kind == "word"
                    and self.mention_at.get(run) is None
                    and self.article[run].form not in self.tables.epithets
                ):
                    run += 1
                previous = self.article[at - 1] if at > begin else None
                genitive = previous is not None and (
                    previous.form in self.tables.titles or previous.form in ("في", "باسم", "من", "وزاره", "مجلس")
                )
                tanween = any(
                    "\u064b" in self.article[i].text or "\u064c" in self.article[i].text for i in range(at, run)
                )
                bare = report is None or report.form != "noun" or not self.article[at + 1].form.startswith("ال")
                if run - at >= 2 and bare and not tanween and not genitive and self._introduced(begin, at):
                    return True
            at += 1
        return False

    def _introduced(self, begin: int, at: int) -> bool:
        """A name follows an adjective, a definite noun, a comma or an actor: "السفير السوداني محمد …"."""
        opening = self.mention_at.get(begin)
        if at == begin or (opening is not None and opening.via == "name"):
            return False
        previous = self.article[at - 1]
        return (
            previous.text in _COMMAS
            or previous.form.startswith("ال")
            or self.mention_at.get(at - 1) is not None
            or previous.form in self.tables.epithets
            or previous.form in self.tables.independent
        )

    def _joint(
        self, mention: Mention, mentions: Sequence[Mention], text: str, heads: frozenset[str]
    ) -> tuple[Voice, ...]:
        voices = [Voice(mention.target, text, self.lexicon.party_of(mention.target), heads=heads)]
        for other in mentions:
            if (
                other.start == mention.end
                and other.clitics.startswith("و")
                and other.via != "adjective"
                and other.target != mention.target
            ):
                voices.append(Voice(other.target, text, self.lexicon.party_of(other.target), heads=heads))
        return tuple(voices)

    def _of_side(
        self, begin: int, head: str, mentions: Sequence[Mention], text: str, heads: frozenset[str]
    ) -> tuple[Voice, ...]:
        first = mentions[0]
        party = self.lexicon.party_of(first.target)
        official = head in self.tables.officials and first.start > begin
        definite_title = (
            head in self.lexicon.pack.continuing_titles and first.start == begin + 1 and first.via == "adjective"
        )
        kind = self.lexicon.kind_of(first.target)
        if definite_title:
            earlier = self._earlier_of(party)
            if earlier is not None:
                return earlier
            if first.target not in self.lexicon.actors and self.history:
                return self._anaphor(head, text)
        if (
            official
            and kind not in (ActorKind.UNNAMED,)
            and (kind != ActorKind.OFFICE or head in ("مسءول", "مصدر", "دبلوماسي"))
        ):
            return (
                Voice(
                    self.lexicon.unnamed_of.get(party, party)
                    if kind == ActorKind.STATE or first.via == "adjective"
                    else first.target,
                    text,
                    party,
                    heads=heads,
                ),
            )
        voices = []
        for mention in mentions:
            joined = mention is first or mention.clitics.startswith("و")
            if (
                joined
                and (mention.via != "adjective" or mention is first)
                and all(v.actor_id != mention.target for v in voices)
            ):
                voices.append(Voice(mention.target, text, self.lexicon.party_of(mention.target), heads=heads))
            elif not joined:
                break
        return tuple(voices)

    def _named_before(self, form: str) -> tuple[Voice, ...]:
        """The stranger who was introduced with that name: "جيفري لويس", then "لويس"."""
        for voices in reversed(self.history):
            if voices[0].actor_id is None and form in voices[0].heads:
                return voices
        return ()

    # -- earlier speakers ---------------------------------------------------------------------------------------
    def _earlier_of(self, party: str) -> tuple[Voice, ...] | None:
        for voices in reversed(self.history[-_LOOK_BACK:]):
            if len(voices) == 1 and voices[0].party == party and self._is_person(voices[0]):
                return voices
        return None

    def _is_person(self, voice: Voice) -> bool:
        return voice.actor_id is None or self.lexicon.kind_of(voice.actor_id) in (ActorKind.PERSON, ActorKind.UNNAMED)

    def _last_institution(self) -> tuple[Voice, ...]:
        for voices in reversed(self.history[-_LOOK_BACK:]):
            if len(voices) > 1 or not self._is_person(voices[0]):
                return voices
        return self.history[-1] if self.history else ()

    def _anaphor(self, head: str, text: str) -> tuple[Voice, ...]:
        bare = head[2:] if head.startswith("ال") else head
        for voices in reversed(self.history):
            voice = voices[0]
            roles = (
                self.lexicon.actors[voice.actor_id].roles.get("ar", ()) if voice.actor_id in self.lexicon.actors else ()
            )
            names = (
                self.lexicon.actors[voice.actor_id].names.get("ar", ()) if voice.actor_id in self.lexicon.actors else ()
            )
            known = set(voice.heads) | {word for phrase in (*roles, *names) for word in words_of(phrase)}
            if any(word in known for word in (bare, head, bare + "ون", bare + "ين")):
                return voices
        return self.history[-1] if self.history else (Voice(None, text, None),)

    def _continued(self, report: Report) -> tuple[Voice, ...]:
        if not self.history:
            return ()
        shape = report.shape
        if shape is None or shape.aspect in ("participle", "masdar") or shape.feminine is None:
            return self.history[-1]
        for voices in reversed(self.history[-_LOOK_BACK:]):
            if self._agrees(voices, shape.feminine, shape.number):
                return voices
        return self.history[-1]

    def _agrees(self, voices: tuple[Voice, ...], feminine: bool, number: str) -> bool:
        if number == "plural":
            return True
        if number == "dual":
            return len(voices) == 2
        voice = voices[0]
        if voice.feminine is not None:
            return voice.feminine == feminine
        return True

    def _asked(self, sentence_start: int, cue: int) -> tuple[Voice, ...]:
        for position in range(cue - 1, max(sentence_start, self._last_cue, cue - 8), -1):
            if self.article[position].form in self.tables.asked and position > sentence_start:
                return self._person_before(sentence_start, position)
        for position in range(sentence_start, min(cue, sentence_start + 4)):
            form = self.article[position].form
            if form in self.tables.asked or form[1:] in self.tables.asked:
                if self.article[position + 1].form == "عن":
                    return ()
                return self._first_in_sentence(position + 1, cue)
        return ()

    def _first_in_sentence(self, begin: int, end: int) -> tuple[Voice, ...]:
        for position in range(begin, end):
            mention = self.mention_at.get(position)
            if mention is not None and mention.start == position and mention.via != "adjective":
                return (
                    Voice(
                        mention.target, self._text(mention.start, mention.end), self.lexicon.party_of(mention.target)
                    ),
                )
            if self.article[position].form in self.tables.officials:
                start, stop = self._noun_phrase((position, end))
                mentions = self._mentions(start, stop)
                if mentions:
                    return self._of_side(start, self._head(start), mentions, self._text(start, stop), frozenset())
        return ()

    def _first_of_watchlist(self, cue: int) -> tuple[Voice, ...]:
        for position in range(cue):
            mention = self.mention_at.get(position)
            if mention is not None and mention.via != "adjective" and mention.target in self.lexicon.actors:
                return (
                    Voice(
                        mention.target, self._text(mention.start, mention.end), self.lexicon.party_of(mention.target)
                    ),
                )
        return ()

    def _medium(self, report: Report) -> tuple[Voice, ...]:
        begin, end = report.after
        for position in range(begin, end):
            if self.article[position].form == "من":
                source = self.phrase(*self._noun_phrase((position + 1, end)), report)
                if source:
                    return source
        words = [i for i in range(*report.after) if self.article[i].kind == "word"]
        if not words:
            return ()
        return (Voice(None, self._text(*report.after), None),)

    def _relayed(self, report: Report) -> tuple[tuple[Voice, ...], tuple[Voice, ...], str]:
        """ "نقلت رويترز عن مسؤول أن": the source stands after عن, the medium tells it."""
        begin, end = report.after
        for position in range(begin, end):
            if self.article[position].form in report.verb.source:
                source = self.phrase(*self._noun_phrase((position + 1, end)), report)
                medium = self.phrase(begin, position, report) if position > begin else ()
                if source:
                    self._remember(source, report)
                    return source, medium, "source that a medium names"
        voices = self.phrase(*self._noun_phrase(report.after), report) or self._continued(report)
        if voices:
            self._remember(voices, report)
        return voices, (), "medium"
