"""Lists of exempt organizations: who they are, and when one is an advocacy group."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.importers.nonprofits import NonProfits, is_advocacy, paragraph
from pledgegraph.graph.importing import Home
from pledgegraph.graph.importing.converting import Conversion, Converted
from pledgegraph.graph.namespaces import ID

HEAD = "EIN,NAME,ICO,STREET,CITY,STATE,ZIP,SUBSECTION,NTEE_CD,SORT_NAME\n"
BAPTIST = "010123106,MORNING STAR BAPTIST CHURCH,,3204 BROTHERS PL,WASHINGTON,DC,20032,03,,\n"
ALLIANCE = "520000001,CLEAN AIR ALLIANCE,% A PERSON,1 A ST,WASHINGTON,DC,20001,04,C01,CAA\n"


def convert(folder: Path, text: str, name: str = "irs-eo-dc.csv") -> Converted:
    (folder / name).write_text(text)
    (data_set,) = NonProfits().data_sets([folder / name], Home(folder / "home"))
    return Conversion(NonProfits(), folder / "imports").convert(data_set, lambda _done: None)


def values(done: Converted, thing: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in ox.parse(path=done.text, format=ox.RdfFormat.N_QUADS):
        if quad.subject == ox.NamedNode(f"{ID}{thing}"):
            name = quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
            found.setdefault(name, set()).add(quad.object.value.rsplit("#", 1)[-1].removeprefix(ID))
    return found


def test_an_organization_keeps_the_zeros_of_its_ein_and_its_place(tmp_path: Path) -> None:
    done = convert(tmp_path, HEAD + BAPTIST)
    church = values(done, "organization/ein-010123106")
    assert church["ein"] == {"01-0123106"}
    assert church["taxExemption"] == {"501(c)(3)"}
    assert (church["basedIn"], church["locality"]) == ({"jurisdiction/us-dc"}, {"WASHINGTON"})
    assert "AdvocacyGroup" not in church["type"]


def test_alliances_and_advocacy_are_advocacy_groups_with_their_second_name(tmp_path: Path) -> None:
    group = values(convert(tmp_path, HEAD + ALLIANCE), "organization/ein-520000001")
    assert "AdvocacyGroup" in group["type"]
    assert group["altLabel"] == {"CAA"}


def test_neither_streets_nor_persons_are_taken_over(tmp_path: Path) -> None:
    text = convert(tmp_path, HEAD + ALLIANCE).text.read_text()
    assert "A PERSON" not in text
    assert "1 A ST" not in text


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("C01", True), ("R01Z", True), ("R24", False), ("Q300", False), ("", False), ("A010B", False)],
)
def test_only_the_common_code_01_makes_an_advocacy_group(code: str, is_one: bool) -> None:
    assert is_advocacy(code) == is_one


@pytest.mark.parametrize(
    ("code", "cited"),
    [("03", "501(c)(3)"), ("29", "501(c)(29)"), ("92", None), ("00", None), ("", None)],
)
def test_other_law_than_501c_is_left_out(code: str, cited: str | None) -> None:
    assert paragraph(code) == cited


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (BAPTIST, "ein-twice"),
        (BAPTIST[1:], "no-ein-or-name"),
        (
            BAPTIST.replace("01012", "01013").replace("MORNING STAR BAPTIST CHURCH", ""),
            "no-ein-or-name",
        ),
        ("010123107,SHORT\n", "ragged-row"),
    ],
)
def test_a_bad_row_is_quarantined_alone(tmp_path: Path, line: str, rule: str) -> None:
    counts = convert(tmp_path, HEAD + BAPTIST + line).account["records"]["row"]
    assert counts["quarantined"] == {rule: 1}
    assert (counts["read"], counts["written"]) == (2, 1)


def test_a_code_in_another_form_is_taken_as_it_is_written(tmp_path: Path) -> None:
    done = convert(tmp_path, HEAD + ALLIANCE.replace("C01", "A6E0"))
    assert values(done, "organization/ein-520000001")["nteeCode"] == {"A6E0"}


def test_a_file_whose_name_tells_no_state_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.DataSetError, match="such as eo_dc"):
        convert(tmp_path, HEAD + BAPTIST, "list.csv")
