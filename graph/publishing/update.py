"""Follow a change through: what is derived and asserted anew, at the cost of the change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from pledgegraph.graph.asserted import EVIDENCE_CLASSES, Node, Term, View
from pledgegraph.graph.derive.derived import Derivation, derive
from pledgegraph.graph.derive.neighbourhood import Neighbourhood
from pledgegraph.graph.namespaces import NS, RDF_TYPE
from pledgegraph.graph.publishing.stores import Stores, change_graph
from pledgegraph.graph.publishing.union import DEFAULT, DERIVED
from pledgegraph.graph.shacl import Change

_TYPE = ox.NamedNode(RDF_TYPE)
_PHASE_OF = ox.NamedNode(f"{NS}phaseOf")
_EVIDENCE = ox.NamedNode(f"{NS}hasEvidence")
_ABOUT = ox.NamedNode(f"{NS}assertionAbout")


@dataclass(frozen=True)
class Consequences:
    """What follows from a change: how the derived graph and the default graph change.

    ``view`` says what is asserted now, and ``touched`` names the subjects that were asked about.
    """

    derived: Change
    default: Change
    view: View
    touched: frozenset[Node]


def consequences(stores: Stores, change: Change) -> Consequences:
    """Find what follows from a change of the union, which has been made; nothing is written."""
    near = Neighbourhood(stores.union, change.removed)
    changed = {_node(triple.subject) for triple in (*change.added, *change.removed)}
    affected = near.affected(changed)
    derivation = derive(near.extract(near.read(affected)))
    aside = {ox.NamedNode(iri) for iri in derivation.set_aside}

    def is_aside(node: Term) -> bool:
        return node in aside if node in affected else _was_aside(stores, node)

    turned = {node for node in affected if (node in aside) != _was_aside(stores, node)}
    subjects = changed | affected | _around(stores, change, turned)
    view = View(stores.union, is_aside)
    old, new = _old_derived(stores, affected), _new_derived(derivation, affected)
    before = {t for node in subjects for t in stores.quads(node, DEFAULT)} | old
    after = {t for node in subjects for t in view.of(node)} | new
    after |= {t for node in subjects - affected for t in stores.quads(node, DERIVED)}
    return Consequences(
        derived=_change(old, new),
        default=_change(before, after),
        view=view,
        touched=frozenset(subjects),
    )


def make(stores: Stores, found: Consequences) -> None:
    """Write what follows from a change."""
    change_graph(stores.served, DERIVED, found.derived.added, found.derived.removed)
    change_graph(stores.served, DEFAULT, found.default.added, found.default.removed)


def preferences(view: View, nodes: Iterable[Node]) -> Change:
    """Return what preferred values change about nodes, of which some have assertions."""
    removed, added = set[ox.Triple](), set[ox.Triple]()
    for node in nodes:
        if any(view.union.quads_for_pattern(None, _ABOUT, node, DEFAULT)):
            without, instead = view.preference(node)
            removed |= without
            added |= instead
    return Change(tuple(added), tuple(removed))


def _change(before: set[ox.Triple], after: set[ox.Triple]) -> Change:
    return Change(tuple(after - before), tuple(before - after))


def _node(term: Term) -> Node:
    assert isinstance(term, ox.NamedNode | ox.BlankNode)
    return term


def _was_aside(stores: Stores, node: Term) -> bool:
    """Tell whether a record that sources describe is not asserted by the release before."""
    if not isinstance(node, ox.NamedNode):
        return False
    kinds = [q.object for q in stores.union.quads_for_pattern(node, _TYPE, None, DEFAULT)]
    if not kinds or not set(kinds).isdisjoint(EVIDENCE_CLASSES):
        return False
    return not any(stores.served.quads_for_pattern(node, _TYPE, None, DEFAULT))


def _around(stores: Stores, change: Change, turned: set[Node]) -> set[Node]:
    """Return what refers to records that turned, with the evidence that they rest on."""
    found = set[Node]()
    for triple in (*change.added, *change.removed):
        if triple.predicate == _EVIDENCE and isinstance(triple.object, ox.NamedNode):
            found.add(triple.object)
        if triple.object in turned:
            found.add(_node(triple.subject))
    for node in turned:
        for quad in stores.union.quads_for_pattern(None, None, node, DEFAULT):
            found.add(_node(quad.subject))
        for quad in stores.union.quads_for_pattern(node, _EVIDENCE, None, DEFAULT):
            if isinstance(quad.object, ox.NamedNode):
                found.add(quad.object)
    return found


def _old_derived(stores: Stores, affected: set[Node]) -> set[ox.Triple]:
    found = set[ox.Triple]()
    for node in affected:
        found.update(stores.quads(node, DERIVED))
        for phase in list(stores.served.quads_for_pattern(None, _PHASE_OF, node, DERIVED)):
            found.update(stores.quads(_node(phase.subject), DERIVED))
    return found


def _new_derived(derivation: Derivation, affected: set[Node]) -> set[ox.Triple]:
    triples = derivation.triples
    commitments = {t.subject: t.object for t in triples if t.predicate == _PHASE_OF}
    return {t for t in triples if commitments.get(t.subject, t.subject) in affected}
