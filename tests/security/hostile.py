"""Articles that somebody writes to hurt: each kind at any size. `python -m tests.security.hostile` measures them."""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from agents.knowledge import build_knowledge
from schemas import load_watchlist
from streams.feeds import seeds, watchlist_for
from streams.pipeline import PIPELINE
from streams.process import Handled, Received, bind, process

NAME: Final = "بوتين"
TALKS: Final = "محادثات جنيف"


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _numbered(template: str) -> Callable[[int], str]:
    def body(size: int) -> str:
        parts, length, number = [], 0, 0
        while length < size:
            parts.append(template.format(number))
            length += len(parts[-1])
            number += 1
        return "".join(parts)[:size]

    return body


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    return lambda size: opening * (size // 2) + NAME + closing * (size // 2)


BODIES: Final[Mapping[str, Callable[[int], str]]] = {
    "one word": lambda size: "ا" * size,
    "one word of clitics": repeated("وال"),
    "spaces": lambda size: "قال" + " " * size + NAME,
    "line breaks": lambda size: NAME + "\n" * size,
    "no sentence end": repeated("كلمة "),
    "full stops": repeated(". "),
    "full stops, no space": repeated("."),
    "names": repeated(NAME + " "),
    "names without end": repeated(f"{NAME} و"),
    "reporting verbs": repeated("قال "),
    "reporting verbs that go on": repeated("وقال إن "),
    "a name and a verb": repeated(f"قال {NAME} إن "),
    "sayings": repeated(f"قال {NAME} إن روسيا ستهاجم أوكرانيا. "),
    "different sayings": _numbered(f"وقال {NAME} في {TALKS} إن روسيا ستهاجم المدينة رقم {{}} غدا. "),
    "different sayings, one sentence": _numbered(f"وقال {NAME} إن روسيا ستهاجم المدينة رقم {{}}، "),
    "quotes": repeated(f'قال {NAME}: "لن نقبل" '),
    "opening quotes": repeated("«"),
    "closing quotes": repeated("»"),
    "plain quotes": repeated('"'),
    "plain quotes with words": repeated('"كلمة '),
    "nested quotes": _nested("«", "»"),
    "brackets": _nested("(", ")"),
    "brackets with words": repeated("(كلمة "),
    "dates": repeated("12 يناير 2022 "),
    "dates without end": repeated("12 يناير و"),
    "numbers": repeated("12 "),
    "one number": repeated("1"),
    "months": repeated("يناير "),
    "ranges": repeated("10-12-"),
    "weekdays": repeated("الاثنين المقبل "),
    "talks": repeated(TALKS + " "),
    "talks with dates": repeated(f"تعقد {TALKS} يوم 12 يناير في جنيف. "),
    "talks, one sentence": repeated(f"{TALKS} في 12 يناير "),
    "threats": repeated("روسيا تهدد أوكرانيا "),
    "acts": repeated("قصفت روسيا أوكرانيا. "),
    "acts, one sentence": repeated("قصفت روسيا أوكرانيا و"),
    "negations": repeated("لا "),
    "conditions": repeated("إذا لم "),
    "diacritics": lambda size: "ب" + "\u064b" * size,
    "tatweel": repeated("ـ"),
    "bidi overrides": repeated("\u202e\u2066قال\u2069\u202c "),
    "control characters": repeated("\x00\x01\x1b[31m\x7f"),
    "zero width": repeated("\u200b\u200f\ufeff"),
    "astral characters": repeated("𝐀😀"),
    "lone surrogates": repeated("\ud800 "),
    "scripts": repeated("<script>alert(1)</script>"),
    "opening tags": repeated("<"),
    "markup comments": repeated("<!--"),
    "addresses": repeated("https://a.example/"),
    "at signs": repeated("a@"),
    "e-mail addresses": repeated("a@b.c "),
    "dashes": repeated("-"),
    "dashes with words": repeated("كلمة - "),
    "colons": repeated("كلمة: "),
    "bullets": repeated("\n- كلمة"),
    "short lines": repeated("كلمة\n"),
    "related headlines": repeated("\nاقرأ أيضا: كلمة\n"),
    "hashtags": repeated("#كلمة "),
    "latin": repeated("word "),
    "commas": repeated("كلمة، "),
    "commas only": repeated("،"),
    "and": repeated("و "),
    "titles": repeated("الرئيس الروسي فلاديمير "),
    "titles of titles": repeated("وزير خارجية "),
}


async def through(body: str, watchlist: Path | None = None) -> tuple[float, dict[str, float]]:
    """Seconds of processor time that an article of that body takes, and those on the clock by stage."""
    from tests.chaos.accounting import MemoryWorld

    loaded = load_watchlist(watchlist_for(watchlist, None, None) if watchlist else seeds() / "watchlist.yaml")
    world = MemoryWorld(build_knowledge(loaded))
    stages = [
        bind(stage, world, languages=frozenset(loaded.languages), attempts=1, largest=None)  # type: ignore[arg-type]
        for stage in PIPELINE
    ]
    seconds = {stage.name: 0.0 for stage in stages}
    for name, day in (("warm", "غدا"), ("warmer", "اليوم")):  # the sentence encoder is loaded with the first close pair
        await _run(stages, _raw(name, f"قال {NAME} إن المحادثات مع واشنطن تبدأ {day} في جنيف."), dict(seconds))
    started = time.process_time()
    await _run(stages, _raw("hostile", body), seconds)
    return time.process_time() - started, seconds


def _raw(article_id: str, body: str) -> Received:
    fields = {"article_id": article_id, "body": body, "published_at": "2022-01-09T10:00:00+00:00", "source": "s"}
    return Received("articles.raw", 0, 0, None, json.dumps(fields, ensure_ascii=True).encode())


async def _run(stages: Sequence[object], received: Received, seconds: dict[str, float]) -> None:
    for stage in stages:
        if received.topic in stage.topics:  # type: ignore[attr-defined]
            handled: Handled = await process(stage, received)  # type: ignore[arg-type]
            seconds[stage.name] += handled.seconds  # type: ignore[attr-defined]
            for one in handled.sending:
                await _run(stages, Received(one.topic, 0, 0, one.key, one.value), seconds)


def measure(kind: str, size: int) -> tuple[float, dict[str, float], float]:
    """Processor seconds, seconds by stage, and megabytes that it needs more than a short article."""
    asyncio.run(through(NAME))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    processor, seconds = asyncio.run(through(BODIES[kind](size)))
    return processor, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _child(kind: str, size: int, pipe: object) -> None:
    pipe.send(measure(kind, size))  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 20_000, 40_000], help="in characters")
    parser.add_argument("--kinds", nargs="*", default=list(BODIES))
    parser.add_argument("--limit", type=float, default=60.0, help="seconds")
    options = parser.parse_args()
    context = get_context("spawn")
    for kind in options.kinds:
        row = []
        for size in options.sizes:
            ours, theirs = context.Pipe()
            child = context.Process(target=_child, args=(kind, size, theirs))
            child.start()
            if ours.poll(options.limit):
                processor, seconds, megabytes = ours.recv()
                worst = max(seconds, key=lambda name: seconds[name])
                row.append(f"{processor:6.2f} s {megabytes:5.0f} MB {worst}")
            else:
                row.append(f"more than {options.limit:.0f} s")
            child.kill()
            child.join()
        print(f"{kind:32}", *row, sep=" | ", flush=True)


if __name__ == "__main__":
    main()
