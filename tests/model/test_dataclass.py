"""Our frozen dataclasses behave as the library's: each test asks both."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any

import msgspec
import pytest

from pubtool.model import dataclass as ours


def made(maker: Callable[..., Any], **manner: bool) -> Any:
    """Return a frozen dataclass with fields of all sorts."""

    class Plain:
        """Four fields."""

        first: int
        second: str = "two"
        third: list[int] = field(default_factory=list)
        unseen: int = field(default=4, compare=False, repr=False)

    Plain.__qualname__ = "Plain"
    return maker(frozen=True, **manner)(Plain)


MANNERS: list[dict[str, bool]] = [
    {},
    {"slots": True},
    {"slots": True, "order": True},
    {"kw_only": True},
    {"slots": True, "kw_only": True},
]
GIVEN: list[dict[str, Any]] = [
    {"first": 1},
    {"first": 2, "second": "b"},
    {"first": 1, "third": [3]},
    {"first": 1, "unseen": 5},
]


@pytest.mark.parametrize("manner", MANNERS)
def test_they_are_as_the_librarys(manner: dict[str, bool]) -> None:
    own, other = made(ours.dataclass, **manner), made(dataclasses.dataclass, **manner)
    mine, theirs = [own(**each) for each in GIVEN], [other(**each) for each in GIVEN]
    assert list(map(repr, mine)) == list(map(repr, theirs))
    assert list(map(asdict, mine)) == list(map(asdict, theirs))
    assert [a == b for a in mine for b in mine] == [a == b for a in theirs for b in theirs]
    assert [f.name for f in fields(own)] == [f.name for f in fields(other)]
    assert own.__match_args__ == other.__match_args__
    assert repr(replace(mine[0], first=7)) == repr(replace(theirs[0], first=7))
    assert mine[0] != theirs[0]
    assert mine[0] != 1
    assert [copy.deepcopy(a) for a in mine] == mine
    assert own(first=1).third is not own(first=1).third
    if manner.get("order"):
        assert [a < b for a in mine for b in mine] == [a < b for a in theirs for b in theirs]
        assert [a >= b for a in mine for b in mine] == [a >= b for a in theirs for b in theirs]


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1, "b", [], 4, 5), {}), ((1,), {"first": 1}), ((), {"first": 1, "fifth": 5})],
)
def test_what_is_given_wrongly_is_refused_in_the_same_words(
    manner: dict[str, bool], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    said = []
    for maker in (ours.dataclass, dataclasses.dataclass):
        with pytest.raises(TypeError) as refused:
            made(maker, **manner)(*given, **named)
        said.append(str(refused.value))
    assert said[0] == said[1]


@pytest.mark.parametrize("manner", [{}, {"slots": True}])
def test_nothing_is_set_and_nothing_deleted(manner: dict[str, bool]) -> None:
    one = made(ours.dataclass, **manner)(1)
    for name in ("first", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(one, name, 2)
        with pytest.raises(FrozenInstanceError):
            delattr(one, name)


def test_a_plain_class_below_may_add_what_is_its_own() -> None:
    class Below(made(ours.dataclass)):  # type: ignore[misc]
        """Not a dataclass itself."""

    one = Below(1)
    one.other = 2
    assert (one.first, one.other) == (1, 2)
    with pytest.raises(FrozenInstanceError):
        one.first = 2
    assert one != made(ours.dataclass)(1)


@ours.dataclass(frozen=True, slots=True)
class Slotted:
    """A class that pickle finds."""

    first: int
    second: tuple[str, ...] = ()


@ours.dataclass(frozen=True)
class Open:
    """Another."""

    inner: Slotted


def test_they_can_be_told_apart_by_their_hash_and_sent_elsewhere() -> None:
    one = Open(Slotted(1, ("a",)))
    assert len({one, Open(Slotted(1, ("a",))), Open(Slotted(2))}) == 2
    assert hash(one) == hash((Slotted(1, ("a",)),))
    assert pickle.loads(pickle.dumps(one)) == one
    assert msgspec.json.decode(msgspec.json.encode(one), type=Open) == one
    assert msgspec.json.encode(one) == b'{"inner":{"first":1,"second":["a"]}}'


def test_a_noun_in_itself_is_shown_to_its_end() -> None:
    one = made(ours.dataclass)(1)
    one.third.append(one)
    assert repr(one) == "Plain(first=1, second='two', third=[...])"
