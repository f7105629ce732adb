"""The record format is documented key by key, and its example is a sound record."""

import re
from pathlib import Path

import pytest

from pledgegraph.graph.build import check
from pledgegraph.graph.derive.rows import select
from pledgegraph.graph.namespaces import local_name
from pledgegraph.graph.ontology import context, shapes, term_key
from pledgegraph.graph.records.forms import COMMON, FORMS, SECTIONS, Key

CLOSED = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?class ?property WHERE {
  ?shape sh:closed true ; sh:targetClass ?class ;
    sh:ignoredProperties/rdf:rest*/rdf:first ?property
}"""
ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = (ROOT / "docs" / "records.md").read_text("utf-8")


def part(form: str) -> str:
    """Return the part of the document whose heading names a form."""
    parts = re.split(r"^### ", DOCUMENT, flags=re.MULTILINE)[1:]
    (found,) = [text for text in parts if form in text.partition("\n")[0].split(", ")]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_each_key_of_a_form_is_documented(form: str) -> None:
    text = part(form)
    if form in ("demand", "provision"):
        text += part("commitment")
    assert [key for key in FORMS[form].keys if f"`{key}`" not in text] == []


def test_the_keys_of_every_record_are_documented() -> None:
    assert [key for key in COMMON if f"| `{key}` |" not in DOCUMENT] == []


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_is_documented(section: str) -> None:
    assert f"`{section}`" in part(SECTIONS[section])


@pytest.mark.parametrize("form", FORMS)
def test_each_type_of_a_form_is_documented(form: str) -> None:
    assert [name for name in FORMS[form].types or () if f"`{name}`" not in part(form)] == []


def keys() -> list[Key]:
    return [key for form in FORMS.values() for key in (*form.keys.values(), *COMMON.values())]


def test_each_key_writes_a_property_of_the_ontology() -> None:
    written = {key.property for key in keys() if key.property} - {"also"}
    assert sorted(written - set(context())) == []


def test_what_a_form_writes_is_what_the_shape_of_its_class_admits() -> None:
    closed: dict[str, set[str]] = {}
    for row in select(shapes(), CLOSED):
        closed.setdefault(local_name(row["class"]), set()).add(term_key(row["property"]))
    for form in FORMS.values():
        for name in form.type:
            written = {key.property for key in form.all_keys.values() if not key.parent}
            assert sorted(written - {None} - closed.get(name, written)) == [], name


def test_each_class_of_a_form_is_a_class_of_the_ontology() -> None:
    types = {name for form in FORMS.values() for name in form.type}
    types |= {
        name for form in FORMS.values() for group in (form.types or {}).values() for name in group
    }
    assert sorted(types - set(context())) == []


def test_the_example_of_the_document_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example, "utf-8")
    around = tmp_path / "around"
    around.mkdir()
    base = (ROOT / "tests" / "records" / "base.yaml").read_text("utf-8")
    rescue = (
        "  - id: search-and-rescue\n    label: Search and Rescue\n    entry: register.csv 4 name\n"
    )
    (around / "base.yaml").write_text(base + rescue, "utf-8")
    assert check([path], around=around).problems == []
