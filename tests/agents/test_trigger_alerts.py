from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.stage import Answers, Beside, Outcome
from agents.trigger_alerts import State, alert_memory, decide, trigger_alerts, trigger_alerts_together
from agents.trigger_alerts.surge import History
from agents.trigger_alerts.told import ALERTS_REMEMBERED, LISTED, SHOWN, Told, fold
from schemas import (
    Agreement,
    Alert,
    AlertKind,
    Claim,
    ClaimStance,
    Direction,
    Discrepancy,
    EventType,
    Modality,
    Novelty,
    Severity,
    Signal,
    Silence,
    Span,
    Speaker,
    Statement,
    Talk,
    TalkChange,
    TalkStatus,
    Watchlist,
)

GENEVA = "us-russia-geneva-2022-01"
NOW = datetime(2021, 12, 31, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Knows:
    watchlist: Watchlist


@dataclass
class ListJournal:
    entries: list[Any] = field(default_factory=list)
    answers: dict[str, Sequence[Any]] = field(default_factory=dict)

    async def read(self, after: int) -> Sequence[tuple[int, Any]]:
        return list(enumerate(self.entries))[after:]

    async def append(self, expected: int, key: str, entries: Sequence[Any]) -> bool:
        return await self.append_all(expected, [(key, entries)])

    async def append_all(self, expected: int, answers: Answers[Any], *beside: Beside) -> bool:
        parts: list[Any] = [(self, expected, answers), *beside]
        if any(end != len(each.entries) or any(key in each.answers for key, _ in told) for each, end, told in parts):
            return False
        for each, _, told in parts:
            for key, entries in told:
                each.entries.extend(entries)
                each.answers[key] = entries
        return True

    async def answer(self, key: str) -> Sequence[Any] | None:
        return self.answers.get(key)


@pytest.fixture(scope="module")
def lexicon() -> Knows:
    text = (Path(__file__).parents[2] / "seeds" / "watchlist.yaml").read_text("utf-8")
    return Knows(Watchlist.model_validate(yaml.safe_load(text)))


@dataclass
class Desk:
    """Decides one record after the other, as the stage does, and keeps what was sent."""

    lexicon: Knows
    told: Told = field(default_factory=Told)

    def take(self, record: Signal | Statement | Talk) -> Outcome:
        outcome = decide(record, State(self.told, History()), self.lexicon)
        for alert in outcome.records:
            assert isinstance(alert, Alert)
            fold(self.told, alert)
        return outcome

    def alert(self, record: Signal | Statement | Talk) -> Alert:
        (alert,) = self.take(record).records
        assert isinstance(alert, Alert)
        return alert

    def silence(self, record: Signal | Statement | Talk) -> list[str]:
        outcome = self.take(record)
        assert not [alert for alert in outcome.records if isinstance(alert, Alert) and alert.revision == 0]
        return [passed.reason for passed in outcome.passed if passed.reason != Silence.USUAL_RANGE]


@pytest.fixture
def desk(lexicon: Knows) -> Desk:
    return Desk(lexicon)


def span(text: str) -> Span:
    return Span(start=10, end=10 + len(text), text=text)


def statement(statement_id: str = "statement-1", words: str = "المحادثات ستكون صريحة", **fields: Any) -> Statement:
    return Statement(
        **{
            "statement_id": statement_id,
            "article_id": f"article-of-{statement_id}",
            "source": "alaraby",
            "url": "https://example.org/1",
            "event_time": NOW,
            "party": "russia",
            "speakers": (Speaker(actor_id="ushakov", name="أوشاكوف"),),
            "content": span(words),
            "talks": (GENEVA,),
            **fields,
        }
    )


def signal(signal_id: str = "signal-1", words: str = "هدد بفرض عقوبات غير مسبوقة على روسيا", **fields: Any) -> Signal:
    return Signal(
        **{
            "signal_id": signal_id,
            "article_id": f"article-of-{signal_id}",
            "event_time": NOW,
            "event_type": EventType.THREATEN,
            "surface_type": EventType.SANCTION,
            "direction": Direction.ESCALATION,
            "modality": Modality.CONDITIONAL,
            "intensity": -6.0,
            "actors": ("biden",),
            "recipients": ("russia",),
            "evidence": span(words),
            **fields,
        }
    )


def claim(claim_id: str, **fields: Any) -> Claim:
    return Claim(
        **{
            "claim_id": claim_id,
            "talk_id": GENEVA,
            "article_id": f"article-of-{claim_id}",
            "origin": f"story-of-{claim_id}",
            "evidence": span("في 10 يناير"),
            **fields,
        }
    )


def talk(changes: Sequence[TalkChange], **fields: Any) -> Talk:
    return Talk(
        **{
            "talk_id": GENEVA,
            "starts": date(2022, 1, 9),
            "ends": date(2022, 1, 10),
            "venue": "geneva",
            "parties": ("russia", "usa"),
            "article_id": "article-9",
            "event_time": NOW,
            "changes": tuple(changes),
            **fields,
        }
    )


def test_a_new_statement_about_talks_alerts_with_its_evidence(desk: Desk) -> None:
    alert = desk.alert(statement(context_before="وقال إن ", context_after="، بحسب الوكالة"))
    assert (alert.kind, alert.severity, alert.reason) == (AlertKind.NEW_STATEMENT, Severity.INFO, "new")
    assert (alert.revision, alert.talks, alert.parties) == (0, (GENEVA,), ("russia",))
    (evidence,) = alert.evidence
    assert (evidence.url, evidence.before, evidence.after) == ("https://example.org/1", "وقال إن ", "، بحسب الوكالة")
    assert alert.summary["en"] == "يوري أوشاكوف on US-Russia security talks: «المحادثات ستكون صريحة»"
    assert (
        alert.summary["ar"] == "تصريح من يوري أوشاكوف بشأن المحادثات الأمنية الأميركية الروسية: «المحادثات ستكون صريحة»"
    )


def test_a_statement_about_no_talk_is_silent(desk: Desk) -> None:
    assert desk.silence(statement(talks=())) == [Silence.ABOUT_NO_TALK]


def test_repeats_attach_to_the_first_statement_of_their_chain(desk: Desk) -> None:
    first = desk.alert(statement("statement-1"))
    again = desk.alert(statement("statement-2", novelty=Novelty.REPEAT, repeats="statement-1", origins=2))
    third = desk.alert(statement("statement-3", novelty=Novelty.REPEAT, repeats="statement-2", origins=3, talks=()))
    assert [alert.revision for alert in (first, again, third)] == [0, 1, 2]
    assert first.alert_id == again.alert_id == third.alert_id
    assert third.origins == 3
    assert third.article_ids == tuple(f"article-of-statement-{number}" for number in (1, 2, 3))
    assert len(third.evidence) == 3


def test_a_repeat_of_what_was_not_known_to_be_about_talks_alerts_once(desk: Desk) -> None:
    assert desk.silence(statement("statement-1", talks=())) == [Silence.ABOUT_NO_TALK]
    told = statement(
        "statement-2", novelty=Novelty.REPEAT, repeats="statement-1", origins=2, earlier=("article-of-statement-1",)
    )
    alert = desk.alert(told)
    assert (alert.revision, alert.origins) == (0, 2)
    assert alert.article_ids == ("article-of-statement-2", "article-of-statement-1")
    assert desk.silence(statement("statement-3", novelty=Novelty.REPEAT, repeats="statement-1")) == [Silence.REPEAT]


@pytest.mark.parametrize(("novelty", "reason"), [(Novelty.UPDATE, "update"), (Novelty.CONTRADICTION, "contradiction")])
def test_what_changes_an_earlier_statement_warns_in_an_alert_of_its_own(
    desk: Desk, novelty: Novelty, reason: str
) -> None:
    first = desk.alert(statement("statement-1"))
    changed = desk.alert(statement("statement-2", novelty=novelty, repeats="statement-1"))
    assert (changed.revision, changed.severity, changed.reason) == (0, Severity.WARNING, reason)
    assert changed.alert_id != first.alert_id


def test_a_threat_of_sanctions_alerts_once_however_it_is_told_again(desk: Desk) -> None:
    first = desk.alert(signal("signal-1"))
    assert (first.kind, first.severity, first.reason) == (AlertKind.ESCALATION, Severity.WARNING, "threat")
    assert (first.actors, first.recipients, first.threatened) == (("usa",), ("russia",), EventType.SANCTION)
    assert first.summary["en"].startswith("Threat by United States against Russia (sanctions): «هدد")
    assert first.summary["ar"].startswith("تهديد من الولايات المتحدة ضد روسيا بعقوبات: «هدد")
    later = {"event_time": NOW + timedelta(days=5)}
    assert desk.silence(signal("signal-2", "لوّحت واشنطن بإجراءات اقتصادية مؤلمة", **later)) == [Silence.CORROBORATION]
    vague = desk.alert(signal("signal-3", "سترد بحزم", surface_type=None, actors=("usa", "nato"), **later))
    assert (vague.alert_id, vague.revision, vague.origins) == (first.alert_id, 2, 3)


ANOTHER_ALERT = {
    "another means": {"surface_type": EventType.ASSAULT, "words": "يلوح بضربة عسكرية"},
    "the other way round": {"actors": ("russia",), "recipients": ("usa",)},
    "another recipient": {"recipients": ("osce",)},
    "an act instead of a threat": {"event_type": EventType.SANCTION, "modality": Modality.ASSERTED},
    "in other words after a week": {
        "event_time": NOW + timedelta(days=8),
        "words": "واشنطن تتوعد موسكو برد اقتصادي مؤلم",
    },
    "in the same words after two months": {"event_time": NOW + timedelta(days=60)},
}


@pytest.mark.parametrize("difference", ANOTHER_ALERT.values(), ids=ANOTHER_ALERT.keys())
def test_another_threat_is_another_alert(desk: Desk, difference: dict[str, Any]) -> None:
    first = desk.alert(signal("signal-1"))
    second = desk.alert(signal("signal-2", **difference))
    assert second.revision == 0
    assert second.alert_id != first.alert_id


def test_the_same_words_within_a_month_are_the_same_threat(desk: Desk) -> None:
    desk.alert(signal("signal-1"))
    again = signal("signal-2", "الرئيس هدد مجددا بفرض عقوبات غير مسبوقة على روسيا", event_time=NOW + timedelta(days=20))
    assert desk.silence(again) == [Silence.CORROBORATION]


def test_an_attack_is_critical_and_a_second_one_days_later_alerts_again(desk: Desk) -> None:
    attack = {"event_type": EventType.ASSAULT, "modality": Modality.ASSERTED, "surface_type": None, "intensity": -9.0}
    first = desk.alert(signal("signal-1", "قصفت المدفعية مدينة حدودية", **attack))
    assert (first.severity, first.reason) == (Severity.CRITICAL, "act")
    same_day = signal("signal-2", "سقوط قذائف على البلدة صباح اليوم", **attack)
    assert desk.silence(same_day) == [Silence.CORROBORATION]
    later = desk.alert(signal("signal-3", "غارات على الميناء", event_time=NOW + timedelta(days=4), **attack))
    assert later.revision == 0


def test_forces_are_massed_once_whomever_they_are_said_to_be_against(desk: Desk) -> None:
    massing = {
        "event_type": EventType.MOBILIZE,
        "modality": Modality.ASSERTED,
        "surface_type": None,
        "actors": ("russia",),
    }
    first = desk.alert(signal("signal-1", "حشد عشرات الآلاف من الجنود", recipients=("ukraine",), **massing))
    again = desk.alert(signal("signal-2", "قوات ومعدات على الحدود", recipients=("nato",), **massing))
    assert (again.alert_id, again.revision) == (first.alert_id, 1)


SILENT_SIGNALS = {
    "a step towards peace": ({"direction": Direction.DEESCALATION}, Silence.DEESCALATION),
    "a denial": ({"modality": Modality.DENIED}, Silence.DENIED),
    "history": ({"modality": Modality.BACKGROUND}, Silence.BACKGROUND),
    "an accusation": ({"event_type": EventType.ACCUSE, "modality": Modality.ASSERTED}, Silence.MILD),
    "a demand": ({"event_type": EventType.SANCTION, "modality": Modality.DEMANDED}, Silence.MILD),
    "told by no rule": ({"noticed": True}, Silence.UNSURE),
    "nobody acts": ({"actors": ()}, Silence.UNKNOWN_ACTORS),
    "the recipient is on no watchlist": ({"recipients": ("tunisia",)}, Silence.UNKNOWN_ACTORS),
    "only a broadcaster acts": ({"actors": ("cnn",)}, Silence.UNKNOWN_ACTORS),
    "one party against itself": ({"actors": ("putin",), "recipients": ("kremlin",)}, Silence.UNKNOWN_ACTORS),
}


@pytest.mark.parametrize(("fields", "reason"), SILENT_SIGNALS.values(), ids=SILENT_SIGNALS.keys())
def test_a_signal_is_silent_with_its_reason(desk: Desk, fields: dict[str, Any], reason: Silence) -> None:
    assert desk.silence(signal(**fields))[0] == reason


def test_a_date_that_the_watchlist_expects_wakes_nobody(desk: Desk) -> None:
    change = TalkChange(field="dates", before=None, after="2022-01-10")
    assert desk.silence(talk([change], starts=date(2022, 1, 10))) == [Silence.NO_CHANGE]


def test_a_date_that_differs_from_the_expected_one_alerts_with_the_claims_behind_it(desk: Desk) -> None:
    claims = (
        claim("claim-1", starts=date(2022, 1, 10)),
        claim("claim-2", starts=date(2022, 1, 9), ends=date(2022, 1, 10)),
        claim("claim-3", starts=date(2022, 1, 9), ends=date(2022, 1, 10)),
    )
    change = TalkChange(field="dates", before="2022-01-10", after="2022-01-09/2022-01-10")
    alert = desk.alert(talk([change], claims=claims))
    assert (alert.kind, alert.severity, alert.reason) == (AlertKind.TALK_CHANGED, Severity.WARNING, "dates")
    assert alert.summary == {
        "en": "US-Russia security talks: the date is 9–10 January 2022, was 10 January 2022",
        "ar": "موعد المحادثات الأمنية الأميركية الروسية: 9–10 يناير 2022 بدلًا من 10 يناير 2022",
    }
    assert (alert.origins, alert.record_ids) == (2, ("claim-2", "claim-3"))


def test_a_postponement_with_its_new_date_is_one_critical_alert(desk: Desk) -> None:
    changes = [
        TalkChange(field="dates", before="2022-01-10", after="2022-01-20"),
        TalkChange(field="status", before="scheduled", after="postponed"),
    ]
    alert = desk.alert(talk(changes, status=TalkStatus.POSTPONED))
    assert (alert.severity, alert.reason) == (Severity.CRITICAL, "postponed")
    assert alert.summary["ar"] == "تأجيل المحادثات الأمنية الأميركية الروسية"


def test_a_reading_that_sways_back_within_days_wakes_nobody_twice(desk: Desk) -> None:
    to_ninth = TalkChange(field="dates", before="2022-01-10", after="2022-01-09")
    to_tenth = TalkChange(field="dates", before="2022-01-09", after="2022-01-10")
    assert desk.alert(talk([to_ninth])).revision == 0
    assert desk.alert(talk([to_tenth])).revision == 0
    assert desk.silence(talk([to_ninth], event_time=NOW + timedelta(days=2))) == [Silence.CORROBORATION]
    assert desk.alert(talk([to_ninth], event_time=NOW + timedelta(days=30))).revision == 0


def test_a_dispute_names_both_dates_and_tells_the_change_of_date_too(desk: Desk) -> None:
    claims = (claim("claim-1", starts=date(2022, 1, 10)), claim("claim-2", starts=date(2022, 1, 17)))
    disputed = talk(
        [
            TalkChange(field="contested", before="false", after="true"),
            TalkChange(field="dates", before="2022-01-10", after="2022-01-17"),
        ],
        contested=True,
        claims=claims,
        discrepancies=(
            Discrepancy(field="dates", agreement=Agreement.INCOMPATIBLE, claims=("claim-1", "claim-2"), note=""),
        ),
    )
    alert = desk.alert(disputed)
    assert (alert.kind, alert.reason, alert.origins) == (AlertKind.TALK_DISPUTED, "dates", 2)
    assert alert.summary["en"].endswith("US-Russia security talks: 10 January 2022 against 17 January 2022")


def test_a_denied_postponement_is_told_in_words_where_no_day_is_given(desk: Desk) -> None:
    claims = (claim("claim-1", status=TalkStatus.POSTPONED), claim("claim-2", stance=ClaimStance.DENIES))
    disputed = talk(
        [TalkChange(field="contested", before="false", after="true")],
        contested=True,
        claims=claims,
        discrepancies=(
            Discrepancy(field="dates", agreement=Agreement.INCOMPATIBLE, claims=("claim-1", "claim-2"), note=""),
        ),
    )
    assert desk.alert(disputed).summary["en"].endswith("US-Russia security talks: postponed against no change")


def test_a_dispute_that_is_settled_wakes_nobody(desk: Desk) -> None:
    settled = talk([TalkChange(field="contested", before="true", after="false")])
    assert desk.silence(settled) == [Silence.NO_CHANGE]


def test_an_alert_of_a_thousand_repeats_stays_small(desk: Desk) -> None:
    desk.alert(statement("statement-0"))
    for number in range(1, 1000):
        last = desk.alert(statement(f"statement-{number}", novelty=Novelty.REPEAT, repeats="statement-0"))
    assert (last.revision, len(last.article_ids), len(last.evidence)) == (999, LISTED, SHOWN)
    assert last.article_ids[0] == "article-of-statement-0"
    assert last.article_ids[-1] == "article-of-statement-999"


def test_the_oldest_alerts_are_forgotten(desk: Desk) -> None:
    for number in range(ALERTS_REMEMBERED + 5):
        fold(desk.told, Alert(**_alert_fields(number)))
    assert len(desk.told.alerts) == len(desk.told.alert_of) == ALERTS_REMEMBERED
    assert sum(map(len, desk.told.escalations.values())) == ALERTS_REMEMBERED


def _alert_fields(number: int) -> dict[str, Any]:
    return {
        "alert_id": f"alert-{number}",
        "kind": AlertKind.ESCALATION,
        "severity": Severity.INFO,
        "reason": "act",
        "summary": {},
        "article_ids": (),
        "record_ids": (f"signal-{number}",),
        "actors": ("usa",),
        "recipients": ("russia",),
    }


async def test_a_record_that_comes_again_gets_the_same_answer(lexicon: Knows) -> None:
    memory = alert_memory(ListJournal(), ListJournal(), lexicon)
    first = await trigger_alerts(signal(), memory, lexicon)
    again = await trigger_alerts(signal(), memory, lexicon)
    assert first.records == again.records
    assert len(first.records) == 1


async def test_two_workers_on_one_journal_wake_nobody_twice(lexicon: Knows) -> None:
    alerts, signals = ListJournal(), ListJournal()
    one, other = (alert_memory(alerts, signals, lexicon) for _ in range(2))
    (first,) = (await trigger_alerts(statement("statement-1"), one, lexicon)).records
    repeat = statement("statement-2", novelty=Novelty.REPEAT, repeats="statement-1")
    (second,) = (await trigger_alerts(repeat, other, lexicon)).records
    assert isinstance(first, Alert)
    assert isinstance(second, Alert)
    assert (first.revision, second.revision) == (0, 1)
    assert first.alert_id == second.alert_id


async def test_records_that_are_decided_together_are_told_as_one_after_the_other(lexicon: Knows) -> None:
    fields = {"event_type": EventType.ASSAULT, "modality": Modality.ASSERTED, "intensity": -9.0, "surface_type": None}
    records: list[Signal | Statement | Talk] = [
        signal("signal-quiet", event_time=NOW - timedelta(days=20), modality=Modality.CONDITIONAL),
        statement("statement-1"),
        statement("statement-2", novelty=Novelty.REPEAT, repeats="statement-1"),
        statement("statement-3", talks=()),
    ]
    for number in range(8):
        records.append(signal(f"signal-{number}", f"قصف {number}", event_time=NOW + timedelta(hours=number), **fields))
        records.append(signal(f"told-{number}", modality=Modality.BACKGROUND))
    alone, together, late = (alert_memory(ListJournal(), ListJournal(), lexicon) for _ in range(3))
    expected = [await trigger_alerts(record, alone, lexicon) for record in records]
    assert await trigger_alerts_together(records, together, lexicon) == expected
    assert together.state == alone.state
    assert together.signals.state == alone.signals.state

    half = [*await trigger_alerts_together(records[:6], late, lexicon)]
    again = await trigger_alerts_together(records, late, lexicon)  # the first six come again
    assert [outcome.records for outcome in again] == [outcome.records for outcome in expected]
    assert half == expected[:6]
    assert late.state == alone.state


async def test_another_worker_that_was_faster_is_read_before_several_are_decided_together(lexicon: Knows) -> None:
    alerts, signals = ListJournal(), ListJournal()
    one, other = (alert_memory(alerts, signals, lexicon) for _ in range(2))
    await trigger_alerts(statement("statement-1"), one, lexicon)
    repeat = statement("statement-2", novelty=Novelty.REPEAT, repeats="statement-1")
    first, second = await trigger_alerts_together([repeat, statement("statement-3")], other, lexicon)
    assert [alert.revision for outcome in (first, second) for alert in outcome.records] == [1, 0]  # type: ignore[attr-defined]
    assert len(alerts.answers) == 3


async def test_a_surge_alerts_once_per_episode(lexicon: Knows) -> None:
    memory = alert_memory(ListJournal(), ListJournal(), lexicon)
    fields = {"event_type": EventType.ASSAULT, "modality": Modality.ASSERTED, "intensity": -9.0, "surface_type": None}
    quiet = signal("signal-quiet", event_time=NOW - timedelta(days=20), modality=Modality.CONDITIONAL)
    await trigger_alerts(quiet, memory, lexicon)
    surges = []
    for number in range(8):
        hit = signal(f"signal-{number}", f"قصف {number}", event_time=NOW + timedelta(hours=number), **fields)
        outcome = await trigger_alerts(hit, memory, lexicon)
        surges += [alert for alert in outcome.records if isinstance(alert, Alert) and alert.kind is AlertKind.SURGE]
    assert [alert.revision for alert in surges] == list(range(len(surges)))
    assert len(surges) >= 4
    assert surges[0].parties == ("russia", "usa")
    assert surges[-1].summary["en"].startswith("Hostility between Russia and United States is far above")
