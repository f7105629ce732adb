"""Members of Congress: what a slice says, what a newer one changes, and what is set aside."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from pledgegraph.graph import errors
from pledgegraph.graph.importers.congress.former import COLUMNS
from pledgegraph.graph.importers.congress.importer import Congress
from pledgegraph.graph.importing import Home, Ledger
from pledgegraph.graph.importing.run import import_files
from pledgegraph.graph.importing.sheets import Expansion

Raw = dict[str, Any]
Files = Callable[..., Path]

SOURCE = {"id": "s", "kind": "data-set", "title": "S", "language": "en", "version": "1"}
COMMITTEE = {
    "type": "senate",
    "name": "Senate Committee on Tea",
    "thomas_id": "SSTE",
    "subcommittees": [{"name": "Cups", "thomas_id": "01"}],
}
SEAT: Raw = {"member": "x", "rank": "1", "party": "majority", "title": "Chair"}


def term(start: str, end: str, **more: object) -> Raw:
    given = {"type": "sen", "state": "MA", "class": "2", "party": "Democrat"}
    return {**given, "start": start, "end": end, **more}


def person(*terms: Raw, bioguide: str = "M000133", **more: Any) -> Raw:
    name = {"first": "Edward", "last": "Markey", "nickname": "Ed", "official_full": "Edward Markey"}
    return {"id": {"bioguide": bioguide}, "name": name, "terms": list(terms), **more}


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Writes slices, and returns where they are."""

    def write(
        day: str,
        people: Sequence[Raw],
        committees: Sequence[Raw] = (COMMITTEE,),
        members: Mapping[str, Any] | None = None,
        cut: int = 0,
    ) -> Path:
        path = tmp_path / f"slice-{day}.tar.xz"
        contents = {
            "legislators-current.yaml": list(people),
            "committees-current.yaml": list(committees),
            "committee-membership-current.yaml": dict(members or {}),
        }
        with tarfile.open(path, "w:xz") as archive:
            for name, content in contents.items():
                data = yaml.safe_dump(content).encode()
                data = data[: len(data) - cut]
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
        return path

    return write


class Read:
    """The sheets of several files, and the account of each."""

    def __init__(self, *paths: Path) -> None:
        self.sheets: list[Mapping[str, Any]] = []
        self.set_aside: list[tuple[str, str, int]] = []
        self.counts: list[dict[str, int]] = []
        for one in Congress().data_sets(paths, Home(Path("nowhere"))):
            listing = io.StringIO()
            ledger = Ledger(listing)
            expansion = Expansion(SOURCE, ledger, {})
            self.sheets += [expansion.sound(sheet) for sheet in Congress().read(one, ledger)]
            ledger.check()
            self.counts.append(dict(ledger.reads))
            for line in map(json.loads, listing.getvalue().splitlines()):
                self.set_aside.append((line["kind"], line["rule"], line["count"]))

    def forms(self, section: str) -> Iterator[Mapping[str, Any]]:
        return (form for sheet in self.sheets for form in sheet.get(section, ()))

    def terms(self) -> list[tuple[str, str | None, str | None]]:
        found = [form for person in self.forms("people") for form in person["terms"]]
        return [(form["id"], form.get("from"), form.get("until")) for form in found]


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("2021-01-03", "2021-01-03"),  # at noon, when the next begins
        ("2018-01-03", "2018-01-04"),  # no Congress ends in an even year
        ("2020-07-17", "2020-07-18"),  # the last day of service
        ("1929-01-03", "1929-01-04"),  # terms ended in March then
    ],
)
def test_a_term_holds_to_the_end_of_its_last_day(files: Files, end: str, until: str) -> None:
    found = Read(files("2020-06-11", [person(term("1927-03-04", end))]))
    assert found.terms()[0][2] == until


def test_a_term_ends_on_the_day_on_which_the_next_in_the_seat_begins(files: Files) -> None:
    one = person(term("2017-02-09", "2018-01-03"))
    other = person(term("2018-01-03", "2021-01-03"), bioguide="J000300")
    assert Read(files("2018-12-15", [one, other])).terms()[0][2] == "2018-01-03"


