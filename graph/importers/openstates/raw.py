"""Raw records of Open States in both layouts, as one form each; what is not as it must be is said.

The layout since 2021 has ``legislature``, ``executive``, ``municipalities``, ``retired`` and
``committees``, with ``members`` by ``person_id``; the one before has ``people``, ``retired`` and
``organizations``, with ``memberships`` by ``id`` and the chamber of a committee as its ``parent``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

FOLDERS = ("executive", "legislature", "municipalities", "people", "retired")
COMMITTEE_FOLDERS = ("committees", "organizations")
OLDER_FOLDERS = ("people", "organizations")
LEGISLATIVE = ("upper", "lower", "legislature")
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PERSON = re.compile(f"ocd-person/{_UUID}")
_ORGANIZATION = re.compile(f"ocd-organization/{_UUID}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnsoundRecordError(ValueError):
    """A record that lacks what it must have; the message says what."""


@dataclass(frozen=True)
class Role:
    """An office as the data set gives it: days as written, the end day not converted."""

    kind: str
    jurisdiction: str
    district: str | None = None
    start: str | None = None
    end: str | None = None
    end_reason: str | None = None

    @property
    def is_legislative(self) -> bool:
        """Tell whether a seat in a chamber is held in it."""
        return self.kind in LEGISLATIVE


@dataclass(frozen=True)
class Party:
    """An entry for a party, which may name several: ``Democratic/Working Families``."""

    name: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Person:
    """A person with the offices that could be read; each role is a ``Role`` or what is wrong."""

    id: str
    name: str
    other_names: tuple[str, ...]
    roles: tuple[Role | str, ...]
    parties: tuple[Party | str, ...]
    identifiers: tuple[tuple[str, str], ...]
    contacts: int = 0

    @property
    def slug(self) -> str:
        """Return the last part of the person's address."""
        return slug_of(self.id)


@dataclass(frozen=True)
class Member:
    """A member of a committee: the id of a person where the data set gives one."""

    name: str
    person: str | None
    role: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Committee:
    """A committee or subcommittee of a chamber, or of both (``legislature``)."""

    id: str
    name: str
    other_names: tuple[str, ...]
    chamber: str
    parent: str | None
    members: tuple[Member | str, ...]

    @property
    def slug(self) -> str:
        """Return the last part of the committee's address."""
        return slug_of(self.id)


def slug_of(identifier: str) -> str:
    """Return an identifier of Open States as a slug: ``ocd-person-...``."""
    return identifier.replace("/", "-")


def person_of(document: object) -> Person:
    """Read a person; raise ``UnsoundRecordError`` where there is no id or name to go by."""
    record = _record(document)
    return Person(
        id=_identifier(record, "id", _PERSON),
        name=_required(record, "name"),
        other_names=_names(record),
        roles=tuple(_or_reason(_role, one) for one in _list(record, "roles")),
        parties=tuple(_or_reason(_party, one) for one in _list(record, "party")),
        identifiers=tuple(_identifiers(record)),
        contacts=sum(len(_list(record, key)) for key in ("offices", "contact_details")),
    )


def committee_of(document: object) -> Committee:
    """Read a committee of either layout; raise ``UnsoundRecordError`` as for a person."""
    record = _record(document)
    parent = _text(record, "parent")
    chamber = _text(record, "chamber") or parent or ""
    if chamber not in LEGISLATIVE:
        raise UnsoundRecordError(f"has the chamber '{chamber}'")
    members = _list(record, "members") or _list(record, "memberships")
    return Committee(
        id=_identifier(record, "id", _ORGANIZATION),
        name=_required(record, "name"),
        other_names=_names(record),
        chamber=chamber,
        parent=parent if parent not in LEGISLATIVE else None,
        members=tuple(_or_reason(_member, one) for one in members),
    )


def places_of(document: object) -> list[tuple[str, str]]:
    """Read the list of municipalities: the id of each jurisdiction, and its name."""
    if not isinstance(document, list):
        raise UnsoundRecordError("is no list")
    return [(_required(_record(one), "id"), _required(_record(one), "name")) for one in document]


def _or_reason(read: Any, value: object) -> Any:  # noqa: ANN401 - what is read, or a text
    try:
        return read(_record(value))
    except UnsoundRecordError as error:
        return str(error)


def _role(record: Mapping[str, Any]) -> Role:
    role = Role(
        kind=_required(record, "type"),
        jurisdiction=_required(record, "jurisdiction"),
        district=_text(record, "district"),
        start=_day(record, "start_date"),
        end=_day(record, "end_date"),
        end_reason=_text(record, "end_reason"),
    )
    if role.is_legislative and not role.district:
        raise UnsoundRecordError("names no district")
    return role


def _party(record: Mapping[str, Any]) -> Party:
    return Party(_required(record, "name"), _day(record, "start_date"), _day(record, "end_date"))


def _member(record: Mapping[str, Any]) -> Member:
    role = " ".join((_text(record, "role") or "").split())
    return Member(
        name=_required(record, "name"),
        person=_text(record, "person_id") or _text(record, "id"),
        role=role if role.lower() not in ("", "member") else None,
        start=_day(record, "start_date"),
        end=_day(record, "end_date"),
    )


def _names(record: Mapping[str, Any]) -> tuple[str, ...]:
    named = (one.get("name") for one in _list(record, "other_names") if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in named if isinstance(name, str) and name))


def _identifiers(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = [
        (one.get("scheme"), one.get("identifier"))
        for one in _list(record, "other_identifiers")
        if isinstance(one, dict)
    ]
    return [(a, b) for a, b in pairs if isinstance(a, str) and isinstance(b, str)]


def _record(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UnsoundRecordError("is no record of keys and values")
    return value


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise UnsoundRecordError(f"has '{key}' that is no list")
    return value


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise UnsoundRecordError(f"has '{key}' that is no text")
    return value or None


def _required(record: Mapping[str, Any], key: str) -> str:
    value = _text(record, key)
    if not value:
        raise UnsoundRecordError(f"lacks '{key}'")
    return value


def _identifier(record: Mapping[str, Any], key: str, form: re.Pattern[str]) -> str:
    value = _required(record, key)
    if not form.fullmatch(value):
        raise UnsoundRecordError(f"has the id '{value[:80]}'")
    return value


def _day(record: Mapping[str, Any], key: str) -> str | None:
    value = _text(record, key)
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise UnsoundRecordError(f"has '{value[:40]}' as '{key}', which is no day")
