"""The command `rasid`. Exit status: 0 done, 1 failed, 2 used wrongly."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.console import Console

from schemas import AlertKind, Severity, WatchlistError
from streams.embedded import EmbeddedError
from streams.feeds import FeedError
from streams.local import LocalError
from streams.reader import ReaderError
from streams.replay import Pace, ReplayError
from streams.settings import Settings

USER_ERRORS = (FeedError, ReplayError, EmbeddedError, LocalError, ReaderError, WatchlistError, OSError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Whatever a user can cause is told in one line, without a traceback."""
    options = _parser().parse_args(arguments)
    logging.getLogger().addHandler(logging.NullHandler())  # what concerns a user is told by us; the worker logs
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is stopped as Ctrl-C stops it
    try:
        settings = Settings()
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            name = "_".join(map(str, each["loc"])).upper()
            _complain(f"{f'RASID_{name}' if name else 'settings'}: {each['msg']}")
        return 2
    try:
        return int(options.run(options, settings))
    except BrokenPipeError:  # `rasid alerts | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except USER_ERRORS as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped")
    return 1


def _complain(message: str) -> None:
    print(f"rasid: {message}", file=sys.stderr)


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, soft_wrap=True)


def _demo(options: argparse.Namespace, settings: Settings) -> int:
    from streams.commands import demo

    return demo(_console(), settings, keep_serving=sys.stdout.isatty() and sys.stdin.isatty())


def _worker(options: argparse.Namespace, settings: Settings) -> int:
    from streams.daemon import work

    return work(settings)


def _replay(options: argparse.Namespace, settings: Settings) -> int:
    from streams.commands import Feed, replay, replay_embedded
    from streams.feeds import watchlist_for

    console = _console(stderr=True)
    pace = Pace(options.speed, options.in_flight, options.patience)
    feed = Feed(options.feed, pace, options.export)
    if options.embedded:
        watchlist = watchlist_for(options.watchlist, feed.path, settings.watchlist)
        return replay_embedded(feed, watchlist, console, workers=options.workers)
    if options.watchlist is not None:
        console.print("a running worker has its own watchlist; --watchlist counts with --embedded", style="yellow")
    return replay(feed, settings, console)


def _alerts(options: argparse.Namespace, settings: Settings) -> int:
    from schemas import load_watchlist
    from streams.delivery import Filter
    from streams.feeds import watchlist_for
    from streams.subscriber import UnknownTalkError, show_alerts

    least = options.min_severity or Severity.INFO
    wanted = Filter(kinds=frozenset(options.kind or ()), talks=frozenset(options.talk or ()), min_severity=least)
    watchlist = load_watchlist(watchlist_for(None, None, settings.watchlist)) if wanted.talks else None
    talks = [talk.id for talk in watchlist.talks] if watchlist is not None else []
    reading = show_alerts(settings, _console(), wanted, follow=options.follow, as_json=options.json, talks=talks)
    try:
        return asyncio.run(reading)
    except UnknownTalkError as error:
        _complain(str(error))
        return 2


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from streams.check import check
    from streams.feeds import watchlist_for

    return check(watchlist_for(options.file, None, settings.watchlist), _console())


def _schema(options: argparse.Namespace, settings: Settings) -> int:
    from streams import schema

    if options.folder is None:
        print(schema.as_text(schema.asyncapi(settings.prefix)))
        return 0
    for path in schema.write(options.folder, settings.prefix):
        print(path)
    return 0


def _quarantine(options: argparse.Namespace, settings: Settings) -> int:
    from streams.quarantine import list_quarantine, retry_quarantine

    if options.action == "list":
        return asyncio.run(list_quarantine(settings, _console(), as_json=options.json))
    return asyncio.run(retry_quarantine(settings, _console(), options.ids, everything=options.all))


def _why(options: argparse.Namespace, settings: Settings) -> int:
    from streams.why import why

    return asyncio.run(why(settings, _console(), options.article_id, as_json=options.json))


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from streams.evaluate_cli import PairsError, evaluate_pairs
    from streams.feeds import watchlist_for

    watchlist = watchlist_for(None, options.file, settings.watchlist)
    try:
        return evaluate_pairs(options.file, watchlist, _console(), as_json=options.json)
    except PairsError as error:
        _complain(str(error))
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("rasid", description="Watches Arabic news for scheduled talks and escalation.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    command("demo", _demo, "replay the five seed articles on this machine and show the alerts")
    command("worker", _worker, "the daemon, against the Kafka and Redis of the settings (RASID_*)")
    _add_replay(command("replay", _replay, "send a feed through the pipeline, in event time"))

    alerts = command("alerts", _alerts, "read alerts as a subscriber would")
    alerts.add_argument("--follow", action="store_true", help="go on with those that come, until stopped")
    alerts.add_argument("--kind", action="append", type=AlertKind, choices=list(AlertKind), metavar="KIND")
    alerts.add_argument("--talk", action="append", metavar="ID", help="only about this talk; may be given again")
    alerts.add_argument("--min-severity", type=Severity, choices=list(Severity), metavar="SEVERITY")
    alerts.add_argument("--json", action="store_true", help="one JSON object a line")

    check = command("check", _check, "explain a watchlist, or name each error in it")
    check.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: that of the settings")

    schema = command("schema", _schema, "the records' JSON Schemas and the AsyncAPI document")
    schema.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="default: AsyncAPI to the output")

    quarantine = command("quarantine", _quarantine, "what could not be processed, and sending it again")
    actions = quarantine.add_subparsers(required=True, dest="action", metavar="list|retry")
    actions.add_parser("list").add_argument("--json", action="store_true", help="one JSON object a line")
    retry = actions.add_parser("retry")
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", nargs="*", default=[], metavar="ID")
    which.add_argument("--all", action="store_true")

    why = command("why", _why, "what each stage took from an article and passed over, and why")
    why.add_argument("article_id", metavar="ARTICLE_ID")
    why.add_argument("--json", action="store_true", help="one JSON object a line")

    evaluate = command("evaluate", _evaluate, "measure a decision on labelled data")
    evaluate.add_argument("what", choices=["pairs"])
    evaluate.add_argument("file", type=Path, metavar="FILE")
    evaluate.add_argument("--json", action="store_true")
    return parser


def _add_replay(replay: argparse.ArgumentParser) -> None:
    replay.add_argument("feed", type=Path, metavar="FEED", help="a folder with a feed.yaml, or JSON Lines (.gz too)")
    replay.add_argument("--watchlist", type=Path, metavar="FILE", help="default: the one in or beside the feed")
    replay.add_argument("--speed", type=_speed, metavar="N|max", help="times as fast as it happened; default: max")
    replay.add_argument("--embedded", action="store_true", help="with servers and a worker of our own, in memory")
    replay.add_argument("--export", type=Path, metavar="DIR", help="write what came of it as JSON Lines")
    replay.add_argument(
        "--in-flight", type=_count, default=1, metavar="N", help="articles under way at once; 1 is exact"
    )
    replay.add_argument("--workers", type=_count, default=1, metavar="N", help="with --embedded; default: 1")
    replay.add_argument("--patience", type=float, default=120.0, metavar="SECONDS", help="without news, then give up")


def _speed(text: str) -> float | None:
    if text == "max":
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is neither max nor a number above 0")
    return value


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
