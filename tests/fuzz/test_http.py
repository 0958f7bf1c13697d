"""Schemathesis on the page's API: whatever is asked, it answers as its OpenAPI document says, and never with a 500."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from streams.settings import Settings
from streams.web import page_routes
from tests.streams.test_web import Desk, alert

COMMAND = Path(sys.executable).with_name("schemathesis")  # installed beside the interpreter, as all that tests need


@pytest.mark.slow
async def test_every_request_is_answered_as_the_document_says() -> None:
    desk = Desk()
    for number in range(5):
        desk.put("alerts", alert(number))
    application = web.Application()
    application.add_routes(page_routes(desk.model, Settings(_env_file=None)))  # type: ignore[call-arg]
    async with TestServer(application) as server:
        options = ["--exclude-path", "/events", "--no-color", "-n", os.environ.get("RASID_FUZZ_EXAMPLES", "50")]
        process = await asyncio.create_subprocess_exec(
            COMMAND,
            "run",
            str(server.make_url("/openapi.json")),
            *options,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()[-4000:]
