"""The topology's literal fits together: every stage reads what another one writes, in the order of the files."""

from __future__ import annotations

from pathlib import Path

import agents
from schemas import Alert, Article, RawArticle, Signal, Statement, Talk
from streams.pipeline import JOURNALS, PIPELINE
from streams.records import TOPICS, TYPES

WRITES = {
    "deduplicate": Article,
    "tag_signals": Signal,
    "track_statements": Statement,
    "track_talks": Talk,
    "trigger_alerts": Alert,
}


def test_the_order_of_the_stages_is_the_alphabetical_order_of_their_files() -> None:
    names = [stage.name for stage in PIPELINE]
    assert names == sorted(names) == list(WRITES)
    folder = Path(agents.__path__[0])
    assert all((folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists() for name in names)


def test_each_stage_is_the_function_of_its_name() -> None:
    assert [stage.decide.__name__ for stage in PIPELINE] == [stage.name for stage in PIPELINE]


def test_whatever_a_stage_reads_is_sent_in_or_written_by_a_stage_before_it() -> None:
    known: set[type] = {RawArticle}
    for stage in PIPELINE:
        assert set(stage.reads) <= known
        known.add(WRITES[stage.name])


def test_whatever_is_remembered_is_found_again_on_topics_of_its_own_type() -> None:
    for source in JOURNALS:
        assert {TYPES[topic] for topic in source.topics} == {source.kind}
        assert TOPICS[source.kind] in source.topics
