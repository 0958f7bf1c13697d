"""What went wrong can be listed and sent once more, and every decision on an article can be asked for."""

from __future__ import annotations

import asyncio
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from agents.stage import Outcome
from schemas import Signal
from streams.delivery import Filter
from streams.feeds import read_feed
from streams.quarantine import list_quarantine, read_quarantine, retry_quarantine
from streams.replay import Replay
from streams.settings import Settings
from streams.subscriber import UnknownTalkError, show_alerts
from streams.why import read_decisions, why
from streams.worker import Worker
from tests import fakes

pytestmark = pytest.mark.connected
READERS = {
    "articles.raw": ["deduplicate"],
    "articles.accepted": ["tag_signals", "track_statements", "track_talks"],
    "signals": ["trigger_alerts"],
}


def console() -> Console:
    return Console(file=StringIO(), width=250)


def printed(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


async def go_through(settings: Settings, folder: Path, *lines: bytes, **instead: Any) -> None:
    path = folder / "feed.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    worker = Worker(settings, fakes.stages(**instead), fakes.lexicon(), lambda _: None)  # type: ignore[arg-type, return-value]
    await worker.start()
    try:
        async with asyncio.timeout(60):
            async for _ in Replay(settings, READERS).run(read_feed(path)):
                pass
    finally:
        await worker.stop()


async def test_a_record_is_listed_sent_again_and_then_gone(settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"attempts": 1})
    failing = fakes.failing(1, RuntimeError("[on purpose]"), then=fakes.tag)
    await go_through(settings, tmp_path, fakes.raw("a1"), tag_signals=failing)

    out = console()
    assert await list_quarantine(settings, out, as_json=False) == 0
    [rejection] = await read_quarantine(settings)
    for part in (rejection.rejection_id, "tag_signals", "crashed", "[on purpose]", "articles.accepted["):
        assert part in printed(out)

    assert await retry_quarantine(settings, console(), [rejection.rejection_id], everything=False) == 0
    assert await read_quarantine(settings) == []
    await go_through(settings, tmp_path, fakes.raw("a2"), tag_signals=failing)
    decisions = [each for each in await read_decisions(settings, "a1") if each.stage == "tag_signals"]
    assert decisions[-1].emitted == ("signals:signal-a1",)


async def test_everything_is_sent_again_at_once_byte_for_byte(settings: Settings, tmp_path: Path) -> None:
    await go_through(settings, tmp_path, b"not json", b"\xff\xfe")
    before = await read_quarantine(settings)
    assert await retry_quarantine(settings, console(), [], everything=True) == 0
    await go_through(settings, tmp_path, fakes.raw("a1"))
    after = await read_quarantine(settings)
    assert {each.record_value for each in after} == {each.record_value for each in before}
    assert {each.rejection_id for each in after}.isdisjoint(each.rejection_id for each in before)


async def test_an_unknown_id_is_told(settings: Settings) -> None:
    out = console()
    assert await retry_quarantine(settings, out, ["rejection-1"], everything=False) == 1
    assert "not in quarantine: rejection-1" in printed(out)
    assert await list_quarantine(settings, out, as_json=False) == 0
    assert "nothing is in quarantine" in printed(out)


async def test_why_shows_each_stage_and_what_it_emitted(settings: Settings, tmp_path: Path) -> None:
    await go_through(settings, tmp_path, fakes.raw("a1"), fakes.raw("a2"))
    out = console()
    assert await why(settings, out, "a1", as_json=False) == 0
    for part in (*fakes.STAGES, "→ signals:signal-a1", "→ alerts:alert-signal-a1#0"):
        assert part in printed(out)
    assert "a2" not in printed(out)
    assert await why(settings, out, "nobody", as_json=False) == 1
    assert "no stage has decided on an article nobody" in printed(out)


async def test_alerts_are_read_from_the_beginning(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await go_through(settings, tmp_path, fakes.raw("a1"), fakes.raw("a2"))
    assert await show_alerts(settings, console(), Filter(), follow=False, as_json=True) == 0
    found = [json.loads(line)["alert_id"] for line in capsys.readouterr().out.splitlines()]
    assert found == ["alert-signal-a1", "alert-signal-a2"]
    out = console()
    wanted = Filter(talks=frozenset(["talk-1"]))
    assert await show_alerts(settings, out, wanted, follow=False, as_json=False, talks=["talk-1"]) == 0
    assert printed(out) == ""


@pytest.mark.parametrize("follow", [False, True])
async def test_talks_that_nobody_knows_are_named(settings: Settings, tmp_path: Path, follow: bool) -> None:
    async def on_talk_2(record: Signal) -> Outcome:
        return Outcome(records=(fakes.alert_of(record).model_copy(update={"talks": ("talk-2",)}),))

    await go_through(settings, tmp_path, fakes.raw("a1"), trigger_alerts=on_talk_2)
    known = Filter(talks=frozenset(["talk-1", "talk-2"]))
    assert await show_alerts(settings, console(), known, follow=False, as_json=False, talks=["talk-1"]) == 0
    wanted = Filter(talks=frozenset(["talk-3"]))
    with pytest.raises(UnknownTalkError, match="'talk-3' is the id of no talk; 'talk-2' is"):
        await show_alerts(settings, console(), wanted, follow=follow, as_json=False, talks=["talk-1"])


async def test_followed_alerts_come_as_they_are_sent(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await go_through(settings, tmp_path, fakes.raw("a1"))
    following = asyncio.create_task(show_alerts(settings, console(), Filter(), follow=True, as_json=True))
    await go_through(settings, tmp_path, fakes.raw("a2"))
    found = ""
    async with asyncio.timeout(30):
        while "alert-signal-a2" not in found:
            found += capsys.readouterr().out
            await asyncio.sleep(0.05)
    following.cancel()
    await asyncio.wait([following])
    assert "alert-signal-a1" in found
