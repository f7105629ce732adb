"""The union is what the source graphs say, whatever else the store that is served holds."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph.asserted import background
from pledgegraph.graph.publishing.union import DEFAULT, DERIVED, Changed, Union, as_quad
from pledgegraph.graph.shacl import Change

EX = "http://example.org/"
HUB, MANY = ox.NamedNode(f"{EX}hub"), 300
GIVEN = sorted(background(), key=str)


def triple(subject: str, predicate: str, value: str | ox.NamedNode) -> ox.Triple:
    end = value if isinstance(value, ox.NamedNode) else ox.Literal(value)
    return ox.Triple(ox.NamedNode(f"{EX}{subject}"), ox.NamedNode(f"{EX}{predicate}"), end)


SAID = [
    *(triple(f"s{n}", f"p{n % 3}", HUB) for n in range(MANY)),
    triple("s1", "p1", "x"),
    triple("s1", "p2", "x"),
    GIVEN[0],
]


@pytest.fixture(scope="module")
def served() -> ox.Store:
    """A store in which two sources say the same, and other graphs say more."""
    store = ox.Store()
    for graph in ("one", "two"):
        store.extend(as_quad(t, ox.NamedNode(f"{EX}{graph}")) for t in SAID)
    store.extend(map(as_quad, [*SAID, *GIVEN]))
    for graph in (DEFAULT, DERIVED):
        store.extend(as_quad(triple(f"s{n}", "derived", HUB), graph) for n in range(MANY))
    return store


def patterns() -> list[tuple[ox.NamedNode | None, ox.NamedNode | None, object]]:
    subjects = [None, *(ox.NamedNode(f"{EX}{name}") for name in ("s1", "s2", "none"))]
    predicates = [None, *(ox.NamedNode(f"{EX}{name}") for name in ("p1", "p2", "derived", "none"))]
    values = [None, HUB, ox.Literal("x"), GIVEN[0].object, ox.Literal("none")]
    return [(s, p, o) for s in (*subjects, GIVEN[0].subject) for p in predicates for o in values]


def test_each_triple_of_a_source_is_found_once_by_any_pattern(served: ox.Store) -> None:
    plain, union = ox.Store(), Union(served)
    plain.extend(map(as_quad, [*SAID, *GIVEN]))
    for pattern in patterns() * 2:  # the second time some answers are remembered
        found = list(union.quads_for_pattern(*pattern))  # type: ignore[arg-type]
        assert len(found) == len(set(found)), pattern
        assert set(found) == set(plain.quads_for_pattern(*pattern, DEFAULT)), pattern  # type: ignore[arg-type]


def test_a_change_can_be_looked_at_that_is_not_made(served: ox.Store) -> None:
    came, went = (triple("s1", "p1", "new"), triple("s9", "p1", HUB)), (SAID[0], SAID[1])
    plain, changed = ox.Store(), Changed(Union(served), Change(came, went))
    plain.extend(map(as_quad, {*SAID, *GIVEN, *came} - {*went}))
    for pattern in patterns():
        found = list(changed.quads_for_pattern(*pattern))  # type: ignore[arg-type]
        assert set(found) == set(plain.quads_for_pattern(*pattern, DEFAULT)), pattern  # type: ignore[arg-type]


def test_a_graph_too_large_for_memory_is_validated_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pledgegraph.graph.publishing import from_texts

    monkeypatch.setattr(from_texts, "_memory", lambda: 1)
    with from_texts.for_the_time_being(tmp_path, 10) as store:
        store.extend(map(as_quad, SAID))
        assert list((tmp_path / "working").glob("CURRENT"))
    assert list(tmp_path.iterdir()) == []
