"""Write to a home until killed: run as a program, it starts a new writer for each line it reads.

The writers are forked, so that each is at work at once. A writer appends to ``HOME/acknowledged``
what it was told is published, as a client would.
"""

import os
import sys
from pathlib import Path

import pyoxigraph as ox

from pledgegraph.graph.asserted import background
from pledgegraph.graph.gate import DERIVED, shapes_of
from pledgegraph.graph.publishing import GraphEdit, write
from pledgegraph.graph.publishing.union import as_quad
from pledgegraph.graph.shacl import Change, validate

GRAPH = "https://w3id.org/pledgegraph/graph/"
SLUGS = ("killed-a", "killed-b", "killed-c")


def edit(number: int) -> GraphEdit:
    """Return an edit whose graph names the number."""
    things = (ox.NamedNode(f"urn:x:{index}") for index in range(50))
    value, name = ox.Literal(str(number)), ox.NamedNode("urn:x:number")
    triples = tuple(ox.Triple(thing, name, value) for thing in things)
    return GraphEdit(f"{GRAPH}{SLUGS[number % len(SLUGS)]}", triples)


def work(home: Path) -> None:
    """Write one number after the other, from the one after the last that was acknowledged."""
    path = home / "acknowledged"
    path.touch()
    number = max((int(line) for line in path.read_text().split()), default=-1) + 1
    with path.open("a") as acknowledged:
        while True:
            write(home, [edit(number)], origin="http")
            acknowledged.write(f"{number}\n")
            acknowledged.flush()
            number += 1


def warm_up() -> None:
    """Prepare the shapes, so that a writer is at its stores soon; no store on disk is open yet."""
    union = ox.Store()
    union.extend(map(as_quad, background()))
    for shapes in (shapes_of(), shapes_of(DERIVED)):
        assert validate(union, shapes, Change(added=tuple(edit(0).triples or ()))).conforms


def main(home: Path) -> None:
    """Fork a writer for each line, and wait until it is killed."""
    warm_up()
    for _ in sys.stdin:
        writer = os.fork()
        if writer == 0:
            os.setpgid(0, 0)
            work(home)
        print(writer, flush=True)
        os.waitpid(writer, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
