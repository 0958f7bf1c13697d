"""Texts for properties: any characters at all, and words that the language pack acts on, in any order."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

WORDS: Final = (
    "قال", "وقالت", "وأضاف", "أعلن", "نفى", "أن", "إن", "بأن", "إنه", "بوتين", "وبوتين", "الرئيس الروسي", "واشنطن",
    "الولايات المتحدة", "حلف شمال الأطلسي", "وزير الخارجية", "محادثات جنيف", "المحادثات", "يوم", "الاثنين", "المقبل",
    "12", "١٢", "31", "يناير", "كانون الثاني", "2022", "جمادى الآخرة", "1443", "من الشهر نفسه", "غدا", "بعد غد", "أمس",
    "لن", "لم", "لا", "إذا", "ستهاجم", "هددت", "قصفت", "فرضت عقوبات", "تأجيل", "إلغاء", "بين", "و", "إلى", "-", "،",
    ".", "؟", "!", "\n", "\n\n", "«", "»", '"', "“", "”", "(", ")", ":", "…", "—", "/", "\u064b", "\u0640", "\u202e",
    "\u200f", "\ufeff", "\x00", "#", "@", "https://a.example", "<b>", "اقرأ أيضا:", "(رويترز)",
)  # fmt: skip

any_text = st.text(max_size=400)  # every code point but surrogates, which UTF-8 has not
arabic = st.lists(st.sampled_from(WORDS) | st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF)),
                  max_size=80).map(" ".join)  # fmt: skip
joined = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
texts = any_text | arabic | joined
