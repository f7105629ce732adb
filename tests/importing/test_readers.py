"""Files that are traps: each is refused by name within bounds, and good records are kept."""

import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from pledgegraph.graph import errors
from pledgegraph.graph.importing.ledger import Ledger
from pledgegraph.graph.importing.readers import packed
from pledgegraph.graph.importing.readers.json_lines import json_lines
from pledgegraph.graph.importing.readers.tables import rows
from pledgegraph.graph.importing.readers.xml_elements import elements
from pledgegraph.graph.importing.readers.yaml_text import UnsoundYamlError, document


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(io.StringIO())


def tar_xz(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def read_all(path: Path, ledger: Ledger) -> None:
    for _, file in packed.zip_members(path, ledger):
        file.read()


def test_an_archive_gives_its_members_and_how_far_it_is(tmp_path: Path, ledger: Ledger) -> None:
    path = tar_xz(tmp_path / "a.tar.xz", {"one.yaml": b"a: 1", "two.yaml": b"b: 2"})
    assert [*packed.tar_members(path, ledger)] == [("one.yaml", b"a: 1"), ("two.yaml", b"b: 2")]
    assert ledger.done == 1.0


def test_links_in_an_archive_are_left_out(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        link = tarfile.TarInfo("passwords")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert not [*packed.tar_members(path, ledger)]


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", "C:\\windows", "..\\x"])
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_name_that_lies_outside_is_refused(
    tmp_path: Path, ledger: Ledger, name: str, kind: str
) -> None:
    pack, members = (tar_xz, packed.tar_members) if kind == "tar" else (zipped, packed.zip_members)
    path = pack(tmp_path / f"a.{kind}.xz", {name: b""})
    with pytest.raises(errors.DataSetError, match="outside"):
        next(iter(members(path, ledger)))  # type: ignore[call-overload]


def test_a_bomb_is_refused_before_it_has_unpacked(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "ALWAYS_ALLOWED", 1 << 20)
    bomb = zipped(tmp_path / "bomb.zip", {"zeros": bytes(8 << 20)})
    with pytest.raises(errors.DataSetError, match="unpacks to far more"):
        read_all(bomb, ledger)
    (tmp_path / "bomb.xz").write_bytes(lzma.compress(bytes(8 << 20)))
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(8 << 20)))
    for name in ("bomb.xz", "bomb.gz"):
        with (
            pytest.raises(errors.DataSetError, match="unpacks to far more"),
            packed.opened(tmp_path / name, ledger) as file,
        ):
            file.read()


