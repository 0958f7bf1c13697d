"""Which way texts run: an article's by its own letters, whatever the language of the page and the first word."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from schemas import Article, Claim, Evidence, Span, Talk
from tests.browser.desk import GENEVA, NOW, Desk, alert, ledger, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TITLE = 'Foreign Policy: "لا" لموعد جديد؟'
SOURCE = "RT عربي"
BODY = "\n".join(
    [
        'CNN: قال الكرملين إن المحادثات ستعقد في 10 يناير، بحسب "RT".',
        "A paragraph in English.",
        "10/1/2022",
    ]
)
DIRECTION = "(element) => getComputedStyle(element).direction"
# Whether the words are laid out in the order in which an Arabic line is read: each left of the one before it.
READS_LEFTWARDS = """(element) => {
  const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const left = (word) => {
    for (text.currentNode = element; text.nextNode(); ) {
      const at = text.currentNode.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text.currentNode, at);
      range.setEnd(text.currentNode, at + word.length);
      return range.getBoundingClientRect().left;
    }
  };
  return left('CNN') > left('قال') && left('قال') > left('الكرملين');
}"""
# How many lines a range of days takes, for each width of the element that holds it.
LINES_OF_RANGE = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let node, found = null;
  while (!found && (node = walker.nextNode())) {
    const match = /9\\D{1,3}10/u.exec(node.data);
    if (match) found = [node, match.index, match.index + match[0].length];
  }
  const range = document.createRange();
  range.setStart(found[0], found[1]);
  range.setEnd(found[0], found[2]);
  const lines = new Set();
  for (let width = 60; width < 300; width += 2) {
    element.style.inlineSize = `${width}px`;
    const middles = [...range.getClientRects()].map((one) => (one.top + one.bottom) / 2);
    lines.add(Math.max(...middles) - Math.min(...middles) < 10 ? 1 : 2);
  }
  return [...lines];
}"""


def claim(number: int, **fields: Any) -> Claim:
    return Claim(
        **{
            "claim_id": f"claim-{number}",
            "talk_id": GENEVA,
            "article_id": "mixed",
            "source": SOURCE,
            "evidence": Span.of(BODY, 0, BODY.index("،")),
            **fields,
        }
    )


def mixed(desk: Desk) -> None:
    """An article that begins with Latin letters, an alert that shows it, and a claim of it."""
    desk.put("articles.accepted", Article(article_id="mixed", source=SOURCE, title=TITLE, body=BODY, verdict="unique"))
    span = Span.of(BODY, BODY.index("المحادثات"), BODY.index("،"))
    piece = Evidence(article_id="mixed", source=SOURCE, span=span, before=BODY[: span.start], after=BODY[span.end :])
    desk.put("alerts", alert(3, article_ids=("mixed",), evidence=(piece,)))
    desk.put("talks", Talk(talk_id=GENEVA, claims=(claim(1, starts=NOW.date()),)))


async def in_language(page: Page, language: str) -> None:
    if await page.evaluate("document.documentElement.lang") != language:
        await page.locator("#language").click()


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_an_arabic_text_that_begins_with_latin_letters_runs_to_the_left(
    language: str, desk: Desk, chromium: Browser
) -> None:
    mixed(desk)
    page = await visit(chromium, desk, viewport={"width": 1280, "height": 900})
    await in_language(page, language)
    quoted = page.locator("#alert-3 blockquote p")
    assert await quoted.evaluate(DIRECTION) == "rtl"
    assert await quoted.evaluate(READS_LEFTWARDS)
    assert await page.locator("#alert-3 footer bdi").evaluate(DIRECTION) == "rtl"
    geneva = page.locator(f".talk[data-key='{GENEVA}']")
    await geneva.locator("summary").click()
    assert await geneva.locator("q").evaluate(DIRECTION) == "rtl"
    source = geneva.locator(".claims button")
    assert await source.evaluate("(button) => getComputedStyle(button).textAlign") == "start"
    assert await source.locator("bdi").evaluate(DIRECTION) == "rtl"
    await source.click()
    await expect(page.locator("#article-title")).to_have_text(TITLE)
    assert await page.locator("#article-title").evaluate(DIRECTION) == "rtl"
    assert await page.locator("#article-about bdi").evaluate(DIRECTION) == "rtl"
    assert await page.locator("#article-body").evaluate(READS_LEFTWARDS)


async def test_each_line_of_an_article_runs_as_it_is_written(desk: Desk, chromium: Browser) -> None:
    mixed(desk)
    page = await visit(chromium, desk)
    await in_language(page, "en")
    await page.locator("#alert-3 blockquote button").click()
    lines = page.locator("#article-body > *")
    assert await lines.evaluate_all(f"(lines) => lines.map({DIRECTION})") == ["rtl", "ltr", "rtl"]
    assert await page.locator("#article-body").text_content() == BODY


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_range_of_days_is_not_broken_at_its_dash(language: str, desk: Desk, chromium: Browser) -> None:
    day = NOW.date()
    both = {"starts": day.replace(day=9), "ends": day.replace(day=10)}
    told = ledger().model_copy(update=both)
    told = told.model_copy(update={"claims": tuple(one.model_copy(update=both) for one in told.claims)})
    desk.put("talks", told)
    page = await visit(chromium, desk)
    await in_language(page, language)
    geneva = page.locator(f".talk[data-key='{GENEVA}']")
    for part in (".what > .quiet", ".discrepancy"):
        assert await geneva.locator(part).evaluate(LINES_OF_RANGE) == [1], part
