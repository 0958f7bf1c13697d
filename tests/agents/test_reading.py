"""Reading a whole article: which parts are read, what is kept of it, and what is left out."""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from agents.reading import LONGEST_READ, MOST_UTTERANCES, Reading, read_body
from agents.speakers import load_speaker_tables
from schemas import Article, Verdict
from tests.agents.speech_watchlist import WATCHLIST

SAID = "قال لعمامرة إن الجولة فشلت."


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(WATCHLIST)


def read(body: str, knowledge: Knowledge, title: str = "") -> Reading:
    return read_body(body, title, knowledge, load_speaker_tables())


def contents(reading: Reading) -> list[str]:
    ranges = (reading.characters(*utterance.content) for utterance in reading.utterances)
    return [reading.body[start:end] for start, end in ranges]


def test_an_article_that_names_nothing_of_the_watchlist_says_nothing(knowledge: Knowledge) -> None:
    assert read("قال مدير المصنع إن الإنتاج سيتضاعف العام المقبل.", knowledge).utterances == ()
    assert read("قال وزير المالية البرازيلي إن الإنتاج سيتضاعف.", knowledge).utterances == ()


@pytest.mark.parametrize("name", ["الجزائر", "جنيف"])
def test_one_name_of_the_watchlist_or_a_place_is_enough(name: str, knowledge: Knowledge) -> None:
    assert len(read(f"قال مدير المصنع في {name} إن الإنتاج سيتضاعف العام المقبل.", knowledge).utterances) == 1


def test_the_sentences_of_any_article_are_known(knowledge: Knowledge) -> None:
    reading = read("توقف المصنع. عاد العمال إلى بيوتهم.", knowledge)
    assert [reading.characters(s.start, s.end) for s in reading.sentences] == [(0, 12), (13, 35)]


def test_a_dateline_is_no_part_of_the_first_sentence(knowledge: Knowledge) -> None:
    sentence = "قال لعمامرة في ختام لقاء طويل مع المبعوث الأممي إن الجولة فشلت وإن الوفد سيغادر المدينة غدا."
    reading = read(f"جنيف (وكالات) - {sentence}", knowledge)
    start, end = reading.characters(reading.sentences[0].start, reading.sentences[0].end)
    assert reading.body[start:end] == sentence


def test_a_long_content_is_cut_at_a_clause(knowledge: Knowledge) -> None:
    clause = "والوفد سيعود إلى الجزائر في اليوم التالي"
    (content,) = contents(read(f"قال لعمامرة إن الجولة فشلت، {'، '.join([clause] * 30)}.", knowledge))
    assert 300 < len(content) <= 480
    assert content.endswith(clause)


def test_a_giant_article_is_read_up_to_its_limits(knowledge: Knowledge) -> None:
    reading = read(f"{SAID} " * 4000, knowledge)
    assert len(reading.body) == LONGEST_READ
    assert len(reading.utterances) == MOST_UTTERANCES


def test_mentions_and_places_are_told_by_range(knowledge: Knowledge) -> None:
    reading = read("وصل لعمامرة إلى جنيف.", knowledge)
    assert [mention.target for mention in reading.mentions_in(0, 2)] == ["lamamra"]
    assert reading.mentions_in(2, 4) == []
    assert [place.target for place in reading.places_in(2, 4)] == ["geneva"]


def test_mentions_that_reach_into_a_range_are_of_it(knowledge: Knowledge) -> None:
    reading = read("قال وزير الخارجية الجزائري لعمامرة في جنيف إن وزير الخارجية الروسي لن يحضر. " * 2, knowledge)
    for kind, ask in ((reading.mentions, reading.mentions_in), (reading.places, reading.places_in)):
        assert kind
        for start in range(len(reading.tokens)):
            for end in range(start, len(reading.tokens) + 1):
                assert ask(start, end) == [one for one in kind if one.start < end and one.end > start]


def test_an_article_is_read_once_and_a_changed_body_again(knowledge: Knowledge) -> None:
    article = Article(article_id="a", body=SAID, verdict=Verdict.UNIQUE)
    first = knowledge.reader.read(article)
    assert knowledge.reader.read(article) is first
    assert contents(knowledge.reader.read(article.model_copy(update={"body": SAID.replace("فشلت", "نجحت")}))) == [
        "الجولة نجحت"
    ]


