"""Show an item with a bounded number of parts, and say what is left out.

A chamber has tens of thousands of terms, a data set hundreds of thousands of entries: a page shows
the first of them, how many there are, and the query that gives all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pledgegraph.graph.collections import Collection
from pledgegraph.graph.frame import BACKWARDS, Node, context
from pledgegraph.graph.namespaces import NS

# Counts what a query finds.
Count = Callable[[str], int]


def cut(collection: Collection, item: Node, count: Count) -> None:
    """Cut the parts of an item; ``leftOut`` says by key how many are shown of how many."""
    left: dict[str, Node] = {}
    for keys in _by_property(collection):
        most = min(map(collection.bound, keys))
        if sum(len(item.get(key, ())) for key in keys) <= most:
            continue
        for key in keys:
            query = parts_query(item["id"], key)
            shown, total = item[key][:most], count(query)
            item[key] = shown
            if total > len(shown):
                left[key] = {"shown": len(shown), "total": total, "query": query}
    if left:
        item["leftOut"] = left


def parts_query(iri: str, key: str) -> str:
    """Write the query for all parts of a kind."""
    name, classes = BACKWARDS[key]
    definition = context()[name]
    assert isinstance(definition, dict)
    wanted = " ".join(f"<{NS}{one}>" for one in classes.split() if one != "Membership")
    if "Membership" in classes:
        wanted = "<http://www.w3.org/ns/org#Membership>"
    of_class = f" VALUES ?class {{ {wanted} }} ?part a ?class" if wanted else ""
    return f"SELECT DISTINCT ?part WHERE {{ ?part <{_iri(definition)}> <{iri}> .{of_class} }}"


def _iri(definition: dict[str, str]) -> str:
    return definition["@id"]


def _by_property(collection: Collection) -> Iterable[list[str]]:
    """Group the keys of parts by the property that leads to the item."""
    found: dict[str, list[str]] = {}
    for key in collection.nesting:
        if key in BACKWARDS:
            found.setdefault(BACKWARDS[key][0], []).append(key)
    return found.values()
