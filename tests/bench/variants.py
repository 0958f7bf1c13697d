"""Copies of articles as outlets make them: makes variants of any feed, and measures how many are found again.

    python -m tests.bench.variants FEED BACKGROUND [--repeats 4] [--seed 1] [--misses]

FEED is a JSON Lines file (optionally .gz) of raw articles, or a folder with a feed.yaml. BACKGROUND is a feed of other
articles. Prints for each kind of edit the share of variants that are told to be copies of the right article, and the
false pairs: variants told to be copies of something else. Pairs within FEED are
listed. Exit status 1 below 0.97 or with a false pair.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from agents.deduplicate import deduplicate
from agents.language.boilerplate import content_ranges
from schemas import Article, RawArticle
from streams.feeds import read_feed
from streams.seen import MemorySeenArticles

Edit = Callable[[random.Random, str], str]

SYNONYMS = {
    "قال": "ذكر", "أضاف": "أردف", "وأضاف": "وأردف", "أكد": "شدد", "وأكد": "وشدد", "المباحثات": "المحادثات",
    "المحادثات": "المباحثات", "الأميركي": "الأمريكي", "بشأن": "حول", "الإجراءات": "التدابير", "خلال": "أثناء",
    "اجتماع": "لقاء", "عدة": "بضعة", "حرب": "قتال", "كبير": "ضخم", "وأوضح": "وبيّن", "كما": "وكذلك",
}  # fmt: skip
FILLERS = [
    "قرار", "موقف", "ملف", "جانب", "مسألة", "خطوة", "مرحلة", "طريق", "صورة", "قضية", "بلد", "مدينة", "شارع", "كتاب",
    "سؤال", "جواب", "بحر", "جبل", "نهر", "باب",
]  # fmt: skip
ABOVE = [
    "الرئيسية > أخبار > عالم", "الجمعة 3 مايو 2024", "وقت القراءة: 4 دقائق", "أخبار عربية", "شارك",
    "آخر تحديث: 12:40", "Menu",
]  # fmt: skip
BELOW = [
    "اقرأ أيضاً: غارات على ريف إدلب | الأهلي يهدد بالانسحاب", "المصدر: وكالات", "جميع الحقوق محفوظة © الموقع 2024",
    "تابعونا على تلغرام - فيسبوك - تويتر", "الأكثر قراءة", "• بوتين يهدد الغرب", "• زلزال يضرب شرق تركيا",
    "• الأهلي يفوز على الزمالك", "اشترك في نشرتنا البريدية", "#أخبار #عاجل",
]  # fmt: skip


def articles_of(path: Path) -> list[RawArticle]:
    return [RawArticle.model_validate_json(entry.value) for entry in read_feed(path)]


def paragraphs(body: str) -> list[str]:
    """The article's own paragraphs."""
    return [body[block.start : block.end] for block in content_ranges(body)]


def sentences(body: str) -> list[str]:
    return [sentence for paragraph in paragraphs(body) for sentence in re.split(r"(?<=[.؟!]) +", paragraph)]


def words_changed(share: float, change: Callable[[random.Random, str], str]) -> Edit:
    def edit(chance: random.Random, body: str) -> str:
        return " ".join(
            change(chance, word) if word.strip() and chance.random() < share else word for word in body.split(" ")
        )

    return edit


def characters(table: dict[str, str], share: float = 1.0) -> Edit:
    def edit(chance: random.Random, body: str) -> str:
        return "".join(table[c] if c in table and chance.random() < share else c for c in body)

    return edit


def kept(share: float) -> Edit:
    """Some of the sentences, in order."""

    def edit(chance: random.Random, body: str) -> str:
        all_of_them = sentences(body)
        chosen = set(chance.sample(range(len(all_of_them)), max(2, round(share * len(all_of_them)))))
        return "\n\n".join(sentence for i, sentence in enumerate(all_of_them) if i in chosen)

    return edit


def lead(chance: random.Random, body: str) -> str:
    """The first third, as a short item."""
    chosen: list[str] = []
    for sentence in sentences(body):
        if sum(map(len, chosen)) > 0.3 * len("".join(paragraphs(body))):
            break
        chosen.append(sentence)
    return "\n".join(chosen)


def wrapped(times: int) -> Edit:
    def edit(chance: random.Random, body: str) -> str:
        above = [line for _ in range(times) for line in chance.sample(ABOVE, 4)]
        below = [line for _ in range(times) for line in chance.sample(BELOW, 6)]
        return "\n".join([*above, "", *paragraphs(body), "", *below])

    return edit


def shuffled(chance: random.Random, body: str) -> str:
    parts = paragraphs(body)
    chance.shuffle(parts)
    return "\n\n".join(parts)


def added(chance: random.Random, body: str) -> str:
    parts = paragraphs(body)
    new = "وفي تطور لاحق أعلن مصدر مطلع أن اجتماعا طارئا سيعقد في العاصمة يوم 27 من الشهر لبحث نتائج الجولة."
    parts.insert(chance.randrange(1, len(parts) + 1), new)
    return "\n\n".join(parts)


