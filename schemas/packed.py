"""Alerts that are kept in memory for weeks: deflated, a tenth of their size; the last ones asked for stay unpacked."""

from __future__ import annotations

import zlib
from functools import lru_cache

from schemas.alert import Alert

_UNPACKED = 1024


def pack(alert: Alert) -> bytes:
    """The alert as deflated JSON."""
    return zlib.compress(alert.model_dump_json().encode(), level=1)


@lru_cache(maxsize=_UNPACKED)
def unpack(packed: bytes) -> Alert:
    """The alert of `pack`."""
    return Alert.model_validate_json(zlib.decompress(packed))
