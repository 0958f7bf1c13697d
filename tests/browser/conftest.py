"""A desk with some records, and Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from schemas import Article
from tests.browser.desk import BODY, EVIL, Desk, alert, hit, ledger


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
