"""The ledger of talks: what articles say of date, venue and status, and what it comes to.

A made-up crisis: the governments of two islands are to meet in Tartus on 14 and 15 May 2030, the league of the islands
in Muscat on 20 May, a truce is to be signed in Doha on 28 May, and the two foreign ministers are to speak on the
telephone on 12 May. Articles are of 10 May unless they say otherwise.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from agents.knowledge import Knowledge, build_knowledge
from agents.track_talks import decide, talk_memory, track_talks
from agents.track_talks.ledger import grade
from schemas import Agreement, Article, Range, Talk, TimeSource, Verdict, Watchlist

WATCHLIST = {
    "watchlist": "islands",
    "title": {"en": "Islands"},
    "actors": [
        {"id": "north", "kind": "state", "names": {"ar": ["جزيرة الشمال", "الشمال"]}, "adjective": {"ar": "شمالي"}},
        {"id": "south", "kind": "state", "names": {"ar": ["جزيرة الجنوب", "الجنوب"]}, "adjective": {"ar": "جنوبي"}},
        {"id": "league", "kind": "organisation", "names": {"ar": ["رابطة الجزر", "الرابطة"]}},
        {"id": "salem", "kind": "person", "party": "north", "names": {"ar": ["سالم الحداد", "الحداد"]},
         "roles": {"ar": ["وزير خارجية الشمال"]}},
        {"id": "nadia", "kind": "person", "party": "south", "names": {"ar": ["نادية قاسم", "قاسم"]},
         "roles": {"ar": ["وزيرة خارجية الجنوب"]}},
    ],
    "places": [
        {"id": "tartus", "names": {"ar": ["طرطوس"]}},
        {"id": "muscat", "names": {"ar": ["مسقط"]}},
        {"id": "doha", "names": {"ar": ["الدوحة"]}},
        {"id": "geneva", "names": {"ar": ["جنيف"]}},
    ],
    "talks": [
        {"id": "round", "title": {}, "parties": ["north", "south"], "starts": "2030-05-14", "ends": "2030-05-15",
         "venue": "tartus", "names": {"ar": ["محادثات طرطوس", "مفاوضات طرطوس", "جولة طرطوس", "الجولة الثانية"]}},
        {"id": "league", "title": {}, "parties": ["north", "south", "league"], "starts": "2030-05-20",
         "ends": "2030-05-20", "venue": "muscat", "names": {"ar": ["قمة الرابطة", "القمة الاستثنائية"]}},
        {"id": "call", "title": {}, "parties": ["north", "south"], "starts": "2030-05-12", "ends": "2030-05-12",
         "names": {"ar": ["اتصال هاتفي", "المكالمة"]}},
        {"id": "signing", "title": {}, "parties": ["north", "south"], "starts": "2030-05-28", "ends": "2030-05-28",
         "venue": "doha", "names": {"ar": ["توقيع اتفاق الممرات", "مراسم التوقيع", "اتفاق الممرات"]}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return build_knowledge(Watchlist.model_validate(WATCHLIST))


def article(body: str, day: int = 10, source: str = "wire", **fields: Any) -> Article:
    name = f"{source}-{day}-{len(body)}-{body[:20]}"
    given: dict[str, Any] = {
        "article_id": name,
        "source": source,
        "body": body,
        "verdict": Verdict.UNIQUE,
        "story_id": name,
        "fresh": (Range(start=0, end=len(body)),),
        "event_time": datetime(2030, 5, day, 9, tzinfo=UTC),
        "event_time_source": TimeSource.PUBLISHED_AT,
    }
    return Article(**{**given, **fields})


def told(knowledge: Knowledge, *articles: Article) -> dict[str, Talk]:
    """The ledger after the articles, in order."""
    state: dict[str, Talk] = {}
    for one in articles:
        state.update(
            (record.talk_id, record) for record in decide(one, state, knowledge).records if isinstance(record, Talk)
        )
    return state


def summary(talk: Talk | None) -> str:
    """As "scheduled 14-15 tartus": days of May 2030, other months in full."""
    if talk is None:
        return "nothing"
    days = [str(day.day) if (day.year, day.month) == (2030, 5) else str(day) for day in (talk.starts, talk.ends) if day]
    dates = days[0] if len(set(days)) == 1 else "-".join(days)
    return f"{talk.status} {dates} {talk.venue}" + (" contested" if talk.contested else "")


def claimed(knowledge: Knowledge, sentence: str, day: int, talk_id: str) -> str:
    """What the ledger says of a talk after one sentence, if that claims anything of it."""
    talk = told(knowledge, article(sentence + ".", day)).get(talk_id)
    return summary(talk if talk is not None and talk.claims else None)


# sentence of 10 May: what the ledger says after it, of the talks it is about
ONE_SENTENCE: dict[str, tuple[str, str]] = {
    # dates
    "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو": ("round", "scheduled 14-15 tartus"),
    "تنطلق الجولة الثانية في 14 أيار/مايو وتستمر ثلاثة أيام": ("round", "scheduled 14-16 tartus"),
    "تعقد محادثات طرطوس في الفترة من 14 إلى 16 مايو": ("round", "scheduled 14-16 tartus"),
    "أعلنت رابطة الجزر أن قمة الرابطة ستعقد في 22 مايو في مسقط": ("league", "scheduled 22 muscat"),
    "من المقرر أن تستضيف جنيف محادثات طرطوس": ("round", "nothing"),
    "يلتقي وفدا الشمال والجنوب في طرطوس يوم الثلاثاء المقبل": ("round", "scheduled 14-15 tartus"),
    # moved
    "أعلن الحداد إرجاء محادثات طرطوس إلى 18 مايو": ("round", "rescheduled 18-19 tartus"),
    "أُرجئت محادثات طرطوس من الثلاثاء إلى الخميس 16 مايو": ("round", "rescheduled 16-17 tartus"),
    "قال مسؤول شمالي إن محادثات طرطوس تأجلت أسبوعا إلى 21 مايو": ("round", "rescheduled 21-22 tartus"),
    "نُقلت محادثات طرطوس من 14 مايو إلى 16 منه": ("round", "rescheduled 16-17 tartus"),
    "محادثات طرطوس التي كان موعدها الرابع عشر من مايو تأخرت إلى 20 مايو": ("round", "rescheduled 20-21 tartus"),
    "وختم كبير المفاوضين حديثه بالإشادة بمحادثات طرطوس": ("round", "nothing"),
    "نُقلت محادثات طرطوس إلى جنيف وستعقد في 14 مايو": ("round", "rescheduled 14-15 geneva"),
    "أكدت نادية قاسم أن قمة الرابطة لن تعقد في مسقط في 20 مايو بل في 25 مايو في الدوحة": (
        "league",
        "rescheduled 25 doha",
    ),
    "تقرر تقديم موعد محادثات طرطوس إلى 12 مايو": ("round", "rescheduled 12-13 tartus"),
    "محادثات طرطوس التي كان مرتقبا أن تنطلق الثلاثاء ستنعقد الخميس 16 مايو": ("round", "rescheduled 16-17 tartus"),
    "أزيح موعد محادثات طرطوس إلى 18 مايو": ("round", "rescheduled 18-19 tartus"),
    "حددت رابطة الجزر 18 مايو موعدا جديدا لمحادثات طرطوس": ("round", "rescheduled 18-19 tartus"),
    "اتفق الطرفان على تأجيل محادثات طرطوس إلى 18 مايو": ("round", "rescheduled 18-19 tartus"),
    "تستضيف جنيف محادثات طرطوس في 14 مايو": ("round", "scheduled 14-15 geneva"),
    "الوزيران سيحلان بطرطوس في 14 مايو": ("round", "scheduled 14-15 tartus"),
    "المتفق عليه لقاء في مسقط يوم 17 مايو": ("league", "scheduled 17 muscat"),
    "قالت نادية قاسم إن محادثات طرطوس لن تنعقد الثلاثاء كما كان مقررا بل يومي الجمعة والسبت 17 و18 مايو": (
        "round",
        "rescheduled 17-18 tartus",
    ),
    "أرجأ قادة الجزر إلى الثامن عشر من أيار/مايو محادثات طرطوس التي كان مفترضا أن تبت الثلاثاء في العقوبات": (
        "round",
        "rescheduled 18-19 tartus",
    ),
    "أرجأ قادة الرابطة إلى الثالث من حزيران/يونيو القمة التي كان مفترضا أن تبت في 20 مايو في العقوبات": (
        "league",
        "rescheduled 2030-06-03 muscat",
    ),
    # put off, called off
    "أعلن الحداد أن محادثات طرطوس المقررة الثلاثاء أُرجئت إلى النصف الثاني من يونيو": (
        "round",
        "postponed 14-15 tartus",
    ),
    # of others on the same day
    "وزراء خارجية دول الحلف سيعقدون يوم 14 مايو اجتماعا استثنائيا": ("round", "nothing"),
    "قال الحداد إنه سيحضر اجتماع وزراء الرابطة في مدينة بريست يومي 14 و15 مايو": ("round", "nothing"),
    "اجتماع الخبراء سيعقد في أنطاليا يوم 14 مايو": ("round", "nothing"),
    # denied
    "نفت نادية قاسم ما أوردته صحيفة من أن محادثات طرطوس أُرجئت": ("round", "scheduled 14-15 tartus"),
    "كذّب الحداد ما نشرته قناة محلية من أن محادثات طرطوس ألغيت": ("round", "scheduled 14-15 tartus"),
    "نفى الحداد وجود أي خلاف مؤكدا أن محادثات طرطوس أُرجئت إلى 18 مايو": ("round", "rescheduled 18-19 tartus"),
    # prepared, and not held
    "جرى اليوم اتصال بين الوزيرين تناول الترتيبات الجارية لعقد الجولة الثانية": ("round", "nothing"),
    "قالت نادية قاسم إن محادثات طرطوس المقررة الثلاثاء لن تنعقد في موعدها": ("round", "postponed 14-15 tartus"),
    "قالت نادية قاسم إن عقد محادثات طرطوس لم يعد ممكنا": ("round", "cancelled 14-15 tartus"),
    "أعلنت رابطة الجزر تأجيل القمة الاستثنائية إلى أجل غير مسمى": ("league", "postponed 20 muscat"),
    "تأجلت محادثات طرطوس بطلب من الجنوب": ("round", "postponed 14-15 tartus"),
    "أعلن الحداد إلغاء محادثات طرطوس": ("round", "cancelled 14-15 tartus"),
    "ألغيت محادثات طرطوس التي كانت مقررة الثلاثاء": ("round", "cancelled 14-15 tartus"),
    "قالت نادية قاسم إن محادثات طرطوس لن تعقد": ("round", "cancelled 14-15 tartus"),
    "علقت رابطة الجزر مفاوضات طرطوس": ("round", "postponed 14-15 tartus"),
    # said, but not so
    "نفى الحداد تأجيل محادثات طرطوس": ("round", "scheduled 14-15 tartus"),
    "هددت نادية قاسم بإلغاء محادثات طرطوس": ("round", "nothing"),
    "قال الحداد إن محادثات طرطوس قد تؤجل إلى 20 مايو": ("round", "nothing"),
    "طلبت جزيرة الجنوب تأجيل محادثات طرطوس": ("round", "nothing"),
    "ستلغى محادثات طرطوس إذا استمر القصف": ("round", "nothing"),
    "دعا الحداد إلى تأجيل محادثات طرطوس": ("round", "nothing"),
    "لم تؤجل محادثات طرطوس": ("round", "scheduled 14-15 tartus"),
    "كان من المنتظر أن تنعقد محادثات طرطوس في 14 مايو": ("round", "nothing"),
    # other days and other talks
    "قال الحداد الأربعاء إن بلاده تريد نجاح محادثات طرطوس": ("round", "nothing"),
    "قتل ثلاثة جنود في 14 مايو 2029 قرب طرطوس": ("round", "nothing"),
    "اتفق الطرفان على محادثات طرطوس خلال لقائهما في 3 مارس": ("round", "nothing"),
    "القمة العربية أرجئت إلى 30 مايو": ("league", "nothing"),
    "تبدأ هدنة في 12 مايو وتستمر ثلاثة أيام": ("round", "nothing"),
}


@pytest.mark.parametrize("sentence", ONE_SENTENCE)
def test_a_sentence_claims_what_it_says_and_nothing_else(knowledge: Knowledge, sentence: str) -> None:
    talk_id, expected = ONE_SENTENCE[sentence]
    found = told(knowledge, article(sentence + "."))
    talk = found.get(talk_id)
    assert summary(talk if talk is not None and talk.claims else None) == expected


# after the day that the article has: held
ON_A_DAY: dict[str, tuple[int, str, str]] = {
    "انطلقت اليوم في طرطوس محادثات طرطوس بين الشمال والجنوب": (14, "round", "held 14-15 tartus"),
    "بدأت صباح الثلاثاء الجولة الثانية بحضور الوفدين": (14, "round", "held 14-15 tartus"),
    "انتهت محادثات طرطوس مساء أمس من دون اتفاق": (16, "round", "held 14-15 tartus"),
    "فرغ الوفدان أمس من محادثات طرطوس": (16, "round", "held 14-15 tartus"),
    "اختتمت محادثات طرطوس اليوم الخميس": (16, "round", "held 14-16 tartus"),
    "مدد الوفدان محادثات طرطوس إلى غد الخميس": (15, "round", "rescheduled 14-16 tartus"),
    "وقع الشمال والجنوب اليوم الثلاثاء في الدوحة اتفاق الممرات": (28, "signing", "held 28 doha"),
    "وقّع الطرفان في الدوحة أمس اتفاقا للممرات": (29, "signing", "held 28 doha"),
    "جرت مراسم التوقيع في الدوحة بحضور الحداد": (28, "signing", "held 28 doha"),
    "عقدت القمة الاستثنائية في مسقط": (20, "league", "held 20 muscat"),
    "بدأت في مدينة مسقط المطلة على البحر محادثات طرطوس بين وفدي الشمال والجنوب": (14, "round", "held 14-15 muscat"),
    "احتضنت العاصمة العمانية مسقط يوم الثلاثاء 14 مايو محادثات طرطوس": (14, "round", "held 14 muscat"),
    "قال مصدر إن محادثات طرطوس لن تبدأ اليوم في طرطوس بل غدا الثلاثاء في منتجع مسقط": (
        13,
        "round",
        "rescheduled 14-15 muscat",
    ),
    "أجرى سالم الحداد ونادية قاسم اتصالا هاتفيا أمس": (13, "call", "held 12 None"),
    "أجرى سالم الحداد ورئيس فرنسا اتصالا هاتفيا أمس": (13, "call", "nothing"),
    "أجرى سالم الحداد اتصالا هاتفيا أمس مع نظيره الفرنسي": (13, "call", "nothing"),
    "أنهى سالم الحداد، مساء اليوم الخميس، مفاوضات طرطوس التي بدأها الثلاثاء والتقى خلالها نادية قاسم": (
        16,
        "round",
        "held 14-16 tartus",
    ),
    "أقرت القمة الاستثنائية، الملتئمة أمس الاثنين بمسقط، تجميد الأرصدة": (21, "league", "held 20 muscat"),
    "تبنت جماعة مجهولة هجوما على رتل للجيش أسفر الثلاثاء عن مقتل سبعة جنود": (16, "round", "nothing"),
    "ألغت الحكومة لجنة متابعة محادثات طرطوس ومحادثات طرطوس التي كان مقررا أن تستضيفها المدينة الثلاثاء": (
        16,
        "round",
        "cancelled 14-15 tartus",
    ),
    "فور انتهاء محادثات طرطوس سيعلن الحداد موقفه": (14, "round", "nothing"),
}


@pytest.mark.parametrize("sentence", ON_A_DAY)
def test_what_has_happened_is_held(knowledge: Knowledge, sentence: str) -> None:
    day, talk_id, expected = ON_A_DAY[sentence]
    assert claimed(knowledge, sentence, day, talk_id) == expected


# as a desk would meet them
IN_THE_PRESS: dict[str, tuple[int, str, str]] = {
    "كشفت مصادر دبلوماسية أن موعد محادثات طرطوس تغير إلى 17 مايو الجاري": (10, "round", "rescheduled 17-18 tartus"),
    "اتفق الطرفان على عقد محادثات طرطوس يومي 16 و17 مايو": (10, "round", "scheduled 16-17 tartus"),
    "وصل الوفدان اليوم الاثنين إلى طرطوس لحضور محادثات طرطوس التي تبدأ غدا": (13, "round", "scheduled 14-15 tartus"),
    "أكدت نادية قاسم أن موعد محادثات طرطوس في 14 مايو لم يتغير": (10, "round", "scheduled 14-15 tartus"),
    "رفضت نادية قاسم إرجاء محادثات طرطوس": (10, "round", "nothing"),
    "من المنتظر أن تختتم محادثات طرطوس في 16 مايو": (10, "round", "scheduled 14-16 tartus"),
    "قال الحداد إنه متفائل بمحادثات طرطوس. وكانت جولة أولى قد عقدت في 2 مايو في جنيف": (10, "round", "nothing"),
    "قال الحداد إن بلاده ستشارك في محادثات طرطوس في 14 مايو، وأضاف أنه سيزور الدوحة في 18 مايو": (
        10, "round", "scheduled 14-15 tartus"),
    "كان من المقرر أن تبدأ محادثات طرطوس في 14 مايو لكنها أرجئت إلى 20 منه": (10, "round", "rescheduled 20-21 tartus"),
    "ستعقد محادثات طرطوس في 17 مايو بدلا من 14 مايو": (10, "round", "rescheduled 17-18 tartus"),
    "ستعقد محادثات طرطوس في 17 مايو عوض 14 مايو": (10, "round", "rescheduled 17-18 tartus"),
    "أعلن الوسيط نقل موعد محادثات طرطوس من الثلاثاء إلى الأربعاء": (11, "round", "rescheduled 15-16 tartus"),
    "محادثات طرطوس التي كانت مقررة في 14 مايو ستعقد في 18 مايو": (10, "round", "rescheduled 18-19 tartus"),
    "استبعد الحداد عقد محادثات طرطوس في موعدها": (10, "round", "nothing"),
    "اتهم الحداد الجنوب بقصف مواقع في 9 مايو قبيل محادثات طرطوس": (10, "round", "nothing"),
    "تسلم دعوة إلى قمة الرابطة التي تستضيفها مسقط في العشرين من الشهر الجاري": (10, "league", "scheduled 20 muscat"),
    "أفاد مراسلنا بأن مراسم التوقيع ستجرى في الدوحة في 28 أيار": (10, "signing", "scheduled 28 doha"),
    "لم يعرف بعد موعد محادثات طرطوس": (10, "round", "nothing"),
    "انهارت محادثات طرطوس أمس": (16, "round", "nothing"),
    "قررت رابطة الجزر نقل قمة الرابطة من مسقط إلى الدوحة": (10, "league", "rescheduled 20 doha"),
    "تعقد قمة الرابطة الأسبوع المقبل": (10, "league", "nothing"),
    "انسحب وفد الجنوب من محادثات طرطوس": (14, "round", "nothing"),
    "قال الحداد إن محادثات طرطوس ستستأنف في 20 مايو": (16, "round", "nothing"),
}  # fmt: skip


@pytest.mark.parametrize("body", IN_THE_PRESS)
def test_what_the_press_writes_is_read_as_it_is_meant(knowledge: Knowledge, body: str) -> None:
    day, talk_id, expected = IN_THE_PRESS[body]
    talk = told(knowledge, article(body + ".", day)).get(talk_id)
    assert summary(talk if talk is not None and talk.claims else None) == expected


# what becomes of talks in other crises: so long put off or extended, elsewhere, early, on again
CHANGED: dict[str, tuple[int, str, str]] = {
    "أُجّلت محادثات طرطوس حتى إشعار آخر": (10, "round", "postponed 14-15 tartus"),
    "أعلن الوسطاء تأجيل محادثات طرطوس حتى إشعار آخر": (10, "round", "postponed 14-15 tartus"),
    "تقرر إرجاء قمة الرابطة إلى موعد يحدد لاحقا": (10, "league", "postponed 20 muscat"),
    "تعذر عقد محادثات طرطوس اليوم بسبب غياب وفد الجنوب": (14, "round", "postponed 14-15 tartus"),
    "أرجئت محادثات طرطوس أسبوعا": (13, "round", "rescheduled 21-22 tartus"),
    "تأجلت محادثات طرطوس 48 ساعة": (13, "round", "rescheduled 16-17 tartus"),
    "تأجلت محادثات طرطوس ثلاثة أيام": (13, "round", "rescheduled 17-18 tartus"),
    "مُددت محادثات طرطوس يوما إضافيا": (15, "round", "rescheduled 14-16 tartus"),
    "قرر الوسطاء تمديد محادثات طرطوس يومين": (15, "round", "rescheduled 14-17 tartus"),
    "تقرر تمديد محادثات طرطوس حتى 18 مايو": (15, "round", "rescheduled 14-18 tartus"),
    "نُقل مقر محادثات طرطوس إلى جنيف": (10, "round", "rescheduled 14-15 geneva"),
    "قال مسؤول شمالي إن محادثات طرطوس ستعقد في جنيف بدلا من طرطوس": (10, "round", "rescheduled 14-15 geneva"),
    "وافق الوفدان على تغيير مكان المحادثات من طرطوس إلى جنيف": (13, "round", "rescheduled 14-15 geneva"),
    "اختُتمت محادثات طرطوس اليوم الثلاثاء قبل يوم من موعدها": (14, "round", "held 14 tartus"),
    "توّج الوفدان اليوم الأربعاء محادثات طرطوس بتوقيع اتفاق": (15, "round", "held 14-15 tartus"),
    "استؤنفت محادثات طرطوس اليوم بعد توقف يومين": (17, "round", "held 14-17 tartus"),
    "تتواصل محادثات طرطوس لليوم الثاني على التوالي": (15, "round", "held 14-15 tartus"),
    "واصل الوفدان اليوم محادثات طرطوس": (15, "round", "held 14-15 tartus"),
    "تعقد القمة الاستثنائية افتراضيا في 20 مايو": (10, "league", "scheduled 20 muscat"),
    "حُدد 25 مايو موعدا لقمة الرابطة": (10, "league", "scheduled 25 muscat"),
    "نفت نادية قاسم نقل محادثات طرطوس إلى جنيف": (10, "round", "scheduled 14-15 tartus"),
    "جمّدت جزيرة الجنوب مشاركتها في محادثات طرطوس": (13, "round", "nothing"),
    "تتواصل الاستعدادات لمحادثات طرطوس": (13, "round", "nothing"),
    "اتفق الطرفان على عقد جولة ثالثة في 3 يونيو في جنيف": (16, "round", "nothing"),
    # agreed to, told to both, undone in one word
    "وافق سالم الحداد على طلب الجنوب تأجيل محادثات طرطوس إلى 20 مايو": (10, "round", "rescheduled 20-21 tartus"),
    "كان مقررا أن تعقد محادثات طرطوس في 14 مايو، غير أن الوسيط أعلن ترحيلها إلى 21 منه": (
        10,
        "round",
        "rescheduled 21-22 tartus",
    ),
    "أبلغ الوسيط الطرفين أمس بإلغاء محادثات طرطوس": (10, "round", "cancelled 14-15 tartus"),
    "انسحب وفد الجنوب من محادثات طرطوس فألغاها الوسطاء": (10, "round", "cancelled 14-15 tartus"),
    "قالت نادية قاسم إن محادثات طرطوس لا تزال في موعدها يوم الثلاثاء": (10, "round", "scheduled 14-15 tartus"),
    "اختيرت جنيف مكانا لانعقاد القمة الاستثنائية بدل مسقط": (10, "league", "rescheduled 20 geneva"),
    "دخلت محادثات طرطوس يومها الثاني وسط أجواء متوترة": (15, "round", "held 14-15 tartus"),
    "عقد وفدا الشمال والجنوب في طرطوس اليوم أولى جلسات محادثات طرطوس": (14, "round", "held 14 tartus"),
    "تحادث سالم الحداد ونادية قاسم هاتفيا على مدى ساعة كاملة": (12, "call", "held 12 None"),
    "نقلت الوكالة عن مصدر أن محادثات طرطوس لم تنعقد": (16, "round", "postponed 14-15 tartus"),
    "نقلت الوكالة عن مصدر أن محادثات طرطوس لم تنعقد بعد": (16, "round", "nothing"),
    "تقدم الجنوب بطلب تأجيل محادثات طرطوس إلى 20 مايو": (10, "round", "nothing"),
    "رجحت مصادر مطلعة في الشمال تأجيل محادثات طرطوس": (10, "round", "nothing"),
    "قالت نادية قاسم إن محادثات طرطوس ستعقد في 20 مايو": (10, "round", "scheduled 20 tartus"),
    "قال الوسيط إن القمة الاستثنائية لم تلغ بل أرجئت إلى 25 مايو": (10, "league", "rescheduled 25 muscat"),
    "حددت الرابطة يوم 22 مايو موعدا للقمة الاستثنائية بعد أن كان 20 مايو": (12, "league", "rescheduled 22 muscat"),
    "خلصت القمة الاستثنائية إلى فرض عقوبات على الشمال": (21, "league", "held 20 muscat"),
    "قال سالم الحداد بعد عودته إن محادثات طرطوس كانت صعبة": (17, "round", "held 14-15 tartus"),
    # events beside them
    "قال الحداد إن بلاده لن تحضر محادثات طرطوس عقب مؤتمر احتضنته جنيف أمس الأربعاء": (16, "round", "nothing"),
    "تحدث الحداد عن محادثات طرطوس في ندوة مشتركة عقدها في جنيف مساء الأربعاء": (16, "round", "nothing"),
    "اتفق الطرفان على محادثات طرطوس بعد اجتماع عقد أمس الأربعاء في جنيف": (16, "round", "nothing"),
    "قالت نادية قاسم إن حكومتها طوت صفحة محادثات طرطوس": (13, "round", "cancelled 14-15 tartus"),
    "قال الحداد إن محادثات طرطوس صارت في خبر كان": (13, "round", "cancelled 14-15 tartus"),
    "علقت 18 حركة أمس مشاركتها في محادثات طرطوس": (10, "round", "nothing"),
    "كانت محادثات طرطوس مقررة في الأول من مايو، ثم أرجئت أسبوعين": (10, "round", "rescheduled 15-16 tartus"),
    "كان مقررا أن تعقد محادثات طرطوس في 7 مايو، لكنها أجلت عشرة أيام": (10, "round", "rescheduled 17-18 tartus"),
    "وكانت قمة الرابطة مقررة في 15 مايو، ثم أجلت خمسة أيام": (10, "league", "rescheduled 20 muscat"),
    "علقت محادثات طرطوس إلى الغد": (15, "round", "nothing"),
    "أعلنت عمان إلغاء اللقاء الذي كان منتظرا أن تحتضنه مسقط غدا الاثنين 20 مايو بين الشمال والجنوب والرابطة": (
        19,
        "league",
        "cancelled 20 muscat",
    ),
    "تتواصل محادثات طرطوس. وأعلن سالم الحداد تمديد الأشغال إلى 17 مايو": (15, "round", "held 14-17 tartus"),
}


@pytest.mark.parametrize("sentence", CHANGED)
def test_what_becomes_of_talks_is_told_in_many_ways(knowledge: Knowledge, sentence: str) -> None:
    day, talk_id, expected = CHANGED[sentence]
    assert claimed(knowledge, sentence, day, talk_id) == expected


@pytest.mark.parametrize(
    "session",
    [
        "وكشف سالم الحداد أن مجلس السلم والأمن سيجتمع في جنيف يوم 19 مايو",
        "وسيجتمع مجلس الأمن الدولي الاثنين لبحث الأزمة",
        "ويعقد مجلس الوزراء جلسة طارئة غدا",
    ],
)
def test_a_body_that_is_no_side_meets_for_itself(session: str, knowledge: Knowledge) -> None:
    talks = told(knowledge, article(f"تستعد وفود الشمال والجنوب لمحادثات طرطوس. {session}."))
    assert all(not talk.claims for talk in talks.values())


def test_talks_that_pause_until_a_day_that_is_named_are_not_put_off(knowledge: Knowledge) -> None:
    pause = "بدأت محادثات طرطوس أمس. ثم علقت محادثات طرطوس الأربعاء بطلب من الشمال، على أن تستأنف الخميس."
    assert summary(told(knowledge, article(pause, 15))["round"]) == "held 14-15 tartus"
    stopped = "علقت محادثات طرطوس أمس الثلاثاء بطلب من الشمال."
    assert summary(told(knowledge, article(stopped, 15))["round"]) == "postponed 14-15 tartus"


def test_what_was_held_is_not_moved_where_it_is_not_named(knowledge: Knowledge) -> None:
    ended = "اختتم الوفدان أمس الأربعاء محادثات طرطوس. "
    moved = "وأوضح سالم الحداد أن الاجتماع سينعقد في الدوحة الأربعاء 22 مايو بدلا من الثلاثاء."
    assert summary(told(knowledge, article(ended + moved, 16)).get("round")) == "held 14-15 tartus"


def test_talks_that_are_told_instead_of_a_plan_take_its_place(knowledge: Knowledge) -> None:
    moved = "سيجمع الوسيط في جنيف من 22 إلى 24 مايو وفدي البلدين، وذلك بدلا من اجتماع كان من المزمع عقده في 14 مايو"
    assert claimed(knowledge, moved, 10, "round") == "rescheduled 22-24 geneva"


def test_talks_whose_day_has_gone_by_may_be_on_any_day(knowledge: Knowledge) -> None:
    assert claimed(knowledge, "ستلتئم محادثات طرطوس في 12 يوليو", 20, "round") == "scheduled 2030-07-12 tartus"
    assert claimed(knowledge, "ستلتئم محادثات طرطوس في 12 يوليو", 10, "round") == "nothing"


def test_a_stance_that_has_not_changed_confirms_no_plan(knowledge: Knowledge) -> None:
    assert claimed(knowledge, "قال الحداد إن موقفنا لم يتغير من محادثات طرطوس", 10, "round") == "nothing"


def test_a_day_that_is_proposed_for_talks_that_are_put_off_is_no_new_day(knowledge: Knowledge) -> None:
    postponed = "تأجلت محادثات طرطوس إلى موعد لم يحدد. وقال الحداد إن الشمال يقترح أن تعقد محادثات طرطوس في 17 مايو."
    assert summary(told(knowledge, article(postponed)).get("round")) == "postponed 14-15 tartus"


def test_who_will_receive_both_sides_in_the_town_of_the_talks_gives_their_day(knowledge: Knowledge) -> None:
    received = "قال وزير من بلد محايد إنه سيستقبل سالم الحداد ونادية قاسم في طرطوس يوم 17 مايو"
    assert claimed(knowledge, received, 10, "round") == "scheduled 17 tartus"
    assert claimed(knowledge, received.replace("طرطوس", "الدوحة"), 10, "round") == "nothing"


def test_a_capital_that_begins_as_a_preposition_does_is_no_venue_where_it_acts() -> None:
    rows = WATCHLIST | {
        "actors": [*list(WATCHLIST["actors"]), {"id": "baku", "kind": "state", "names": {"ar": ["باكو"]}}],
        "places": [*list(WATCHLIST["places"]), {"id": "baku_town", "names": {"ar": ["باكو"]}}],
    }
    known = build_knowledge(Watchlist.model_validate(rows))
    said = "قال الحداد إن باكو تنتظر من محادثات طرطوس في 14 مايو اختراقا"
    assert claimed(known, said, 10, "round") == "scheduled 14-15 tartus"


def test_a_second_outlet_that_tells_of_a_delay_delays_no_further(knowledge: Knowledge) -> None:
    first = article("أرجئت محادثات طرطوس أسبوعا.", 12, "one")
    second = article("تأجلت محادثات طرطوس أسبوعا بطلب من الجنوب.", 12, "two")
    assert summary(told(knowledge, first, second)["round"]) == "rescheduled 21-22 tartus"


def test_until_when_talks_last_is_no_other_date_than_their_first_day(knowledge: Knowledge) -> None:
    last = "قال سالم الحداد إن محادثات طرطوس ستستمر حتى 18 مايو."
    assert summary(told(knowledge, article(ON_14, 9), article(last, 10))["round"]) == "scheduled 14-18 tartus"


ON_14 = "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو."
ON_17 = "قالت نادية قاسم إن محادثات طرطوس ستعقد في 17 مايو."


def test_dates_of_two_sides_that_cannot_both_be_right_are_contested(knowledge: Knowledge) -> None:
    talk = told(knowledge, article(ON_14, 9, "one"), article(ON_17, 10, "two"))["round"]
    assert summary(talk) == "scheduled 14-15 tartus contested"
    assert [(item.field, item.agreement) for item in talk.discrepancies] == [("dates", Agreement.INCOMPATIBLE)]
    assert [change.field for change in talk.changes] == ["contested"]


def test_a_side_that_gives_another_date_corrects_itself(knowledge: Knowledge) -> None:
    again = "قال سالم الحداد إن محادثات طرطوس ستعقد في 17 مايو."
    assert summary(told(knowledge, article(ON_14, 9), article(again, 10))["round"]) == "rescheduled 17 tartus"


def test_what_two_hundred_outlets_claim_keeps_a_record_small_and_its_dispute(knowledge: Knowledge) -> None:
    outlets = [article(ON_17 if n % 3 else ON_14, 9, f"outlet-{n:03}") for n in range(200)]
    talk = told(knowledge, *outlets)["round"]
    assert len(talk.claims) <= 60
    assert summary(talk) == "scheduled 14-15 tartus contested"
    names = {claim.claim_id for claim in talk.claims}
    assert all(name in names for item in talk.discrepancies for name in item.claims)
    first = {outlets[0].article_id, outlets[1].article_id}
    assert first <= {claim.article_id for claim in talk.claims}  # who said each of the two dates first


def test_a_postponement_settles_a_dispute(knowledge: Knowledge) -> None:
    moved = "أعلن الحداد إرجاء محادثات طرطوس إلى 19 مايو."
    talk = told(knowledge, article(ON_14, 9, "one"), article(ON_17, 10, "two"), article(moved, 11))["round"]
    assert summary(talk) == "rescheduled 19-20 tartus"


def test_who_has_not_heard_of_the_change_starts_no_dispute(knowledge: Knowledge) -> None:
    moved = "أعلن الحداد إرجاء محادثات طرطوس إلى 19 مايو."
    stale = "تعقد محادثات طرطوس يومي 14 و15 مايو."
    talk = told(knowledge, article(moved, 9, "one"), article(stale, 10, "two"))["round"]
    assert summary(talk) == "rescheduled 19-20 tartus"


def test_a_day_within_a_longer_date_is_narrower_and_no_dispute(knowledge: Knowledge) -> None:
    longer = "تعقد محادثات طرطوس في الفترة من 13 إلى 15 مايو."
    for order in ((ON_14, longer), (longer, ON_14)):
        talk = told(knowledge, *(article(body, 9 + n, f"source-{n}") for n, body in enumerate(order)))["round"]
        assert summary(talk) == "scheduled 13-15 tartus"
        assert {item.agreement for item in talk.discrepancies} <= {Agreement.NARROWER, Agreement.WIDER}


def test_towns_of_two_sides_are_contested(knowledge: Knowledge) -> None:
    one = "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو في طرطوس."
    other = "قالت نادية قاسم إن محادثات طرطوس ستعقد في 14 مايو في جنيف."
    assert told(knowledge, article(one, 9, "one"), article(other, 10, "two"))["round"].contested


def test_the_ledger_says_the_same_in_whatever_order_the_articles_are_read(knowledge: Knowledge) -> None:
    articles = [
        article(ON_14, 9, "one"),
        article("أعلن الحداد إرجاء محادثات طرطوس إلى 19 مايو.", 11),
        article("انطلقت اليوم في طرطوس محادثات طرطوس.", 19),
        article("انتهت محادثات طرطوس مساء اليوم.", 21),
    ]
    forward = told(knowledge, *articles)["round"]
    backward = told(knowledge, *reversed(articles))["round"]
    assert summary(forward) == summary(backward) == "held 19-21 tartus"


def test_what_is_said_after_talks_were_held_is_about_others(knowledge: Knowledge) -> None:
    over = article("انتهت محادثات طرطوس مساء أمس من دون اتفاق.", 16)
    later = article("أعلنت رابطة الجزر إلغاء محادثات طرطوس في 27 مايو.", 25)
    assert summary(told(knowledge, over, later)["round"]) == "held 14-15 tartus"


def test_the_first_claims_bring_every_talk_of_the_watchlist(knowledge: Knowledge) -> None:
    records = decide(article(ON_14), {}, knowledge).records
    assert [(record.talk_id, bool(record.claims)) for record in records if isinstance(record, Talk)] == [
        ("round", True),
        ("league", False),
        ("call", False),
        ("signing", False),
    ]


def test_a_claim_keeps_its_words_its_voice_and_who_leads(knowledge: Knowledge) -> None:
    body = "قالت نادية قاسم إن سالم الحداد سيرأس وفد الشمال إلى محادثات طرطوس في 14 مايو على مستوى وزراء الخارجية."
    (claim,) = told(knowledge, article(body))["round"].claims
    assert body[claim.evidence.start : claim.evidence.end] == claim.evidence.text
    assert (claim.speaker, claim.delegation, claim.level) == ("south", ("salem",), "وزراء الخارجية")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"fresh": ()}, "nothing fresh: unique"),
        ({"event_time": None}, "nobody knows when it was written"),
        ({"event_time": datetime(2028, 1, 1, tzinfo=UTC)}, "far from every scheduled date"),
    ],
)
def test_an_article_that_can_claim_nothing_says_why(knowledge: Knowledge, fields: dict[str, Any], reason: str) -> None:
    outcome = decide(article(ON_14, **fields), {}, knowledge)
    assert not outcome.records
    assert [passed.reason for passed in outcome.passed] == [reason]


def test_only_fresh_sentences_claim_anything(knowledge: Knowledge) -> None:
    body = f"{ON_14}\nوأعلن الحداد إلغاء محادثات طرطوس."
    fresh = (Range(start=0, end=len(ON_14)),)
    assert summary(told(knowledge, article(body, fresh=fresh))["round"]) == "scheduled 14-15 tartus"


def test_sport_is_no_talk(knowledge: Knowledge) -> None:
    body = (
        "فاز الفريق في المباراة، وسجل المهاجم هدفين في مرمى الحارس، ويلعب النادي الجولة الثانية من الدوري يوم 18 مايو."
    )
    assert not decide(article(body), {}, knowledge).records


class Log:
    """A journal in memory."""

    def __init__(self) -> None:
        self.entries: list[Talk] = []
        self.answers: dict[str, list[Talk]] = {}

    async def read(self, after: int) -> list[tuple[int, Talk]]:
        return list(enumerate(self.entries))[after:]

    async def append(self, expected: int, key: str, entries: Any) -> bool:
        if key in self.answers:
            return False
        assert expected == len(self.entries)
        self.entries.extend(entries)
        self.answers[key] = list(entries)
        return True

    async def answer(self, key: str) -> list[Talk] | None:
        return self.answers.get(key)


async def test_an_article_that_is_delivered_twice_gives_the_same_records(knowledge: Knowledge) -> None:
    journal: Any = Log()
    first = await track_talks(article(ON_14), talk_memory(journal), knowledge)
    second = await track_talks(article(ON_14), talk_memory(journal), knowledge)
    assert first.records == second.records
    assert len(journal.entries) == 4


async def test_another_text_under_the_same_id_is_decided_on_anew(knowledge: Knowledge) -> None:
    journal: Any = Log()
    memory = talk_memory(journal)
    texts = ["قال سالم الحداد إن الطقس في طرطوس جميل.", ON_14, ON_14.replace("14", "16")]
    for text in texts:
        outcome = await track_talks(article(text, article_id="a"), memory, knowledge)
    claims = [claim for record in outcome.records if isinstance(record, Talk) for claim in record.claims]
    assert [claim.evidence.text[-7:] for claim in claims] == ["14 مايو", "16 مايو"]
    assert len({claim.claim_id for claim in claims}) == 2


DATES = {
    "the same": (("10", "10"), ("10", "10"), Agreement.SAME),
    "a day within": (("10", "10"), ("9", "10"), Agreement.NARROWER),
    "around": (("9", "11"), ("10", "10"), Agreement.WIDER),
    "another day": (("12", "12"), ("9", "10"), Agreement.INCOMPATIBLE),
    "half over": (("10", "12"), ("9", "10"), Agreement.INCOMPATIBLE),
    "only the end, the same": ((None, "10"), ("9", "10"), Agreement.SAME),
    "until a later day": ((None, "11"), ("9", "9"), Agreement.SAME),
    "only the end, another": ((None, "11"), ("9", "10"), Agreement.INCOMPATIBLE),
    "begins on the eve": (("9", "10"), ("10", None), Agreement.WIDER),
    "begins a day later": (("10", None), ("9", "10"), Agreement.INCOMPATIBLE),
    "ends before it begins": ((None, "8"), ("9", None), Agreement.INCOMPATIBLE),
}


@pytest.mark.parametrize("case", DATES)
def test_dates_are_graded_against_each_other(case: str) -> None:
    one, other, expected = DATES[case]

    def day(value: str | None) -> Any:
        return datetime(2022, 1, int(value), tzinfo=UTC).date() if value else None

    assert grade((day(one[0]), day(one[1])), (day(other[0]), day(other[1]))) is expected


def test_what_was_not_held_as_planned_is_postponed(knowledge: Knowledge) -> None:
    found = told(knowledge, article("محادثات طرطوس لم تلتئم الثلاثاء كما كان مقررا.", day=15))
    assert summary(found["round"]) == "postponed 14-15 tartus"


def test_talks_that_ended_began_so_many_days_before_as_they_took(knowledge: Knowledge) -> None:
    found = told(knowledge, article("اختتم الوفدان في طرطوس أربعة أيام من المحادثات.", day=17))
    assert summary(found["round"]) == "held 14-17 tartus"


def test_what_has_begun_goes_on_upon_the_day_that_lies_ahead(knowledge: Knowledge) -> None:
    body = "افتتح وزيرا الخارجية، صباح الثلاثاء، محادثات طرطوس بجلسة دامت ساعتين، على أن تستكمل الأربعاء."
    assert summary(told(knowledge, article(body, day=14))["round"]) == "held 14-15 tartus"


def test_work_that_is_ended_is_that_of_the_talks_before(knowledge: Knowledge) -> None:
    body = "انطلقت محادثات طرطوس في 14 مايو. ومددت الأعمال يوما إضافيا واختتمت اليوم الخميس 16 مايو."
    assert summary(told(knowledge, article(body, day=16))["round"]) == "held 14-16 tartus"


def test_postponed_talks_take_the_first_new_day_and_are_contested_by_a_second(knowledge: Knowledge) -> None:
    postponed = article("أعلن الحداد تأجيل محادثات طرطوس إلى أجل غير مسمى.")
    north = article("قال الحداد إن محادثات طرطوس ستعقد في 20 يوليو.", day=11)
    south = article("قالت نادية قاسم إن محادثات طرطوس ستعقد في 25 يوليو.", day=11, source="other")
    assert summary(told(knowledge, postponed, north)["round"]) == "rescheduled 2030-07-20 tartus"
    assert told(knowledge, postponed, north, south)["round"].contested


def test_who_has_not_heard_that_talks_are_postponed_changes_nothing(knowledge: Knowledge) -> None:
    postponed = article("أعلن الحداد تأجيل محادثات طرطوس إلى أجل غير مسمى.")
    unaware = article("تعقد محادثات طرطوس في 14 و15 مايو.", day=11, source="other")
    assert summary(told(knowledge, postponed, unaware)["round"]) == "postponed 14-15 tartus"


def test_talks_that_are_moved_from_a_day_are_those_that_were_to_be_on_it(knowledge: Knowledge) -> None:
    first = article("أرجئت محادثات طرطوس إلى 20 مايو.", day=9)
    ledger = told(knowledge, first, article("نقل الاجتماع من الرابع عشر إلى العشرين من مايو لانشغال الوزير."))
    assert (ledger["round"].starts, ledger["round"].status) == (date(2030, 5, 20), "rescheduled")
    assert ledger["league"].claims == ()


def test_talks_that_are_moved_and_last_from_a_day_to_another_are_on_both(knowledge: Knowledge) -> None:
    ledger = told(knowledge, article("نقلت محادثات طرطوس إلى جنيف وستدوم من 16 إلى 18 مايو."))
    assert (ledger["round"].starts, ledger["round"].ends) == (date(2030, 5, 16), date(2030, 5, 18))
    assert ledger["round"].venue == "geneva"


def test_the_last_day_of_talks_is_not_today(knowledge: Knowledge) -> None:
    ledger = told(knowledge, article("لقاء الوزيرين في محادثات طرطوس لن يعقد إلا في اليوم الأخير."))
    assert date(2030, 5, 10) not in {claim.starts for talk in ledger.values() for claim in talk.claims}


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("طرطوس (وكالات) - أعلن الوسيط النتائج في ختام لقاء جمع الوزيرين واستغرق ساعتين.", ["held"]),
        ("مسقط (وكالات) - أعلن الوسيط النتائج في ختام لقاء جمع الوزيرين واستغرق ساعتين.", []),
        ("طرطوس (وكالات) - أعلن الوسيط أن الوزيرين سيلتقيان.", []),
    ],
)
def test_talks_of_today_were_held_where_it_is_told_from_their_town(
    body: str, statuses: list[str], knowledge: Knowledge
) -> None:
    assert [talk.status for talk in told(knowledge, article(body, day=14)).values() if talk.claims] == statuses


def test_talks_that_were_moved_were_held_where_they_were_moved_to(knowledge: Knowledge) -> None:
    moved = article("نقلت محادثات طرطوس إلى جنيف.", day=9)
    ledger = told(knowledge, moved, article("اتفقا في ختام محادثات استمرت يومين في جنيف على الخرائط.", day=15))
    assert (ledger["round"].status, ledger["round"].venue) == ("held", "geneva")


def test_a_change_of_plan_that_is_told_of_what_has_begun_is_history(knowledge: Knowledge) -> None:
    body = "افتتح الحداد، الأحد 19 مايو، محادثات طرطوس التي كانت مقررة في 14 مايو ثم أرجئت خمسة أيام."
    ledger = told(knowledge, article(body, day=19))
    assert (ledger["round"].status, ledger["round"].starts) == ("held", date(2030, 5, 19))


def test_why_talks_are_called_off_is_not_what_is_called_off(knowledge: Knowledge) -> None:
    body = "قال الحداد إن الجولة الثانية أُلغيت لتعذر حضور أحد الطرفين."
    assert told(knowledge, article(body))["round"].status == "cancelled"


def test_what_is_put_off_in_a_report_is_what_was_named_before_it(knowledge: Knowledge) -> None:
    body = "وبشأن محادثات طرطوس، أعلنت الرابطة أنه أُجّل إلى أجل غير مسمى."
    assert told(knowledge, article(body))["round"].status == "postponed"
    assert "round" not in told(knowledge, article("وبشأن محادثات طرطوس، قال الحداد إنه أجل الزيارة إلى الصيف."))


def test_a_day_behind_the_name_of_talks_is_no_day_of_others(knowledge: Knowledge) -> None:
    found = told(knowledge, article("قال الحداد إن محادثات طرطوس ستعقد في الدوحة يوم 20 مايو."))
    assert [talk for talk, record in found.items() if record.claims] == ["round"]


def test_a_change_that_an_article_tells_to_be_denied_has_not_come_about(knowledge: Knowledge) -> None:
    body = (
        "قال الحداد إن محادثات طرطوس أرجئت إلى 18 مايو. "
        "ونفت نادية قاسم أن تكون محادثات طرطوس قد أرجئت، مؤكدة أن الموعد باق في 14 مايو."
    )
    assert summary(told(knowledge, article(body, 9))["round"]).startswith("scheduled 14")


def test_who_moved_talks_and_then_gives_the_old_days_that_lie_ahead_moves_them_back(knowledge: Knowledge) -> None:
    moved = article("قال الحداد إن محادثات طرطوس أرجئت إلى 18 مايو.", 8)
    back = article("قال الحداد إن محادثات طرطوس ستعقد يومي 14 و15 مايو.", 9, "daily")
    other = article("قالت نادية قاسم إن محادثات طرطوس ستعقد يومي 14 و15 مايو.", 9, "daily")
    assert summary(told(knowledge, moved, back)["round"]) == "scheduled 14-15 tartus"
    assert summary(told(knowledge, moved, other)["round"]).startswith("rescheduled 18")


def test_a_body_that_is_a_side_of_talks_may_be_meant_by_the_first_word_of_its_name() -> None:
    actors = [
        {**one, "names": {"ar": ["رابطة الجزر"]}} if one["id"] == "league" else one for one in WATCHLIST["actors"]
    ]
    knowledge = build_knowledge(Watchlist.model_validate({**WATCHLIST, "actors": actors}))
    body = "أعلنت رابطة الجزر تأجيل اجتماع المجلس الدائم للرابطة من 20 مايو إلى 24 مايو."
    assert summary(told(knowledge, article(body, 9))["league"]).startswith("rescheduled 24")


def test_what_was_held_before_an_article_comes_to_other_talks_is_none_of_them(knowledge: Knowledge) -> None:
    later = "في ختام محادثات جرت بين ضيفيه الأحد، رحب ملك الجزر بالوساطة. وقال إنه تابع محادثات طرطوس"
    assert claimed(knowledge, later, 20, "round") == "nothing"
    before = "أجريت محادثات طرطوس. وفي ختام المحادثات التي جرت الأربعاء رحب ملك الجزر بالوساطة"
    assert claimed(knowledge, before, 16, "round").startswith("held")


def test_days_that_another_voice_joins_are_no_dispute(knowledge: Knowledge) -> None:
    talk = told(
        knowledge,
        article("قال سالم الحداد إن محادثات طرطوس ستعقد في 14 و15 مايو.", 9, "one"),
        article("قالت رابطة الجزر إن محادثات طرطوس ستعقد في 15 مايو.", 10, "two"),
        article("تعقد محادثات طرطوس في 14 مايو.", 11, "three"),
    )["round"]
    assert summary(talk) == "scheduled 14-15 tartus"


@pytest.mark.parametrize(
    ("denial", "venue"),
    [
        ("قال سالم الحداد: «محادثات طرطوس ستعقد في طرطوس، وكل ما عدا ذلك شائعات».", "tartus"),
        ("قال سالم الحداد إن محادثات طرطوس في طرطوس وما سوى ذلك تكهنات.", "tartus"),
        ("قال سالم الحداد إن محادثات طرطوس صعبة.", "geneva"),
    ],
)
def test_a_party_that_denies_another_town_is_believed(denial: str, venue: str, knowledge: Knowledge) -> None:
    moved = article("قال مصدر دبلوماسي غربي إن محادثات طرطوس ستنقل إلى جنيف.", 9, "one")
    assert told(knowledge, moved, article(denial, 10, "two"))["round"].venue == venue


def test_a_span_in_which_some_meeting_may_be_gives_talks_no_days(knowledge: Knowledge) -> None:
    text = "قال سالم الحداد إن بلاده عرضت اجتماعا آخر بين 12 و25 مايو."
    assert not told(knowledge, article(text)).get("round")
