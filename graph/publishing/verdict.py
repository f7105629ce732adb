"""The gate on a candidate: what the sources say, what is preferred, and what is derived.

Results that stand (warnings; a violation refuses the release) are kept beside the report, so that
after a change only those are looked for anew to which it can matter.
"""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from pledgegraph.graph import errors, shacl
from pledgegraph.graph.asserted import Node, View
from pledgegraph.graph.gate import DERIVED, Report, report_of, shapes_of
from pledgegraph.graph.publishing import standing
from pledgegraph.graph.publishing.candidate import Candidate
from pledgegraph.graph.publishing.from_texts import subjects_with_assertions
from pledgegraph.graph.publishing.stores import Stores
from pledgegraph.graph.publishing.union import Changed
from pledgegraph.graph.publishing.update import Consequences, preferences
from pledgegraph.graph.shacl import Change


def on_all(made: Candidate, union: ox.Store) -> Report:
    """Validate all that the sources say together; keep the report."""
    found = shacl.validate(union, shapes_of())
    return _accepted(made, found, found)


def on_change(made: Candidate, stores: Stores, change: Change) -> tuple[Report, frozenset[Node]]:
    """Validate what a change can matter to; keep the report, with the results that stand.

    The verdict can rest on the nodes that are returned with it.
    """
    assert made.before is not None
    found = shacl.validate(stores.union, shapes_of(), change)
    assert found.affected is not None
    kept = [one for one in standing.read(made.before.path) if not found.affected.covers(one)]
    return _accepted(made, found, replace(found, results=(*kept, *found.results))), found.read


def _accepted(made: Candidate, found: shacl.Report, whole: shacl.Report) -> Report:
    report = report_of(found)
    _refuse(report)
    standing.write(made.path, whole)
    return report


def on_all_preferences(union: ox.Store, view: View) -> None:
    """Validate what the sources say with all preferred values put in."""
    _on_preferences(view, preferences(view, subjects_with_assertions(union)))


def on_all_derived(default: ox.Store) -> None:
    """Validate what is asserted and derived."""
    _refuse(report_of(shacl.validate(default, shapes_of(DERIVED))))


def on_consequences(stores: Stores, read: frozenset[Node], found: Consequences) -> None:
    """Validate what follows from a change, with the preferred values that its verdict can see."""
    _refuse(report_of(shacl.validate(stores.served, shapes_of(DERIVED), found.derived)))
    _on_preferences(found.view, preferences(found.view, read | found.touched))


def _on_preferences(view: View, change: Change) -> None:
    """Validate with preferred values in their places."""
    if change.added or change.removed:
        union = Changed(view.union, change)
        _refuse(report_of(shacl.validate(union, shapes_of(), change)))


def _refuse(report: Report) -> None:
    if report.violations:
        raise errors.DataRefusedError(report)
