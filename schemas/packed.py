"""Records deflated, a tenth of their size: in the store, and alerts that are kept in memory for weeks."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final

from schemas.alert import Alert
from schemas.record import Record

UNPACKED: Final = 128  # alerts of which none needs to be packed or unpacked again


def pack(*records: Record) -> bytes:
    """JSON Lines, deflated: a talk's record quotes each of its claims, and most of it stands there twice."""
    return zlib.compress("\n".join(record.model_dump_json() for record in records).encode(), level=1)


@lru_cache(maxsize=UNPACKED)
def unpack_alert(packed: bytes) -> Alert:
    """The one alert of `pack`; the last ones asked for stay unpacked."""
    return Alert.model_validate_json(zlib.decompress(packed))
