"""The page in a real Chromium: live, safe, right-to-left, by keyboard, on a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from aiohttp import web
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from schemas import (
    Alert,
    Article,
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

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
NOW = datetime(2022, 1, 3, 9, tzinfo=UTC)
EVIL = "<img src=x onerror='window.broken=1'><script>window.broken=1</script>"
BODY = f"😀 قال الكرملين إن المحادثات ستعقد في 10 يناير.\n{EVIL}\nوأضاف أن موسكو تنتظر النتائج."
GENEVA = "us-russia-geneva-2022-01"


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


@pytest_asyncio.fixture(loop_scope="module")
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    desk.put(
        "articles.accepted", Article(article_id="article-1", source="alaraby", title=EVIL, body=BODY, verdict="unique")
    )
    for day in (2, 1, 0):
        desk.put("signals", hit(day))
    desk.put("talks", ledger())
    desk.put("alerts", alert(1))
    desk.put("alerts", alert(2, kind="escalation", severity="critical", parties=("usa",), talks=()))
    await desk.open()
    yield desk
    await desk.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


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


async def test_alerts_come_live_and_corroborations_change_them_in_place(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    cards = page.locator(".card")
    await expect(cards).to_have_count(2)
    desk.put("alerts", alert(3))
    await expect(cards).to_have_count(3)
    await expect(cards.first.locator(".summary")).to_have_text("تصريح 3")
    await expect(page.locator("#news")).to_have_text("تنبيه جديد: تصريح 3")
    desk.put("alerts.corroborations", alert(1, revision=1, origins=3))
    await expect(page.locator("#alert-1 .origins")).to_have_text("3 مصادر مستقلة")
    await expect(cards).to_have_count(3)
    await expect(page.locator("#count")).to_have_text("3")


async def test_nothing_is_missed_or_doubled_when_the_server_goes_away(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await desk.close()
    await expect(page.locator("#state")).to_have_attribute("data-state", "broken")
    desk.put("alerts", alert(3))
    await desk.open()
    await expect(page.locator("#state")).to_have_attribute("data-state", "live", timeout=15_000)
    desk.put("alerts", alert(4))
    await expect(page.locator("#alert-4")).to_have_count(1)
    ids = await page.locator(".card").evaluate_all("cards => cards.map((card) => card.id)")
    assert ids == ["alert-4", "alert-3", "alert-2", "alert-1"]


async def test_text_of_an_article_never_becomes_markup(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    piece = alert(0).evidence[0].model_copy(update={"source": EVIL, "url": "javascript:alert(1)", "after": EVIL})
    desk.put("alerts", alert(3, summary={"en": EVIL, "ar": EVIL}, evidence=(piece,)))
    await expect(page.locator("#alert-3 .summary")).to_have_text(EVIL)
    await expect(page.locator("#alert-3 a")).to_have_count(0)
    await page.locator(".talk summary").first.click()
    await page.locator("#alert-1 blockquote button").click()
    await expect(page.locator("#article-title")).to_have_text(EVIL)
    assert await page.evaluate("window.broken") is None
    assert await page.locator("main img, dialog img, main script, dialog script").count() == 0
    complaints, addresses = page.seen  # type: ignore[attr-defined]
    assert complaints == []
    assert all(address.startswith(desk.url) for address in addresses)


async def test_an_article_opens_with_its_evidence_marked_in_place(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await page.locator("#alert-1 blockquote button").click()
    await expect(page.locator("dialog")).to_be_visible()
    assert await page.locator("#article-body").text_content() == BODY
    assert await page.locator("#article-body mark").all_text_contents() == ["المحادثات ستعقد في 10 يناير"]
    link = page.locator("#alert-1 blockquote a")
    assert await link.get_attribute("rel") == "noopener noreferrer"
    assert await link.get_attribute("href") == "https://example.org/1"


async def test_an_article_that_is_not_kept_any_more_says_so(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    piece = alert(0).evidence[0].model_copy(update={"article_id": "gone"})
    desk.put("alerts", alert(3, evidence=(piece,)))
    await page.locator("#alert-3 blockquote button").click()
    await expect(page.locator("#article-body")).to_have_text("هذا المقال لم يعد محفوظًا.")


async def test_the_keyboard_is_enough(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("j")
    await expect(page.locator("#alert-2")).to_be_focused()
    await page.keyboard.press("j")
    await expect(page.locator("#alert-1")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_be_hidden()
    await page.keyboard.press("k")
    await expect(page.locator("#alert-2")).to_be_focused()


async def test_filters_choose_what_is_shown(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await page.locator("#kinds input[value=escalation]").check()
    await expect(page.locator(".card")).to_have_count(1)
    desk.put("alerts", alert(3))
    desk.put("alerts", alert(4, kind="escalation"))
    await expect(page.locator(".card")).to_have_count(2)
    await page.locator("#severity").select_option("critical")
    await expect(page.locator(".card")).to_have_count(1)
    await page.locator("#talk").select_option(GENEVA)
    await expect(page.locator("#nothing")).to_be_visible()


async def test_the_calendar_tells_each_claim_and_discrepancy(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    talks = page.locator(".talk")
    await expect(talks).to_have_count(4)
    geneva = page.locator(f".talk[data-talk='{GENEVA}']")
    await expect(geneva.locator(".states")).to_contain_text("المصادر متضاربة")
    await expect(geneva.locator(".discrepancy")).to_contain_text("10 يناير 2022")
    await expect(geneva.locator(".discrepancy")).to_contain_text("17 يناير 2022")
    await geneva.locator("summary").click()
    await expect(geneva.locator(".claims li")).to_have_count(2)
    order = await talks.evaluate_all("rows => rows.map((row) => row.dataset.talk)")
    assert order.index(GENEVA) == 3  # its new date is the last


async def test_time_runs_to_the_left_in_arabic_and_to_the_right_in_english(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    assert await page.evaluate("document.dir") == "rtl"
    end = "document.querySelector('.plot .dot').getAttribute('cx') * 1"
    assert await page.evaluate(end) < 50
    await page.locator("#language").click()
    assert await page.evaluate("document.dir") == "ltr"
    assert await page.evaluate(end) > 270
    await expect(page.locator("#alerts-title")).to_have_text("Alerts")
    await page.reload()
    await expect(page.locator("#alerts-title")).to_have_text("Alerts")


async def test_an_alert_s_own_address_leads_to_it(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await page.goto(desk.url + "#alert-1")
    await page.reload()
    await expect(page.locator("#alert-1")).to_be_focused()


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_has_enough_contrast(scheme: Any, desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    page = await visit(
        chromium, desk, color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900}
    )
    desk.put("alerts", alert(3, kind="talk_changed", severity="warning"))
    await expect(page.locator(".card")).to_have_count(3)
    assert await page.evaluate(CONTRAST) == []
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, dark[4:-1].split(","))) < 200) == (scheme == "dark")
    await page.screenshot(path=tmp_path / f"{scheme}.png")


@pytest.mark.parametrize("width", [320, 390, 768])
async def test_nothing_is_wider_than_a_phone(width: int, desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    page = await visit(chromium, desk, viewport={"width": width, "height": 844}, has_touch=True)
    for _ in range(2):
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await page.evaluate("document.querySelector('#alerts').getBoundingClientRect().width") <= width
        await page.locator("#language").click()
    await page.locator("#alert-1 blockquote button").click()
    await expect(page.locator("dialog")).to_be_visible()
    assert await page.evaluate("document.querySelector('dialog').getBoundingClientRect().width") <= width
    await page.screenshot(path=tmp_path / f"phone-{width}.png")