def test_a_change_of_party_begins_another_term(files: Files) -> None:
    changes = [
        {"start": "2019-01-03", "end": "2019-12-18", "party": "Democrat"},
        {"start": "2019-12-19", "end": "2021-01-03", "party": "Independent", "caucus": "Democrat"},
    ]
    given = term("2019-01-03", "2021-01-03", party="Independent", party_affiliations=changes)
    found = Read(files("2020-06-11", [person(given)]))
    first, second = next(found.forms("people"))["terms"]
    assert (first["party"], first["until"]) == ("organization/us-democratic-party", "2019-12-19")
    assert (second["from"], second["until"]) == ("2019-12-19", "2021-01-03")
    assert (second["party-label"], second["caucus"]) == ("Independent", first["party"])
    assert found.counts == [
        {"legislators": 1, "terms": 1, "identifiers": 1, "party_changes": 1}
        | {"committees": 1, "subcommittees": 1}
    ]


def test_what_a_newer_slice_gives_otherwise_is_history(files: Files) -> None:
    older = person(term("2015-01-06", "2020-12-31"))
    older["name"] = {"first": "Edward", "last": "Markey"}
    newer = person(term("2015-01-06", "2021-01-03"))
    found = Read(files("2018-12-15", [older]), files("2020-06-11", [newer]))
    before, after = found.forms("people")
    assert (before.get("label"), after["label"]) == (None, "Ed Markey")
    assert before["also-called"] == after["also-called"] == "Edward Markey"
    slug = "bioguide-M000133-us-senate-ma-class-2-2015-01-06"
    assert found.terms() == [(slug, "2015-01-06", None), (slug, "2015-01-06", "2021-01-03")]
    (asserted,) = found.forms("assertions")
    assert asserted["about"] == f"term/{slug}"
    assert (asserted["property"], asserted["value"]) == ("valid-until", "2021-01-01")
    assert (asserted["rank"], bool(asserted["reason"])) == ("deprecated", True)


def test_a_name_that_only_an_older_slice_has_is_attested_on_its_day(files: Files) -> None:
    older, newer = (
        person(term("2015-01-06", "2021-01-03")),
        person(term("2015-01-06", "2021-01-03")),
    )
    older["name"] = {"first": "Edward", "middle": "John", "last": "Markey"}
    found = Read(files("2018-12-15", [older]), files("2020-06-11", [newer]))
    (name,) = next(found.forms("people"))["names"]
    assert (name["text"], name["attested"]) == ("Edward John Markey", "2018-12-15")


def test_a_successor_shows_that_an_end_was_only_due(files: Files) -> None:
    left = person(term("2017-01-03", "2023-01-03"), bioguide="H001075")
    came = person(term("2021-01-20", "2023-01-03"), bioguide="P000145")
    found = Read(files("2020-06-11", [left]), files("2022-12-15", [came]))
    first, _ = found.forms("people")
    assert (first["terms"][0]["until"], first["terms"][0]["end-basis"]) == (
        "2021-01-20",
        "inferred",
    )
    (asserted,) = found.forms("assertions")
    assert asserted["value"] == "2023-01-03"


def test_a_member_who_is_in_no_later_slice_keeps_the_end_that_was_due(files: Files) -> None:
    left = person(term("2017-01-03", "2023-01-03"), bioguide="H001075")
    other = person(term("2021-01-20", "2023-01-03", state="NY"), bioguide="P000145")
    found = Read(files("2020-06-11", [left]), files("2022-12-15", [other]))
    assert found.terms()[0][2] == "2023-01-03"


