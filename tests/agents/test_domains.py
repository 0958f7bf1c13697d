"""Articles that borrow the words of war are told from articles on politics; every row of the table proves itself."""

from __future__ import annotations

from collections import Counter

import pytest

from agents.domains import borrows_war, is_other_domain, load_domains
from agents.language.names import words_of
from agents.language.pack import read_table
from agents.language.text import fold, tokens

TABLE = read_table("domains")
ROWS = {row["id"]: row for row in TABLE["domains"]}

BORROWED = {
    "sport": "معركة كروية طاحنة انتهت بفوز الفريق المضيف بثلاثة أهداف في مباراة أعلن فيها أصحاب الأرض الحرب منذ "
    "صافرة البداية وقصف المهاجم مرمى منافسه وقال المدرب إنه لا يفكر في هدنة قبل ضمان اللقب واتهم قائد الضيوف الحكم "
    "باحتساب ركلة جزاء وطالب الاتحاد بفرض عقوبات",
    "weather": "تزحف على شمال البلاد جبهة حارة في أول هجوم للصيف وتقصف درجات الحرارة حاجز الأربعين فيما تحشد السحب "
    "الرعدية صفوفها فوق المرتفعات وتشن رياح الخماسين غارتها الأولى قبل هدنة قصيرة يحملها نسيم شمالي مساء",
    "screen": "يعود المخرج هذا الموسم بمسلسل من ثلاثين حلقة تدور أحداثه زمن الحرب ويفتتح المشهد الأول بغارة جوية ثم "
    "تنتقل الكاميرا إلى ضابط يرفض الانسحاب وقد صورت معارك الدبابات في أستوديو كبير بمئات الممثلين",
}
POLITICAL = {
    "a report on strikes": "قصفت الطائرات مواقع المتمردين وقال الناطق باسم الجيش إن القوات صدت هجوما على المدينة "
    "وأعلنت وزارة الصحة مقتل مدنيين فيما دعا المبعوث الأممي إلى هدنة ومحادثات في أقرب وقت",
    "talks with a storm outside": "انتهت جولة المفاوضات بلا اتفاق واتهم الوزير الوفد الآخر بالمماطلة وهدد بالذهاب إلى "
    "مجلس الأمن وغادرت الوفود تحت مطر غزير فيما كانت عاصفة رعدية تقصف سماء المدينة",
}


@pytest.mark.parametrize("domain", BORROWED)
def test_an_article_of_another_domain_is_recognised(domain: str) -> None:
    assert is_other_domain(list(tokens(BORROWED[domain]))) == domain


@pytest.mark.parametrize("case", POLITICAL)
def test_an_article_on_politics_is_no_other_domain(case: str) -> None:
    assert is_other_domain(list(tokens(POLITICAL[case]))) is None


def test_a_name_speaks_for_no_other_domain() -> None:
    words = list(tokens("تساقط الأمطار في سيول"))
    assert is_other_domain(words) == "weather"
    assert is_other_domain(words, {words[-1].start}) is None


def test_a_digest_of_a_dispute_with_a_paragraph_of_sport_is_about_the_dispute() -> None:
    digest = (
        "أفرجت الدولة عن صيادي جارتها وفتحت معبرا على الحدود وأعادت لواءين إلى الثكنات "
        "وقال مصدر أمني إن المحتجزين عادوا. "
        "رياضيا انسحب عداء من سباق العاصمة وكشف مدرب المنتخب عن التشكيلة"
    )
    assert is_other_domain(list(tokens(digest))) is None
    assert is_other_domain(list(tokens(digest.partition(". ")[2]))) == "sport"


def test_a_text_without_words_has_no_domain() -> None:
    assert is_other_domain([]) is None
    assert is_other_domain(list(tokens("10/3 ...\n"))) is None


@pytest.mark.parametrize("domain", ROWS)
def test_every_row_reads_its_examples(domain: str) -> None:
    for sentence in ROWS[domain]["matches"]:
        assert is_other_domain(list(tokens(sentence))) == domain
    for sentence in ROWS[domain]["ignores"]:
        assert is_other_domain(list(tokens(sentence))) is None


def test_every_word_of_the_table_stands_once_in_its_list_and_can_be_found() -> None:
    lists = {f"{name}.{key}": row[key] for name, row in ROWS.items() for key in ("strong", "weak")}
    lists["politics"] = TABLE["politics"]
    stored = {" ".join(words) for rows in load_domains().phrases.values() for words, _, _ in rows}
    for name, words in lists.items():
        repeated = [word for word, count in Counter(fold(word) for word in words).items() if count > 1]
        assert not repeated, f"{name}: {repeated}"
        for word in words:
            first, *rest = words_of(word)
            bare = first.removeprefix("ال") if len(first) > 4 else first
            assert " ".join((bare, *rest)) in stored


@pytest.mark.parametrize("domain", ROWS)
def test_no_word_is_both_strong_and_weak(domain: str) -> None:
    assert not {fold(word) for word in ROWS[domain]["strong"]} & {fold(word) for word in ROWS[domain]["weak"]}


PLAIN = "قفزت أسعار النفط وخام برنت في البورصة، وقال متعاملون إن الأسهم والذهب عند أعلى سعر للأونصة منذ الهدنة التجارية"
BORROWING = "حرب أسعار في البورصة: قصف المتعاملون برنت بأوامر البيع، والأسهم والذهب والأونصة في معركة مع الدولار"


@pytest.mark.parametrize(("text", "borrows"), [(PLAIN, False), (BORROWING, True)])
def test_news_of_markets_may_borrow_the_words_of_war(text: str, *, borrows: bool) -> None:
    words = list(tokens(text))
    assert is_other_domain(words) == "market"
    assert borrows_war(words) is borrows
