"""What a reader has open, reads and stands on stays while alerts come; links lead where they say."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from schemas import Article, Claim, Evidence, Span, Talk, TalkStatus
from tests.browser.desk import BODY, GENEVA, Desk, alert, ledger, visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
IDS = "(cards) => cards.map((card) => card.id)"
PIECE = alert(0).evidence[0]
OTHER = PIECE.model_copy(update={"span": Span.of(BODY, BODY.index("وأضاف"), BODY.index("النتائج"))})


def many_claims(number: int) -> Talk:
    span = Span.of(BODY, BODY.index("قال"), BODY.index("إن"))
    claims = [
        Claim(
            claim_id=f"claim-{each}",
            talk_id=GENEVA,
            article_id="article-1",
            source=f"paper-{each}",
            starts=date(2022, 1, 10),
            evidence=span,
        )
        for each in range(number)
    ]
    return Talk(talk_id=GENEVA, starts=date(2022, 1, 10), ends=date(2022, 1, 10), claims=tuple(claims))


async def marked(page: Page) -> list[list[Any]]:
    """The marked words of the open article, each with whether it is the one that was asked for."""
    found: list[list[Any]] = await page.locator("#article-body mark").evaluate_all(
        "(marks) => marks.map((mark) => [mark.textContent, mark.matches('[aria-current=true]')])"
    )
    return found


async def test_a_corroboration_leaves_open_what_is_open_and_the_focus_where_it_is(
    desk: Desk, chromium: Browser
) -> None:
    page = await visit(chromium, desk)
    desk.put("alerts", alert(3, evidence=(PIECE, OTHER)))
    await page.locator("#alert-3 summary").click()
    button = page.locator("#alert-3 details button")
    await button.focus()
    desk.put("alerts.corroborations", alert(3, revision=1, origins=2, evidence=(PIECE, OTHER, PIECE)))
    await expect(page.locator("#alert-3 .origins")).to_have_text("مصدران مستقلان")
    await expect(page.locator("#alert-3 blockquote")).to_have_count(3)
    await expect(page.locator("#alert-3 details")).to_have_attribute("open", "")
    await expect(button.first).to_be_focused()


async def test_what_a_corroborated_alert_opens_is_what_it_shows_now(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    desk.put("alerts.corroborations", alert(1, revision=1, origins=2, evidence=(OTHER, PIECE)))
    await expect(page.locator("#alert-1 mark").first).to_have_text(OTHER.span.text)
    await page.locator("#alert-1 blockquote button").first.click()
    assert [OTHER.span.text, True] in await marked(page)


async def test_the_calendar_keeps_the_focus_and_what_is_open_when_its_talks_change(
    desk: Desk, chromium: Browser
) -> None:
    page = await visit(chromium, desk)
    geneva = page.locator(f".talk[data-key='{GENEVA}']")
    await geneva.locator("summary").click()
    await geneva.locator(".claims button").first.focus()
    before = await page.evaluate("document.activeElement.textContent")
    earlier = {"status": TalkStatus.CANCELLED, "starts": date(2021, 12, 1), "ends": date(2021, 12, 1)}
    desk.put("talks", ledger().model_copy(update=earlier))  # it moves to the front too
    desk.put("alerts", alert(3))
    await expect(geneva.locator(".status")).to_have_text("ملغاة", timeout=15_000)
    assert await page.locator(".talk").first.get_attribute("data-key") == GENEVA
    await expect(geneva.locator("details")).to_have_attribute("open", "")
    assert await page.evaluate("document.activeElement.textContent") == before


async def test_a_choice_of_filters_keeps_the_focus_when_the_page_loads_anew(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    box = page.locator("#kinds input[value=escalation]")
    await box.check()
    await box.focus()
    await desk.close()
    desk.model.bulletin.begin("a0", 1000)  # a worker that has nothing of what was before: a gap
    await desk.open()
    loaded = page.wait_for_event("request", lambda request: request.url.endswith("/api/names"), timeout=20_000)
    await loaded
    await expect(page.locator("#state")).to_have_attribute("data-state", "live", timeout=15_000)
    await expect(box).to_be_checked()
    await expect(box).to_be_focused()


async def test_every_claim_of_a_talk_is_told(desk: Desk, chromium: Browser) -> None:
    desk.put("talks", many_claims(60))
    page = await visit(chromium, desk)
    geneva = page.locator(f".talk[data-key='{GENEVA}']")
    await expect(geneva.locator("summary")).to_contain_text("(60)")
    await geneva.locator("summary").click()
    await expect(geneva.locator(".claims li")).to_have_count(60)
    cut_off = "(list) => list.scrollHeight > list.clientHeight"
    assert not await geneva.locator(".claims").evaluate(cut_off)


async def test_the_words_of_a_claim_are_marked_in_its_article(desk: Desk, chromium: Browser) -> None:
    desk.put("talks", many_claims(1))
    page = await visit(chromium, desk)
    geneva = page.locator(f".talk[data-key='{GENEVA}']")
    await geneva.locator("summary").click()
    await geneva.locator(".claims button").click()
    await expect(page.locator("dialog")).to_be_visible()
    assert await marked(page) == [["قال الكرملين ", True], [PIECE.span.text, False]]


async def test_the_evidence_that_was_asked_for_looks_unlike_the_rest(desk: Desk, chromium: Browser) -> None:
    desk.put("alerts", alert(3, evidence=(OTHER,)))
    page = await visit(chromium, desk)
    await page.locator("#alert-3 blockquote button").click()
    assert await marked(page) == [[PIECE.span.text, False], [OTHER.span.text, True]]
    look = "(marks) => new Set(marks.map((mark) => getComputedStyle(mark).backgroundColor)).size"
    assert await page.locator("#article-body mark").evaluate_all(look) == 2
    await expect(page.locator("#article-body mark[aria-current=true]")).to_be_in_viewport()


async def test_words_that_overlap_with_others_are_marked_whole(desk: Desk, chromium: Browser) -> None:
    inner = PIECE.model_copy(update={"span": Span.of(BODY, BODY.index("ستعقد"), BODY.index("."))})
    two_lines = PIECE.model_copy(update={"span": Span.of(BODY, BODY.index("يناير"), BODY.index("<script"))})
    desk.put("alerts", alert(3, evidence=(inner, two_lines)))
    page = await visit(chromium, desk)
    await page.locator("#alert-3 blockquote button").first.click()
    words = inner.span.text.removesuffix("يناير")
    assert await marked(page) == [
        ["المحادثات ", False],
        [f"{words}يناير", True],
        [".\n", False],
        ["<img src=x onerror='window.broken=1'>", False],
    ]
    assert await page.locator("#article-body").text_content() == BODY


async def test_a_link_leads_to_an_alert_that_is_older_than_those_shown(desk: Desk, chromium: Browser) -> None:
    for number in range(10, 318):
        desk.put("alerts", alert(number))
    page = await visit(chromium, desk)
    await expect(page.locator(".card")).to_have_count(300)
    await expect(page.locator("#count")).to_have_text("آخر 300")
    await page.locator("#kinds input[value=escalation]").check()
    await expect(page.locator("#alert-2")).to_have_count(1)
    await page.evaluate("location.hash = '#alert-1'")
    await expect(page.locator("#alert-1")).to_be_focused()
    await expect(page.locator("#alert-1")).to_be_in_viewport()
    assert await page.locator(".card").last.get_attribute("id") == "alert-1"
    for number in (400, 401):
        desk.put("alerts", alert(number))
    await expect(page.locator("#alert-401")).to_have_count(1)
    await expect(page.locator("#alert-1")).to_be_focused()
    desk.put("alerts.corroborations", alert(1, revision=1, origins=2))
    await expect(page.locator("#alert-1 .origins")).to_have_text("مصدران مستقلان")


async def test_filters_choose_among_all_that_the_api_holds(desk: Desk, chromium: Browser) -> None:
    for number in range(10, 318):
        desk.put("alerts", alert(number))
    page = await visit(chromium, desk)
    await expect(page.locator(".card")).to_have_count(300)
    await page.locator("#kinds input[value=escalation]").check()
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator("#count")).to_have_text("1")
    desk.put("alerts.corroborations", alert(2, kind="escalation", parties=("usa",), revision=1, origins=2))
    await expect(page.locator("#alert-2 .origins")).to_have_text("مصدران مستقلان")
    desk.put("alerts", alert(400, kind="escalation"))
    for number in range(500, 801):
        desk.put("alerts", alert(number))  # so many that none of what was chosen is among the last
    desk.put("alerts", alert(900, kind="escalation"))
    await expect(page.locator("#alert-900")).to_have_count(1)
    assert await page.locator(".card").evaluate_all(IDS) == ["alert-900", "alert-400", "alert-2"]
    await page.locator("#kinds input[value=escalation]").uncheck()
    await expect(page.locator("#count")).to_have_text("آخر 300")
    assert (await page.locator(".card").evaluate_all(IDS))[:2] == ["alert-900", "alert-800"]
    await expect(page.locator(".card")).to_have_count(300)


async def test_an_answer_to_an_earlier_choice_changes_nothing(desk: Desk, chromium: Browser) -> None:
    for number in range(10, 318):
        desk.put("alerts", alert(number))
    page = await visit(chromium, desk)
    held: asyncio.Queue[Route] = asyncio.Queue()
    await page.route("**/api/alerts?kind=*", held.put)
    await page.locator("#kinds input[value=escalation]").check()
    await page.locator("#kinds input[value=surge]").check()
    await page.locator("#kinds input[value=escalation]").uncheck()
    both_earlier, later = [await held.get() for _ in range(2)], await held.get()
    for earlier in both_earlier:
        async with page.expect_response(earlier.request.url):
            await earlier.continue_()
    await page.evaluate("fetch('/api/names').then((answer) => answer.text())")  # both were read by now
    await expect(page.locator("#nothing")).to_be_hidden()  # nobody knows yet
    await later.continue_()
    await expect(page.locator("#nothing")).to_be_visible()


async def test_a_link_to_an_alert_that_is_not_kept_says_so(desk: Desk, chromium: Browser) -> None:
    page = await visit(chromium, desk)
    await page.evaluate("location.hash = '#alert-gone'")
    await expect(page.locator("#missing")).to_be_visible()
    await page.evaluate("location.hash = '#alert-1'")
    await expect(page.locator("#alert-1")).to_be_focused()
    await expect(page.locator("#missing")).to_be_hidden()


async def test_more_words_for_an_alert_that_is_not_shown_are_no_news(desk: Desk, chromium: Browser) -> None:
    for number in range(10, 318):
        desk.put("alerts", alert(number))
    page = await visit(chromium, desk)
    desk.put("alerts.corroborations", alert(1, revision=1, origins=2))
    desk.put("alerts", alert(400))
    await expect(page.locator("#alert-400")).to_have_count(1)
    await expect(page.locator("#alert-1")).to_have_count(0)


async def test_an_article_without_title_names_its_source_once(desk: Desk, chromium: Browser) -> None:
    desk.put("articles.accepted", Article(article_id="bare", source="paper-1", body=BODY, verdict="unique"))
    piece = PIECE.model_copy(update={"article_id": "bare"})
    desk.put("alerts", alert(3, article_ids=("bare",), evidence=(piece,)))
    page = await visit(chromium, desk)
    await page.locator("#alert-3 blockquote button").click()
    await expect(page.locator("#article-title")).to_have_text("كما ورد في paper-1")
    await expect(page.locator("#article-about")).to_have_text("")


async def test_source_and_link_of_an_article_are_apart(desk: Desk, chromium: Browser) -> None:
    article = Article(
        article_id="x", source="paper-1", title="عنوان", body=BODY, url="https://example.org/x", verdict="unique"
    )
    desk.put("articles.accepted", article)
    piece = Evidence(article_id="x", source="paper-1", span=PIECE.span)
    desk.put("alerts", alert(3, article_ids=("x",), evidence=(piece,)))
    page = await visit(chromium, desk)
    await page.locator("#alert-3 blockquote button").click()
    await expect(page.locator("#article-about")).to_have_text("paper-1 · المصدر")