def corrected(chance: random.Random, body: str) -> str:
    """One number is another."""
    numbers = list(re.finditer(r"(?<!\d)\d{1,3}(?!\d)", body))
    if not numbers:
        return body
    number = chance.choice(numbers)
    return body[: number.start()] + str(int(number.group()) + 3) + body[number.end() :]


def together(*edits: Edit) -> Edit:
    def edit(chance: random.Random, body: str) -> str:
        for one in edits:
            body = one(chance, body)
        return body

    return edit


def _swap(chance: random.Random, word: str) -> str:
    at = chance.randrange(max(1, len(word) - 1))
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
REPLACED = words_changed(0.1, lambda chance, _: chance.choice(FILLERS))
KINDS: dict[str, Edit] = {
    "vowel signs": words_changed(0.4, lambda chance, word: word[:2] + chance.choice(VOWELS) + word[2:]),
    "vowel signs gone": characters(dict.fromkeys(VOWELS, "")),
    "tatweel": words_changed(0.2, lambda _, word: word[:1] + "ـ" * 3 + word[1:] if len(word) > 3 else word),
    "digit shapes": characters(dict(zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True))),
    "hamza": characters({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"}, 0.7),
    "quotes": characters({"«": '"', "»": '"', "“": "«", "”": "»", '"': "”"}),
    "spacing": lambda chance, body: re.sub(r" ", lambda _: chance.choice([" ", "  ", "\u00a0", " \u200f"]), body),
    "headline": lambda _, body: "عنوان جديد لم يكتبه أحد قبل اليوم في هذا الموقع\n\n" + "\n\n".join(paragraphs(body)),
    "boilerplate": wrapped(1),
    "boilerplate three times": wrapped(3),
    "paragraph order": shuffled,
    "one line": lambda _, body: " ".join(paragraphs(body)),
    "dateline": lambda _, body: "بيروت (وكالات) - " + "\n\n".join(paragraphs(body)),
    "synonyms": lambda _, body: re.sub(r"\w+", lambda match: SYNONYMS.get(match.group(), match.group()), body),
    "misspelt": words_changed(0.05, _swap),
    "5% of words replaced": words_changed(0.05, lambda chance, _: chance.choice(FILLERS)),
    "10% of words replaced": REPLACED,
    "30% of words replaced": words_changed(0.3, lambda chance, _: chance.choice(FILLERS)),
    "10% of words dropped": words_changed(0.1, lambda _chance, _word: ""),
    "a sentence of ten dropped": kept(0.9),
    "30% of sentences dropped": kept(0.7),
    "half of the sentences dropped": kept(0.5),
    "first third": lead,
    "a paragraph added": added,
    "a number corrected": corrected,
    "boilerplate, 30% dropped, 10% replaced": together(kept(0.7), REPLACED, wrapped(1)),
}  # fmt: skip


def variants(articles: list[RawArticle], repeats: int, seed: int) -> Iterator[tuple[str, RawArticle, RawArticle]]:
    """Kind of edit, the article, its variant as another outlet has it a few hours later."""
    chance = random.Random(seed)
    for kind, edit in KINDS.items():
        for article in articles:
            for repeat in range(repeats):
                changes = {
                    "article_id": f"{article.article_id}/{kind}/{repeat}",
                    "source": f"outlet {repeat}",
                    "url": None,
                    "title": article.title,
                    "body": edit(chance, article.body),
                }
                yield kind, article, article.model_copy(update=changes)


async def measure(arguments: argparse.Namespace) -> int:
    index = MemorySeenArticles()
    told: dict[str, Article] = {}

    async def tell(article: RawArticle, into: MemorySeenArticles) -> Article:
        record = (await deduplicate(article, into)).records[0]
        assert isinstance(record, Article)
        told[record.article_id] = record
        return record

    for article in articles_of(arguments.background):
        await tell(article, index)
    originals = articles_of(arguments.feed)
    false = 0
    for article in originals:
        if (of := (await tell(article, index)).duplicate_of) is not None:
            print(f"PAIR {article.article_id} of {of}")  # right where the feed has copies
    found: dict[str, list[bool]] = defaultdict(list)
    for kind, article, variant in variants(originals, arguments.repeats, arguments.seed):
        record = await tell(variant, index.copy())  # every variant meets the originals and the background alone
        right = record.duplicate_of == told[article.article_id].story_id
        false += record.duplicate_of is not None and not right
        found[kind].append(right)
        if arguments.misses and not right:
            print(f"MISS {variant.article_id}: {record.verdict} of {record.duplicate_of} {record.similarity}")
    for kind, rights in found.items():
        print(f"{sum(rights) / len(rights):6.3f}  {kind}")
    every = [right for rights in found.values() for right in rights]
    recall = sum(every) / len(every)
    print(f"recall {recall:.4f} of {len(every)} variants of {len(KINDS)} kinds, false pairs {false}")
    return int(recall < 0.97 or false > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("feed", type=Path)
    parser.add_argument("background", type=Path)
    parser.add_argument("--repeats", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    return asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(main())
