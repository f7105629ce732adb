"""Open States as it is: questions about two states, and every record accounted for.

The answers were looked up by hand in the files ``wa/retired/Joe-Nguyen-...``, ``dc/retired/
Brandon-Todd-...`` and ``dc/legislature/Janeese-Lewis-George-...`` of the data set.
"""

import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph.importers.openstates.importer import OpenStates
from pledgegraph.graph.importing.run import import_files
from pledgegraph.graph.release import current

from .openstates_archives import Told, told

HELD = """
    PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX pg: <https://w3id.org/pledgegraph/ns#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    SELECT DISTINCT ?name ?party ?source WHERE {
        ?term pg:heldSeat/skos:prefLabel "%s"@en ;
            org:member/skos:prefLabel ?name ;
            pg:termParty/skos:prefLabel ?party ;
            pg:hasEvidence/pg:inSource ?source .
        OPTIONAL { ?term pg:validFrom ?from }
        OPTIONAL { ?term pg:validUntil ?until }
        FILTER(!BOUND(?from) || ?from <= "%s"^^xsd:date)
        FILTER(!BOUND(?until) || "%s"^^xsd:date < ?until)
    } ORDER BY ?source
"""
SOURCE = "https://w3id.org/pledgegraph/id/source/"
SEATS = {
    ("Washington State Senate, district 34", "2020-06-11"): [
        ("Joe Nguyen", "Democratic", "openstates-wa"),
        ("Joe Nguyen", "Democratic", "openstates-wa-2020-06-11"),
    ],
    ("Council of the District of Columbia, Ward 4", "2020-06-11"): [
        ("Brandon Todd", "Democratic", "openstates-dc"),
    ],
    ("Council of the District of Columbia, Ward 4", "2020-12-31"): [
        ("Brandon Todd", "Democratic", "openstates-dc"),
    ],
    ("Council of the District of Columbia, Ward 4", "2021-01-02"): [
        ("Janeese Lewis George", "Democratic", "openstates-dc"),
    ],
}


@pytest.fixture(scope="module")
def store(material: Path, tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    real = material / "data" / "real"
    paths = [
        real / "openstates-people" / "dc.tar.xz",
        real / "openstates-people" / "wa.tar.xz",
        real / "openstates-people-2020-06-11" / "wa.tar.xz",
    ]
    home = tmp_path_factory.mktemp("home")
    import_files(home, OpenStates(), paths)
    return ox.Store.read_only(str(current(home).store_path))


@pytest.mark.parametrize(("seat", "day"), SEATS)
def test_who_held_a_seat_on_a_day(store: ox.Store, seat: str, day: str) -> None:
    rows = store.query(HELD % (seat, day, day))
    assert isinstance(rows, ox.QuerySolutions)
    found = [tuple(str(getattr(value, "value", "")) for value in row) for row in rows]
    assert found == [
        (name, f"{party} Party (United States)", f"{SOURCE}{source}")
        for name, party, source in SEATS[seat, day]
    ]


COUNTED = (
    *("files", "committees", "committee_members", "executive", "legislature", "list_files"),
    *("municipalities", "party_entries", "retired", "roles", "roles_without_start"),
)
CONTRADICTIONS = {
    ("roles", "ends-before-start"): 121,
    ("committee_members", "dangling-person"): 6,
    ("other_names", "wrong-encoding"): 13,
}
SKIPPED = {
    ("roles", "within-another"): 30,
    ("roles", "repeated"): 19,
    ("committee_members", "unidentified-member"): 8,
    ("party_entries", "no-party"): 138,
    ("places", "repeated"): 19,
    ("other_names", "repeated"): 606,
}


@pytest.fixture(scope="module")
def everything(material: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    folder = material / "data" / "real" / "openstates-people"
    return told(sorted(folder.glob("*.tar.xz")), tmp_path_factory.mktemp("home"))


def read_in_all(everything: list[Told], kind: str) -> int:
    return sum(one.counts[kind]["read"] for one in everything if kind in one.counts)


@pytest.mark.slow
@pytest.mark.whole_pack
def test_counts_are_those_of_an_independent_reading(material: Path, everything: list[Told]) -> None:
    text = (material / "data" / "real" / "EXPECTED.json").read_bytes()
    expected = json.loads(text)["openstates_people"]
    for kind in COUNTED:
        assert read_in_all(everything, kind) == expected[kind], kind
    ids = [
        name
        for one in everything
        for name in (*one.forms["people"], *one.forms["organizations"])
        if name.startswith("ocd-")
    ]
    assert len(set(ids)) == expected["distinct_ids"]
    assert len(ids) - len(set(ids)) == expected["duplicate_ids"]
    assert CONTRADICTIONS["roles", "ends-before-start"] == expected["roles_end_before_start"]


@pytest.mark.slow
@pytest.mark.whole_pack
def test_what_is_set_aside_contradicts_itself_or_is_said_twice(everything: list[Told]) -> None:
    aside: Counter[tuple[str, str, str]] = Counter()
    for one in everything:
        aside += one.aside
    quarantined = {rule[1:]: count for rule, count in aside.items() if rule[0] == "quarantined"}
    assert quarantined == CONTRADICTIONS
    for rule, count in SKIPPED.items():
        assert aside["skipped", *rule] == count
    pack = sum(read_in_all(everything, kind) for kind in ("roles", "committee_members", "files"))
    assert sum(quarantined.values()) < 0.005 * pack
