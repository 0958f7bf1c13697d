"""Which errors of the store pass by waiting."""

from __future__ import annotations

import pytest
from redis import exceptions

from streams.stores import is_store_down

FULL = "MISCONF Errors writing to the AOF file: No space left on device"


@pytest.mark.parametrize(
    "error",
    [
        exceptions.ConnectionError("nobody there"),
        exceptions.TimeoutError(),
        exceptions.OutOfMemoryError("OOM"),
        exceptions.ResponseError(FULL),
        exceptions.ResponseError(f"Command # 1 (SET a b) of pipeline caused error: ('{FULL}',)"),
        exceptions.ResponseError(f"Command # 1 (SET a b) of pipeline caused error: {FULL}"),
        ConnectionResetError(),
    ],
)
def test_what_passes_is_waited_for(error: Exception) -> None:
    assert is_store_down(error)


@pytest.mark.parametrize(
    "error",
    [
        exceptions.ResponseError("WRONGTYPE Operation against a key holding the wrong kind of value"),
        exceptions.ResponseError("ERR the text says MISCONF"),
        ValueError("MISCONF"),
    ],
)
def test_what_does_not_pass_is_not(error: Exception) -> None:
    assert not is_store_down(error)
