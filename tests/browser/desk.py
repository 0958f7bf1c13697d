"""What the tests of the page share: a desk behind a server, records for it, and the page in a browser."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from playwright.async_api import Browser, ConsoleMessage, Page, expect

from schemas import (
    Alert,
    Claim,
    Discrepancy,
    Evidence,
    Record,
    Signal,
    Span,
    Talk,
    Watchlist,
    surroundings,
)
from streams.read_model import ReadModel
from streams.settings import Settings
from streams.web import page_routes

NOW = datetime(2022, 1, 3, 9, tzinfo=UTC)
EVIL = "<img src=x onerror='window.broken=1'><script>window.broken=1</script>"
BODY = f"😀 قال الكرملين إن المحادثات ستعقد في 10 يناير.\n{EVIL}\nوأضاف أن موسكو تنتظر النتائج."
GENEVA = "us-russia-geneva-2022-01"

# The texts whose colour stands out too little from what is behind them, by WCAG 2.2's formula.
CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${element.textContent}`);
  }
  return poor;
}"""


class Desk:
    """A model behind a server that can go away and come back at the same address."""

    def __init__(self) -> None:
        text = (Path(__file__).parents[2] / "seeds" / "watchlist.yaml").read_text("utf-8")
        self.model = ReadModel(Watchlist.model_validate(yaml.safe_load(text)))
        self.model.ready = True
        self.port = 0
        self._offsets: dict[str, int] = {}
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        application = web.Application()
        application.add_routes(page_routes(self.model, Settings(_env_file=None)))
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def put(self, topic: str, record: Record) -> None:
        offset = self._offsets.get(topic, 0)
        self._offsets[topic] = offset + 1
        key = str(record.key).encode()  # type: ignore[attr-defined]
        self.model.apply(topic, (0, offset), key, record.model_dump_json().encode())


def alert(number: int, **fields: Any) -> Alert:
    span = Span.of(BODY, BODY.index("المحادثات"), BODY.index("."))
    before, after = surroundings(BODY, span)
    piece = Evidence(article_id="article-1", source="alaraby", url="https://example.org/1", span=span)
    return Alert(
        **{
            "alert_id": f"alert-{number}",
            "kind": "new_statement",
            "severity": "info",
            "reason": "new",
            "summary": {"en": f"Statement {number}", "ar": f"تصريح {number}"},
            "article_ids": ("article-1",),
            "evidence": (piece.model_copy(update={"before": before, "after": after}),),
            "event_time": NOW,
            "talks": (GENEVA,),
            "parties": ("russia",),
            **fields,
        }
    )


def hit(day: int) -> Signal:
    return Signal(
        signal_id=f"signal-{day}",
        article_id=f"article-{day}",
        event_time=NOW - timedelta(days=day),
        event_type="ASSAULT",
        direction="escalation",
        modality="asserted",
        intensity=-9,
        actors=("russia",),
        recipients=("ukraine",),
        evidence=Span(start=0, end=3, text="قصف"),
    )


def ledger() -> Talk:
    claims = [
        Claim(
            claim_id=f"claim-{day}",
            talk_id=GENEVA,
            article_id="article-1",
            source=EVIL,
            starts=date(2022, 1, day),
            evidence=Span(start=0, end=10, text=EVIL),
        )
        for day in (10, 17)
    ]
    return Talk(
        talk_id=GENEVA,
        status="rescheduled",
        starts=date(2022, 1, 17),
        ends=date(2022, 1, 17),
        venue="geneva",
        contested=True,
        claims=tuple(claims),
        discrepancies=(Discrepancy(field="dates", agreement="incompatible", claims=("claim-10", "claim-17"), note=""),),
    )


async def visit(chromium: Browser, desk: Desk, **options: Any) -> Page:
    """The page, loaded; whatever Chromium complains of, and every address it asks for, is kept on `page.seen`."""
    context = await chromium.new_context(**options)
    page = await context.new_page()
    complaints: list[str] = []
    addresses: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", complain)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: addresses.append(request.url))
    page.seen = (complaints, addresses)  # type: ignore[attr-defined]
    await page.goto(desk.url)
    await expect(page.locator("#state")).to_have_attribute("data-state", "live")
    return page
