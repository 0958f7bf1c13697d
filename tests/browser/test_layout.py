"""What stands where, how large, and what can be told apart without colour."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from schemas import Span
from tests.browser.desk import BODY, CONTRAST, Desk, alert, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TOP = "(element) => element.getBoundingClientRect().top"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (900, 700)])
async def test_alerts_come_before_what_is_beside_them(width: int, height: int, desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, viewport={"width": width, "height": height})
    await expect(page.locator(".card").first).to_be_in_viewport()
    assert await page.locator(".card").last.evaluate(TOP) < await page.locator("#talks").evaluate(TOP)


@pytest.mark.parametrize("width", [320, 390, 768])
async def test_where_talks_and_plots_stand_below_links_lead_to_them(width: int, desk: Desk, chromium: Browser) -> None:
    for number in range(10, 40):
        desk.put("alerts", alert(number))
    page = await visit(chromium, desk, viewport={"width": width, "height": 844})
    for part in ("talks", "escalation"):
        title = page.locator(f"#{part}-title")
        await expect(title).not_to_be_in_viewport()
        await page.locator(f"nav a[href='#{part}']").click()
        await expect(title).to_be_in_viewport()
        covered = "(title) => title.getBoundingClientRect().top < document.querySelector('header').offsetHeight"
        assert not await title.evaluate(covered)
        await page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
async def test_every_filter_is_within_the_page(width: int, desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, viewport={"width": width, "height": 844})
    for _ in range(2):
        outside = """(filters) => filters.filter((filter) => {
          const { left, right } = filter.getBoundingClientRect();
          return left < 0 || right > innerWidth;
        }).length"""
        assert await page.locator("#filters .chip, #filters select").evaluate_all(outside) == 0
        await page.locator("#language").click()


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_a_lost_connection_is_told_in_words(width: int, desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, viewport={"width": width, "height": 844})
    await desk.close()
    state = page.locator("#state")
    await expect(state).to_have_attribute("data-state", "broken")
    await expect(state).to_have_text("انقطع الاتصال، تُعاد المحاولة…")
    assert await state.evaluate("(state) => parseFloat(getComputedStyle(state).fontSize)") >= 12
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
async def test_what_can_be_pressed_is_large_enough(width: int, desk: Desk, chromium: Browser) -> None:
    """WCAG 2.2's least size of a target, 24 by 24 pixels."""
    desk.put("alerts", alert(3, evidence=alert(0).evidence * 2))
    page = await visit(chromium, desk, viewport={"width": width, "height": 844})
    for summary in await page.locator("summary").all():
        await summary.click()
    small = """(all) => all.filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map((one) => [one.outerHTML, one.getBoundingClientRect()])
      .filter(([, box]) => box.height && (box.width < 24 || box.height < 24)).map(([text]) => text)"""
    assert await page.locator("button, summary, select, a:not(.skip), .chip, input").evaluate_all(small) == []
    line = """(parts) => new Set(parts.map((part) => {
      const words = document.createRange();
      words.selectNodeContents(part);
      return Math.round(words.getBoundingClientRect().bottom);
    })).size"""
    assert await page.locator("#alert-1 footer > *").evaluate_all(line) == 1


COLOURS = """(element) => {
  const style = getComputedStyle(element);
  return [style.backgroundColor, style.color];
}"""


async def forced(chromium: Browser, desk: Desk) -> Page:
    return await visit(
        chromium, desk, forced_colors="active", color_scheme="dark", viewport={"width": 1280, "height": 844}
    )


async def test_forced_colours_show_which_filter_is_chosen(desk: Desk, chromium: Browser) -> None:
    page = await forced(chromium, desk)
    await page.locator("#kinds input[value=escalation]").check()
    chosen = await page.locator("#kinds input[value=escalation] + span").evaluate(COLOURS)
    other = await page.locator("#kinds input[value=surge] + span").evaluate(COLOURS)
    assert chosen[0] != other[0]
    assert chosen[0] != chosen[1]


async def test_forced_colours_show_the_state_and_the_words_that_were_asked_for(desk: Desk, chromium: Browser) -> None:
    page = await forced(chromium, desk)
    dot = """(state) => {
      const dot = getComputedStyle(state, '::before');
      const paper = getComputedStyle(document.body).backgroundColor;
      return parseFloat(dot.borderTopWidth) > 0 && dot.borderTopColor !== paper;
    }"""
    assert await page.locator("#state").evaluate(dot)
    await page.locator("#alert-1 blockquote button").click()
    outline = "(mark) => getComputedStyle(mark).outlineStyle"
    assert await page.locator("#article-body mark[aria-current=true]").evaluate(outline) != "none"


async def test_forced_colours_leave_every_text_readable(desk: Desk, chromium: Browser) -> None:
    other = alert(0).evidence[0].model_copy(update={"span": Span.of(BODY, BODY.index("وأضاف"), len(BODY))})
    desk.put("alerts", alert(3, evidence=(other,)))
    page = await forced(chromium, desk)
    await page.locator("#kinds input[value=new_statement]").check()
    await page.locator("#alert-1 blockquote button").click()
    await expect(page.locator("#article-body mark")).to_have_count(2)
    assert await page.evaluate(CONTRAST) == []


async def test_the_button_for_the_appearance_says_what_it_does(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, color_scheme="light")
    theme = page.locator("#theme")
    await expect(theme).to_have_text("داكن")
    assert await theme.get_attribute("aria-pressed") is None
    await theme.click()
    await expect(theme).to_have_text("فاتح")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await theme.click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_every_time_of_day_says_in_which_zone(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, timezone_id="Asia/Riyadh", locale="ar")
    await expect(page.locator("#alert-1 time")).to_contain_text("12:00")
    await expect(page.locator("#alert-1 time")).to_contain_text("+3")
