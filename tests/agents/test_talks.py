"""Which talks a clause is about. The watchlist is made up: two sides, three talks, three towns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from agents.language.dates import find_dates
from agents.language.encoder import Encoder, load_encoder
from agents.language.interviews import Exchange
from agents.language.lexicon import Lexicon, build_lexicon
from agents.language.pack import read_table
from agents.language.sentences import split
from agents.language.talk_examples import load_talk_examples
from agents.language.talk_words import ClaimWords, Vocabulary, load_claim_words, load_vocabulary, row_words
from agents.language.text import fold, tokens
from agents.talks import Before, MarkedArticle, TalkContext, TalkFinder, TalkLink
from agents.talks import about as links_of
from agents.talks.weighing import evidence, share
from agents.talks.weights import load_weights
from schemas import Watchlist

TODAY = date(2030, 5, 10)
_SAID = frozenset(["قال", "قالت", "وقال"])
TALKS: list[dict[str, Any]] = [
    {"id": "call", "title": {}, "parties": ["north", "south"], "starts": "2030-05-08", "ends": "2030-05-08",
     "names": {"ar": ["مكالمة هاتفية", "المكالمة"]}},
    {"id": "tartus-round", "title": {}, "parties": ["north", "south"], "starts": "2030-05-14", "ends": "2030-05-15",
     "venue": "tartus", "names": {"ar": ["محادثات طرطوس", "الجولة الثانية"]}},
    {"id": "league-meeting", "title": {}, "parties": ["north", "league"], "starts": "2030-05-20",
     "ends": "2030-05-20", "venue": "muscat", "names": {"ar": ["اجتماع الرابطة"]}},
]  # fmt: skip
WATCHLIST: dict[str, Any] = {
    "watchlist": "islands",
    "title": {"en": "Islands"},
    "actors": [
        {"id": "north", "kind": "state", "names": {"ar": ["جزيرة الشمال"]}},
        {"id": "south", "kind": "state", "names": {"ar": ["جزيرة الجنوب"]}},
        {"id": "league", "kind": "organisation", "names": {"ar": ["رابطة الجزر"]}},
    ],
    "places": [
        {"id": "tartus", "names": {"ar": ["طرطوس"]}},
        {"id": "muscat", "names": {"ar": ["مسقط"]}},
    ],
    "talks": TALKS,
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return with_talks(TALKS)


def with_talks(talks: Sequence[Mapping[str, Any]], *others: Mapping[str, Any]) -> Lexicon:
    """The lexicon of the watchlist with other talks, and with more actors."""
    actors = [*WATCHLIST["actors"], *others]
    return build_lexicon(Watchlist.model_validate({**WATCHLIST, "actors": actors, "talks": talks}))


@cache
def encoder() -> Encoder:
    return load_encoder()


def article(
    lexicon: Lexicon,
    clause: str,
    before: str = "",
    frame: str = "",
    speakers: Iterable[str] = (),
    dateline: str = "",
    *,
    asked: bool = False,
) -> tuple[MarkedArticle, TalkContext]:
    """A clause after `before` (sentences of the same paragraph) and `frame` (its own sentence's words).

    No sentence has the words of `dateline`; `asked`: they are the question of an interview that the rest answers.
    """
    body = dateline + f"{before} {frame} {clause}".strip()
    words = list(tokens(body))
    first = len(list(tokens(dateline)))
    breaks = [first, *(n for n, token in enumerate(words) if token.kind == "break"), len(words)]
    sentences = [one for block, (start, end) in enumerate(pairwise(breaks)) for one in split(words, start, end, block)]
    clause_start = next(n for n, token in enumerate(words) if token.start >= len(body) - len(clause))
    frame_start = next(
        n for n, token in enumerate(words) if token.start >= len(body) - len(f"{frame} {clause}".strip())
    )
    marked = TalkFinder(lexicon, encoder=encoder()).mark(
        words,
        sentences,
        places=lexicon.place_names.find(words),
        mentions=lexicon.actor_names.find(words),
        dates=find_dates(words, TODAY),
        today=TODAY,
        exchanges=[Exchange((0, first), (first, len(words)))] if asked else [],
    )
    number = next(n for n, sentence in enumerate(sentences) if sentence.start <= clause_start < sentence.end)
    who = frozenset(speakers)
    parties = who | marked.parties_in(clause_start, len(words))
    told = [name.target for name in marked.names if first <= name.start and name.end <= clause_start]
    said = not _SAID.isdisjoint(word.form for word in words[first:frame_start] or words[first:clause_start])
    last = Before(sentences[number].block, 1.0, frozenset(told[-1:])) if told and said else None
    return marked, TalkContext(number, (clause_start, len(words)), (frame_start, clause_start), parties, who, "", last)


def about(lexicon: Lexicon, clause: str, *told: Any, **stands: Any) -> tuple[TalkLink, ...]:
    """The talks of a clause that stands as `article` says."""
    return links_of(*article(lexicon, clause, *told, **stands))


# clause: the talks it is about and why, said on 10 May without anything before it
ALONE: dict[str, list[tuple[str, str]]] = {
    "محادثات طرطوس ستعقد في موعدها": [("tartus-round", "name")],
    "المكالمة كانت بناءة": [("call", "name")],
    "الوفدان سيصلان إلى طرطوس مساء غد لبدء المحادثات": [("tartus-round", "place")],
    "الطرفان سيجتمعان في 14 مايو": [("tartus-round", "date")],
    "وفدا جزيرة الشمال ورابطة الجزر لم يصلا بعد": [("league-meeting", "parties")],
    "المفاوضات بلغت طريقا مسدودا": [("tartus-round", "generic")],
    "اجتماع الرابطة يلي محادثات طرطوس": [("league-meeting", "name"), ("tartus-round", "name")],
    "جيشها سيرد على أي هجوم": [],
    "الحل العسكري ليس على الطاولة الآن": [],
    "تغليب لغة الحوار ووقف القتال": [],
    "لن تتخذ أي خطوة قبل التوقيع": [],
    "قصفا مدفعيا أصاب سوقا في طرطوس": [],
    "أسعار الخبز ارتفعت": [],
}


@pytest.mark.parametrize("clause", ALONE)
def test_a_clause_is_about_the_talks_that_its_words_mean(lexicon: Lexicon, clause: str) -> None:
    assert {(link.talk_id, link.reason) for link in about(lexicon, clause)} == set(ALONE[clause])


def test_a_clause_that_names_no_talks_is_about_those_of_its_passage(lexicon: Lexicon) -> None:
    links = about(lexicon, "الوفد لن يوقع قبل أن يتسلم النص", before="قال الوزير إن اجتماع الرابطة سيعقد في مسقط.")
    assert links == (TalkLink("league-meeting", "passage"),)


def test_words_that_lead_to_a_clause_count_for_it(lexicon: Lexicon) -> None:
    told = "أرجئت محادثات طرطوس."
    assert about(lexicon, "أسباب تنظيمية", before=told, frame="وعزا الوزير التأخير إلى") == (
        TalkLink("tartus-round", "passage"),
    )
    assert about(lexicon, "أسباب تنظيمية", before=told, frame="وعزا الوزير الغلاء إلى") == ()


def test_what_takes_up_talks_by_a_pronoun_is_about_them(lexicon: Lexicon) -> None:
    assert about(lexicon, "الرئيس سيدير أعماله", frame="أعلن الوزير أن الجولة ستعقد في مسقط، وأن")
    assert not about(lexicon, "الرئيس سيدير أعماله", frame="أعلن الوزير أن البنك سيفتح غدا، وأن")
    assert not about(lexicon, "الرئيس سيدير الشركة", frame="أعلن الوزير أن اجتماع الرابطة سيعقد غدا، وأن")


# what is said next of "محادثات طرطوس ستعقد غدا": whether a pronoun in it stands for them
LED_BY = "قال الوزير إن محادثات طرطوس ستعقد غدا، وإن"
PRONOUNS: dict[str, bool] = {
    "بلاده ستقدم فيها جدولا زمنيا": True,
    "الشمال سيطالب فيها بضمانات": True,
    "الجنوب ستصر فيها على إخلاء الضفة": True,
    "بلاده لن تكون طرفا فيها": True,
    "بلاده جاهزة لها": True,
    "الجنوب مستعد لها منذ شهر": True,
    "فرص نجاحها ضئيلة": True,
    "جماعته قررت المشاركة فيها": True,
    "بلاده رفضت فيها كل الشروط": True,
    "الحكومة لا ترى جدواها": True,
    "المدينة فيها ألف نازح": False,
    "القرى لا ماء فيها": False,
    "بلاده لها جيش قوي": False,
    "جماعته تقدمت نحو القرى": False,
}


@pytest.mark.parametrize("clause", PRONOUNS)
def test_what_is_done_in_talks_takes_them_up_by_a_pronoun(lexicon: Lexicon, clause: str) -> None:
    assert bool(about(lexicon, clause, frame=LED_BY)) is PRONOUNS[clause]


def test_the_cause_of_what_was_told_of_talks_is_about_them(lexicon: Lexicon) -> None:
    told = "أرجئت محادثات طرطوس إلى الأحد"
    assert about(lexicon, "ازدحام القاعات", frame=f"{told}، وعزا الوزير ذلك إلى")
    assert not about(lexicon, "ازدحام القاعات", frame="ارتفعت أسعار الخبز إلى الضعف، وعزا الوزير ذلك إلى")


# what leads to a clause: whether it is said by an agreement, or of one
OF_AN_ACCORD: dict[tuple[str, str], bool] = {
    ("وتلا الوزير نص الوثيقة، وتنص على", "إنشاء ممر بعرض ستة كيلومترات"): True,
    ("وينص الاتفاق على", "إنشاء ممر بعرض ستة كيلومترات"): True,
    ("وجاء في البيان الختامي أن", "القوافل ستمر كل صباح"): True,
    ("ويقضي الاتفاق ب", "انسحاب الجنود إلى ثكناتهم"): True,
    ("رحبت رابطة الجزر بالاتفاق، معتبرة أنه", "يفتح صفحة من الاستقرار"): True,
    ("وانتقد النائب الاتفاق ورأى أنه", "يفتح باب الحرب"): True,
    ("وقعت جزيرة الشمال الاتفاق، وقال الوزير إنه", "عائد إلى بلاده"): False,
    ("وينص الدستور على", "إنشاء ممر بعرض ستة كيلومترات"): False,
    ("وينص الاتفاق على الانسحاب، فيما قال الجيش إن", "القوافل ستمر كل صباح"): False,
}  # fmt: skip


@pytest.mark.parametrize("said", OF_AN_ACCORD)
def test_what_an_agreement_says_and_what_is_said_of_it_came_of_talks(lexicon: Lexicon, said: tuple[str, str]) -> None:
    frame, clause = said
    words = list(tokens(f"{frame} {clause}"))
    start = len(list(tokens(frame)))
    marked = TalkFinder(lexicon).mark(
        words, list(split(words, 0, len(words), 0)), places=[], mentions=[], dates=[], today=TODAY
    )
    context = TalkContext(0, (start, len(words)), (max(0, start - 1), start))
    assert evidence(marked, context)["frame_outcome"] == OF_AN_ACCORD[said]


def test_a_call_is_not_meant_where_the_clause_speaks_of_rounds(lexicon: Lexicon) -> None:
    links = about(lexicon, "سينتظر نتائج خلال جولتين من المفاوضات", before="وصف الكرملين المكالمة بأنها بناءة.")
    assert [link.talk_id for link in links] == ["tartus-round"]


def test_a_town_that_stands_for_its_government_is_no_venue(lexicon: Lexicon) -> None:
    assert about(lexicon, "مسقط ترفض أي هجوم على الجزر") == ()


def test_a_capital_is_named_by_its_country(lexicon: Lexicon) -> None:
    assert about(lexicon, "الوفدان سيصلان إلى العاصمة العمانية لبدء المحادثات") == (
        TalkLink("league-meeting", "place"),
    )
    assert "place" not in {link.reason for link in about(lexicon, "الوفدان سيصلان إلى العاصمة القطرية لبدء المحادثات")}


def test_a_name_of_an_army_is_no_word_of_war(lexicon: Lexicon) -> None:
    army = {"id": "army", "kind": "organisation", "party": "north", "names": {"ar": ["القوات المسلحة"]}}
    with_army = build_lexicon(Watchlist.model_validate({**WATCHLIST, "actors": [*WATCHLIST["actors"], army]}))
    assert about(with_army, "القوات المسلحة جاهزة للتوقيع غدا", before="محادثات طرطوس طويلة.")
    assert not about(lexicon, "قوات مدرعة وجنود وطائرات جاهزة للتوقيع غدا", before="محادثات طرطوس طويلة.")


def test_talks_of_the_lead_are_meant_farther_down(lexicon: Lexicon) -> None:
    told = "تستضيف مسقط اجتماع الرابطة. وقال آخر إن الخبز غلا. وقال وزير إن محادثات طرطوس بعيدة."
    more = " ".join(f"ارتفع سعر القمح في السوق رقم {number}." for number in range(9))
    links = about(lexicon, "الوفد لن يوقع قبل أن يتسلم النص", before=f"{told}\n{more}\n")
    assert links == (TalkLink("league-meeting", "passage"),)


def test_a_kind_of_talks_that_is_on_an_agenda_is_not_the_kind_of_those_that_are_meant(lexicon: Lexicon) -> None:
    before = "يجري الرئيسان مكالمة هاتفية غدا."
    links = about(lexicon, "الرئيسان سيناقشان سير المفاوضات حول المياه", before=before)
    assert [link.talk_id for link in links] == ["call"]


ROUNDS = [
    {"id": f"round-{number}", "title": {}, "parties": ["north", "south"], "starts": day, "ends": day, "venue": venue,
     "names": {"ar": names}}
    for number, (day, venue, names) in enumerate([
        ("2030-05-03", "tartus", ["الجولة الأولى", "جولة مسقط"]),
        ("2030-05-09", "muscat", ["الجولة الثانية"]),
        ("2030-05-16", "tartus", ["الجولة الثالثة", "لقاء كبار المفاوضين"]),
    ], start=1)
]  # fmt: skip

# what stands before, and the clause: which of three rounds it means, on 10 May
OF_SEVERAL: dict[tuple[str, str], str] = {
    ("انتهت الجولة الثانية أمس.", "الجولة المقبلة ستكون أصعب"): "round-3",
    ("انتهت الجولة الثانية أمس.", "المفاوضات كانت بناءة"): "round-2",
    ("الجولة الثالثة ستعقد في مسقط.", "الوفدان سيجلسان إلى طاولة واحدة"): "round-3",
    ("انتهت الجولة الثانية أمس وستعقد الجولة الثالثة قريبا.", "المباحثات جرت في أجواء ودية"): "round-2",
    ("انتهت الجولة الثانية أمس.", "الجانبان اتفقا على اللقاء مجددا"): "round-3",
    ("الجولة الثالثة ستعقد يوم الأحد 19 مايو.", "محادثات الأحد حاسمة"): "round-3",
    ("", "كبار المفاوضين سيجتمعون الأسبوع المقبل"): "round-3",
    ("انتهت الجولة الأولى قبل أسبوع.", "الجولة الأخيرة بلغت طريقا مسدودا"): "round-1",
}


# talks of one pair of sides, of several ranks: what stands before, and the clause
RANKS = [
    {"id": talk, "title": {}, "parties": ["north", "south"], "starts": day, "ends": day, "names": {"ar": names}}
    for talk, day, names in [
        ("experts", "2030-05-09", ["اجتماع الخبراء", "مشاورات الخبراء"]),
        ("ministers", "2030-01-12", ["لقاء وزيري الخارجية"]),
        ("defence", "2030-05-16", ["لقاء وزيري الدفاع"]),
    ]
]  # fmt: skip
MINISTER = {"id": "hana", "kind": "person", "party": "south", "names": {"ar": ["هناء صبري"]},
            "roles": {"ar": ["وزيرة الخارجية الجنوبية"]}}  # fmt: skip
OF_RANKS: dict[tuple[str, str, str], str] = {
    ("اختتم اجتماع الخبراء أمس تمهيدا للقاء وزيري الدفاع.", "", "اللقاء سيكون حاسما"): "defence",
    ("اختتم اجتماع الخبراء أمس تمهيدا للقاء وزيري الدفاع.", "", "الاجتماع كان صعبا"): "experts",
    ("اختتمت مشاورات الخبراء أمس. ولقاء وزيري الدفاع قريب.", "", "المشاورات لم تسفر عن شيء"): "experts",
    ("", "", "المفاوضات بين وزيري الخارجية مؤجلة"): "ministers",  # whenever they are
    ("", "", "وزيرا خارجية جزيرة الشمال وجزيرة الجنوب سيلتقيان قريبا"): "ministers",  # where all of them are named
    ("", "", "أي لقاء على مستوى وزيري الدفاع مفيد"): "defence",
    ("لقاء وزيري الخارجية ولقاء وزيري الدفاع مؤجلان.", "قالت هناء صبري إن", "الموعد لم يحدد بعد"): "ministers",
}


@pytest.mark.parametrize("said", OF_RANKS)
def test_which_of_several_ranks_is_meant(said: tuple[str, str, str]) -> None:
    before, frame, clause = said
    links = about(with_talks(RANKS, MINISTER), clause, before=before, frame=frame)
    assert [link.talk_id for link in links] == [OF_RANKS[said]]


@pytest.mark.parametrize("said", OF_SEVERAL)
def test_which_of_several_rounds_is_meant(said: tuple[str, str]) -> None:
    links = about(with_talks(ROUNDS), said[1], before=said[0])
    assert [link.talk_id for link in links] == [OF_SEVERAL[said]]


OF_A_WEEK = [
    {**TALKS[1], "id": "summit", "starts": "2030-05-08", "ends": "2030-05-08", "names": {"ar": ["قمة طرطوس"]}},
    {**TALKS[1], "id": "experts", "starts": "2030-05-12", "ends": "2030-05-12", "venue": "muscat",
     "names": {"ar": ["لقاء الخبراء"]}},
    {**TALKS[1], "id": "truce", "starts": "2030-05-10", "ends": "2030-05-10", "venue": None,
     "names": {"ar": ["الهدنة", "وقف إطلاق النار"]}},
]  # fmt: skip
# what stands before, the words that lead to the clause, and the clause: which of three talks of one week is meant
BESIDE: dict[tuple[str, str, str], str] = {
    # the meeting beside which it is said, where the clause speaks of none
    ("قمة طرطوس بدأت أمس. لقاء الخبراء قريب.", "قال الوزير عقب القمة إن", "الأعضاء أجمعوا على ذلك"): "summit",
    ("قمة طرطوس بدأت أمس. لقاء الخبراء قريب.", "قال الوزير في ختام القمة إن", "الأجواء إيجابية"): "summit",
    ("انعقدت قمة طرطوس أمس.", "قال الوزير بعد القمة إن لقاء الخبراء قريب وإن", "الأجواء إيجابية"): "experts",
    ("قمة طرطوس بدأت أمس. لقاء الخبراء قريب.", "قال الوزير عقب اللقاء إن", "الأعضاء أجمعوا على ذلك"): "experts",
    # of coming, only to talks that are not over
    ("بعد قمة طرطوس يحين لقاء الخبراء. وانتهت قمة طرطوس.", "قال الوزير إن", "الدعوات خرجت"): "experts",
    (
        "بعد قمة طرطوس يحين لقاء الخبراء. وانتهت قمة طرطوس.",
        "قالت الوزارة إنها",
        "تعتذر عن المشاركة في اللقاء",
    ): "experts",
    ("بعد قمة طرطوس يحين لقاء الخبراء. وانتهت قمة طرطوس.", "قال الوزير إن", "الأجواء كانت إيجابية"): "summit",
    # no sessions of a truce
    ("لقاء الخبراء قريب. تبدأ الهدنة اليوم.", "قال الوزير إن", "جدول الأعمال لا يعكس المتفق عليه"): "experts",
    ("لقاء الخبراء قريب. تبدأ الهدنة اليوم.", "قال الوزير إن", "الوفد لن يحضر الجلسات"): "experts",
    ("لقاء الخبراء قريب. تبدأ الهدنة اليوم.", "قال الوزير إن", "المتفق عليه لم ينفذ"): "truce",
}


@pytest.mark.parametrize("said", BESIDE)
def test_which_is_meant_by_what_is_said_beside_a_meeting_of_coming_and_of_a_truce(said: tuple[str, str, str]) -> None:
    before, frame, clause = said
    links = about(with_talks(OF_A_WEEK), clause, before=before, frame=frame)
    assert [link.talk_id for link in links] == [BESIDE[said]]


def test_a_round_long_past_is_not_meant_by_the_town_of_one_that_is_now() -> None:
    earlier = {**ROUNDS[0], "starts": "2030-04-12", "ends": "2030-04-12"}
    rounds = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": [earlier, *ROUNDS[1:]]}))
    assert [link.talk_id for link in about(rounds, "جولة مسقط كانت مهنية")] == ["round-2"]
    rounds = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": ROUNDS}))
    assert [link.talk_id for link in about(rounds, "جولة مسقط كانت مهنية")] == ["round-1"]


# what is said in a passage about talks, of the talks and, in nearly the same words, of something else
OF_THE_TALKS = [
    "العقبات الأخيرة ذللت بين الفريقين",
    "البحث سيتركز على رسوم الموانئ",
    "لا شيء يقرر من فوق رؤوس سكان الجزر",
    "يطالب بتنفيذ ما اتفق عليه الشهر الماضي",
    "الأمور تسير في الاتجاه الصحيح",
    "أمامنا شوط طويل",
    "الموفد عاد خالي الوفاض",
    "القيادة تدرس العرض",
    "المبعوث على تواصل مستمر بالجانبين",
    "لن نكتفي بدور المتفرج",
    "الحديث عن التفاصيل سابق لأوانه",
]
OF_SOMETHING_ELSE = [
    "العمال ذللوا الأحجار على الطريق",
    "الصيادون سيتجمعون على الشاطئ",
    "طائرات حلقت فوق رؤوس سكان الجزر",
    "الطقس كان صحوا الشهر الماضي",
    "السفن تسير في البحر",
    "أمامنا صيف طويل",
    "محل الصياد مغلق",
    "الصياد عاد إلى بيته",
    "ابنته تدرس الطب",
    "لنا حق الرد على كل هجوم",
    "المتفرجون صفقوا طويلا",
    "الأسعار ارتفعت منذ إعلان الاتفاق",
]


@pytest.mark.parametrize("clause", [*OF_THE_TALKS, *OF_SOMETHING_ELSE])
def test_what_is_said_of_talks_is_told_from_what_is_said_beside_them(lexicon: Lexicon, clause: str) -> None:
    links = about(lexicon, clause, before="قال الوزير إن محادثات طرطوس صعبة.")
    assert [link.talk_id for link in links] == (["tartus-round"] if clause in OF_THE_TALKS else [])


def test_a_call_of_others_is_none_of_the_watchlist(lexicon: Lexicon) -> None:
    assert about(lexicon, "جزيرة الشمال أجرت مكالمة هاتفية مع رابطة الجزر") == ()
    assert about(lexicon, "جزيرة الشمال أجرت مكالمة هاتفية مع جزيرة الجنوب") == (TalkLink("call", "name"),)


# what stands before, and the clause: whether "المكالمة" is that of our two sides
CALLS: dict[tuple[str, str], list[str]] = {
    ("أجرت رابطة الجزر مكالمة هاتفية مع جزيرة الشمال.", "المكالمة تناولت أسعار القمح"): [],
    ("أجرت جزيرة الجنوب مكالمة هاتفية مع جزيرة الشمال.", "المكالمة تناولت أسعار القمح"): ["call"],
    ("علقت رابطة الجزر على القمة.", "المكالمة تناولت أسعار القمح"): ["call"],
    ("أجرت رابطة الجزر مكالمة هاتفية مع جزيرة الشمال.", "المكالمة بين جزيرة الشمال وجزيرة الجنوب قريبة"): ["call"],
    # who stands in another sentence holds no call in this one
    ("رفضت رابطة الجزر ذلك.", "المكالمة مع جزيرة الشمال قريبة"): ["call"],
}


@pytest.mark.parametrize("said", CALLS)
def test_a_call_is_the_one_that_was_told_of_before(lexicon: Lexicon, said: tuple[str, str]) -> None:
    links = about(lexicon, said[1], before=said[0])
    assert [link.talk_id for link in links if link.reason == "name"] == CALLS[said]


@pytest.mark.parametrize("who", ["الصحفيين", "وكالة الأنباء", "قناة محلية", "الصحيفة", "مراسلنا"])
def test_a_call_with_journalists_is_no_talks(lexicon: Lexicon, who: str) -> None:
    assert about(lexicon, f"الوزير قال ذلك في مكالمة هاتفية مع {who}") == ()
    assert about(lexicon, "الوزير قال ذلك في مكالمة هاتفية مع نظيره") == (TalkLink("call", "name"),)


# what names talks only to tell when something else was, and what is said of them
ONLY_WHEN: dict[str, bool] = {
    "الجيش أوقف كل هجماته منذ محادثات طرطوس": False,
    "أربعون مدنيا قتلوا منذ محادثات طرطوس": False,
    "المسلحون لم يخفضوا العنف منذ افتتاح محادثات طرطوس": False,
    "المطار قصف غداة محادثات طرطوس": False,
    "استهداف الميناء بعد يوم على محادثات طرطوس جريمة": False,
    "الطائرات حلقت بعد ساعات من محادثات طرطوس": False,
    "الأسعار ارتفعت مرتين منذ محادثات طرطوس": False,
    "لم نتلق ردا منذ محادثات طرطوس": True,
    "لا تقدم يذكر منذ محادثات طرطوس": True,
    "منذ محادثات طرطوس والوفدان على خلاف": True,
    "الوفد سيصل بعد يوم على محادثات طرطوس": True,
    "الطرفان على بعد خطوتين من محادثات طرطوس": True,
    "القتال مستمر بعد محادثات طرطوس": True,
    "الوزراء سيلتقون في مسقط عشية محادثات طرطوس": False,  # in a town of their own
    "الوزراء سيلتقون قريبا عشية محادثات طرطوس": True,
}


@pytest.mark.parametrize("clause", ONLY_WHEN)
def test_talks_that_tell_only_when_something_was_are_not_what_is_told(lexicon: Lexicon, clause: str) -> None:
    assert ("name" in {link.reason for link in about(lexicon, clause)}) is ONLY_WHEN[clause]


def test_a_day_on_which_somebody_calls_is_that_of_no_meeting(lexicon: Lexicon) -> None:
    assert about(lexicon, "الرئيسان سيجتمعان في 14 مايو") == (TalkLink("tartus-round", "date"),)
    links = about(lexicon, "الرئيس سيهاتف نظيره في 14 مايو", before="تجرى المكالمة قريبا.")
    assert [link.talk_id for link in links] == ["call"]


# what a clause says of a town in which talks will be held: whether it is about the talks
IN_A_TOWN: dict[str, bool] = {
    "الوفد سيصل إلى طرطوس غدا": True,
    "طرطوس ستحدد مصير الهدنة والوفود": True,
    "الوفد وصل من طرطوس أمس": True,
    "السفن غادرت ميناء طرطوس": False,
    "سكان طرطوس بلا ماء": False,
    "القتال دار في محافظة طرطوس": False,
    "لا بد من خروج المسلحين من طرطوس": False,
    "انسحاب الجنود من طرطوس شرط أول": False,
    "التهدئة تبدأ بخروج المسلحين من طرطوس": False,
    "لا بد من رفع الحصار عن طرطوس": False,
    "عشرون شاحنة دخلت طرطوس أمس": False,
    "القافلة ستدخل طرطوس الثلاثاء": False,
    "سترسل قافلة من أربعين شاحنة إلى طرطوس": False,
    "سترسل مئة طن من الدقيق إلى طرطوس": False,
    "التحقيق في أحداث طرطوس كشف أسماء القتلة": False,
    "الحصار لن يخرجنا من طرطوس": False,
    "الطيران أغار على طرطوس مرتين": False,
    "الهجوم على طرطوس لن يتوقف": False,
    "أمن طرطوس شأن داخلي": False,
    "إعادة فتح سفارتها في طرطوس واردة": False,
    "إغلاق مكتب الحركة في طرطوس غير وارد": False,
    "نقل السفارة إلى طرطوس غير وارد": False,
    "الوفدان سيجتمعان في سفارتها في طرطوس": True,
    "الوفد رفض الجلوس إلى خصمه في مكتب الأمم المتحدة في طرطوس": True,
    "المشاركون سيصلون إلى مكتب الوسيط في طرطوس": True,
    "الوفد سيصل إلى طرطوس بعد رفع الحصار": True,
    "الوفد باق في طرطوس رغم الهجوم": True,
}


@pytest.mark.parametrize("clause", IN_A_TOWN)
def test_a_town_of_which_itself_something_is_told_is_no_venue(lexicon: Lexicon, clause: str) -> None:
    assert ("place" in {link.reason for link in about(lexicon, clause)}) is IN_A_TOWN[clause]


def test_talks_are_in_the_town_that_is_part_of_their_name() -> None:
    rows = [{**TALKS[2], "names": {"ar": ["اجتماع الرابطة", "اجتماع طرطوس"]}}]
    named = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    for town in ("طرطوس", "مسقط"):
        assert about(named, f"الوفود ستلتقي في {town} لمناقشة الخرائط") == (TalkLink("league-meeting", "place"),)
    links = about(named, "الوفود ستناقش الخرائط حول طرطوس")
    assert all(link.reason != "place" for link in links)  # what talks are on, not where
    rows = [{**TALKS[2], "names": {"ar": ["اجتماع الرابطة"]}}]
    other = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    assert all(link.reason != "place" for link in about(other, "الوفود ستلتقي في طرطوس لمناقشة الخرائط"))


def test_of_two_talks_in_a_town_those_are_meant_that_are_called_by_it() -> None:
    earlier = {**TALKS[1], "id": "committee", "starts": "2030-05-10", "ends": "2030-05-10"}
    clause = "الوفد ذاهب إلى طرطوس للتفاوض على الخرائط"
    for names, meant in (("لجنة الصيد", "tartus-round"), ("محادثات طرطوس", "committee")):
        of_round = ["الجولة الثانية"] if meant == "committee" else TALKS[1]["names"]["ar"]
        rows = [{**earlier, "names": {"ar": [names]}}, {**TALKS[1], "names": {"ar": of_round}}]
        lexicon = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
        assert about(lexicon, clause) == (TalkLink(meant, "place"),)


# of a meeting of two and a conference in one town and one week: which is meant
OF_TWO: dict[str, str] = {
    "الوزيران سيلتقيان قريبا في طرطوس": "pair",
    "الوزير سيلتقي نظيره في طرطوس": "pair",
    "الوزيران سيلتقيان مجددا في 12 مايو في طرطوس عشية المؤتمر": "pair",
    "الوفود ستلتقي في 14 مايو في طرطوس": "conference",
    "الوزيران سيلتقيان في 14 مايو في طرطوس": "conference",  # on its day
    "مشاركة الوفد في لقاءات طرطوس مؤكدة وسيصل في 14 مايو": "pair",  # a day on which he comes tells nothing
    "وفد رابطة الجزر سيجلس إلى الطاولة في طرطوس": "conference",
    "وفد جزيرة الشمال سيجلس إلى الطاولة في طرطوس": "pair",
}


@pytest.mark.parametrize("clause", OF_TWO)
def test_of_talks_in_a_town_those_of_two_are_meant_where_two_meet(clause: str) -> None:
    rows = [
        {**TALKS[1], "id": "conference", "parties": ["north", "south", "league"], "starts": "2030-05-14",
         "ends": "2030-05-14", "names": {"ar": ["المؤتمر"]}},
        {**TALKS[1], "id": "pair", "starts": "2030-05-12", "ends": "2030-05-12", "names": {"ar": ["لقاء الجارين"]}},
    ]  # fmt: skip
    lexicon = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    before = "المؤتمر قريب." if OF_TWO[clause] == "pair" and "وزير" in clause else ""
    assert [link.talk_id for link in about(lexicon, clause, before=before)] == [OF_TWO[clause]]


# what is said of a town in which talks were and more will be: whether those that were are meant
DONE_THERE: dict[str, bool] = {
    "الوفد لم يوقع في طرطوس على شيء": True,
    "الوفدان لم يتعهدا في طرطوس بالانسحاب": True,
    "المطلوب تنفيذ ما تعهد به الوفد في طرطوس": True,
    "الاتفاق هو ما دار في طرطوس": True,
    "الوفدان اتفقا في طرطوس على وقف النار": True,
    "المفاوضون رفضوا ما قيل في طرطوس": True,
    "المطلوب احترام ما التزمت به الوفود في طرطوس": True,
    "الوفدان وقعا بطرطوس وثيقة مشتركة": True,
    "المفاوضون حققوا ما تحقق في طرطوس وحدهم": True,
    "الوفد بلغه ما جرى في طرطوس": True,
    "الوفد لم يصل إلى طرطوس": False,
    "الوفدان لم يجتمعا في طرطوس بعد": False,
    "الوفدان لم يجتمعا بعد في طرطوس": False,
    "الوفدان سيوقعان في طرطوس وثيقة مشتركة": False,
}


@pytest.mark.parametrize("clause", DONE_THERE)
def test_what_was_done_in_a_town_was_done_at_talks_that_have_begun(clause: str) -> None:
    rows = [
        {**TALKS[1], "id": "past", "starts": "2030-05-02", "ends": "2030-05-02", "names": {"ar": ["لقاء الخبراء"]}},
        TALKS[1],
    ]
    named = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    assert about(named, clause) == (TalkLink("past" if DONE_THERE[clause] else "tartus-round", "place"),)


# agreements and declarations that are called by a town in which talks are ahead, and what will come of those
CALLED_BY_A_TOWN: dict[str, bool] = {
    "إعلان طرطوس لا يكفي وحده لترسيم الحدود": False,
    "الوفد متمسك باتفاق طرطوس": False,
    "المطلوب تنفيذ وثيقة طرطوس": False,
    "الوسطاء متمسكون بتفاهم طرطوس": False,
    "بروتوكول طرطوس لم يعد ملزما للمفاوضين": False,
    "معاهدة طرطوس أساس أي اتفاق": False,
    "المفاوضون يراجعون اتفاقية طرطوس": False,
    "مقررات طرطوس هي مرجع المفاوضات": False,
    "مذكرة طرطوس سقطت ولا تفاوض عليها": False,
    "الوفود ملتزمة بيان طرطوس": False,
    "الوفود ستوقع اتفاقا في طرطوس": True,
    "طاولة طرطوس هي مرجع المفاوضات": True,
    "اتفاق طرطوس سيبرم في 14 مايو": True,
}


@pytest.mark.parametrize("clause", CALLED_BY_A_TOWN)
def test_what_is_called_by_a_town_is_no_talks_that_are_ahead_there(lexicon: Lexicon, clause: str) -> None:
    found = ("tartus-round", "place") in {(link.talk_id, link.reason) for link in about(lexicon, clause)}
    assert found is CALLED_BY_A_TOWN[clause]


def test_talks_of_today_are_meant_where_it_is_reported_from_their_town(lexicon: Lexicon) -> None:
    rows = [{**row, "starts": "2030-05-10", "ends": "2030-05-10"} for row in TALKS[1:]]
    today = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    clause = "الأجواء كانت صريحة ولم يتحقق أي تقدم"
    for town, talk in (("طرطوس", "tartus-round"), ("مسقط", "league-meeting")):
        assert [link.talk_id for link in about(today, clause, dateline=f"{town} (وكالات) - ")] == [talk]


def test_what_both_sides_say_together_came_of_their_talks(lexicon: Lexicon) -> None:
    told = "اختتمت محادثات طرطوس."
    clause = "لن يزيدا الرسوم على السفن"
    assert about(lexicon, clause, before=told, speakers={"north", "south"})
    assert not about(lexicon, clause, before=told, speakers={"north"})
    assert not about(lexicon, clause, before=told, speakers={"south", "league"})  # who hold no talks with each other


def test_what_answers_a_question_on_talks_is_about_them(lexicon: Lexicon) -> None:
    asked = "وسئل عن محادثات طرطوس فقال إن"
    assert about(lexicon, "كل شيء على ما يرام", frame=asked)
    assert not about(lexicon, "كل شيء على ما يرام", frame="وسئل عن أسعار الخبز فقال إن")
    assert about(lexicon, "كل شيء على ما يرام", before="ماذا عن محادثات طرطوس؟\n")
    assert not about(lexicon, "كل شيء على ما يرام", before="ماذا عن أسعار الخبز؟\n")


@pytest.mark.parametrize(
    ("question", "answer", "talks"),
    [
        ("هل ستعقد محادثات طرطوس؟\n", "كل شيء على ما يرام", ["tartus-round"]),
        ("ومتى اجتماع الرابطة؟\n", "كل شيء على ما يرام", ["league-meeting"]),
        ("وماذا عن الوفد إلى اجتماع الرابطة؟\n", "سيرأس وفدنا الوزير", ["league-meeting"]),
        ("يقولون إنكم تعرقلون الوساطة بين جزيرة الشمال ورابطة الجزر.\n", "ننتظر أن يحدد موعده", ["league-meeting"]),
        ("وماذا عن أسعار الخبز؟\n", "كل شيء على ما يرام", []),
        ("وماذا عن أسعار الخبز؟\n", "محادثات طرطوس ستبحثها", ["tartus-round"]),
        ("هل نجحت محادثات طرطوس؟\n", "جيشنا سيرد على أي هجوم بالصواريخ", []),
    ],
)
def test_an_answer_takes_the_talks_of_its_question(
    question: str, answer: str, talks: list[str], lexicon: Lexicon
) -> None:
    assert [link.talk_id for link in about(lexicon, answer, dateline=question, asked=True)] == talks
    later = about(lexicon, answer, before="هذا ما نراه. ذاك ما نسمعه.", dateline=question, asked=True)
    assert [link.talk_id for link in later] == talks


def test_a_question_on_something_else_ends_what_was_asked_of_talks(lexicon: Lexicon) -> None:
    before = "هل يحزنكم أن تفشل محادثات طرطوس؟\n"
    assert about(lexicon, "كل شيء على ما يرام", before=before)
    assert not about(lexicon, "كل شيء على ما يرام", before=before, dateline="وماذا عن أسعار الخبز؟\n", asked=True)


def test_a_word_of_a_name_tells_talks_apart(lexicon: Lexicon) -> None:
    rows = [*WATCHLIST["talks"], {"id": "prisoners", "title": {}, "parties": ["north", "south"],
             "names": {"ar": ["مفاوضات الأسرى"]}}]  # fmt: skip
    with_prisoners = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": rows}))
    told = "محادثات طرطوس ستعقد في موعدها."
    links = about(with_prisoners, "جوابه عن ورقة الأسرى لم يصل بعد والمسودة عالقة", before=told)
    assert [link.talk_id for link in links] == ["tartus-round"]
    told = "محادثات طرطوس ستعقد في موعدها وكذلك مفاوضات الأسرى. وكان الجو حارا."
    links = about(with_prisoners, "جوابه عن ورقة الأسرى لم يصل بعد والمسودة عالقة", before=told)
    assert [link.talk_id for link in links] == ["prisoners"]


def test_a_meeting_of_another_body_is_none_of_ours(lexicon: Lexicon, vocabulary: Vocabulary) -> None:
    words = list(tokens("جلسة طارئة لمجلس المحافظين"))
    assert not any(mark.group == "talk" for mark in vocabulary.marks(words).values())
    assert any(mark.group == "talk" for mark in vocabulary.marks(words, our={2, 3}).values())
    assert about(lexicon, "طلبت عقد جلسة طارئة لمجلس الأمن بشأن القصف") == ()


def test_a_second_clause_has_none_of_the_words_that_lead_to_the_first(lexicon: Lexicon) -> None:
    frame = "وقال الوزير إن التأجيل فني بحت وأن"
    assert about(lexicon, "أسباب تنظيمية", before="أرجئت محادثات طرطوس.", frame=frame) == ()


def test_what_is_held_on_a_day_of_talks_is_those_talks(lexicon: Lexicon) -> None:
    assert about(lexicon, "المجلس سينعقد في 20 مايو كما هو مقرر") == (TalkLink("league-meeting", "date"),)
    assert all(link.reason != "date" for link in about(lexicon, "المجلس سينعقد في 25 مايو كما هو مقرر"))


def test_of_talks_on_a_day_those_are_meant_and_not_the_ones_of_the_passage(lexicon: Lexicon) -> None:
    told = "قال الوزير إن محادثات طرطوس بعيدة."
    links = about(lexicon, "الدعوات وجهت إلى الدول بتاريخ 20 مايو ولم تسحب", before=told)
    assert [link.talk_id for link in links] == ["league-meeting"]


def test_a_condition_of_war_is_about_no_talks(lexicon: Lexicon) -> None:
    told = "قال الوزير إن محادثات طرطوس بعيدة."
    assert about(lexicon, "قواته ستدخل المدينة سواء أبرم اتفاق أم لا", before=told) == ()
    assert about(lexicon, "جيشه سيشن هجوما إذا رفضت مقترحاته", before=told) == ()
    assert about(lexicon, "وفده سيغادر المدينة إذا استمر التسويف", before=told)


# What no row of talks.yaml marks, and what is yet said of talks or is not.
UNMARKED = {
    "لن نأتي ما دام خصمنا يضع علينا القيود": True,
    "لا فائدة ترجى من العودة إليهم": True,
    "السيول جرفت ثلاثة جسور": False,
    "المصنع ينتج ألف قطعة في اليوم": False,
}


@pytest.mark.parametrize("clause", UNMARKED)
def test_likeness_tells_where_no_word_does(vocabulary: Vocabulary, clause: str) -> None:
    assert not vocabulary.marks(list(tokens(clause)))
    assert (load_talk_examples(encoder()).likeness(clause) > 0) is UNMARKED[clause]


def test_without_talks_on_the_watchlist_nothing_is_linked() -> None:
    empty = build_lexicon(Watchlist.model_validate({**WATCHLIST, "talks": []}))
    assert about(empty, "المفاوضات بلغت طريقا مسدودا") == ()


ROW = ("words", "past", "present")
GROUPS = ("talk", "agenda", "outcome", "hints", "hostile", "not_about")


def _first(row: dict[str, Any]) -> str:
    return str(next(row[key][0] for key in ("words", "past", "present") if row.get(key)))


def rows() -> list[Any]:
    table = read_table("talks")
    return [pytest.param(group, row, id=f"{group}: {_first(row)}") for group in GROUPS for row in table[group]]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def claim_words() -> ClaimWords:
    return load_claim_words()


@pytest.mark.parametrize(("group", "row"), rows())
def test_a_row_marks_its_sentences_and_leaves_the_others(
    vocabulary: Vocabulary, group: str, row: dict[str, Any]
) -> None:

    def marked(text: str) -> bool:
        found = {mark.group for mark in vocabulary.marks(list(tokens(text))).values()}
        return not found if group == "not_about" else group in found

    assert row["matches"]
    assert row["ignores"]
    assert all(marked(text) for text in row["matches"])
    assert not any(marked(text) for text in row["ignores"])


@pytest.mark.parametrize(("group", "row"), rows())
def test_every_word_of_a_row_is_understood_as_it_stands(
    vocabulary: Vocabulary, group: str, row: dict[str, Any]
) -> None:
    for parts in row_words(row):
        word = " ".join(parts)
        marks = vocabulary.marks(list(tokens(word))).values()
        assert not marks if group == "not_about" else group in {mark.group for mark in marks}, word


def test_no_word_stands_in_two_rows() -> None:
    table = read_table("talks")
    rows = [row for group in GROUPS for row in table[group]]
    words = [word for row in rows for word in {word for key in ROW for word in row.get(key, ())}]
    assert sorted(words) == sorted(set(words))


def test_an_example_is_given_once_and_is_like_its_own_kind() -> None:
    rows = read_table("talks")["examples"]
    examples = load_talk_examples(encoder())
    assert not set(rows["about"]) & set(rows["not_about"])
    for kind, sign in (("about", 1), ("not_about", -1)):
        assert len(set(rows[kind])) == len(rows[kind])
        assert all(sign * examples.likeness(text) > 0 for text in rows[kind][::5])


CLAIMS = [pytest.param(row, id=f"{row['kind']}: {row['words'][0]}") for row in read_table("talks")["claims"]]


@pytest.mark.parametrize("row", CLAIMS)
def test_a_row_of_claims_is_found_in_its_sentences_and_not_in_the_others(
    claim_words: ClaimWords, row: dict[str, Any]
) -> None:
    def claimed(text: str) -> bool:
        return row["kind"] in claim_words.marks(list(tokens(text))).values()

    assert row["matches"]
    assert row["ignores"]
    assert all(claimed(text) for text in row["matches"])
    assert not any(claimed(text) for text in row["ignores"])
    assert all(claimed(word) for word in row["words"])


def test_no_word_claims_two_things() -> None:
    words = [word for row in read_table("talks")["claims"] for word in row["words"]]
    assert sorted(words) == sorted(set(words))


def test_every_evidence_has_a_weight_and_every_word_is_one_that_is_looked_up(lexicon: Lexicon) -> None:
    weights, words = load_weights(), list(tokens("المحادثات صعبة"))
    marked = TalkFinder(lexicon, encoder=encoder()).mark(
        words, list(split(words, 0, len(words), 0)), places=[], mentions=[], dates=[], today=TODAY
    )
    assert evidence(marked, TalkContext(0, (0, len(words)), (0, 0))).keys() == weights.evidence.keys()
    assert [word for word in (*weights.words, *weights.marked) if word != fold(word)] == []


def test_what_words_say_is_weighed_by_how_many_there_are() -> None:
    assert share(8) == 1.0
    assert share(2) > 1.0 > share(32)
    assert share(0) == share(1)
