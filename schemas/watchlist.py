"""The watchlist: who and what to follow. Its file format is a contract with users."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = dict[str, Annotated[tuple[str, ...], BeforeValidator(_as_list)]]


class ActorKind(StrEnum):
    STATE = "state"
    ORGANISATION = "organisation"
    BLOC = "bloc"
    ARMED_GROUP = "armed_group"
    PERSON = "person"
    OFFICE = "office"
    UNNAMED = "unnamed"
    MEDIA = "media"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str


class Actor(_Row):
    """Somebody who acts or speaks. `party` is the side on whose behalf; a state is its own."""

    kind: ActorKind
    party: str | None = None
    names: Names
    adjective: Names = {}
    roles: Names = {}


class Place(_Row):
    names: Names


class ScheduledTalk(_Row):
    """Talks that are expected; what the feed says of each is the monitor's to find."""

    title: dict[str, str]
    parties: tuple[str, ...]
    starts: date | None = None
    ends: date | None = None
    venue: str | None = None
    names: Names


class Watchlist(BaseModel):
    """A whole watchlist. `watchlist_file` checks that every id is unique and every reference leads somewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    watchlist: str
    title: dict[str, str]
    languages: tuple[str, ...] = ("ar",)
    actors: tuple[Actor, ...]
    places: tuple[Place, ...] = ()
    talks: tuple[ScheduledTalk, ...] = ()

    def parties(self) -> tuple[str, ...]:
        """The ids of the sides of all actors, each once."""
        return tuple(dict.fromkeys(actor.party or actor.id for actor in self.actors))

    def party_of(self, actor_id: str) -> str:
        """The side of an actor: its `party`, or the actor itself."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor.party or actor.id
        return actor_id
