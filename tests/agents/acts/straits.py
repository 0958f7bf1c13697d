"""A dispute on straits: two sides, a mediator and an institution, and the signals of sentences on it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from agents.knowledge import Knowledge
from agents.tag_signals import tag_signals
from schemas import Article, Signal, Verdict, Watchlist
from schemas.record import Range

WATCHLIST = Watchlist.model_validate({
    "watchlist": "straits",
    "title": {"en": "Talks on the straits", "ar": "محادثات المضائق"},
    "actors": [
        {"id": "turkey", "kind": "state", "names": {"ar": ["تركيا", "أنقرة"]}, "adjective": {"ar": "تركي"}},
        {"id": "greece", "kind": "state", "names": {"ar": ["اليونان", "أثينا"]}, "adjective": {"ar": "يوناني"}},
        {"id": "germany", "kind": "state", "names": {"ar": ["ألمانيا", "برلين"]}, "adjective": {"ar": "ألماني"}},
        {"id": "un", "kind": "organisation", "names": {"ar": ["الأمم المتحدة"]}},
        {"id": "cavusoglu", "kind": "person", "party": "turkey", "names": {"ar": ["جاويش أوغلو"]},
         "roles": {"ar": ["وزير الخارجية التركي"]}},
        {"id": "dendias", "kind": "person", "party": "greece", "names": {"ar": ["ديندياس"]},
         "roles": {"ar": ["وزير الخارجية اليوناني"]}},
        {"id": "guterres", "kind": "person", "party": "un", "names": {"ar": ["غوتيريش"]},
         "roles": {"ar": ["الأمين العام للأمم المتحدة"]}},
    ],
    "talks": [
        {"id": "exploratory", "title": {"ar": "المحادثات الاستكشافية"}, "parties": ["turkey", "greece"],
         "names": {"ar": ["المحادثات الاستكشافية"]}},
    ],
})  # fmt: skip
SCENE = "تستعد تركيا واليونان لجولة جديدة من المحادثات الاستكشافية في إسطنبول الأسبوع المقبل. "


def read(knowledge: Knowledge, text: str, scene: str = SCENE) -> list[Signal]:
    body = scene + text
    article = Article(
        article_id="a",
        source="s",
        body=body,
        verdict=Verdict.UNIQUE,
        fresh=(Range(start=len(scene), end=len(body)),),
        event_time=datetime(2021, 1, 25, tzinfo=UTC),
    )
    outcome = asyncio.run(tag_signals(article, knowledge))
    return [record for record in outcome.records if isinstance(record, Signal)]
