"""Reports in a sentence without any names: which verbs, which words, and which stands in which."""

from __future__ import annotations

import pytest

from agents.language.attribution import Report, find_reports
from agents.language.pack import LanguagePack, load_language_pack
from agents.language.sentences import split
from agents.language.text import Token, tokens


@pytest.fixture(scope="module")
def pack() -> LanguagePack:
    return load_language_pack()


def reports_in(text: str, pack: LanguagePack) -> tuple[list[Token], list[Report]]:
    words = list(tokens(text))
    (sentence,) = split(words, 0, len(words), 0)
    return words, find_reports(words, sentence, 0, [], pack)


def told(text: str, pack: LanguagePack) -> list[tuple[str, str, str]]:
    words, reports = reports_in(text, pack)
    return [(r.verb.id, r.form, text[words[r.content[0]].start : words[r.content[1] - 1].end]) for r in reports]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إن الوفد وصل", [("say", "that", "الوفد وصل")]),
        ("قال الوزير: الوفد وصل.", [("say", "quote", "الوفد وصل")]),
        ("قال الوزير «إن الوفد وصل أمس».", [("say", "quote", "«إن الوفد وصل أمس»")]),
        ("«الوفد وصل أمس»، هكذا قال الوزير.", [("say", "before", "«الوفد وصل أمس»")]),
        ("ندد الوزير بالهجوم.", [("denounce", "noun", "بالهجوم")]),
        ("وصل الوفد أمس إلى المدينة، كما قال الوزير.", [("say", "before", "وصل الوفد أمس إلى المدينة")]),
        ("كما قال الوزير، وصل الوفد أمس.", [("say", "that", "وصل الوفد أمس")]),
        ("بحسب المتحدث فقد وصل الوفد أمس.", [("according_to", "that", "وصل الوفد أمس")]),
        ("وصل الوفد أمس إلى المدينة، بحسب المتحدث.", [("according_to", "before", "وصل الوفد أمس إلى المدينة")]),
        ("قال الوزير إن الوفد وصل، وأضاف أن الجولة بدأت.",
         [("say", "that", "الوفد وصل"), ("add", "that", "الجولة بدأت")]),
        ("قال الوزير إن الوفد وصل، في حين غادر الرئيس.", [("say", "that", "الوفد وصل")]),
        ("أعلنت الوزارة، في بيان صدر أمس، تعليق المشاركة.", [("announce", "noun", "تعليق المشاركة")]),
        ("قال الوزير إن الوفد وصل، قبل أن يتهم خصومه بالكذب.",
         [("say", "that", "الوفد وصل"), ("accuse", "noun", "خصومه بالكذب")]),
        ("انهار الجسر ليلا، ما أسفر بحسب الوزارة عن جرح ستة عمال.", [("according_to", "that", "عن جرح ستة عمال")]),
        ("انهار الجسر ليلا، مما أدى، وفق الوزارة، إلى جرح ستة عمال.",
         [("according_to", "that", "إلى جرح ستة عمال")]),
        ("أسفر الانهيار، بحسب الوزارة، عن جرح ستة عمال.",
         [("according_to", "that", "أسفر الانهيار، بحسب الوزارة، عن جرح ستة عمال")]),
        ("قال الوزير إنه لن يعود قبل أن يتهم أحدا.", [("say", "that", "لن يعود قبل أن يتهم أحدا")]),
        ("قال الوزير إن الجولة ستنتهي، قبل أن يعلن الوسيط اختتامها.",
         [("say", "that", "الجولة ستنتهي، قبل أن يعلن الوسيط اختتامها")]),
        ("وكان الوزير قد دعا في الثالث من مايو خصومه إلى وقف القصف.",
         [("call_on", "noun", "خصومه إلى وقف القصف")]),
        ("دعا الوزير في 3 مايو خصومه إلى وقف القصف.", [("call_on", "noun", "خصومه إلى وقف القصف")]),
        ("واشترط للعودة إلى الطاولة رفع الحصار.", [("stipulate", "noun", "للعودة إلى الطاولة رفع الحصار")]),
        ("اتهم الوزير خصومه بالكذب: لا أحد يصدقهم.", [("accuse", "noun", "خصومه بالكذب: لا أحد يصدقهم")]),
    ],
)  # fmt: skip
def test_a_sentence_reports(text: str, expected: list[tuple[str, str, str]], pack: LanguagePack) -> None:
    assert told(text, pack) == expected


@pytest.mark.parametrize(
    "text",
    [
        "لم يقل الوزير إن الوفد وصل.",
        "غادر الوزير قبل أن يصل الوفد.",
        "من المتوقع أن يصل الوفد.",
        "بين روسيا والناتو خلاف أن أحدا لا يفهمه.",
        "أعرب الوزير عن ارتياحه.",
        "وقف الوزير وهو يشير بقلمه إلى خريطة على الجدار.",
    ],
)
def test_a_sentence_reports_nothing(text: str, pack: LanguagePack) -> None:
    assert told(text, pack) == []


def test_shadda_tells_a_verb_from_a_preposition(pack: LanguagePack) -> None:
    assert told("بيّن الوزير أن الوفد وصل.", pack) == [("show", "that", "الوفد وصل")]
    assert told("بين الوزير أن الوفد وصل.", pack) == []


def test_tanween_tells_a_participle_from_a_past_tense(pack: LanguagePack) -> None:
    _, (report,) = reports_in("غادر الوزير مؤكدًا أن الوفد وصل.", pack)
    assert report.aspect == "participle"


def test_after_a_threat_in_means_if(pack: LanguagePack) -> None:
    assert told("هدد الوزير بالانسحاب إن استمر القصف.", pack) == [("threaten", "noun", "بالانسحاب إن استمر القصف")]


def test_a_report_within_a_report_has_a_parent(pack: LanguagePack) -> None:
    _, reports = reports_in("قال المتحدث إن الوزير أكد أن الوفد وصل.", pack)
    assert [report.parent for report in reports] == [None, 0]


def test_and_that_repeats_the_report_before(pack: LanguagePack) -> None:
    _, reports = reports_in("قال المتحدث إن الوفد وصل أمس وأن الجولة بدأت فعلا وأنه متفائل.", pack)
    assert [report.coordinated for report in reports] == [False, True, True]
    assert len({report.cue for report in reports}) == 1


def test_waw_on_a_verb_continues(pack: LanguagePack) -> None:
    _, reports = reports_in("وأضاف أن الوفد وصل.", pack)
    assert [report.joined for report in reports] == [True]


def test_the_subject_stands_before_or_after_its_verb(pack: LanguagePack) -> None:
    words, (report,) = reports_in("الوزير الجديد أكد أمس أن الوفد وصل.", pack)
    assert [word.text for word in words[slice(*report.before)]] == ["الوزير", "الجديد"]
    assert [word.text for word in words[slice(*report.after)]] == ["أمس"]
