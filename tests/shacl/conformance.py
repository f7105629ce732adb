"""Write CONFORMANCE.md from the test suite: ``python tests/shacl/conformance.py FOLDER``.

FOLDER is the one that PLEDGEGRAPH_MATERIAL names; it may be left out where that is set.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import suite

SUITE = Path("suites/data-shapes/data-shapes-test-suite/tests")
CONFORMANCE = Path(__file__).resolve().parents[2] / "CONFORMANCE.md"
Outcomes = Mapping[str, Mapping[str, str | None]]

# Tests that fail, and why: none.
MISSES: dict[str, str] = {}

HEAD = """\
# Conformance to SHACL

`pledgegraph.graph.shacl` validates by queries that the shapes are compiled to. This page is written
by `python tests/shacl/conformance.py`, which runs the test suite of the W3C Data Shapes working
group and compares each report with the suite's: the verdict, and of each result the focus node,
path (with its structure), value, severity, component, source shape, source constraint and, where
the suite gives it, message.
"""

NOTES = """\
## Where pySHACL 0.40.1 differs

We follow the recommendation; pySHACL is the reference of our property test, these apart.

| pySHACL | The recommendation | Here |
|---|---|---|
| reads literals by rdflib, which rewrites some (a date loses its zone, `"yes"^^xsd:boolean` becomes `false`) | 4.1.2: ill-typed literals violate `sh:datatype` | literals of files up to 5 MB are held as written; a store keeps ill-typed literals as they are |
| raises an error where a nested shape has a literal to look at, over Oxigraph | 1.1: a literal is a focus node without properties | the literal has no values |
| compares what cannot be compared (a day with a month or a number, an IRI with a literal), by an order of kinds | 4.3, 4.5.3: what cannot be compared violates `sh:lessThan`, `sh:minInclusive` and the like | violates |
| lets a blank node pass `sh:minLength 0` | 4.4.1: a blank node violates `sh:minLength`, 0 included | violates |
| over Oxigraph, takes a focus node `"x"` for other than `"x"` in `sh:in` | 4.8.3: equal terms | equal |
| refuses a property shape as `sh:node`, and `sh:lessThan` where a value is a blank node | 4.7.1: any shape; 4.5.3: cannot be compared, so violates | validates |
| `focus_nodes=` gives wrong verdicts with nested shapes | 3.4: nested shapes are validated on value nodes | not used |

## Limits

| What | How it is decided |
|---|---|
| Recursive shapes (the recommendation leaves them undefined) | pySHACL, on the triples that paths from the focus nodes can reach; the report names the shape in `fallbacks` |
| A SPARQL constraint that counts, limits or groups for each focus node | one query for each focus node; the report names the constraint in `fallbacks` |
| Data that come as a store: Oxigraph keeps `xsd:byte`, `xsd:nonNegativeInteger` and the like as `xsd:integer`, and `"1.50"` as `"1.5"` | the bounds of the datatype hold, and the report has the form of the store |
| A node that only `sh:targetNode` names, on a path that may have no steps (`sh:zeroOrMorePath`) | the node is no value of itself if the data do not have it |
| Regular expressions | those of Oxigraph (Rust: no back-references); what these refuse is Python's |
"""  # noqa: E501


def outcomes(folder: Path) -> dict[str, dict[str, str | None]]:
    """Run the suite; say of each test what is wrong, if anything is."""
    found: dict[str, dict[str, str | None]] = {"core": {}, "sparql": {}}
    for case in suite.cases(folder / "manifest.ttl"):
        name = case.file.relative_to(folder.resolve()).with_suffix("").as_posix()
        found[suite.kind(case)][name] = suite.run(case)
    return found


def report(found: Outcomes) -> str:
    """Return the text of CONFORMANCE.md."""
    lines = [HEAD, "| Part | Tests | Right |", "|---|---|---|"]
    for title, part in (("SHACL Core", "core"), ("SHACL-SPARQL", "sparql")):
        right = sum(wrong is None for wrong in found[part].values())
        lines.append(f"| {title} | {len(found[part])} | {right} |")
    lines += ["", NOTES, "## Tests", "", "| Test | |", "|---|---|"]
    for part in ("core", "sparql"):
        for name, wrong in sorted(found[part].items()):
            lines.append(f"| {name} | {'right' if wrong is None else MISSES.get(name, 'wrong')} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    given = sys.argv[1:] or [os.environ["PLEDGEGRAPH_MATERIAL"]]
    CONFORMANCE.write_text(report(outcomes(Path(given[0]) / SUITE)), "utf-8")
