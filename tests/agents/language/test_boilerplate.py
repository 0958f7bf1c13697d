"""Lines of bodies as portals publish them, each marked with what it is: c content, h heading, t title, n noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.language.boilerplate import blocks, content_ranges, noise_ranges

LEAD = "c أعلنت وزارة الخارجية، اليوم الثلاثاء، أن الوفد سيشارك في الجولة المقبلة من المحادثات."
NEXT = "c وقال المتحدث باسم الوزارة إن بلاده لن توقع إلا وثيقة ملزمة تحفظ حقوق جميع الأطراف."
LAST = "c ولم يصدر رد رسمي من الجانب الآخر."

PORTALS = {
    "links after a label on the same line": [
        LEAD, NEXT, "n اقرأ أيضاً: قتلى في هجوم مسلح غربي النيجر | الأهلي يهدد بالانسحاب من كأس السوبر",
    ],
    "headlines below a label": [
        LEAD, NEXT, "n مواضيع ذات صلة", "n روسيا تتهم كييف بقصف السد وتتوعد بالرد", "n إسرائيل تهدد بضرب إيران",
    ],
    "a label without its hamza, with tatweel and vowels": [
        LEAD, NEXT, "n اقـــرأ ايضا: غارات على ريف إدلب", "n أخْبارٌ ذاتُ صِلة", "n قصف مدفعي على بلدات في تيغراي",
    ],
    "a label between two paragraphs": [
        LEAD, "n شاهد أيضاً: بوتين يهدد بقطع العلاقات مع واشنطن", NEXT, LAST,
    ],
    "headlines of a label end where the article goes on": [
        LEAD, "n أخبار ذات صلة", "n طهران تتوعد بالرد على حادث نطنز", "n الحوثيون يعلنون استهداف قاعدة", NEXT, LAST,
    ],
    "headlines that ask": [
        LEAD, NEXT, "n قد يهمك أيضا", "n هل تندلع الحرب بين روسيا وأوكرانيا؟", "n ماذا قال بوتين لبايدن؟!",
    ],
    "tickers in the footer": [
        LEAD, NEXT, "n عاجل: زلزال يضرب شرق تركيا", "n عاجل | الجيش الإسرائيلي يعلن اغتراب قائد ميداني",
    ],
    "a live page": [
        "t تغطية حية لمحادثات السد", "c 08:05 | وزير الري: لن نقبل ملء السد من دون اتفاق",
        "c 09:40 | وصول الوفد الإثيوبي إلى مقر المحادثات", "n 10:15 | كينشاسا",
        "c 11:30 | المتحدث باسم الوفد يعلن أن الجلسة رفعت.", "n تابعونا على تلغرام | فيسبوك",
    ],
    "a live page below its own label": [
        "n مباشر | تطورات محادثات السد", "c 10:15 وزير الري: لن نقبل ملء السد", "c 10:40 المبعوث: الوفود وصلت كلها",
        "c 11:05 الخرطوم: لن ننسحب من القاعة",
    ],
    "times below the label of a live page": [
        "n مباشر | تطورات محادثات السد", "n 10:15", "c وزير الري: لن نقبل ملء السد", "n 10:40",
        "c المبعوث: الوفود وصلت كلها", "n 11:05", "c الخرطوم: لن ننسحب من القاعة",
    ],
    "a flash and nothing else": ["c عاجل | وزير الري: لن نقبل ملء السد"],
    "flashes and nothing else": ["c عاجل | وزير الري: لن نقبل ملء السد", "c عاجل - المبعوث: الوفود وصلت كلها"],
    "a headline and nothing else": ["c وزير الري: لن نقبل ملء السد"],
    "times above the entries of a live page": [
        "n 18:45 - كينشاسا", "c وزير الري: لن نقبل ملء السد من دون اتفاق.", "n 17:20 - القاهرة",
        "c المتحدث باسم الوفد يعلن أن الجلسة رفعت.",
        "n للمزيد تابعونا على واتساب وتلغرام | في المباشر أيضا: انفجار في ميناء - النادي يهدد بالانسحاب من الدوري",
    ],
    "a flash under its time on a live page": [
        "t تغطية حية لمحادثات السد", "n 18:45", "c وزير الري: لن نقبل ملء السد من دون اتفاق.", "n 17:20",
        "c عاجل: رئيس الوفد يصف المحادثات بأنها صعبة وطويلة.", "n عاجل: الأهلي يهزم ضيفه بثلاثية نظيفة في الديربي",
    ],
    "headlines with times below an article": [LEAD, NEXT, LAST, "n 12:30 الأهلي يهزم ضيفه بثلاثية"],
    "a flash that is a whole sentence": [
        "c عاجل | القاهرة - أعلن وزير الري، مساء الثلاثاء، إلغاء زيارته التي كانت مقررة غدا إلى الخرطوم.",
        NEXT,
    ],
    "a ticker as the headline of its own article": [
        "t عاجل: انطلاق الجولة الجديدة من المحادثات", LEAD, NEXT,
    ],
    "share line followed by a bare headline": [
        LEAD, NEXT, "n تابعوا «المدار» على تلغرام", "n حرب أسعار بين شركات الطيران في بيروت قبل موسم الصيف",
    ],
    "newsletter with a question": [
        LEAD, NEXT, "n اشترك في نشرتنا: كيف غيّرت المسيّرات وجه الحرب في أوكرانيا؟",
    ],
    "whom to call for an advertisement, and what stands in the next number": [
        LEAD, NEXT, "n للإعلان في الجريدة اتصل على الرقم المجاني - اقرأ في عدد الغد: قصف على المدينة والرد المنتظر",
        "n لإعلاناتكم وعروضكم: الرقم المجاني 1800", "c للإعلان عن النتائج دعت الوزارة إلى اجتماع يعقد غدا في العاصمة.",
    ],
    "newsletter as a sentence": [
        LEAD, NEXT, "n اشترك في النشرة البريدية ليصلك كل جديد عن الحرب في أوكرانيا.",
    ],
    "bare headlines without any label": [
        LEAD, NEXT, LAST, "n الجيش الإثيوبي يقصف بلدات في تيغراي", "n مصر تهدد بالانسحاب من البطولة",
    ],
    "bulleted headlines at the end": [
        LEAD, NEXT, "n • روسيا تكشف سبب التصعيد مع الناتو", "n • موسكو تحذر وأوكرانيا تنشد التصعيد",
        "n • واشنطن تلوح بعقوبات غير مسبوقة على موسكو",
    ],
    "headlines below the source, under a label that nobody knows": [
        LEAD, NEXT, "n المصدر: وكالات",
        "n من هنا وهناك: طائرات مجهولة تقصف معسكرا في بونتلاند - طهران تهدد بالانسحاب من المعاهدة غدا",
    ],
    "a last entry of a live page below its rights": [
        "c 08:05 | وزير الري: لن نقبل ملء السد من دون اتفاق.", "n جميع الحقوق محفوظة",
        "c 09:40 | وصول الوفد الإثيوبي إلى مقر المحادثات وبدء الجلسة الثانية بحضور جميع الأطراف والوسطاء",
    ],
    "headlines between dashes": [
        LEAD, NEXT, "n الأكثر قراءة: اشتباكات دامية في الجنينة - قصف مدفعي على بلدات في تيغراي - هدنة في كسلا",
    ],
    "numbered list of the most read": [
        LEAD, NEXT, "n الأكثر قراءة", "n 1. مقتل خمسة في هجوم على مسجد", "n 2. بوتين يهدد الغرب", "n 3. قصف على كييف",
    ],
    "menu above and below": [
        "n الرئيسية > شرق أفريقيا > سياسة", "n وقت القراءة: دقيقتان", LEAD, NEXT,
        "n الرئيسية | سياسة | اقتصاد | رياضة: الترجي يعلن الحرب على التحكيم",
    ],
    "dates of the crawl": [
        "n الجمعة 3 مايو / مايو 2024", "n آخر تحديث: 2023/06/10 - 00:12", LEAD, NEXT, "n نشر: 12:30 بتوقيت غرينتش",
    ],
    "headline twice, then a caption twice": [
        "t حوار جاد بين بايدن وبوتين.. تبادل تحذيرات", "n حوار جاد بين بايدن وبوتين.. تبادل تحذيرات",
        "n الرئيس الأميركي جو بايدن ونظيره الروسي فلاديمير بوتين يتصافحان في جنيف (أرشيف - غيتي)", LEAD, NEXT,
    ],
    "caption between paragraphs": [
        LEAD, "n قوات روسية خلال مناورات قرب الحدود الأوكرانية (رويترز)", NEXT, LAST,
    ],
    "headings between paragraphs": [LEAD, "h مسار الردع قائم", NEXT, "h هواجس موسكو", LAST],
    "rights and links on one line": [
        LEAD, NEXT, "n جميع الحقوق محفوظة © المشرق - الأكثر تداولاً: غارات على ريف إدلب وتهديدات متبادلة",
    ],
    "credits": [LEAD, NEXT, "n المصدر: الخليج الآن", "n (عن «المدار» البيروتية)", "n العربي - وكالات"],
    "hashtags and counters": [
        LEAD, NEXT, "n #روسيا #أوكرانيا #الناتو", "n عدد المشاهدات: 3210", "n 0 تعليق | 12 مشاركة",
    ],
    "latin leftovers": ["n Changed", LEAD, NEXT, "n Close", "n Share on Facebook"],
    "links after the end of a paragraph": [
        LEAD, NEXT + " n اقرأ أيضاً: غارات روسية عنيفة على كييف وقتلى تحت الأنقاض",
    ],
    "links in brackets within a paragraph": [
        "c قالت الوزارة إن الوفد سيشارك في الجولة. n (اقرأ أيضاً: غارات روسية على كييف) c وأضافت أن الجولة تبدأ الأحد.",
        LAST,
    ],
    "a last sentence that lost its full stop": [
        LEAD, NEXT, "c وأضاف أن الاجتماع سيعقد غدا", "n شارك الخبر عبر واتساب",
    ],
    "paragraphs that never end with a full stop": [
        "c أعلنت وزارة الخارجية اليوم الثلاثاء أن الوفد سيشارك في الجولة المقبلة من المحادثات في جنيف",
        "c وقال المتحدث إن بلاده لن توقع إلا وثيقة ملزمة تحفظ حقوق جميع الأطراف المشاركة في الجولة",
        "n اقرأ المزيد", "n غارات على ريف إدلب",
    ],
    "points of an agreement": [
        LEAD, "c ونص الاتفاق على النقاط التالية:", "c - وقف إطلاق النار في العاصمة",
        "c - فتح ممرات آمنة للمدنيين", NEXT,
    ],
    "a verb that is also a label": [
        LEAD, "c شارك وزير الخارجية في المؤتمر الذي عقد في جنيف بحضور نظرائه من دول الجوار.",
        "c المصدر نفسه قال إن الاجتماع سيعقد الأحد المقبل في العاصمة البلجيكية بروكسل.",
    ],
}  # fmt: skip


def body_of(lines: list[str]) -> tuple[str, list[tuple[str, str]]]:
    kinds = {"c": "content", "h": "heading", "t": "title", "n": "noise"}
    rows: list[str] = []
    wanted: list[tuple[str, str]] = []
    for line in lines:
        parts: list[str] = []
        for word in line.split(" "):
            if word in kinds:
                wanted.append((kinds[word], ""))
                parts.append("")
            else:
                kind, text = wanted[-1]
                wanted[-1] = (kind, f"{text} {word}".strip())
        rows.append(" ".join(word for word in line.split(" ") if word not in kinds))
    return "\n\n".join(rows), wanted


@pytest.mark.parametrize("lines", PORTALS.values(), ids=PORTALS.keys())
def test_lines_are_what_a_reader_takes_them_for(lines: list[str]) -> None:
    body, wanted = body_of(lines)
    assert [(block.kind, body[block.start : block.end]) for block in blocks(body)] == wanted


def test_the_headline_of_the_feed_is_the_title_of_the_body() -> None:
    body = "قمة ثلاثية مغلقة\n\nدعا رئيس الوزراء نظيريه إلى قمة مغلقة يوم الخميس."
    assert [block.kind for block in blocks(body, "قمّة ثلاثية مغلقة")] == ["title", "content"]


def test_content_and_noise_are_the_blocks_of_their_kind() -> None:
    body = "دعا رئيس الوزراء نظيريه إلى قمة مغلقة يوم الخميس.\nشارك الخبر"
    assert [body[b.start : b.end] for b in content_ranges(body)] == [
        "دعا رئيس الوزراء نظيريه إلى قمة مغلقة يوم الخميس."
    ]
    assert [body[b.start : b.end] for b in noise_ranges(body)] == ["شارك الخبر"]


@given(st.text(alphabet="ابتثج اقرأ أيضا:.|-•()ًّـ \n\u200fﷲ٣", max_size=200))
def test_blocks_are_in_order_apart_and_hold_every_letter(body: str) -> None:
    found = blocks(body)
    covered = set()
    end = 0
    for block in found:
        assert end <= block.start < block.end <= len(body)
        end = block.end
        covered.update(range(block.start, block.end))
    assert all(at in covered for at, character in enumerate(body) if character in "ابتثجقرأيض٣ﷲ")
