"""The whole topology. Start reading here.

    articles.raw → deduplicate → articles.accepted → tag_signals      → signals    ─┐
                                                   → track_statements → statements ─┤
                                                   → track_talks      → talks      ─┴→ trigger_alerts → alerts

A record goes to the topic of its type. What cannot be read or decided, at any stage, goes to `quarantine`, and every
record that a stage has dealt with leaves a `Decision` on `decisions`.
"""

from __future__ import annotations

from typing import Final

from agents.deduplicate import deduplicate
from agents.tag_signals import tag_signals
from agents.track_statements import statement_memory, track_statements
from agents.track_talks import talk_memory, track_talks
from agents.trigger_alerts import alert_memory, trigger_alerts, trigger_alerts_together
from agents.trigger_alerts.surge import weight_of
from schemas import Alert, Article, RawArticle, Signal, Statement, Talk
from streams.process import Stage
from streams.rebuild import JournalSource
from streams.records import CORROBORATIONS

PIPELINE: Final = (
    Stage("deduplicate", (RawArticle,), deduplicate, lambda world: (world.seen, world.lexicon), together=16),
    Stage("tag_signals", (Article,), tag_signals, lambda world: (world.lexicon,)),
    Stage(
        "track_statements",
        (Article,),
        track_statements,
        lambda world: (statement_memory(world.journal("statements", Statement)), world.lexicon),
    ),
    Stage(
        "track_talks",
        (Article,),
        track_talks,
        lambda world: (talk_memory(world.journal("talks", Talk)), world.lexicon),
    ),
    Stage(
        "trigger_alerts",
        (Signal, Statement, Talk),
        trigger_alerts,
        lambda world: (
            alert_memory(world.journal("alerts", Alert), world.journal("alerts.signals", Signal), world.lexicon),
            world.lexicon,
        ),
        decide_all=trigger_alerts_together,
    ),
)

# Where what the stages remember is found again when the store was lost.
JOURNALS: Final = (
    JournalSource("statements", Statement, ("statements",), "track_statements", lambda record: record.article_id),
    JournalSource("talks", Talk, ("talks",), "track_talks", lambda record: record.article_id or ""),
    JournalSource(
        "alerts",
        Alert,
        ("alerts", CORROBORATIONS),
        "trigger_alerts",
        lambda record: record.record_ids[-1] if record.record_ids else record.alert_id,
    ),
    JournalSource(
        "alerts.signals",
        Signal,
        ("signals",),
        None,
        lambda record: record.signal_id,
        lambda record: weight_of(record) > 0,
    ),
)
