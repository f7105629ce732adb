"""The gate on a candidate: what the sources say, what is asserted, and what is derived."""

from __future__ import annotations

from pledgegraph.graph import errors, gate
from pledgegraph.graph.asserted import View
from pledgegraph.graph.gate import Report
from pledgegraph.graph.publishing.rebuild import subjects_with_assertions
from pledgegraph.graph.publishing.stores import Stores
from pledgegraph.graph.publishing.update import Consequences, preferences
from pledgegraph.graph.release import Release
from pledgegraph.graph.shacl import Change
import pyoxigraph as ox


def on_all(union: ox.Store) -> Report:
    return gate.verdict(union)


def on_all_that_follows(stores: Stores, view: View) -> Report:
    derived = gate.verdict(stores.served, modules=gate.DERIVED)
    return together(derived, _on_preferences(stores, preferences(stores, view, subjects_with_assertions(stores.union))))


def on_change(union: ox.Store, change: Change, before: Release) -> Report:
    return gate.verdict(union)


def on_consequences(stores: Stores, change: Change, found: Consequences) -> Report:
    derived = gate.verdict(stores.served, modules=gate.DERIVED)
    return together(derived, _on_preferences(stores, preferences(stores, found.view, found.touched)))


def _on_preferences(stores, change):
    if not change.added and not change.removed:
        return Report(())
    stores.change_union(change.added, change.removed)
    try:
        return gate.verdict(stores.union)
    finally:
        stores.change_union(change.removed, change.added)


def together(*reports):
    return Report(tuple(sorted({r for report in reports for r in report.results})), reports[0].turtle)


def refuse(report):
    if report.violations:
        raise errors.DataRefusedError(report)