@pytest.mark.parametrize(
    ("spoilt", "kind", "rule"),
    [
        ({"start": "2015-02-30"}, "terms", "impossible-day"),
        ({"state": "XX"}, "terms", "state-unknown"),
        ({"class": "4"}, "terms", "seat-unknown"),
        ({"type": "king"}, "terms", "seat-unknown"),
    ],
)
def test_an_unsound_term_is_set_aside_alone(
    files: Files, spoilt: Raw, kind: str, rule: str
) -> None:
    good = term("2021-01-03", "2027-01-03")
    found = Read(
        files("2022-12-15", [person({**term("2015-01-06", "2021-01-03"), **spoilt}, good)])
    )
    assert found.set_aside == [(kind, rule, 1)]
    assert [start for _, start, _ in found.terms()] == ["2021-01-03"]


def test_a_term_without_days_passes(files: Files) -> None:
    found = Read(files("2020-06-11", [person({**term("", ""), "start": None, "end": None})]))
    assert found.terms() == [("bioguide-M000133-us-senate-ma-class-2-undated", "", "")]
    assert found.set_aside == []


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("wikidata", ""), ("votesmart", "0"), ("fec", ["H0KS0405"]), ("lis", "N00000270")],
)
def test_an_identifier_in_another_form_is_set_aside(
    files: Files, scheme: str, value: object
) -> None:
    one = person(term("2015-01-06", "2021-01-03"), id={"bioguide": "M000133", scheme: value})
    found = Read(files("2020-06-11", [one]))
    assert found.set_aside == [("identifiers", "identifier-form", 1)]
    assert found.counts[0]["identifiers"] == 2


def test_an_identifier_of_two_people_is_nobody_s(files: Files) -> None:
    ids = [{"bioguide": name, "votesmart": "45519"} for name in ("T000463", "T000471")]
    people = [
        person(term("2015-01-06", "2021-01-03", state=state), id=given)
        for state, given in zip(("OH", "NY"), ids, strict=True)
    ]
    found = Read(files("2020-06-11", people))
    assert found.set_aside == [("identifiers", "identifier-of-two-people", 1)] * 2


def test_a_person_without_a_sound_bioguide_id_is_set_aside_whole(files: Files) -> None:
    found = Read(files("2020-06-11", [person(term("2015-01-06", "2021-01-03"), bioguide="133")]))
    kinds = ("legislators", "terms", "identifiers")
    assert found.set_aside == [(kind, "bioguide-form", 1) for kind in kinds]


def test_slices_that_agree_attest_the_same_membership(files: Files) -> None:
    one = person(term("2015-01-06", "2021-01-03"))
    members = {"SSTE": [{**SEAT, "bioguide": "M000133"}], "SSTE01": []}
    found = Read(*(files(day, [one], members=members) for day in ("2018-12-15", "2020-06-11")))
    slug = "bioguide-M000133-us-committee-SSTE-majority-1-chair"
    seats = [(form["id"], form["attested"]) for form in found.forms("memberships")]
    assert seats == [(slug, "2018-12-15"), (slug, "2020-06-11")]
    assert found.set_aside == [("membership_lists", "empty-list", 1)] * 2


def test_a_membership_of_what_nothing_describes_is_set_aside(files: Files) -> None:
    members = {"SSXX": [{**SEAT, "bioguide": "M000133"}], "SSTE": [{**SEAT, "bioguide": "Z000001"}]}
    one = person(term("2015-01-06", "2021-01-03"))
    found = Read(files("2020-06-11", [one], members=members))
    assert [rule for kind, rule, _ in found.set_aside if kind == "memberships"] == [
        "member-not-described",
        "committee-not-described",
    ]


def test_a_committee_keeps_its_code_and_was_called_otherwise_before(files: Files) -> None:
    renamed = {**COMMITTEE, "name": "Senate Committee on Coffee", "subcommittees": []}
    found = Read(files("2018-12-15", [], [COMMITTEE]), files("2020-06-11", [], [renamed]))
    before, cups, after = (
        one for one in found.forms("organizations") if one["type"] == "committee"
    )
    assert before["id"] == after["id"] == "us-committee-SSTE"
    assert (before.get("label"), after["label"]) == (None, "Senate Committee on Coffee")
    assert before["names"][0]["text"] == "Senate Committee on Tea"
    assert cups["label"] == "Senate Committee on Tea, Subcommittee on Cups"


