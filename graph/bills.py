"""At which stage a bill is: the latest that a step reached; rank decides within a day."""

from __future__ import annotations

import functools

import pyoxigraph as ox

from pledgegraph.graph.frame import Node
from pledgegraph.graph.namespaces import NS
from pledgegraph.graph.ontology import ontology


def add_stage(bill: Node) -> None:
    """Add to a bill the stage that it has come to, with the step that reached it, if any."""
    reached = [step for step in bill.get("actions", ()) if "reachesStage" in step]
    if reached:
        last = max(reached, key=_place)
        bill["currentStage"] = {
            "stage": last["reachesStage"],
            "since": last.get("dateEdtf"),
            "by": last["id"],
        }


def _place(step: Node) -> tuple[str, int]:
    return step.get("dateLatest", ""), _ranks().get(step["reachesStage"]["id"], 0)


@functools.cache
def _ranks() -> dict[str, int]:
    found = ontology().quads_for_pattern(None, ox.NamedNode(f"{NS}stageOrder"), None, None)
    return {
        quad.subject.value: int(quad.object.value)
        for quad in found
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
