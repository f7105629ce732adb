"""Identify the agents of a home: compare, publish what is sure, list what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph import errors
from pledgegraph.graph.identity.candidates import Candidate
from pledgegraph.graph.identity.extraction import Extraction
from pledgegraph.graph.identity.findings import Verdict
from pledgegraph.graph.identity.frequencies import count
from pledgegraph.graph.identity.identifications import (
    DECISIONS,
    ORGANIZATIONS,
    PEOPLE,
    Identification,
    by_matcher,
    graph_triples,
    read_graph,
)
from pledgegraph.graph.identity.matcher import compare
from pledgegraph.graph.identity.resolving import Resolution, resolve
from pledgegraph.graph.identity.review import write_review
from pledgegraph.graph.namespaces import GRAPH, ID
from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.publishing.writing import Tell, silent
from pledgegraph.graph.release import Release, current


@dataclass(frozen=True)
class Identified:
    """What was found of each kind of agent, and the release that holds it.

    ``is_new`` tells whether anything changed; ``decided`` counts what people decided so far.
    """

    people: Resolution
    organizations: Resolution
    decided: int
    release: int | None
    is_new: bool


def identify(
    home: Path,
    decisions: Iterable[Identification] = (),
    *,
    review: Path | None = None,
    today: date | None = None,
    dry_run: bool = False,
    tell: Tell = silent,
) -> Identified:
    """Compare the agents of the newest release and publish which are one, with reasons.

    ``decisions`` are those of people; they are kept, with those of before, and win. What stays
    unsure is written to ``review`` and published nowhere. Raises ``NoReleaseError``, and what
    ``publishing.write`` raises.
    """
    release, day = current(home), today or date.today()
    decided = {one.pair: one for one in read_graph(release.graph(f"{GRAPH}{DECISIONS}"))}
    decided |= {one.pair: one for one in decisions}
    said = {pair: one.decision for pair, one in decided.items()}
    with _extraction(release) as agents:
        tell("comparing people")
        people = resolve(agents.people, said)
        tell("comparing organizations")
        organizations = resolve(agents.organizations, said)
        if review:
            proposed = [*people.proposed, *organizations.proposed]
            write_review(review, proposed, _names(agents, proposed))
    graphs = {
        PEOPLE: map(by_matcher, people.accepted),
        ORGANIZATIONS: map(by_matcher, organizations.accepted),
        DECISIONS: (decided[pair] for pair in sorted(decided)),
    }
    edits = list(_edits(release, graphs, day))
    outcome = write(home, edits, origin="identify", dry_run=dry_run, tell=tell)
    number = outcome.release.number if outcome.release else None
    return Identified(people, organizations, len(decided), number, outcome.published)


def explain(home: Path, left: str, right: str) -> Verdict:
    """Compare two agents of the newest release, ``person/bioguide-M000133``, and say why.

    How common names are is counted over all agents of their kind. Raises ``UnknownThingError``.
    """
    with _extraction(current(home)) as agents:
        found = []
        for name in (left, right):
            candidate = agents.agent(f"{ID}{name.removeprefix(ID)}")
            if candidate is None:
                raise errors.UnknownThingError(f"there is no agent '{name}': write kind/slug")
            found.append(candidate)
        population = agents.people if found[0].kind == "person" else agents.organizations
        return compare(found[0], found[1], count(population()))


@contextmanager
def _extraction(release: Release) -> Iterator[Extraction]:
    yield Extraction(ox.Store.read_only(str(release.store_path)))


def _names(agents: Extraction, proposed: Iterable[Verdict]) -> dict[str, str]:
    iris = {iri for one in proposed for iri in (one.left, one.right)}
    found: dict[str, Candidate | None] = {iri: agents.agent(iri) for iri in iris}
    return {iri: one.label for iri, one in found.items() if one}


def _edits(
    release: Release, graphs: Mapping[str, Iterable[Identification]], day: date
) -> Iterator[GraphEdit]:
    """Iterate over the graphs that change: the day of reading alone changes none."""
    for slug, found in graphs.items():
        now = {one.iri: one for one in found}
        path = release.graph(f"{GRAPH}{slug}")
        before = {one.iri for one in read_graph(path)}
        if not now and path is None:
            continue
        if not now:
            yield GraphEdit(f"{GRAPH}{slug}", None)
        else:
            triples = set(graph_triples(slug, now.values(), _day_read(path) or day))
            if before != now.keys() or triples != _triples(path):
                triples = set(graph_triples(slug, now.values(), day))
            yield GraphEdit(f"{GRAPH}{slug}", triples)


def _triples(path: Path | None) -> set[ox.Triple]:
    if path is None:
        return set()
    return {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)}


def _day_read(path: Path | None) -> date | None:
    for triple in _triples(path):
        if triple.predicate.value.endswith("#readOn") and isinstance(triple.object, ox.Literal):
            return date.fromisoformat(triple.object.value)
    return None
