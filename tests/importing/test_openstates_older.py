"""Two states in time of one data set: one person, one term, one label, one end."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.importers.openstates.importer import OpenStates
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.run import Imported, import_files
from pledgegraph.graph.release import current

from .openstates_archives import Told, identifier, pack, told

ANN, CAL, DEE, EVE, IKE = (f"ocd-person-{identifier(number)}" for number in (1, 5, 6, 7, 30))


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("archives")
    return [
        pack(folder / "open-2020-06-11" / "ak.tar.xz", "open-2020-06-11"),
        pack(folder / "open" / "ak.tar.xz", "newest"),
    ]


@pytest.fixture(scope="module")
def older(archives: list[Path]) -> Told:
    newest, older = told(archives, archives[0].parent)
    assert newest.data_set.slug == "openstates-ak"
    return older


def test_an_older_state_is_a_source_graph_of_its_own(older: Told) -> None:
    assert older.data_set.slug == "openstates-ak-2020-06-11"
    assert older.data_set.published == "../2020-06-11"


def test_a_person_who_was_merged_is_one_with_another_name(older: Told) -> None:
    person = older.forms["people"][ANN]
    assert person["label"] is None
    (name,) = person["names"]
    assert (name["text"], name["attested"]) == ("Anne Able", "2020-06-11")


def test_a_person_whom_the_newest_does_not_know_keeps_its_label(older: Told) -> None:
    assert older.forms["people"][IKE]["label"] == "Ike Only"


def test_an_open_role_attests_the_term_that_was_held_that_day(older: Told) -> None:
    records = [form["record"] for form in older.forms["also"].values()]
    assert records == [
        f"term/{ANN}-us-ak-sldl-2-2019-01-15",
        f"term/{CAL}-us-ak-sldl-1-2017-01-17",
        f"term/{DEE}-us-ak-sldl-2-2015-01-20",
    ]


def test_a_day_on_which_they_differ_is_an_assertion_beside_the_newest(older: Told) -> None:
    found = [
        (form["about"], form["property"], form["value"], form["rank"])
        for form in older.forms["assertions"].values()
    ]
    assert found == [
        (f"term/{ANN}-us-ak-sldl-2-2019-01-15", "valid-from", "2019-01-08", "deprecated"),
        (f"term/{DEE}-us-ak-sldl-2-2015-01-20", "valid-until", "2019-01-01", "deprecated"),
    ]


def test_a_first_day_that_only_the_older_gives_is_written(older: Told) -> None:
    (term,) = older.forms["people"][EVE]["terms"]
    assert (term["id"], term["from"]) == (f"{EVE}-us-ak-sldl-3", "2009-01-20")
    assert "until" not in term


def test_a_role_that_makes_a_second_holder_of_one_seat_is_quarantined(older: Told) -> None:
    assert [term["seat"] for term in older.forms["people"][IKE]["terms"]] == ["seat/us-ak-sldl-6"]
    assert older.aside["quarantined", "roles", "two-holders"] == 1


def test_the_end_of_a_membership_in_a_committee_is_its_last_day(older: Told) -> None:
    membership = older.forms["memberships"][f"{IKE}-ocd-organization-{identifier(3)}"]
    assert membership["until"] == "2019-01-01"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("graph") / "home"


@pytest.fixture(scope="module")
def imported(home: Path, archives: list[Path]) -> Imported:
    return import_files(home, OpenStates(), archives)


def test_both_pass_the_gate_together(imported: Imported) -> None:
    refused = [
        (one.account["source"], kind, rule)
        for one in imported.converted
        for kind, counts in one.account["records"].items()
        for rule in counts["quarantined"]
        if rule[0].isupper()
    ]
    assert refused == []
    assert imported.release == 1


def test_no_term_has_two_ends_and_no_person_two_labels(home: Path, imported: Imported) -> None:
    store = ox.Store.read_only(str(current(home).store_path))
    for name in ("pg:validUntil", "pg:validFrom", "skos:prefLabel"):
        assert list(store.query(_twice(name))) == []


def _twice(name: str) -> str:
    return f"""
        PREFIX pg: <https://w3id.org/pledgegraph/ns#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?thing WHERE {{ ?thing {name} ?one, ?other FILTER(STR(?one) < STR(?other)) }}
    """


@pytest.mark.parametrize("which", [0, 1])
def test_one_state_in_time_alone_is_refused_where_the_home_has_both(
    home: Path, imported: Imported, archives: list[Path], which: int
) -> None:
    assert imported.release
    with pytest.raises(errors.DataSetError, match="import all archives of ak together"):
        list(OpenStates().data_sets([archives[which]], Home(home)))
