"""The plots of escalation: their axis, their usual range, and every value by pointer, keyboard and table."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.desk import NOW, Desk, alert, hit, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
WIDE = {"width": 1280, "height": 1400}
# How far each label of the value axis is from its line, in pixels, and what the labels say.
LABELS = """(chart) => {
  const middle = (one) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2;
  const labels = [...chart.querySelectorAll('.scale span')].reverse();
  const lines = [...chart.querySelectorAll('.grid')];
  return [labels.map((label) => label.textContent), labels.map((label, at) => middle(label) - middle(lines[at]))];
}"""


async def served(page: Page) -> Any:
    """What the API serves of the pair."""
    (pair,) = (await page.evaluate("fetch('/api/escalation').then((answer) => answer.json())"))["pairs"]
    return pair


def month(desk: Desk) -> None:
    """Four quiet weeks before the three days of the desk."""
    for day in range(28, 2, -3):
        desk.put("signals", hit(day))


async def at(page: Page, chart: Locator, share: float) -> None:
    """Point at a share of the frame's width, from the left."""
    box = await chart.locator(".frame").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


async def test_the_value_axis_has_labels_beside_its_lines(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, viewport=WIDE)
    labels, apart = await page.locator(".chart").evaluate(LABELS)
    assert labels == ["0", "0.5", "1", "1.5", "2"]
    assert max(map(abs, apart)) < 1.5
    for number in range(27):
        name = f"more-{number}"
        desk.put("signals", hit(0).model_copy(update={"signal_id": name, "article_id": name}))
    await page.reload()
    await expect(page.locator(".scale span").first).to_have_text("30")
    labels, apart = await page.locator(".chart").evaluate(LABELS)
    assert labels == ["0", "10", "20", "30"]
    assert max(map(abs, apart)) < 1.5


async def test_the_usual_range_is_drawn_and_told_once_it_is_known(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk, viewport=WIDE)
    await expect(page.locator(".usual-range")).to_have_text("لا يُعرف بعدُ ما المعتاد")
    await expect(page.locator(".plot .usual")).to_have_count(0)
    month(desk)
    await page.reload()
    limit = (await served(page))["usual"]["limit"]
    await expect(page.locator(".usual-range")).to_have_text(f"المعتاد حتى {limit:.1f}")
    assert f"المعتاد حتى {limit:.1f}" in str(await page.locator(".plot svg").get_attribute("aria-label"))
    high = await page.locator(".plot svg").evaluate(
        "(svg) => svg.querySelector('.usual').getBBox().height / svg.viewBox.baseVal.height"
    )
    highest = float(await page.locator(".scale span").first.inner_text())
    assert high == pytest.approx(limit / highest, abs=0.01)


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_pointer_shows_the_value_of_any_time(language: str, desk: Desk, chromium: Browser) -> None:
    month(desk)
    page = await visit(chromium, desk, viewport=WIDE, timezone_id="UTC")
    if language == "en":
        await page.locator("#language").click()
    points = (await served(page))["points"]
    chart, number = page.locator(".chart"), page.locator(".plot .number")
    await expect(number).to_have_text(f"{points[-1][1]:.1f}")
    await at(page, chart, 0.999 if language == "ar" else 0.001)
    await expect(number).to_have_text(f"{points[0][1]:.1f}")
    await expect(page.locator(".plot .moment")).to_contain_text("6 ديسمبر" if language == "ar" else "6 Dec")
    await expect(chart.locator(".cursor")).to_have_css("opacity", "1")
    await at(page, chart, 0.5)
    await expect(number).to_have_text(f"{points[len(points) // 2][1]:.1f}")
    await page.mouse.move(0, 0)
    await expect(number).to_have_text(f"{points[-1][1]:.1f}")
    await expect(chart.locator(".cursor")).to_have_css("opacity", "0")


async def test_the_arrow_keys_go_from_value_to_value(desk: Desk, chromium: Browser) -> None:
    month(desk)
    page = await visit(chromium, desk, viewport=WIDE, timezone_id="UTC")
    points = (await served(page))["points"]
    slider = page.locator(".plot input")
    await slider.focus()
    await page.keyboard.press("ArrowRight")  # to the past, in Arabic
    await expect(page.locator(".plot .number")).to_have_text(f"{points[-2][1]:.1f}")
    await expect(slider).to_have_attribute("aria-valuetext", f"3 يناير، 3:00 ص UTC: {points[-2][1]:.1f}")
    await page.keyboard.press("Home")
    await expect(page.locator(".plot .number")).to_have_text(f"{points[0][1]:.1f}")
    await page.locator("#close").evaluate("() => document.activeElement.blur()")
    await expect(page.locator(".plot .number")).to_have_text(f"{points[-1][1]:.1f}")


async def test_a_table_tells_all_days(desk: Desk, chromium: Browser) -> None:
    month(desk)
    page = await visit(chromium, desk, viewport=WIDE, timezone_id="UTC")
    points = (await served(page))["points"]
    await page.locator(".plot summary").click()
    rows = await page.locator(".plot tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert len(rows) == 29
    last = [value for moment, value in points if moment.startswith(NOW.date().isoformat())]
    assert rows[-1] == ["3 يناير", f"{max(last):.1f}", f"{last[-1]:.1f}"]


async def test_what_a_reader_has_chosen_in_a_plot_stays_when_it_grows(desk: Desk, chromium: Browser) -> None:
    month(desk)
    page = await visit(chromium, desk, viewport=WIDE, timezone_id="UTC")
    points = (await served(page))["points"]
    await page.locator(".plot summary").click()
    await page.locator(".plot input").focus()
    await page.keyboard.press("Home")
    desk.put("signals", hit(0).model_copy(update={"signal_id": "new", "article_id": "new"}))
    await page.evaluate("document.querySelector('.plot svg').dataset.old = 'yes'")
    desk.put("alerts", alert(3))
    await expect(page.locator(".plot svg")).not_to_have_attribute("data-old", "yes", timeout=15_000)
    await expect(page.locator(".plot input")).to_be_focused()
    await expect(page.locator(".plot .number")).to_have_text(f"{points[0][1]:.1f}")
    await expect(page.locator(".plot details")).to_have_attribute("open", "")
    await expect(page.locator(".plot tbody tr").last).to_contain_text(f"{points[-1][1] + 0.9:.1f}")
