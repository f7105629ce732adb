"""Apply, validate, derive, index and publish: the one way in which a release is made."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pledgegraph.graph import errors
from pledgegraph.graph.gate import Report
from pledgegraph.graph.publishing import edits as editing
from pledgegraph.graph.publishing import manifest, verdict
from pledgegraph.graph.publishing.candidate import Candidate, candidate, locked
from pledgegraph.graph.publishing.edits import GraphEdit, TextEdit
from pledgegraph.graph.publishing.from_texts import (
    Followed,
    follow,
    for_the_time_being,
    load_served,
    load_union,
    turn_into_default,
)
from pledgegraph.graph.publishing.stores import Stores, apply, copied, opened
from pledgegraph.graph.publishing.texts import Difference
from pledgegraph.graph.publishing.union import Union
from pledgegraph.graph.publishing.update import consequences, make
from pledgegraph.graph.release import Release, current, digest, latest

# Where more than one triple in so many changes, making the stores anew costs less.
_MANY = 4
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}


Tell = Callable[[str], None]


def silent(_step: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Outcome:
    """What a write did: ``release`` holds it now (none after a dry run).

    ``created`` names the graphs that were not there before; ``added`` and ``removed`` count
    triples over source graphs; ``report`` has what the gate found about the change.
    """

    release: Release | None
    published: bool
    created: tuple[str, ...]
    added: int
    removed: int
    report: Report


def write(
    home: Path,
    edits: Iterable[GraphEdit | TextEdit],
    *,
    origin: str,
    dry_run: bool = False,
    wait: float = 0.0,
    tell: Tell = silent,
) -> Outcome:
    """Change source graphs and publish what follows, or nothing at all.

    ``origin`` says where the graphs came from: ``build``, ``http`` or ``import``. ``wait`` is how
    many seconds to wait for another writer; ``tell`` is called with the name of each step as it
    begins. Raises ``GraphNameError``, ``BlankNodeError``, ``UnknownGraphError``,
    ``DataRefusedError`` with the report, ``DamagedReleaseError``, ``HomeBusyError`` and
    ``StorageError``; the release before stays current in each case.
    """
    with _storage(home), locked(home, wait):
        before = latest(home)
        with candidate(home, before) as made:
            tell("texts")
            changed = editing.apply(made, edits)
            is_new = _must_be_made_anew(before)
            if not changed and not is_new:
                return Outcome(before, False, (), 0, 0, Report(()))
            described = manifest.graphs_of(made, changed, origin)
            whole = is_new or _is_much(changed, described)
            triples = manifest.triples_in(described)
            report, how = _fill(made, changed, tell, triples=triples, whole=whole)
            release = None
            if not dry_run:
                tell("checksums")
                manifest.write_manifest(made, described, changed, how)
                release = made.publish(home)
            return _outcome(release, changed, report)


def rebuild(home: Path, wait: float = 0.0, tell: Tell = silent) -> Release:
    """Make a new release from the texts of the newest one alone, as a check or a repair.

    Raises ``DamagedReleaseError`` where a text is not what the manifest says.
    """
    with _storage(home), locked(home, wait):
        before = current(home)
        _check_texts(before)
        with candidate(home, before) as made:
            described = manifest.graphs_of(made, [], "")
            _, how = _fill(made, [], tell, triples=manifest.triples_in(described), whole=True)
            manifest.write_manifest(made, described, [], how)
            return made.publish(home)


def _fill(
    made: Candidate, changed: Sequence[Difference], tell: Tell, *, triples: int, whole: bool
) -> tuple[Report, str]:
    """Make the store and the report of a candidate; say how."""
    if whole:
        return _from_texts(made, triples, tell), "whole"
    return _from_before(made, changed, tell), "change"


def _from_texts(made: Candidate, triples: int, tell: Tell) -> Report:
    paths = sorted(made.graphs.glob("*.nq"))
    report, found = _validated(made, paths, triples, tell)
    with opened(made) as served:
        tell("load")
        load_served(served, paths, found)
        tell("optimize")
        served.optimize()
    return report


def _validated(
    made: Candidate, paths: Sequence[Path], triples: int, tell: Tell
) -> tuple[Report, Followed]:
    """Validate what texts say and what follows from it; no store is left of that."""
    with for_the_time_being(made.path, triples) as union:
        tell("load the union")
        load_union(union, paths)
        tell("validate")
        report = verdict.on_all(made, union)
        tell("derive and assert")
        found, view = follow(union)
        tell("validate what follows")
        verdict.on_all_preferences(union, view)
        turn_into_default(union, found)
        verdict.on_all_derived(union)
    return report, found


def _from_before(made: Candidate, changed: Sequence[Difference], tell: Tell) -> Report:
    tell("copy and apply")
    with copied(made) as served:
        change = apply(served, changed)
        stores = Stores(served, Union(served))
        tell("validate")
        report, read = verdict.on_change(made, stores, change)
        tell("derive and assert")
        found = consequences(stores, change)
        make(stores, found)
        tell("validate what follows")
        verdict.on_consequences(stores, read, found)
        tell("flush")
    return report


def _must_be_made_anew(before: Release | None) -> bool:
    """Tell whether the stores of the release before can't be built upon: its texts are the truth.

    Raises ``DamagedReleaseError`` where a text is damaged too.
    """
    if before is None:
        return True
    if before.damage(thorough=False) is None:
        return bool(before.manifest["rules"] != manifest.rules())
    _check_texts(before)
    return True


def _check_texts(before: Release) -> None:
    for path in before.graph_paths():
        if digest(path) != before.manifest["graphs"].get(path.stem, {}).get("sha256"):
            raise errors.DamagedReleaseError(
                f"release {before.number} is damaged ({path.name}): restore it from a copy"
            )


def _is_much(changed: Sequence[Difference], described: dict[str, dict[str, int]]) -> bool:
    touched = sum(graph.added + graph.removed for graph in changed)
    return touched * _MANY > manifest.triples_in(described)


def _outcome(release: Release | None, changed: Sequence[Difference], report: Report) -> Outcome:
    return Outcome(
        release,
        release is not None,
        tuple(graph.graph for graph in changed if graph.old is None),
        sum(graph.added for graph in changed),
        sum(graph.removed for graph in changed),
        report,
    )


@contextmanager
def _storage(home: Path) -> Iterator[None]:
    """Turn what a disk refuses into an error that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or "No space left" in str(error):
            raise errors.StorageError(
                f"{home} can't be written ({error}): nothing was published; "
                "make room, or prune old releases, and try again"
            ) from error
        raise
