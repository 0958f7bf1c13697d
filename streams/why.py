"""`rasid why`: what each stage made of one article, what it took and passed over, and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from schemas import Decision
from streams.reader import Reader
from streams.records import UnreadableError, decode
from streams.settings import Settings
from streams.terminal import plain


async def why(settings: Settings, console: Console, article_id: str, *, as_json: bool) -> int:
    """Print the decisions on an article in the order of the flow; 1 where there is none. Raises ReaderError."""
    decisions = await read_decisions(settings, article_id)
    if as_json:
        for decision in decisions:
            print(decision.model_dump_json(), flush=True)
    elif decisions:
        console.print(explain(article_id, decisions))
    else:
        console.print(f"no stage has decided on an article {article_id}", style="red", markup=False)
    return 0 if decisions else 1


async def read_decisions(settings: Settings, article_id: str) -> list[Decision]:
    """The decisions on an article, once each, as they stand in the log."""
    found: dict[tuple[str, str, str | None], Decision] = {}
    async with Reader(settings, ["decisions"], settings.startup_wait) as reader:
        async for _, message in reader.read_all():
            try:
                decision = decode("decisions", message.value)
            except UnreadableError:
                continue
            if isinstance(decision, Decision) and decision.article_id == article_id:
                found[decision.stage, decision.record_id, decision.text_id] = decision
    return list(found.values())


def explain(article_id: str, decisions: Sequence[Decision]) -> Tree:
    """The decisions as a tree: stages, then records, then what was taken and passed over."""
    tree = Tree(Text(f"article {plain(article_id)}", style="bold"))
    for stage in dict.fromkeys(decision.stage for decision in decisions):
        branch = tree.add(Text(stage, style="cyan"))
        for decision in (each for each in decisions if each.stage == stage):
            node = branch
            if decision.record_id != article_id:
                node = branch.add(Text(decision.record_id, style="dim"))
            for passed in decision.passed:
                line = Text("took " if passed.taken else "passed ", style="green" if passed.taken else "yellow")
                line.append(plain(passed.reason), style="default")
                if passed.note:
                    line.append(f" ({plain(passed.note)})", style="dim")
                if passed.span is not None:
                    line.append(f" {passed.span.start}-{passed.span.end} « {plain(passed.span.text)[:200]} »")
                node.add(line)
            for name in decision.emitted:
                node.add(Text(f"→ {name}", style="bold"))
    return tree