def test_a_member_too_large_to_be_read_whole_is_refused(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MAXIMUM_MEMBER_BYTES", 10)
    path = tar_xz(tmp_path / "a.tar.xz", {"large.yaml": b"x" * 11})
    with pytest.raises(errors.DataSetError, match=r"large\.yaml has 11 bytes"):
        [*packed.tar_members(path, ledger)]


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_an_archive_that_is_cut_short_is_refused(tmp_path: Path, ledger: Ledger, cut: int) -> None:
    path = tar_xz(tmp_path / "a.tar.xz", {f"{n}.yaml": b"a: 1" * 900 for n in range(30)})
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(errors.DataSetError, match="damaged or cut short"):
        [*packed.tar_members(path, ledger)]


def test_a_tar_that_ends_between_members_is_refused(tmp_path: Path, ledger: Ledger) -> None:
    path = tar_xz(tmp_path / "a.tar.xz", {"one.yaml": b"a: 1", "two.yaml": b"b: 2"})
    plain = lzma.decompress(path.read_bytes())
    path.write_bytes(lzma.compress(plain[:1024]))  # a whole member, and no end of the archive
    with pytest.raises(errors.DataSetError, match="cut short"):
        [*packed.tar_members(path, ledger)]


def test_a_zip_that_is_cut_short_or_damaged_is_refused(tmp_path: Path, ledger: Ledger) -> None:
    path = zipped(tmp_path / "a.zip", {"one.xml": b"<a/>" * 500})
    whole = path.read_bytes()
    for data in (whole[:-30], whole[:45] + b"\0\0\0" + whole[48:], b""):
        path.write_bytes(data)
        with pytest.raises(errors.DataSetError, match="damaged or cut short"):
            read_all(path, ledger)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('{"a": 1', "bad-json"),
        ('{"a": 1, "a": 2}', "bad-json"),
        ('{"a": NaN}', "bad-json"),
        ("[1]", "bad-json"),
        ("[" * 5000 + "]" * 5000, "bad-json"),
        ('"\udcff"', "bad-json"),
    ],
)
def test_a_bad_line_is_quarantined_and_the_others_are_kept(
    tmp_path: Path, ledger: Ledger, line: str, rule: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(f'{{"n": 1}}\n{line}\n{{"n": 3}}\n'.encode(errors="surrogateescape"))
    assert [one.value["n"] for one in json_lines(path, ledger, "bill")] == [1, 3]
    assert ledger.quarantined == {("bill", rule): 1}
    assert ledger.reads == {"bill": 3}


def test_a_line_too_long_is_passed_over(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pledgegraph.graph.importing.readers.json_lines.MAXIMUM_LINE", 50)
    path = tmp_path / "a.jsonl"
    path.write_text('{"n": 1}\n{"n": "%s"}\n{"n": 3}\n' % ("x" * 200))
    assert [(one.number, one.value["n"]) for one in json_lines(path, ledger, "bill")] == [
        (1, 1),
        (3, 3),
    ]
    assert ledger.quarantined == {("bill", "line-too-long"): 1}


def test_a_mark_of_byte_order_is_no_part_of_the_head(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffid,name\n000123,NO\n".encode())
    (row,) = rows(path, ledger, "row", ["id"])
    assert row.values == {"id": "000123", "name": "NO"}


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_table_in_another_encoding_is_refused(
    tmp_path: Path, ledger: Ledger, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,name\n1,Peña\n".encode(encoding))
    with pytest.raises(errors.DataSetError, match="is not UTF-8"):
        [*rows(path, ledger, "row", ["id"])]


def test_a_value_without_end_is_refused(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,name\n1,"' + "x" * (2 << 20) + '"\n')
    with pytest.raises(errors.DataSetError, match="is no CSV"):
        [*rows(path, ledger, "row", ["id"])]


def test_yaml_stays_text() -> None:
    data = b"state: NO\nzip: 000123\non: 2020-06-11\nparty: ~\nquoted: '~'\nlist: [yes, 1e3]\n"
    assert document(data) == {
        "state": "NO",
        "zip": "000123",
        "on": "2020-06-11",
        "party": None,
        "quoted": "~",
        "list": ["yes", "1e3"],
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x", "alias"),
        ("a: !!python/object:os.system 1", "tag"),
        ("a: 1\nb: 2\na: 3", "line 3, column 1 has the key 'a' twice"),
        ("[" * 40 + "]" * 40, "nested too deep"),
        ("a: 1\n---\nb: 2", "second document"),
        ("a: [1, 2", "line 2, column 1 did not find"),
        ("? [a]\n: b", "no plain word"),
        ("a: \x00", "no YAML"),
    ],
)
def test_yaml_that_is_not_plain_is_refused(text: str, says: str) -> None:
    with pytest.raises(UnsoundYamlError, match=says):
        document(text.encode())


def test_yaml_in_another_encoding_is_refused() -> None:
    with pytest.raises(UnsoundYamlError, match="not UTF-8"):
        document("a: Peña".encode("latin-1"))


def xml(text: str, encoding: str = "utf-8") -> list[str | None]:
    found = elements(io.BytesIO(text.encode(encoding)), Path("a.xml"), "item")
    return [element.text for element in found]


def test_xml_is_read_an_element_at_a_time_in_its_encoding() -> None:
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    assert xml(f"{head}<r><item>Peña</item><item/></r>", "utf-16") == ["Peña", None]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><item>&x;</item></r>',
        '<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r><item>&b;</item></r>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd"><r><item/></r>',
    ],
)
def test_xml_with_a_document_type_is_refused(text: str) -> None:
    with pytest.raises(errors.DataSetError, match="document type"):
        xml(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<r><item>1</item>", "is no XML"),
        ("<r><item>\x01</item></r>", "is no XML"),
        ("<a>" * 70 + "</a>" * 70, "nested too deep"),
    ],
)
def test_xml_that_is_cut_or_deep_is_refused(text: str, says: str) -> None:
    with pytest.raises(errors.DataSetError, match=says):
        xml(text)
