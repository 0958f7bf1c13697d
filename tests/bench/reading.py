"""What reading an article costs: what has nothing to do with the watchlist, and the seeds through every stage.

    python -m tests.bench.reading [--rounds 5]

Times are the best of several rounds on one core, in milliseconds an article, the model loaded before, each sentence
encoded anew, and garbage searched for as a worker does. Machines differ: the ratios to cutting the article into words
do not.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import time
from collections.abc import Callable
from statistics import mean

from agents.knowledge import build_knowledge
from agents.language.boilerplate import folded_lines
from agents.language.text import tokens, tokens_of
from agents.reading import read_body
from agents.speakers import load_speaker_tables
from schemas import RawArticle, Watchlist, load_watchlist
from streams.daemon import warm_up
from streams.feeds import read_feed, seeds
from tests.offline import Flow

FOREIGN = (
    "قال مدير المصنع إن الإنتاج سيتضاعف في العام المقبل بعد افتتاح الخط الجديد، وأضاف أن الشركة ستوظف مئة عامل. "
    "وأوضح المهندس المشرف أن الآلات وصلت من الخارج قبل شهرين، مشيرا إلى أن التدريب سيبدأ مطلع الأسبوع. "
)


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the fastest round."""
    took = []
    for _ in range(rounds):
        _forget()
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took) * 1000


def _forget() -> None:
    """Forget the words and lines of the last articles: what is read twice here is another article elsewhere."""
    tokens_of.cache_clear()
    folded_lines.cache_clear()


async def replay(watchlist: Watchlist, turn: int) -> list[float]:
    """Milliseconds of each seed from `deduplicate` to `trigger_alerts`, with what was remembered from those before.

    Each `turn` has articles, readers and an encoder of its own, so that nothing is known that was read in another.
    """
    knowledge = build_knowledge(watchlist)
    gc.unfreeze()
    warm_up(knowledge)
    flow = Flow(knowledge)
    took = []
    for entry in read_feed(seeds()):
        raw = RawArticle.model_validate_json(entry.value)
        raw = raw.model_copy(update={"article_id": f"{raw.article_id}-{turn}"})
        _forget()
        start = time.process_time()
        await flow.send(raw)
        took.append((time.process_time() - start) * 1000)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    watchlist = load_watchlist(seeds() / "watchlist.yaml")
    knowledge, tables = build_knowledge(watchlist), load_speaker_tables()
    bodies = [RawArticle.model_validate_json(entry.value).body for entry in read_feed(seeds())]
    foreign = " ".join(f"{FOREIGN} {FOREIGN}\n".split(" ") * 6)[:2600]
    asyncio.run(replay(watchlist, 0))  # loads the tables and the model; every word has been met
    stages = [asyncio.run(replay(watchlist, turn)) for turn in range(1, rounds + 1)]
    whole = mean(min(took) for took in zip(*stages, strict=True))
    cut = mean(best(lambda body=body: list(tokens(body)), rounds) for body in bodies)  # type: ignore[misc]
    read = mean(best(lambda body=body: read_body(body, "", knowledge, tables), rounds) for body in bodies)  # type: ignore[misc]
    cut_foreign = best(lambda: list(tokens(foreign)), rounds)
    read_foreign = best(lambda: read_body(foreign, "", knowledge, tables), rounds)
    print("| article | words | step | ms | ratio to cutting it into words |\n|---|---|---|---|---|")
    words = len(foreign.split())
    print(f"| names nobody of the watchlist | {words} | read | {read_foreign:.1f} | {read_foreign / cut_foreign:.1f} |")
    words = round(mean(len(body.split()) for body in bodies))
    print(f"| a seed, on average | {words} | read | {read:.1f} | {read / cut:.1f} |")
    print(f"| a seed, on average | {words} | every stage | {whole:.1f} | {whole / cut:.1f} |")


if __name__ == "__main__":
    main()