def test_only_the_latest_readings_are_kept(knowledge: Knowledge) -> None:
    article = Article(article_id="kept", body=SAID, verdict=Verdict.UNIQUE)
    first = knowledge.reader.read(article)
    for number in range(100):
        knowledge.reader.read(article.model_copy(update={"article_id": f"other-{number}"}))
    assert knowledge.reader.read(article) is not first


def said(reading: Reading) -> list[str]:
    """Who says what, as "speaker: content"."""
    speakers = (" + ".join(v.actor_id or v.name for v in utterance.speakers) for utterance in reading.utterances)
    return [f"{speaker}: {content}" for speaker, content in zip(speakers, contents(reading), strict=True)]


INTERVIEW = """جنيف - حوار: سعاد الهاشمي
في بهو الفندق يقول لعمامرة إن الوقت ينفد.
{questions}
وفي الرباط أكد بوريطة أن الموعد قائم."""


@pytest.mark.parametrize(
    "questions",
    [
        "• متى تعود الوفود؟\n- لا موعد بعد. سنرى.\n• وهل يحضر بوريطة؟\n- بوريطة قال إنه سيحضر، ونحن نصدقه.",
        "س: متى تعود الوفود؟\nج: لا موعد بعد. سنرى.\nس: وهل يحضر بوريطة؟\nج: بوريطة قال إنه سيحضر، ونحن نصدقه.",
        "- متى تعود الوفود؟\n\n- لا موعد بعد. سنرى.\n\n- وهل يحضر بوريطة؟\n\n- بوريطة قال إنه سيحضر، ونحن نصدقه.",
    ],
)
def test_answers_are_said_by_whom_the_interview_is_with(questions: str, knowledge: Knowledge) -> None:
    assert said(read(INTERVIEW.format(questions=questions), knowledge)) == [
        "lamamra: الوقت ينفد",
        "lamamra: لا موعد بعد",
        "bourita: سيحضر",
        "bourita: الموعد قائم",
    ]


def test_all_of_an_answer_is_said_and_a_prompt_that_asks_nothing_is_a_question(knowledge: Knowledge) -> None:
    questions = """• متى تعود الوفود؟
- لا موعد بعد. نريد أن نعود قبل الصيف. هل يريد غيرنا ذلك؟ لا أدري.
• وهل يحضر بوريطة؟
- نعم، سيحضر معنا.
• ومع ذلك قاطعتم الجولة الأخيرة.
- لم نقاطع أحدا. اسألوا من أغلق الباب."""
    assert said(read(INTERVIEW.format(questions=questions), knowledge))[1:-1] == [
        "lamamra: لا موعد بعد",
        "lamamra: نريد أن نعود قبل الصيف",
        "lamamra: نعم، سيحضر معنا",
        "lamamra: لم نقاطع أحدا",
        "lamamra: اسألوا من أغلق الباب",
    ]


def test_whom_the_headline_quotes_is_whom_an_interview_is_with(knowledge: Knowledge) -> None:
    questions = "س: متى تعود الوفود؟\nج: لا موعد بعد.\nس: وهل يحضر الوزير؟\nج: نعم، سيحضر معنا."
    for title, guest in {
        "ناصر بوريطة لـ«الوطن»: لا موعد بعد": "bourita",
        "بوريطة: سنحضر جميعا": "bourita",
        "الوزير ناصر بوريطة في حوار مع «صوت الوطن العربي»: سنحضر جميعا": "bourita",
        "رسالة إلى بوريطة قبل الجولة: لا موعد بعد": "lamamra",
        "حوار في جنيف": "lamamra",
    }.items():
        told = said(read(INTERVIEW.format(questions=questions), knowledge, title))
        assert told[1:3] == [f"{guest}: لا موعد بعد", f"{guest}: نعم، سيحضر معنا"]


