"""The accounting finds what it is there to find: a loss, a double, a stranger, a record that was told in two ways."""

from __future__ import annotations

from typing import Any

from schemas import RawArticle, Record, Verdict
from tests.chaos.accounting import COUNTED, balance
from tests.fakes import accepted as article
from tests.fakes import alert_of, signal_of, statement

ONE = article(RawArticle(article_id="a", body="نص"))
ALERT = alert_of(signal_of(ONE))


def found(**records: list[Record]) -> dict[str, dict[str, list[Record]]]:
    result: dict[str, dict[str, list[Record]]] = {topic: {} for topic in COUNTED}
    for topic, each in {
        "articles.accepted": [ONE],
        "statements": [statement("s")],
        "alerts": [ALERT],
        **records,
    }.items():
        for record in each:
            name = {"articles.accepted": "a", "statements": "s", "alerts": "x"}[topic]
            result[topic].setdefault(name, []).append(record)
    return result


def faults(**records: Any) -> list[str]:
    return balance(found(), found(**records)).faults


def test_the_same_is_clean() -> None:
    assert faults() == []


def test_a_loss_is_found() -> None:
    assert faults(statements=[]) == ["statements: lost s"]


def test_what_nobody_expected_is_found() -> None:
    assert balance(found(alerts=[]), found()).faults == ["alerts: not expected x"]


def test_an_alert_that_was_sent_twice_is_found_and_a_statement_may_come_twice() -> None:
    assert faults(alerts=[ALERT, ALERT]) == ["alerts: x was sent 2 times"]
    account = balance(found(), found(statements=[statement("s"), statement("s")]))
    assert (account.faults, account.delivered_twice["statements"]) == ([], 1)


def test_an_article_with_two_verdicts_is_found() -> None:
    other = ONE.model_copy(update={"verdict": Verdict.NEAR_DUPLICATE})
    assert faults(**{"articles.accepted": [ONE, other]}) == ["articles.accepted: a was told in 2 ways"]


def test_a_record_that_is_another_is_found_and_the_clock_does_not_count() -> None:
    later = ONE.model_copy(update={"appended_at": 5.0})
    assert faults(**{"articles.accepted": [later]}) == []
    other = [statement("s", party="ukraine")]
    assert faults(statements=other) == ["statements: s is another than in the undisturbed run"]
