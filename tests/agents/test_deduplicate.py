"""What is a copy, a revision, another story; and what is new in it. Told as a newsroom would tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from agents.deduplicate import deduplicate, settled_before
from schemas import Article, RawArticle, TimeSource, Verdict
from streams.seen import MemorySeenArticles

PARAGRAPHS = [
    "قال وزير الخارجية أحمد السالمي، مساء اليوم، إن وفد بلاده سيشارك في جولة المحادثات التي تبدأ في فيينا يوم 10 "
    "يناير برعاية الأمم المتحدة. وأضاف أن الوفد يضم 12 خبيرا في شؤون المياه والحدود.",
    "وأوضح السالمي أن حكومته لن توقع أي وثيقة لا تحفظ حقوق المزارعين في الوادي الشرقي، مشيرا إلى أن الجولات السابقة "
    "انتهت من دون نتيجة بسبب الخلاف على حصص المياه في مواسم الجفاف.",
    "من جانبها، اعتبرت المتحدثة باسم الرئاسة المجاورة ليلى قاسم أن التصريحات «تعقد المفاوضات»، وطالبت الطرف الآخر "
    "بسحب قواته من المنطقة العازلة قبل بدء الجولة المقبلة.",
    "وكانت دوريات مشتركة قد توقفت الشهر الماضي بعد حادث إطلاق نار أدى إلى مقتل 3 جنود وإصابة 7 آخرين قرب الجسر القديم.",
    "ويرى مراقبون أن الوسطاء يعولون على اتفاق مرحلي يسمح بفتح السدود الصغيرة أمام القرى العطشى قبل نهاية الصيف.",
]
BODY = "\n\n".join(PARAGRAPHS)
OTHER = (
    "افتتح رئيس البلدية صباح الاثنين المعرض السنوي للكتاب بمشاركة ناشرين من عشرين بلدا وسط إقبال كبير من الطلاب.\n\n"
    "ويستمر المعرض أسبوعين ويتضمن أمسيات شعرية وورشا للأطفال في قاعات المتحف الوطني وحديقة الفنون.\n\n"
)


def raw(number: int, body: str = BODY, **fields: Any) -> RawArticle:
    values: dict[str, Any] = {
        "article_id": f"a{number}",
        "source": f"outlet {number}",
        "url": f"https://example.org/{number}/story",
        "title": "وفد إلى فيينا",
        "body": body,
        "published_at": datetime(2022, 1, 4, 9 + number, tzinfo=UTC),
    }
    return RawArticle.model_validate(values | fields)


async def read(*articles: RawArticle) -> Article:
    """The last of the articles, as it is emitted after the others."""
    index = MemorySeenArticles()
    for article in articles:
        (record,) = (await deduplicate(article, index)).records
    assert isinstance(record, Article)
    return record


def fresh_text(article: Article) -> list[str]:
    return [article.body[part.start : part.end] for part in article.fresh]


SAME_TEXT: dict[str, Callable[[str], str]] = {
    "vowel signs": lambda body: body.replace("ح", "حَ").replace("ق", "قْ"),
    "tatweel": lambda body: body.replace("قا", "قـــا"),
    "digit shapes": lambda body: body.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "quotes": lambda body: body.replace("«", '"').replace("»", '"'),
    "spacing and directional marks": lambda body: body.replace(" ", " \u00a0\u200f"),
    "hamza, final ya and ta marbuta": lambda body: body.translate(str.maketrans("أإآىة", "اااىه")),
    "presentation forms": lambda body: body.replace("لا", "ﻻ"),
    "a site around it": lambda body: (
        "الرئيسية > أخبار > عالم\nوقت القراءة: دقيقتان\n\n"
        + body
        + "\n\nاقرأ أيضاً: غارات على الحدود\nزلزال يضرب الساحل"
    ),
    "a headline above it": lambda body: "انطلاق المحادثات في فيينا بعد غياب\n\n" + body,
    "the order of paragraphs": lambda body: "\n\n".join(reversed(body.split("\n\n"))),
    "another dateline": lambda body: "بيروت (وكالات) - " + body,
}


@pytest.mark.parametrize("change", SAME_TEXT.values(), ids=SAME_TEXT.keys())
async def test_a_copy_that_differs_only_in_spelling_order_or_surroundings_stops(change: Callable[[str], str]) -> None:
    copy = await read(raw(1), raw(2, change(BODY), title="عنوان آخر"))
    assert (copy.verdict, copy.duplicate_of, copy.fresh) == (Verdict.EXACT_DUPLICATE, "a1", ())
    assert copy.story_id == "a1"


async def test_a_copy_that_spells_foreign_names_its_own_way_stops() -> None:
    body = BODY + "\n\nووصل وفد الكونغو الديمقراطية إلى لواندا، وقال متحدث أنغولي إن كيغالي تأخرت."
    other = body.replace("كونغو", "كونجو").replace("أنغولي", "أنجولي").replace("كيغالي", "كيجالي")
    copy = await read(raw(1, body), raw(2, other))
    assert (copy.duplicate_of, copy.fresh) == ("a1", ())


async def test_a_first_article_is_unique_and_new_as_a_whole() -> None:
    article = await read(raw(1))
    assert (article.verdict, article.duplicate_of, article.story_id) == (Verdict.UNIQUE, None, "a1")
    assert fresh_text(article) == [BODY]
    assert article.shared == ()


async def test_another_story_is_unique() -> None:
    assert (await read(raw(1), raw(2, OTHER))).verdict is Verdict.UNIQUE


async def test_a_copy_that_drops_a_paragraph_has_nothing_new() -> None:
    copy = await read(raw(1), raw(2, "\n\n".join(PARAGRAPHS[:4])))
    assert (copy.verdict, copy.duplicate_of, copy.fresh) == (Verdict.NEAR_DUPLICATE, "a1", ())


async def test_a_short_report_with_one_paragraph_more_and_one_less_is_a_copy() -> None:
    short = [paragraph.split(". ")[0] for paragraph in PARAGRAPHS]
    new = (
        "وفجر اليوم عاد قائد الحرس الحدودي مازن الرفاعي إلى العاصمة قادما من التلال الجنوبية بطلب من الوسطاء، ونقل "
        "مراسلون عن مرافقيه أنه سيلتقي أعيان القرى ومهندسي السدود الصغيرة في مقر البلدية."
    )
    lead = short[0].replace("مساء اليوم", "مساء أمس الثلاثاء")
    body = "\n\n".join([lead, short[1], short[2], new, short[4]])
    day = datetime(2022, 1, 5, 8, tzinfo=UTC)
    copy = await read(raw(1, "\n\n".join(short)), raw(2, body, published_at=day))
    assert (copy.verdict, fresh_text(copy)) == (Verdict.NEAR_DUPLICATE, [new])
    other = await read(raw(1, "\n\n".join(short)), raw(2, "\n\n".join([new, *short[2:]]), published_at=day))
    assert other.verdict is Verdict.UNIQUE  # the background alone


NOTHING_NEW = {
    "other words for the same": [("لن توقع", "لن تبرم"), ("وأضاف", "وأردف"), ("وطالبت", "ودعت"), ("نتيجة", "نتائج")],
    "yesterday evening for this evening, a day later": [("مساء اليوم", "مساء أمس الثلاثاء")],
}


@pytest.mark.parametrize("replaced", NOTHING_NEW.values(), ids=NOTHING_NEW.keys())
async def test_a_sentence_in_other_words_is_not_new(replaced: list[tuple[str, str]]) -> None:
    body = BODY
    for old, new in replaced:
        assert old in body
        body = body.replace(old, new)
    copy = await read(raw(1), raw(2, body, published_at=datetime(2022, 1, 5, 8, tzinfo=UTC)))
    assert (copy.verdict, fresh_text(copy)) == (Verdict.NEAR_DUPLICATE, [])


NEW_FACTS = {
    "a date": ("يوم 10 يناير", "يوم 12 يناير"),
    "a month": ("10 يناير", "10 فبراير"),
    "a number of dead": ("مقتل 3 جنود", "مقتل 5 جنود"),
    "a name after a title": ("وزير الخارجية أحمد السالمي", "وزير الخارجية مازن الرفاعي"),
    "a negation": ("سيشارك في جولة", "لن يشارك في جولة"),
    "an opposite": ("بسحب قواته من المنطقة", "بنشر قواته في المنطقة"),
    "a place": ("في فيينا", "في باريس"),
    "a date in words": ("يوم 10 يناير", "يوم الثاني عشر من يناير"),
    "a number with a clitic": ("يوم 10 يناير", "بـ12 يناير"),
    "another number with a clitic": ("مقتل 3 جنود", "مقتل الـ5 جنود"),
    "a part of the day": ("مساء اليوم", "صباح اليوم"),
    "a direction": ("الشهر الماضي", "الشهر المقبل"),
    "a unit of time": ("الشهر الماضي", "العام الماضي"),
    "a town that is no capital": ("في فيينا", "في لوزان"),
    "a town that is no capital for another": ("الجسر القديم", "جسر الموصل"),
    "a name without a title": ("ليلى قاسم", "سلمى الهاشمي"),
    "a surname": ("ليلى قاسم", "ليلى الهاشمي"),
    "a place that stands in the next sentence too": ("في فيينا", "في الوادي الشرقي"),
    "a clause": ("قبل نهاية الصيف.", "قبل نهاية الصيف، لكن مصدرا قريبا من الوسطاء كشف تعليق تمويل المشروع كله."),
}


@pytest.mark.parametrize(("old", "new"), NEW_FACTS.values(), ids=NEW_FACTS.keys())
async def test_a_sentence_that_says_something_else_is_new_and_alone(old: str, new: str) -> None:
    assert old in BODY
    copy = await read(raw(1), raw(2, BODY.replace(old, new)))
    assert copy.verdict is Verdict.NEAR_DUPLICATE
    (part,) = fresh_text(copy)
    assert new.rsplit("، ", maxsplit=1)[-1].rstrip(".") in part
    assert len(part) < 0.4 * len(BODY)


CORRECTIONS = NEW_FACTS | {
    "an ordinary word": ("الجسر القديم", "النفق القديم"),
    "two known words": ("بسبب الخلاف على", "بفضل الاتفاق على"),
    "a number that is gone": ("يضم 12 خبيرا", "يضم خبراء"),
    "two that are exchanged": ("وزير الخارجية أحمد السالمي", "أحمد السالمي وزير الخارجية"),
}


@pytest.mark.parametrize(("old", "new"), CORRECTIONS.values(), ids=CORRECTIONS.keys())
async def test_whatever_word_an_outlet_changes_in_its_own_text_is_passed_on(old: str, new: str) -> None:
    assert old in BODY
    address = {"source": "outlet 1", "url": "https://example.org/1/story"}
    revision = await read(raw(1), raw(2, BODY.replace(old, new), **address))
    assert revision.verdict is Verdict.REVISION
    (part,) = fresh_text(revision)
    assert new.rsplit("، ", maxsplit=1)[-1].rstrip(".") in part
    assert len(part) < 0.4 * len(BODY)


SIDES = "وأبلغت روسيا أوكرانيا أن الجنود المحتجزين سيعودون إلى بيوتهم عبر المعبر الشمالي في الأيام القليلة التالية."


@pytest.mark.parametrize("source", ["outlet 1", "outlet 2"])
async def test_sides_that_are_exchanged_are_something_else(source: str) -> None:
    other = SIDES.replace("روسيا أوكرانيا", "أوكرانيا روسيا")
    fields = {"source": source, "url": "https://example.org/1/story"}
    copy = await read(raw(1, BODY + "\n\n" + SIDES), raw(2, BODY + "\n\n" + other, **fields))
    assert fresh_text(copy) == [other]


async def test_the_new_paragraph_of_an_update_is_all_that_is_new() -> None:
    new = "وفي وقت لاحق، أعلن قائد الحرس الحدودي أن قواته انسحبت من التلال الجنوبية كلها بطلب من الوسطاء."
    body = "\n\n".join([*PARAGRAPHS[:2], new, *PARAGRAPHS[2:]])
    update = await read(raw(1), raw(2, body, source="outlet 1", url="https://example.org/1/story-2"))
    assert (update.verdict, update.duplicate_of) == (Verdict.REVISION, "a1")
    assert fresh_text(update) == [new]


ONE_ADDRESS = {
    "the same address": {"url": "https://example.org/1/story"},
    "an address that counts visits": {"url": "https://www.example.org/1/story/?utm_source=x&fbclid=3"},
    "a version at the end": {"url": "https://example.org/1/story_v2.html"},
    "a headline that says so": {"url": "https://example.org/9", "title": "تحديث - وفد إلى فيينا"},
    "the same id": {"url": None, "article_id": "a1"},
}


@pytest.mark.parametrize("fields", ONE_ADDRESS.values(), ids=ONE_ADDRESS.keys())
async def test_a_changed_text_of_one_outlet_and_address_is_a_revision(fields: dict[str, Any]) -> None:
    body = BODY.replace("يوم 10 يناير", "يوم 12 يناير")
    revision = await read(raw(1), raw(2, body, source="outlet 1", **fields))
    assert (revision.verdict, revision.duplicate_of) == (Verdict.REVISION, "a1")
    assert "12 يناير" in "".join(fresh_text(revision))


OLD, NEW = BODY, BODY.replace("يوم 10 يناير", "يوم 12 يناير")


@pytest.mark.parametrize("last", [OLD, OLD + "\n\nولم يصدر تعليق من واشنطن."], ids=["the same text", "a longer one"])
async def test_an_outlet_that_goes_back_to_what_it_had_replaced_says_something_new(last: str) -> None:
    page = {"source": "outlet 1", "url": "https://example.org/1/story"}
    texts = [raw(1, OLD), raw(2, OLD + "\n\nالمصدر: وكالات"), raw(3, NEW, **page), raw(4, last, **page)]
    again = await read(*texts)
    assert (again.verdict, again.duplicate_of, again.replaces) == (Verdict.REVISION, "a1", 2)
    assert "يوم 10 يناير" in fresh_text(again)[0]
    assert PARAGRAPHS[1] not in "".join(fresh_text(again))
    once_more = await read(*texts, raw(5, last, **page))
    assert (once_more.verdict, once_more.fresh) == (Verdict.EXACT_DUPLICATE, ())


async def test_another_outlet_that_comes_late_with_the_old_text_says_nothing_new() -> None:
    page = {"source": "outlet 1", "url": "https://example.org/1/story"}
    late = await read(raw(1, OLD), raw(2, NEW, **page), raw(3, OLD))
    assert (late.verdict, late.fresh) == (Verdict.EXACT_DUPLICATE, ())


async def test_another_text_at_a_used_address_is_no_revision() -> None:
    live = await read(raw(1), raw(2, OTHER, source="outlet 1", url="https://example.org/1/story"))
    assert live.verdict is Verdict.UNIQUE


TEMPLATES = {
    "weather": (
        "يكون الطقس اليوم الاثنين 05 جوان مغيما جزئيا بأغلب الجهات مع أمطار متفرقة بالشمال. وتتراوح الحرارة القصوى "
        "بين 24 و29 درجة بالمناطق الساحلية وبين 30 و34 درجة ببقية الجهات، وتهب الرياح بسرعة 40 كيلومترا في الساعة.",
        "يكون الطقس اليوم الخميس 22 جوان مغيما جزئيا بأغلب الجهات مع أمطار متفرقة بالشمال. وتتراوح الحرارة القصوى "
        "بين 31 و36 درجة بالمناطق الساحلية وبين 37 و41 درجة ببقية الجهات، وتهب الرياح بسرعة 15 كيلومترا في الساعة.",
    ),
    "market close": (
        "أغلق المؤشر العام للسوق اليوم مرتفعا 35 نقطة عند مستوى 9120 نقطة بتداولات قيمتها 5.4 مليار. وسجلت أسهم 88 "
        "شركة ارتفاعا في قيمتها، فيما أغلقت أسهم 61 شركة على تراجع، وبلغت كمية الأسهم المتداولة 210 ملايين سهم.",
        "أغلق المؤشر العام للسوق اليوم مرتفعا 12 نقطة عند مستوى 9164 نقطة بتداولات قيمتها 4.9 مليار. وسجلت أسهم 70 "
        "شركة ارتفاعا في قيمتها، فيما أغلقت أسهم 83 شركة على تراجع، وبلغت كمية الأسهم المتداولة 195 مليون سهم.",
    ),
    "congratulations": (
        "بعث الملك برقية تهنئة إلى رئيس فرنسا بمناسبة ذكرى اليوم الوطني لبلاده. وأعرب الملك باسم شعب المملكة وحكومتها "
        "عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة لفخامة الرئيس ماكرون، ولحكومة وشعب فرنسا الصديق.",
        "بعث الملك برقية تهنئة إلى رئيس تركيا بمناسبة ذكرى اليوم الوطني لبلاده. وأعرب الملك باسم شعب المملكة وحكومتها "
        "عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة لفخامة الرئيس أردوغان، ولحكومة وشعب تركيا الصديق.",
    ),
}


NOTICE = (
    "نفذت وزارة الداخلية اليوم حكم القتل قصاصا في أحد الجناة بمنطقة {}. وقالت الوزارة في بيان إن {} أقدم على قتل {} "
    "بإطلاق النار عليه إثر خلاف بينهما. وتمكنت سلطات الأمن من القبض على الجاني المذكور وأسفر التحقيق معه عن توجيه "
    "الاتهام إليه بارتكاب جريمته وبإحالته إلى المحكمة العامة صدر بحقه صك يقضي بثبوت ما نسب إليه والحكم بقتله قصاصا، "
    "وأيد الحكم من محكمة الاستئناف ومن المحكمة العليا."
)
TEMPLATES["a notice with other names"] = (
    NOTICE.format("تبوك", "سلمان بن راشد البلوي", "ماجد بن عيد العطوي"),
    NOTICE.format("نجران", "هادي بن مسفر اليامي", "صالح بن مهدي الصقور"),
)


@pytest.mark.parametrize("days", TEMPLATES.values(), ids=TEMPLATES.keys())
async def test_a_template_with_other_facts_is_no_copy(days: tuple[str, str]) -> None:
    first, second = days
    later = datetime(2022, 1, 21, 9, tzinfo=UTC)
    article = await read(raw(1, first, title="أ"), raw(2, second, title="ب", source="outlet 1", published_at=later))
    assert article.verdict is Verdict.UNIQUE


LEAD = (
    "قال وزير الخارجية أحمد السالمي الذي يقود فريق التفاوض منذ ثلاث سنوات في حديث لصحيفة الميناء إن وفد بلاده سيشارك "
    "في جولة المحادثات التي تبدأ في فيينا يوم 10 يناير برعاية الأمم المتحدة وحضور ممثلين عن دول الجوار والبنك الدولي."
)
ONE_DAY = "\n\n".join(
    [LEAD, PARAGRAPHS[3], PARAGRAPHS[4], "وغادر الوفد المطار مساء.", "وتجمع أنصاره أمام بوابة القصر."]
)


@pytest.mark.parametrize(
    ("title", "verdict"),
    [("(تصحيح) وفد إلى فيينا", Verdict.REVISION), ("وفد إلى فيينا الخميس", Verdict.NEAR_DUPLICATE)],
    ids=["called a correction", "called nothing"],
)
async def test_a_day_that_is_corrected_in_the_first_sentence_is_all_that_is_new(title: str, verdict: Verdict) -> None:
    corrected = LEAD.replace("يوم 10 يناير", "يوم الخميس 13 يناير")
    article = await read(raw(1, ONE_DAY), raw(2, ONE_DAY.replace(LEAD, corrected), title=title, source="outlet 1"))
    assert article.verdict is verdict
    assert fresh_text(article) == [corrected]


async def test_an_outlet_may_correct_several_sentences_of_its_own() -> None:
    body = ONE_DAY.replace("ثلاث سنوات", "أربع سنوات").replace("3 جنود", "4 جنود").replace("10 يناير", "13 يناير")
    article = await read(raw(1, ONE_DAY), raw(2, body, title="(تصحيح) وفد إلى فيينا", source="outlet 1"))
    assert article.verdict is Verdict.REVISION


async def test_a_passage_of_another_article_is_told_with_whose_it_is() -> None:
    body = OTHER + PARAGRAPHS[1] + "\n\n" + OTHER.replace("الكتاب", "الزهور")
    article = await read(raw(1), raw(2, body))
    assert article.verdict is Verdict.UNIQUE
    assert [(part.article_id, body[part.start : part.end]) for part in article.shared] == [("a1", PARAGRAPHS[1])]
    assert fresh_text(article) == [body]


WIRE = (
    "حكومته لن توقع أي وثيقة لا تحفظ حقوق المزارعين في الوادي الشرقي، مشيرا إلى أن الجولات السابقة انتهت من دون نتيجة"
)
WITHIN = {
    "a sentence of others": f"ونقلت صحيفة الميناء عن مصدر حضر الجلسة المغلقة قوله إن {WIRE} واكتفى بابتسامة عابرة.",
    "two sentences": f"ونقلت صحيفة الميناء عن مصدر أن {WIRE.replace('الشرقي،', 'الشرقي.')} واكتفى بابتسامة عابرة.",
}


@pytest.mark.parametrize("sentence", WITHIN.values(), ids=WITHIN.keys())
async def test_words_of_another_article_are_told_within(sentence: str) -> None:
    body = f"{OTHER}{sentence}\n\n{OTHER.replace('الكتاب', 'الزهور')}"
    article = await read(raw(1), raw(2, body))
    assert article.verdict is Verdict.UNIQUE
    (part,) = article.shared
    told = body[part.start : part.end]
    assert "حكومته لن توقع" in told
    assert told.endswith("انتهت من دون")  # the last word that tells it from other texts
    assert part.article_id == "a1"


async def test_an_office_that_both_name_is_no_passage() -> None:
    office = "وزير الشؤون الخارجية والتعاون الدولي والجالية الوطنية بالخارج"
    first = f"{PARAGRAPHS[0]}\n\nوحضر {office} جانبا من اللقاء ثم غادر القاعة إلى المطار برفقة عدد من مستشاريه."
    second = f"{OTHER}وافتتح {office} الجناح الجزائري وسط تصفيق الزوار الذين تجمعوا منذ الصباح أمام البوابة."
    article = await read(raw(1, first), raw(2, second))
    assert article.shared == ()


async def test_a_copy_behind_a_sentence_that_names_an_agency_is_a_copy() -> None:
    short = "\n\n".join(PARAGRAPHS[:2])
    copy = await read(raw(1, short), raw(2, "نقلت وكالة الأنباء الفرنسية ما يلي. " + short))
    assert (copy.verdict, copy.duplicate_of) == (Verdict.NEAR_DUPLICATE, "a1")
    assert PARAGRAPHS[1] not in "".join(fresh_text(copy))


AGENCIES = ["ونقلت وكالة نوفوستي عن", "ونقلت سبوتنيك عن", "ونقلت رويترز عن"]


async def test_another_agency_for_the_same_words_is_nothing_new() -> None:
    told = " دبلوماسي رفيع قوله إن الطرفين تبادلا عبر الوسطاء خرائط جديدة للقنوات والآبار في السهل الغربي."
    texts = [BODY + "\n\n" + agency + told for agency in AGENCIES]
    for number, text in enumerate(texts):
        copy = await read(raw(1, texts[number - 1]), raw(2, text))
        assert (copy.verdict, copy.fresh) == (Verdict.NEAR_DUPLICATE, ())


async def test_a_text_that_quotes_a_short_item_among_much_else_is_no_copy_of_it() -> None:
    flash = PARAGRAPHS[3]
    article = await read(raw(1, flash), raw(2, OTHER + BODY.replace(PARAGRAPHS[0], "")))
    assert article.verdict is Verdict.UNIQUE


async def test_all_copies_belong_to_the_first_article_of_the_story() -> None:
    shorter = "\n\n".join(PARAGRAPHS[:4])
    copy = await read(raw(1), raw(2, shorter), raw(3, shorter + "\n\nالمصدر: منبر الأخبار"))
    assert (copy.verdict, copy.duplicate_of, copy.story_id) == (Verdict.EXACT_DUPLICATE, "a1", "a1")


async def test_what_one_copy_added_is_not_new_in_the_next() -> None:
    new = "وكشف دبلوماسي رفيع أن الطرفين تبادلا عبر الوسطاء خرائط جديدة للقنوات والآبار في السهل الغربي."
    second, third = (raw(n, BODY + "\n\n" + new + tail) for n, tail in ((2, ""), (3, "\n\nولم يصدر تعليق من واشنطن.")))
    assert new not in "".join(fresh_text(await read(raw(1), second, third)))
    assert new in "".join(fresh_text(await read(raw(1), third)))


async def test_copies_are_no_origins_but_a_copy_with_a_text_of_its_own_is() -> None:
    new = "وقالت منظمة محلية إنها وثقت نزوح 400 عائلة من القرى المحيطة بالسد خلال الأسبوع الأخير."
    copy = await read(raw(1), raw(2), raw(3, "\n\n".join(PARAGRAPHS[:4])))
    assert copy.origins == 1
    assert (await read(raw(1), raw(2), raw(3, BODY + "\n\n" + new))).origins == 2


async def test_copies_with_a_line_of_their_own_each_do_not_add_up() -> None:
    lines = [
        "وقالت منظمة محلية إنها وثقت نزوح 400 عائلة من القرى المحيطة بالسد خلال الأسبوع الأخير.",
        "وأفاد مراسل الصحيفة بأن الأسواق في العاصمة أغلقت أبوابها باكرا خشية تجدد إطلاق النار.",
        "وذكر صيادون على الضفة أن منسوب النهر انخفض مترا كاملا وأن القوارب لم تعد تصل إلى المرسى.",
        "ورأى أستاذ في القانون الدولي أن المعاهدة القديمة ما زالت تلزم البلدين بإخطار مسبق.",
    ]
    copies = [raw(2 + number, BODY + "\n\n" + line) for number, line in enumerate(lines)]
    assert [(await read(raw(1), *copies[:number])).origins for number in (1, 2, 3, 4)] == [2, 2, 2, 2]
    assert (await read(raw(1), *copies, raw(9))).origins == 1


async def test_a_second_delivery_gets_the_first_answer_whatever_came_in_between() -> None:
    index = MemorySeenArticles()
    first = (await deduplicate(raw(1), index)).records
    (copy,) = (await deduplicate(raw(2, BODY + "\n\nولم يصدر تعليق من واشنطن."), index)).records
    await deduplicate(raw(3, BODY), index)
    assert (await deduplicate(raw(1), index)).records == first
    assert (await deduplicate(raw(2, BODY + "\n\nولم يصدر تعليق من واشنطن."), index)).records == (copy,)
    assert len(index) == 3


async def test_fields_nobody_knows_and_the_time_of_the_append_are_carried_on() -> None:
    article = await read(raw(1, appended_at=1700000000.5, section="سياسة"))
    assert article.appended_at == 1700000000.5
    assert article.model_dump()["section"] == "سياسة"


async def test_fields_that_claim_a_verdict_are_not_believed() -> None:
    article = await read(raw(1, verdict="exact_duplicate", duplicate_of="x", fresh=[]))
    assert (article.verdict, article.duplicate_of, fresh_text(article)) == (Verdict.UNIQUE, None, [BODY])


FETCHED = datetime(2022, 1, 4, 18, tzinfo=UTC)
TIMES = {
    "the feed says it": (raw(1), datetime(2022, 1, 4, 10, tzinfo=UTC), TimeSource.PUBLISHED_AT),
    "the text says it": (
        raw(1, "انطلقت اليوم الأحد 2 يناير 2022 أعمال الجولة. " + BODY, published_at=None, fetched_at=FETCHED),
        datetime(2022, 1, 2, tzinfo=UTC),
        TimeSource.TEXT,
    ),
    "only the fetch is known": (raw(1, OTHER, published_at=None, fetched_at=FETCHED), FETCHED, TimeSource.FETCHED_AT),
    "nothing is known": (raw(1, OTHER, published_at=None), None, TimeSource.UNKNOWN),
}


@pytest.mark.parametrize(("article", "when", "source"), TIMES.values(), ids=TIMES.keys())
async def test_the_event_time_is_the_best_that_is_known(
    article: RawArticle, when: datetime | None, source: TimeSource
) -> None:
    told = await read(article)
    assert told.event_time_source is source
    if source is TimeSource.TEXT:
        assert told.event_time is not None
        assert when is not None
        assert told.event_time.date() == when.date()
        evidence = told.event_time_evidence
        assert evidence is not None
        assert told.body[evidence.start : evidence.end] == evidence.text
    else:
        assert told.event_time == when


@pytest.mark.parametrize("body", ["؟", "Breaking", "...", "١٢٣", "لا"])
async def test_a_body_of_next_to_nothing_is_unique_however_often_its_like_comes(body: str) -> None:
    assert (await read(raw(1, body), raw(2, OTHER))).verdict is Verdict.UNIQUE
    assert (await read(raw(1, body), raw(2, body + " "))).article_id == "a2"


async def test_a_text_without_a_full_stop_is_compared_as_any_other() -> None:
    body = " ".join(word.strip("،.«»") for word in (BODY + " " + OTHER).split())
    copy = await read(raw(1, body), raw(2, "مقدمة المحرر في سطر واحد " + body))
    assert (copy.verdict, copy.duplicate_of) == (Verdict.NEAR_DUPLICATE, "a1")


async def test_a_body_of_a_hundred_thousand_sentences_is_decided_on() -> None:
    body = " ".join(f"قال المزارع رقم {number} إن الماء قليل." for number in range(100_000))
    assert (await read(raw(1, body), raw(2, body + " وانتهى الخبر."))).duplicate_of == "a1"


async def test_an_index_that_was_lost_is_filled_again_from_what_was_accepted() -> None:
    index, filled = MemorySeenArticles(), MemorySeenArticles()
    articles = [raw(1), raw(2, "\n\n".join(PARAGRAPHS[:4])), raw(3, OTHER + PARAGRAPHS[1] + "\n\n" + OTHER)]
    accepted = [(await deduplicate(article, index)).records[0] for article in articles]
    for article in accepted:
        assert isinstance(article, Article)
        delivery, answer = settled_before(article)
        against = frozenset[bytes]()
        while (settled := await filled.settle(delivery, answer, against)).answer is None:
            against |= {known.key for known in settled.known}
    assert [(await deduplicate(article, filled)).records[0] for article in articles] == accepted
    assert (await deduplicate(raw(4), filled)).records[0].model_dump()["story_id"] == "a1"
