"""The index of seen articles in real stores: races, second deliveries, expiry, clusters."""

from __future__ import annotations

import asyncio
import random
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest
import pytest_asyncio
from redis import Redis as PlainRedis
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from agents.deduplicate import Answer, Delivery, Entry, deduplicate
from agents.language.fingerprint import ANCHOR_BITS
from schemas import Article, RawArticle, Verdict
from streams.embedded import store_binary, store_command
from streams.seen import MemorySeenArticles, RedisSeenArticles
from streams.stores import Store, StoreLostError
from tests.chaos.servers import free_ports

pytestmark = pytest.mark.connected
DAY = 24 * 3600
NAMES = ["السالمي", "الرفاعي", "القاسم", "العطار", "الحداد", "النجار", "الخياط", "الصباغ", "الكاتب", "البناء"]
PLACES = ["الوادي", "الجبل", "السهل", "الساحل", "الصحراء", "الهضبة", "الواحة", "الجزيرة", "المدينة", "القرية"]


@pytest.fixture(scope="module", params=["valkey", "redis", "one node of a cluster"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    redis = shutil.which("redis-server")
    if request.param != "valkey" and redis is None:
        pytest.skip("not installed: redis-server")
    port, bus = free_ports(2)
    folder = tmp_path_factory.mktemp("store")
    command = store_command(store_binary() if request.param == "valkey" else str(redis), port, folder)
    command += ["--appendfsync", "no"]
    if request.param == "one node of a cluster":
        command += ["--cluster-enabled", "yes", "--cluster-port", str(bus)]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            client = PlainRedis(port=port)
            deadline = time.monotonic() + 20
            while not _answers(client):
                assert time.monotonic() < deadline, (folder / "log").read_text()
                time.sleep(0.05)
            if "--cluster-enabled" in command:
                client.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
                while b"cluster_state:ok" not in client.execute_command("CLUSTER", "INFO"):
                    time.sleep(0.05)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def _answers(client: PlainRedis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


@pytest_asyncio.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with Redis.from_url(url) as redis:
        yield Store(redis, f"{{test-{uuid4().hex[:8]}}}")


def story(number: int) -> str:
    """A story that shares no sentence with any other."""
    a, b, c = NAMES[number % 10], PLACES[number // 10 % 10], PLACES[number // 100 % 10]
    return (
        f"أعلن المهندس {a} افتتاح محطة رقم {number} لتحلية المياه في {b} بعد أشهر من التأخير والخلافات المالية. "
        f"وذكر سكان {c} أن الخط {number * 7 + 3} سيصل إلى {number * 3 + 11} منزلا قبل موسم الحصاد المقبل بأسابيع.\n\n"
        f"ووعد {a} بتوسيع الشبكة {number + 5} كيلومترا نحو {b} حين تتوفر الأنابيب اللازمة من المصنع رقم {number + 900}."
    )


ALONE = "افتتح رئيس البلدية صباح الاثنين المعرض السنوي للكتاب بمشاركة ناشرين من عشرين بلدا وسط إقبال من الطلاب."

ALSO_ALONE = "استقرت أسعار الزيتون في أسواق الشمال بعدما هطلت أمطار غزيرة أنقذت معظم البساتين الصغيرة من العطش."


def raw(name: str, body: str) -> RawArticle:
    when = datetime(2022, 1, 4, 9, tzinfo=UTC)
    return RawArticle(article_id=name, source=f"outlet of {name}", title="", body=body, published_at=when)


async def tell(article: RawArticle, index: RedisSeenArticles | MemorySeenArticles) -> Article:
    (record,) = (await deduplicate(article, index)).records
    assert isinstance(record, Article)
    return record


async def test_two_workers_given_two_copies_at_once_agree_on_the_first_a_thousand_times(url: str, store: Store) -> None:
    async with Redis.from_url(url) as other:
        workers = [RedisSeenArticles(one, DAY) for one in (store, Store(other, store.prefix))]
        for number in range(1000):
            body = story(number)
            copy = body if number % 2 else "الرئيسية > أخبار > محلية\n\n" + body.split("\n\n")[0] + "\n\nشارك الخبر"
            pair = [raw(f"a{number}", body), raw(f"b{number}", copy)]
            told = await asyncio.gather(*(tell(article, worker) for article, worker in zip(pair, workers, strict=True)))
            first, second = sorted(told, key=lambda article: article.verdict is not Verdict.UNIQUE)
            assert (first.verdict, first.duplicate_of) == (Verdict.UNIQUE, None)
            assert second.duplicate_of == first.article_id, number


async def test_five_copies_at_once_have_one_first(store: Store) -> None:
    index = RedisSeenArticles(store, DAY)
    for number in range(50):
        articles = [raw(f"{letter}{number}", story(number) + tail) for letter, tail in zip("abcde", TAILS, strict=True)]
        told = await asyncio.gather(*(tell(article, index) for article in articles))
        (first,) = (article for article in told if article.verdict is Verdict.UNIQUE)
        assert {article.story_id for article in told} == {first.article_id}


TAILS = [
    "",
    "\nشارك الخبر",
    "\n\nولم تعلق الوزارة على ذلك.",
    "\nالمصدر: وكالات",
    "\n\nوانتهى البيان من دون تفاصيل أخرى.",
]


async def test_a_delivery_that_comes_twice_at_once_gets_one_answer(store: Store) -> None:
    index = RedisSeenArticles(store, DAY)
    await tell(raw("a", story(1)), index)
    copy = raw("b", story(1) + TAILS[2])
    told = await asyncio.gather(*(tell(copy, index) for _ in range(20)))
    assert all(article == told[0] for article in told)
    assert told[0].duplicate_of == "a"


async def test_the_store_and_the_dict_give_the_same_answers(store: Store) -> None:
    index, memory = RedisSeenArticles(store, DAY), MemorySeenArticles()
    for number in range(60):
        body = story(number % 20) + TAILS[number // 20 % 5] + ("\n\n" + story(number % 7) if number % 3 == 0 else "")
        article = raw(f"a{number}", body)
        assert await tell(article, index) == await tell(article, memory)


async def test_the_store_and_the_dict_find_the_same_earlier_articles(store: Store) -> None:
    index, memory = RedisSeenArticles(store, DAY), MemorySeenArticles()
    chance = random.Random(1)
    pool = [chance.getrandbits(ANCHOR_BITS) for _ in range(40)]  # so that some are phrases that everybody uses
    pool[4:8] = [pool[0] + (number << 21) for number in range(1, 5)]  # of one bucket
    for number in range(400):
        anchors = (*chance.sample(pool[: 8 + number // 8], 4), chance.getrandbits(ANCHOR_BITS))
        delivery = Delivery(number.to_bytes(8, "big"), Entry(f"a{number}", number, 0, 0, 0, 0, b"", b""), anchors)
        told, wanted = [await one.settle(delivery, Answer(), frozenset()) for one in (index, memory)]
        assert [known.key for known in told.known] == [known.key for known in wanted.known]
        against = frozenset(known.key for known in wanted.known)
        assert (await index.settle(delivery, Answer(), against)).answer == Answer()
        await memory.settle(delivery, Answer(), against)


async def test_articles_under_way_at_once_come_out_as_one_after_the_other(store: Store) -> None:
    index, memory = RedisSeenArticles(store, DAY), MemorySeenArticles()
    bodies = [
        story(number % 20) + TAILS[number // 20 % 5] + ("\n\n" + story(number % 7) if number % 3 == 0 else "")
        for number in range(60)
    ]
    articles = [raw(f"a{number}", body) for number, body in enumerate(bodies)]
    told = await asyncio.gather(*(tell(article, index) for article in articles))
    assert told == [await tell(article, memory) for article in articles]


class OnceAway(RedisSeenArticles):
    """A store that does not answer the first time."""

    away = True

    async def _run(self, asked: Any) -> list[Any]:
        if self.away:
            self.away = False
            await asyncio.sleep(0)
            raise RedisConnectionError
        return await super()._run(asked)


async def test_nothing_goes_before_a_copy_that_found_no_store(store: Store) -> None:
    index = OnceAway(store, DAY)
    articles = [raw("a", story(1)), raw("b", story(1)), raw("c", ALONE)]
    told = await asyncio.gather(*(tell(article, index) for article in articles), return_exceptions=True)
    assert [isinstance(one, RedisConnectionError) for one in told] == [True, True, False]
    assert [(await tell(article, index)).duplicate_of for article in articles] == [None, "a", None]


async def test_scripts_that_the_store_has_forgotten_are_given_to_it_again(store: Store) -> None:
    index = RedisSeenArticles(store, DAY)
    await tell(raw("a", story(1)), index)
    await store.redis.script_flush()
    assert (await tell(raw("b", story(1)), index)).duplicate_of == "a"


async def test_what_fails_for_one_article_fails_for_no_other(store: Store) -> None:
    index = RedisSeenArticles(store, DAY)
    await tell(raw("a", story(1)), index)
    async for key in store.redis.scan_iter(match=f"{store.prefix}:seen:r:*"):
        await store.redis.delete(key)
        await cast(Awaitable[int], store.redis.rpush(key, "no record"))
    articles = [raw("b", ALONE), raw("c", story(1)), raw("d", ALSO_ALONE)]
    told = await asyncio.gather(*(tell(article, index) for article in articles), return_exceptions=True)
    assert [isinstance(one, ResponseError) for one in told] == [False, True, False]


async def test_an_article_is_forgotten_after_its_lifetime_and_lives_on_where_it_is_met_again(store: Store) -> None:
    index = RedisSeenArticles(store, 3)
    await tell(raw("met", story(1)), index)
    await tell(raw("alone", ALONE), index)
    for number in range(5):
        await asyncio.sleep(0.8)
        assert (await tell(raw(f"m{number}", story(1)), index)).duplicate_of == "met"
    assert (await tell(raw("late", ALONE), index)).verdict is Verdict.UNIQUE
    deadline = time.monotonic() + 60
    while [key async for key in store.redis.scan_iter(match="*") if store.prefix.encode() in key]:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.2)


async def test_another_store_than_the_one_that_was_read_is_noticed_before_anything_is_written(store: Store) -> None:
    store.epoch = "of before"
    await store.redis.set(store.epoch_key, "of now")
    with pytest.raises(StoreLostError):
        await tell(raw("a", story(1)), RedisSeenArticles(store, DAY))
    assert [key async for key in store.redis.scan_iter(match=f"{store.prefix}:seen*")] == []


async def test_every_key_has_the_hash_tag_and_a_time_to_live(store: Store) -> None:
    index = RedisSeenArticles(store, DAY)
    await tell(raw("a", story(1)), index)
    keys = [key async for key in store.redis.scan_iter(match="*") if store.prefix.encode() in key]
    assert len(keys) > 3
    for key in keys:
        assert key.startswith(store.prefix.encode())
        assert 0 < await store.redis.ttl(key) <= 3 * DAY
