"""What flows: frozen pydantic records, and the watchlist."""

from schemas.alert import Alert, AlertKind, Evidence, Severity, Silence
from schemas.article import Article, RawArticle, SharedPassage, TimeSource, Verdict
from schemas.record import SCHEMA_VERSION, Range, Record, Span, content_id, surroundings
from schemas.rejection import Decision, Passed, Rejection
from schemas.signal import Direction, EventType, Modality, Signal
from schemas.statement import Novelty, Speaker, Statement
from schemas.talk import Agreement, Claim, ClaimStance, Discrepancy, Talk, TalkChange, TalkStatus
from schemas.watchlist import Actor, ActorKind, Place, ScheduledTalk, Watchlist
from schemas.watchlist_file import Problem, WatchlistError, load_watchlist, parse_watchlist

__all__ = [
    "SCHEMA_VERSION",
    "Actor",
    "ActorKind",
    "Agreement",
    "Alert",
    "AlertKind",
    "Article",
    "Claim",
    "ClaimStance",
    "Decision",
    "Direction",
    "Discrepancy",
    "EventType",
    "Evidence",
    "Modality",
    "Novelty",
    "Passed",
    "Place",
    "Problem",
    "Range",
    "RawArticle",
    "Record",
    "Rejection",
    "ScheduledTalk",
    "Severity",
    "SharedPassage",
    "Signal",
    "Silence",
    "Span",
    "Speaker",
    "Statement",
    "Talk",
    "TalkChange",
    "TalkStatus",
    "TimeSource",
    "Verdict",
    "Watchlist",
    "WatchlistError",
    "content_id",
    "load_watchlist",
    "parse_watchlist",
    "surroundings",
]