def test_a_file_that_ends_within_a_line_is_refused(files: Files) -> None:
    path = files("2020-06-11", [person(term("2015-01-06", "2021-01-03"))], cut=1)
    with pytest.raises(errors.DataSetError, match="ends within a line"):
        Read(path)


def former(tmp_path: Path, **given: str) -> Path:
    row = {"bioguide_id": "B000226", "first_name": "Richard", "last_name": "Bassett"}
    row |= {"type": "sen", "state": "DE", "senate_class": "2", "birthday": "1745-04-02", **given}
    lines = [",".join(COLUMNS), ",".join(row.get(column, "") for column in COLUMNS)]
    path = tmp_path / "legislators-historical.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("party", "birthday", "key", "value"),
    [
        ("Republican", "1745-04-02", "party-label", "Republican"),
        ("Republican", "", "party-label", "Republican"),
        ("Republican", "1809-02-12", "party", "organization/us-republican-party"),
        ("Whig", "1800-01-01", "party", "organization/us-whig-party"),
        ("Ind. Republican-Democrat", "1850-01-01", "party-label", "Ind. Republican-Democrat"),
    ],
)
def test_a_party_of_old_is_mapped_where_its_label_means_one_party(
    tmp_path: Path, party: str, birthday: str, key: str, value: str
) -> None:
    found = Read(former(tmp_path, party=party, birthday=birthday))
    (held,) = next(found.forms("people"))["terms"]
    assert held[key] == value
    assert (held.get("from"), held.get("until")) == (None, None)


def test_the_latest_term_of_a_former_member_is_the_one_that_a_slice_dates(
    files: Files, tmp_path: Path
) -> None:
    given = {"bioguide_id": "M000133", "state": "MA", "party": "Democrat"}
    slices = files("2018-12-15", [person(term("2015-01-06", "2021-01-03"))])
    found = Read(slices, files("2020-06-11", []), former(tmp_path, **given))
    assert [slug for slug, _, _ in found.terms()] == [
        "bioguide-M000133-us-senate-ma-class-2-2015-01-06"
    ] * 2


def test_two_slices_make_one_release_that_passes_the_gate(files: Files, tmp_path: Path) -> None:
    members = {"SSTE": [{**SEAT, "bioguide": "M000133"}]}
    older = person(term("2015-01-06", "2020-12-31"), id={"bioguide": "M000133", "maplight": "7573"})
    newer = person(term("2015-01-06", "2021-01-03"), id={"bioguide": "M000133", "maplight": "351"})
    paths = [files("2018-12-15", [older], members=members), files("2020-06-11", [newer])]
    done = import_files(tmp_path / "home", Congress(), paths)
    assert done.is_new
    assert not import_files(tmp_path / "home", Congress(), paths).is_new


def test_the_counts_of_a_slice_are_those_of_an_independent_reading(material: Path) -> None:
    real = material / "data" / "real"
    name = "slice-2020-06-11.tar.xz"
    expected = json.loads((real / "EXPECTED.json").read_bytes())["congress"][name]
    (counts,) = Read(real / "congress" / name).counts
    assert {kind: counts[kind] for kind in expected} == expected


@pytest.mark.slow
@pytest.mark.whole_pack
def test_the_counts_of_every_slice_are_those_of_an_independent_reading(material: Path) -> None:
    real = material / "data" / "real"
    expected = json.loads((real / "EXPECTED.json").read_bytes())["congress"]
    paths = {path.name: path for path in (real / "congress").glob("*.xz")}
    found = Read(*paths.values())
    slices = sorted((name for name in paths if ".tar" in name), key=lambda name: name[-17:])
    assert [
        {kind: counts[kind] for kind in expected[name]}
        for name, counts in zip(slices, found.counts, strict=False)
    ] == [expected[name] for name in slices]
    assert found.counts[-2] == {"legislators": 12_230, "terms": 12_230, "identifiers": 42_539}
    assert found.counts[-1] == {"memberships": 3_879}
