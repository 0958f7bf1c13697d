"""The page in a real Chromium: live, safe, right-to-left, by keyboard, on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import BODY, CONTRAST, EVIL, GENEVA, Desk, alert, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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
    geneva = page.locator(f".talk[data-key='{GENEVA}']")
    await expect(geneva.locator(".states")).to_contain_text("المصادر متضاربة")
    await expect(geneva.locator(".discrepancy")).to_contain_text("10 يناير 2022")
    await expect(geneva.locator(".discrepancy")).to_contain_text("17 يناير 2022")
    await geneva.locator("summary").click()
    await expect(geneva.locator(".claims li")).to_have_count(2)
    order = await talks.evaluate_all("rows => rows.map((row) => row.dataset.key)")
    assert order.index(GENEVA) == 3  # its new date is the last


async def test_time_runs_to_the_left_in_arabic_and_to_the_right_in_english(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    assert await page.evaluate("document.dir") == "rtl"
    place = """(frame) => {
      const dot = frame.querySelector('.dot').getBoundingClientRect();
      const { left, width } = frame.getBoundingClientRect();
      return (dot.left + dot.width / 2 - left) / width;
    }"""
    assert await page.locator(".frame").evaluate(place) < 0.1
    await page.locator("#language").click()
    assert await page.evaluate("document.dir") == "ltr"
    assert await page.locator(".frame").evaluate(place) > 0.9
    await expect(page.locator("#alerts-title")).to_have_text("Alerts")
    await page.reload()
    await expect(page.locator("#alerts-title")).to_have_text("Alerts")


async def test_an_alert_s_own_address_leads_to_it(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await page.goto(desk.url + "#alert-1")
    await page.reload()
    await expect(page.locator("#alert-1")).to_be_focused()


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
