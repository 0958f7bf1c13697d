"""What is remembered of what articles say has an end."""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper
from inspect import signature

from agents.knowledge import build_knowledge
from tests.agents.speech_watchlist import WATCHLIST


def test_no_memory_for_what_is_asked_grows_without_end() -> None:
    knowledge = build_knowledge(WATCHLIST)
    knowledge.warm_up()
    caches = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    ours = [one for one in caches if one.__module__.partition(".")[0] in ("agents", "schemas", "streams")]
    endless = [one for one in ours if one.cache_parameters()["maxsize"] is None and signature(one).parameters]
    assert len(ours) > 20
    assert endless == []
