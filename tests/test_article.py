"""The founding article: every sentence that says something is covered, nothing is made up."""

import re
from pathlib import Path

import pytest

from pledgegraph.graph.build import Checked, check
from pledgegraph.graph.records.load import record_files
from pledgegraph.graph.records.spans import split_sentences

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SLUG = "exportcompliancedaily-2020-06-12-facial-recognition"


@pytest.fixture(scope="module")
def checked(article: Path) -> Checked:
    return check(record_files(DATA), sources=article.parent)


def test_every_quotation_of_the_article_was_compared_with_its_bytes(checked: Checked) -> None:
    assert checked.errors == []
    assert checked.reread[SLUG] is True
    assert all("exportcompliance" not in str(problem) for problem in checked.problems)


def covered(checked: Checked) -> set[tuple[int, int]]:
    """Return the spans of quotations on which at least one record rests."""
    graph = checked.records.graphs[f"https://w3id.org/pledgegraph/graph/{SLUG}"]
    used = {t.object.value for t in graph if t.predicate.value.endswith("#hasEvidence")}
    starts, ends = {}, {}
    for t in graph:
        if t.predicate.value.endswith("#startOffset"):
            starts[t.subject.value] = int(t.object.value)
        if t.predicate.value.endswith("#endOffset"):
            ends[t.subject.value] = int(t.object.value)
    return {(starts[iri], ends[iri]) for iri in used}


def test_only_the_paywall_notice_and_the_publishers_description_are_uncovered(
    checked: Checked, article: Path
) -> None:
    text = article.read_text("utf-8")
    spans = covered(checked)
    uncovered = [
        text[start:end]
        for start, end in split_sentences(text)
        if not any(start <= first and last <= end for first, last in spans)
    ]
    assert [sentence.split()[0] for sentence in uncovered] == ["Sign", "Export"]


def test_each_quotation_is_what_the_article_says_at_its_offsets(
    checked: Checked, article: Path
) -> None:
    text = article.read_text("utf-8")
    graph = checked.records.graphs[f"https://w3id.org/pledgegraph/graph/{SLUG}"]
    said: dict[str, dict[str, str]] = {}
    for t in graph:
        name = t.predicate.value.rsplit("#", 1)[-1]
        if name in ("exactText", "startOffset", "endOffset"):
            said.setdefault(t.subject.value, {})[name] = t.object.value
    quotations = [place for place in said.values() if "exactText" in place]
    assert len(quotations) > 20
    for place in quotations:
        assert text[int(place["startOffset"]) : int(place["endOffset"])] == place["exactText"]
        assert len(place["exactText"].split()) <= 25


def test_a_forged_word_in_a_quotation_is_found_out(tmp_path: Path, article: Path) -> None:
    source = (DATA / f"{SLUG}.yaml").read_text("utf-8")
    path = tmp_path / "forged.yaml"
    path.write_text(
        source.replace("must permanently end its sale", "must quickly end its sale"), "utf-8"
    )
    others = [file for file in record_files(DATA) if file.stem != SLUG]
    rules = {problem.rule for problem in check([path, *others], sources=article.parent).errors}
    assert "quotation-not-in-source" in rules


def test_the_article_itself_is_not_in_the_repository(article: Path) -> None:
    text = article.read_text("utf-8")
    longest = [
        text[start:end] for start, end in split_sentences(text) if len(text[start:end].split()) > 25
    ]
    assert longest
    for path in ROOT.rglob("*"):
        if (
            path.suffix in (".py", ".yaml", ".md", ".ttl", ".json", ".rq", ".csv", ".html")
            and ".venv" not in path.parts
        ):
            content = path.read_text("utf-8")
            assert not any(sentence in content for sentence in longest), path


def test_amazons_pledge_fits_in_25_lines() -> None:
    text = (DATA / f"{SLUG}.yaml").read_text("utf-8")
    start = text.index("  - id: amazon-2020-06-police-facial-recognition")
    block = re.split(r"\n\n", text[start:], maxsplit=1)[0]
    assert "exemptions:" in block
    assert len(block.splitlines()) <= 25


def test_facts_of_the_seed_agree_with_the_records(material: Path) -> None:
    """Quotations of the sourced facts that we took over stand as they were transcribed."""
    facts = (material / "data" / "facts" / "facts.jsonl").read_text("utf-8")
    for name in ("ap-2021-05-18-amazon-extends-pause", "aclu-2021-05-18-extended-moratorium"):
        text = (DATA / f"{name}.yaml").read_text("utf-8")
        for quotation in re.findall(r"^ +quote: (.+)$", text, re.MULTILINE):
            assert quotation in facts