def test_a_guest_may_be_on_no_watchlist_and_a_question_without_a_mark(knowledge: Knowledge) -> None:
    body = """حاورته: سعاد الهاشمي
لم يتفق لعمامرة وبوريطة على شيء. سألنا الدبلوماسي المتقاعد سالم الحداد عما بعد ذلك.
هل فشلت الجولة؟
- لم تفشل الجولة ولم تنجح.
وماذا بعد جنيف؟
- جولة أخرى في الصيف."""
    told = read(body, knowledge, "السفير سالم الحداد لـ«الوطن»: لم تفشل الجولة").utterances
    assert [utterance.speakers[0].name for utterance in told] == ["السفير سالم الحداد", "السفير سالم الحداد"]


def test_what_a_question_tells_is_said_by_nobody_whom_an_interview_is_with(knowledge: Knowledge) -> None:
    body = """حوار: سعاد الهاشمي
في بهو الفندق يستقبلنا لعمامرة بابتسامة متعبة.
س: أعلن بوريطة أنه لن يحضر، وكرر بوريطة أن الموعد قائم. فماذا تقولون؟
ج: لا علم لنا بذلك.
س: ومتى تعود الوفود؟
ج: لا موعد بعد اليوم."""
    assert said(read(body, knowledge))[-2:] == ["lamamra: لا علم لنا بذلك", "lamamra: لا موعد بعد اليوم"]


def test_questions_and_answers_of_a_guide_are_nobodys(knowledge: Knowledge) -> None:
    guide = f"{SAID}\n• ما المائدة المستديرة؟\n- صيغة تجمع الأطراف الأربعة.\n• من يحضرها؟\n- وفدا الجزائر والمغرب."
    assert said(read(guide, knowledge)) == ["lamamra: الجولة فشلت"]


def test_a_list_below_a_single_question_is_no_interview(knowledge: Knowledge) -> None:
    body = f"في حوار أمس {SAID}\n• ما الذي بقي على الطاولة؟\n- الحدود والمياه والتأشيرات."
    assert said(read(body, knowledge)) == ["lamamra: الجولة فشلت"]


def test_a_live_page_is_read_entry_by_entry(knowledge: Knowledge) -> None:
    body = """تغطية مباشرة | جولة جنيف (بتوقيت غرينتش)
08:05 | الخارجية المغربية: الوفد وصل كاملا إلى جنيف
09:30 | دي ميستورا يعلن من قصر الأمم أن الجلسة الأولى بدأت
[10:10] لعمامرة للتلفزيون الجزائري: لن نوقع على شيء اليوم. وأضاف أن الوفد ينتظر تعليمات.
11:45 | وصول الوفد الموريتاني إلى قصر الأمم
12:00 | جنيف
«لا حوار بلا ضمانات»، يقول بوريطة.
المصدر: وكالات"""
    assert said(read(body, knowledge)) == [
        "moroccan_ministry: الوفد وصل كاملا إلى جنيف",
        "mistura: الجلسة الأولى بدأت",
        "lamamra: لن نوقع على شيء اليوم",
        "lamamra: الوفد ينتظر تعليمات",
        "bourita: «لا حوار بلا ضمانات»",
    ]


def test_the_questions_of_an_interview_are_known_with_their_answers_though_they_are_no_sentences(
    knowledge: Knowledge,
) -> None:
    body = (
        "حوار: سعاد الهاشمي\nالتقينا ناصر بوريطة في مكتبه.\n"
        "هل ستعقد جولة جنيف؟\nنعم، في موعدها.\nولن نطلب تأجيلها مرة أخرى.\n"
        "والوفد؟\nمن سيقوده؟\nسأقوده بنفسي إلى هناك."
    )
    reading = read(body, knowledge)
    texts = [
        tuple(reading.body[slice(*reading.characters(*part))].strip() for part in exchange)
        for exchange in reading.exchanges
    ]
    assert texts == [
        ("هل ستعقد جولة جنيف؟", "نعم، في موعدها.\nولن نطلب تأجيلها مرة أخرى."),
        ("والوفد؟\nمن سيقوده؟", "سأقوده بنفسي إلى هناك."),
    ]
    assert contents(reading) == ["نعم، في موعدها", "ولن نطلب تأجيلها مرة أخرى", "سأقوده بنفسي إلى هناك"]
    assert read(SAID, knowledge).exchanges == ()
