"""Every row of the thesaurus and of the antonyms is proved by its own sentences."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from agents.language.encoder import Encoder, load_encoder
from agents.language.facts import FactReader, Facts, load_fact_reader
from agents.language.names import Mention
from agents.language.pack import read_table
from agents.language.rarity import Rarity
from agents.language.similarity import Comparer, load_comparer
from agents.language.stems import readings, skeleton
from agents.language.text import Token, fold, tokens
from agents.language.thesaurus import Thesaurus, load_thesaurus
from agents.novelty.renewals import Renewals

SYNONYMS: dict[str, dict[str, Any]] = read_table("synonyms")
ANTONYMS: list[dict[str, Any]] = read_table("antonyms")


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    return load_thesaurus()


@pytest.fixture(scope="module")
def reader() -> FactReader:
    return load_fact_reader()


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return load_comparer(str, bool)


def notions(thesaurus: Thesaurus, text: str) -> list[str]:
    return [found.notion for found in thesaurus.find(list(tokens(text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("أسراهم", ["capture"]),  # and not أسرار
        ("مساعدتهم", ["aid"]),  # and not مساعد
        ("داخليا", ["internal"]),  # and not داخل
        ("عاديين", ["ordinary"]),  # and not عاد
        ("مستواهم", ["level_n"]),
    ],
)
def test_a_form_of_one_word_is_not_taken_for_another(thesaurus: Thesaurus, text: str, found: list[str]) -> None:
    assert notions(thesaurus, text) == found


@pytest.mark.parametrize("notion", SYNONYMS)
def test_every_notion_is_found_by_its_words_and_sentences_and_by_no_look_alike(
    thesaurus: Thesaurus, notion: str
) -> None:
    row = SYNONYMS[notion]
    assert set(row) == {"words", "matches", "ignores"}
    assert row["words"]
    assert row["matches"]
    assert row["ignores"]
    for word in row["words"]:
        assert notions(thesaurus, word) == [notion], word
    for sentence in row["matches"]:
        assert notion in notions(thesaurus, sentence), sentence
    for sentence in row["ignores"]:
        assert notion not in notions(thesaurus, sentence), sentence


def test_no_word_stands_for_two_notions_and_all_are_in_normal_form() -> None:
    seen: dict[str, str] = {}
    for notion, row in SYNONYMS.items():
        for word in row["words"]:
            assert unicodedata.normalize("NFKC", word) == word
            assert not any(unicodedata.combining(letter) for letter in word), word
            folded = " ".join(fold(part) for part in word.split())
            assert folded not in seen, f"{word} stands in {seen.get(folded)} and {notion}"
            seen[folded] = notion


def test_a_word_of_two_notions_is_refused() -> None:
    with pytest.raises(ValueError, match="stands for one and for two"):
        Thesaurus({"one": {"words": ["رفض"]}, "two": {"words": ["رفض"]}})


@pytest.mark.parametrize("row", ANTONYMS, ids=lambda row: "-".join(row["pair"]))
def test_every_pair_of_opposites_tells_two_texts_apart_unless_one_of_them_is_denied(
    row: dict[str, Any], reader: FactReader, comparer: Comparer
) -> None:
    assert set(row["pair"]) <= set(SYNONYMS)
    one, other = (reader.read(text) for text in row["differ"])
    assert comparer.compare(one, other, lambda head: 1.0).opposite > 0
    if row["agree"]:
        one, other = (reader.read(text) for text in row["agree"])
        same = comparer.compare(one, other, lambda head: 1.0)
        assert (same.opposite, same.denied, same.negation) == (0, 0, 0)
        assert same.shorter >= 0.7


def test_what_both_texts_say_is_the_opposite_of_nothing(reader: FactReader, comparer: Comparer) -> None:
    one, other = reader.read("أن تفرج عن القادة الذين تحتجزهم"), reader.read("الإفراج عن القادة")
    assert comparer.compare(one, other, lambda head: 1.0).opposite == 0
    assert comparer.compare(reader.read("تحتجز القادة"), other, lambda head: 1.0).opposite > 0


def test_an_imperfect_verb_is_found_in_other_persons_and_without_its_weak_last_letter(thesaurus: Thesaurus) -> None:
    for form in ("يتخلى", "تتخلى", "نتخلى", "يتخل", "نتخل"):
        assert notions(thesaurus, form) == ["concession"], form


def test_a_phrase_is_found_behind_a_conjunction(thesaurus: Thesaurus) -> None:
    assert notions(thesaurus, "تفرجت ولم تحرك ساكنا") == ["stand_by", "stand_by"]
    assert notions(thesaurus, "فلا داعي للقلق")[0] == "no_reason"


def test_no_pair_of_opposites_is_given_twice() -> None:
    pairs = [frozenset(row["pair"]) for row in ANTONYMS]
    assert len(pairs) == len(set(pairs))


def test_notions_that_come_close_are_known_and_no_opposites(reader: FactReader, comparer: Comparer) -> None:
    kin = [frozenset(pair) for pair in read_table("similarity")["kin"]]
    assert len(kin) == len(set(kin))
    assert not set(kin) & {frozenset(row["pair"]) for row in ANTONYMS}
    for pair in kin:
        assert pair <= set(SYNONYMS), pair
        assert len(pair) == 2, pair
    near = comparer.compare(reader.read("صفقة قريبة"), reader.read("معاهدة قريبة"), lambda head: 1.0)
    far = comparer.compare(reader.read("صفقة قريبة"), reader.read("كارثة قريبة"), lambda head: 1.0)
    assert near.shorter > far.shorter


def test_a_phrase_is_matched_by_its_words_unless_one_of_them_denies(reader: FactReader, comparer: Comparer) -> None:
    def shared(one: str, other: str) -> float:
        return comparer.compare(reader.read(one), reader.read(other), lambda head: 1.0).longer

    assert 0 < shared("رفع العقوبات", "العقوبات الأميركية") < 1
    assert shared("بلا شروط", "شروط مسبقة") == 0


@pytest.mark.parametrize("where", ["told", "said"])
def test_words_that_tell_a_repeat_are_found_where_they_may_stand(where: str) -> None:
    table = read_table("similarity")["again"]
    renewals = Renewals(table)
    for phrase in table[where]:
        assert renewals.tell(f"{phrase} القول إن ", "الموعد قائم"), phrase
        assert renewals.tell("قال إن ", f"{phrase} الموعد") or where == "told", phrase
        assert not renewals.tell(f"{phrase} ما قال. ثم قال إن ", "الموعد قائم"), phrase


def test_a_verb_tells_that_something_is_said_again_however_long_its_subject_is() -> None:
    renewals = Renewals({**read_table("similarity")["again"], "told": ["كرر"], "said": []})
    subject = "المتحدث باسم وزارة الخارجية في جزيرة الشمال سالم الحداد"
    led = f"كرر {subject} أن "
    assert renewals.tell(f"وفي جنيف {led}", "الموعد قائم", len(led))
    assert not renewals.tell(f"وفي جنيف {led}", "الموعد قائم")
    said = f"قال {subject} أمس إن "
    assert not renewals.tell(f"كرر الوسيط دعوته، ثم {said}", "الموعد قائم", len(said))
    second = f"{led}الموعد قائم، وأن "
    assert not renewals.tell(second, "الوفد سيصل غدا", len(second))


def test_a_bound_is_never_below_what_is_compared(reader: FactReader, comparer: Comparer) -> None:
    texts = [text for row in ANTONYMS for text in (*row["differ"], *row["agree"])][:60]
    facts = [reader.read(text) for text in texts]
    for one in facts:
        reach = comparer.reach(one, lambda head: 1.0)
        for other in facts:
            found = comparer.compare(one, other, lambda head: 1.0)
            assert sum(comparer.at_most(reach, other, lambda head: 1.0)) >= found.longer + found.shorter - 1e-9


def test_common_notions_and_weights_are_known_and_no_difference_speaks_for_a_repeat() -> None:
    table = read_table("similarity")
    assert set(table["common"]) <= set(SYNONYMS)
    likeness = {"longer", "shorter", "cosine", "same_speaker", "number_same", "time_same", "again"}
    likeness |= {"both_deny", "deny_same", "phrase_same", "absolute_same"}
    for kind in ("statements", "pairs"):
        for name, weight in table[kind].items():
            if name != "bias":
                assert weight >= 0 if name in likeness else weight <= 0, f"{kind}: {name}"


@pytest.mark.parametrize(
    ("word", "stem"),
    [("وسيرفضونها", "رفض"), ("للمحادثات", "محادثات"), ("يؤكدون", "اكد"), ("نيتها", "نيه"), ("يعترض", "اعترض")],
)
def test_a_word_is_read_without_what_is_glued_to_it(word: str, stem: str) -> None:
    assert stem in readings(fold(word))


def test_words_of_one_root_share_their_consonants() -> None:
    assert skeleton(fold("اجتماعات")) == skeleton(fold("يجتمعون")) == skeleton(fold("مجتمعين"))
    assert skeleton(fold("في")) is None


def test_what_a_side_has_said_often_weighs_little_and_its_own_name_almost_nothing(reader: FactReader) -> None:
    said = [reader.read("ملء السد في موعده"), reader.read("ملء السد خطر"), reader.read("ملء السد من حقوقنا")]
    counts = Counter(head for facts in said for head in facts.heads)
    weigh = Rarity(counts, len(said), {"#right_n": 0.5}, lambda name: name == "ours")
    assert weigh["#filling"] < weigh["#endanger"]
    assert weigh["@ours"] < weigh["@theirs"]
    assert weigh["#right_n"] == pytest.approx(weigh["#endanger"] / 2)


def test_texts_are_apart_where_neither_holds_what_the_other_begins_with(reader: FactReader, comparer: Comparer) -> None:
    def apart(one: str, other: str) -> float:
        return comparer.compare(reader.read(one), reader.read(other), lambda head: 1.0).apart

    assert apart("انتهاء الاستنفار على الحدود", "تعزيز القوات على الحدود") == 1
    assert apart("القوات على الحدود ستعزز", "تعزيز القوات على الحدود") == 0


@pytest.mark.parametrize(
    ("one", "other", "affirmed"),
    [
        ("الحلف مستعد لحوار هادف", "الحلف ليس مستعدا لحوار", True),
        ("تريد ضمانات ملزمة بألا يتوسع الحلف", "لم تعد تريد ضمانات ملزمة بألا يتوسع الحلف", True),
        ("لا تنوي شن هجوم على القرية", "ليست لديها نية لشن هجوم على القرية", False),
        ("لن ترسل وفدا إلى القرية", "ترفض إرسال وفد إلى القرية", False),
        ("لن توقع نصا إلا في القرية", "توقع نصا في القرية", False),
        ("تفادي الحرب", "خوض الحرب", False),
    ],
)
def test_the_same_words_are_affirmed_by_one_and_denied_by_the_other(
    reader: FactReader, comparer: Comparer, one: str, other: str, affirmed: bool
) -> None:
    first, second = reader.read(one), reader.read(other)
    assert comparer.compare(first, second, lambda head: 1.0).affirmed == affirmed
    assert comparer.compare(second, first, lambda head: 1.0).affirmed == affirmed


NAMED = {"الشمال": "north_land", "الجنوب": "south_land", "كابا": "kaba", "دلتا": "delta"}
PLACES = {"kaba", "delta"}


@pytest.fixture(scope="module")
def named() -> Callable[[str], Facts]:
    """Reads texts with the names of two sides and two places."""

    def find(words: Sequence[Token]) -> list[Mention]:
        found = []
        for at, word in enumerate(words):
            clitics = "و" if word.text[1:] in NAMED else ""
            if target := NAMED.get(word.text.removeprefix(clitics)):
                found.append(Mention(at, at + 1, target, "name", clitics))
        return found

    reader = load_fact_reader()
    return lambda text: reader.read(text, find)


@pytest.mark.parametrize(
    ("one", "other", "is_reversed"),
    [
        ("هدد الشمال الجنوب بالعقوبات", "هدد الجنوب الشمال بالعقوبات", True),
        ("اتهم الشمال جاره", "اتهم الجنوب جاره", True),
        ("هدد الشمال الجنوب بالعقوبات", "الشمال يهدد الجنوب بالعقوبات", False),
        ("مجلس الشمال والجنوب", "مجلس الجنوب والشمال", False),
    ],
)
def test_who_does_it_to_whom(named: Callable[[str], Facts], one: str, other: str, is_reversed: bool) -> None:
    comparison = load_comparer(str, bool).compare(named(one), named(other), lambda head: 1.0)
    assert comparison.reversed == is_reversed


def test_the_speakers_own_side_plays_no_role_where_only_one_text_names_it(named: Callable[[str], Facts]) -> None:
    comparer = load_comparer(str, bool)
    one, other = named("الشمال يرفض شروط الجنوب"), named("نرفض شروط الجنوب")

    def of_the_north(head: str) -> float:
        return 0.1 if head == "@north_land" else 1.0

    assert comparer.compare(one, other, of_the_north).roles == 0
    assert comparer.compare(one, other, lambda head: 1.0).roles > 0


def test_another_place_differs_and_one_more_does_not(named: Callable[[str], Facts]) -> None:
    comparer = load_comparer(str, bool, PLACES.__contains__)
    here, there, both = named("اللقاء في كابا"), named("اللقاء في دلتا"), named("اللقاء في كابا أو دلتا")
    assert comparer.compare(here, there, lambda head: 1.0).places_differ == 1
    assert comparer.compare(here, both, lambda head: 1.0).places_differ == 0
    assert comparer.compare(here, named("اللقاء غدا"), lambda head: 1.0).places_differ == 0


def test_how_long_it_is_put_off_adds_nothing_to_the_same_date(reader: FactReader, comparer: Comparer) -> None:
    before = reader.read("أرجئ اللقاء إلى 27 أغسطس")
    for now, added in (("تأجل اللقاء خمسة أيام إلى 27 أغسطس", 0), ("يحضر اللقاء في 27 أغسطس خمسة وزراء", 1)):
        assert comparer.compare(reader.read(now), before, lambda head: 1.0).number_added == added


def test_a_denied_text_and_one_with_a_negation_deny_the_same(reader: FactReader, comparer: Comparer) -> None:
    """He denies having promised to lift sanctions; no promise to lift sanctions was given."""
    whole = reader.read("تكون الحكومة قد وعدت بتخفيف القيود", denied=True)
    assert comparer.compare(whole, reader.read("تخفيف القيود لم يوعد به أحد"), lambda head: 1.0).denied == 0
    assert comparer.compare(whole, reader.read("الحكومة وعدت بتخفيف القيود"), lambda head: 1.0).denied > 0


def test_another_round_is_another_number(reader: FactReader, comparer: Comparer) -> None:
    one, other = reader.read("الجولة الرابعة ستعقد في القصر"), reader.read("الجولة الثانية ستعقد في القصر")
    found = comparer.compare(one, other, lambda head: 1.0)
    assert found.numbers_differ
    assert "number: 4, was 2" in found.changed


def test_an_empty_text_is_like_nothing(reader: FactReader, comparer: Comparer) -> None:
    nothing = comparer.compare(reader.read(""), reader.read("رفضت العرض"), lambda head: 1.0)
    assert (nothing.longer, nothing.shorter) == (0.0, 0.0)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_the_vector_of_a_text_depends_on_nothing_but_the_text(encoder: Encoder) -> None:
    first = encoder.vector("الملء الثاني في موعده").copy()
    encoder.vector("نص آخر أطول بكثير من الأول ولا علاقة له به")
    assert np.array_equal(first, load_encoder().vector("الملء الثاني في موعده"))


def test_the_encoder_keeps_to_one_thread(encoder: Encoder) -> None:
    encoder.vector("نص")
    model = encoder._model
    assert model.threads == 1
    assert model._threadpool is not None, "without threadpoolctl it takes all threads there are"


def test_a_translation_of_the_same_is_nearer_than_another_matter(encoder: Encoder) -> None:
    said = "واشنطن لا تنوي نشر أسلحة هجومية"
    again = encoder.cosine(said, "الولايات المتحدة ليست بصدد نصب أسلحة هجومية")
    assert again > encoder.cosine(said, "ارتفعت أسعار القمح في الأسواق العالمية")
    assert encoder.cosine(said, said) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("لن يحضروا الجولة", "لن تحضر الوفود", {"both_deny", "deny_same"}),
        ("لن يحضروا الجولة", "ترفض الوفود الحضور", {"both_deny", "deny_same"}),
        ("لن ينسحبوا من القرية", "لن يحضروا الجولة", {"both_deny"}),
        ("لا يمكن تأجيل القمة", "لا يمكن أن نحضر", {"both_deny"}),
        ("لا ننوي تأجيل القمة", "لا ننوي أن نحضر", {"both_deny"}),
        ("لن يحضروا الجولة", "سيحضرون الجولة", set()),
        ("يريد أن تمنع الحرب", "لم يعد يريد أن تمنع الحرب", set()),
        ("وصلت الجولة إلى طريق مسدود", "جمود الجولة", {"phrase_same"}),
        ("انسداد الجولة", "جمود الجولة", set()),
        ("كل الوفود تحضر", "تحضر جميع الوفود", {"absolute_same"}),
        ("كل الوفود تحضر", "تحضر الوفود وحدها", set()),
    ],
)
def test_what_two_texts_share_beside_their_words(
    reader: FactReader, comparer: Comparer, one: str, other: str, shared: set[str]
) -> None:
    flags = ("both_deny", "deny_same", "phrase_same", "absolute_same")
    found = comparer.compare(reader.read(one), reader.read(other), lambda head: 1.0)
    assert {flag for flag in flags if getattr(found, flag)} == shared


@pytest.mark.parametrize(
    ("one", "other", "called_off"),
    [
        ("أرجئت القمة", "ستعقد القمة الأحد", True),
        ("ألغيت زيارة الوفد", "الوفد يزور القرية", True),
        ("القمة أرجئت إلى 7 مارس", "ستعقد القمة في 7 مارس", False),
        ("أرجئت القمة المقررة في 7 مارس", "ستعقد القمة في 7 مارس", True),
        ("القمة التي كانت متوقعة في 7 مارس أرجئت", "ستعقد القمة في 7 مارس", True),
        ("القمة التي كان مقررا عقدها بعد غد أرجئت إلى موعد آخر", "القمة ستعقد في القرية", True),
        ("إلغاء الرسوم فورا", "رفع الرسوم وإزالتها فورا", False),
        ("فك الطوق عن القرية وما عداه مؤجل", "فك الطوق عن القرية أولا", False),
    ],
)
def test_only_what_the_other_affirms_is_called_off(
    reader: FactReader, comparer: Comparer, one: str, other: str, called_off: bool
) -> None:
    first, second = reader.read(one), reader.read(other)
    assert comparer.compare(first, second, lambda head: 1.0).called_off == called_off
    assert comparer.compare(second, first, lambda head: 1.0).called_off == called_off
