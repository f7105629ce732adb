"""Make source graphs of any size by a seed: ``python benchmarks/generate.py SIZE FOLDER``.

Large data sets on legislators, bills, lobbying, contributions and companies make up most of a
graph; several hundred curated documents tell of pledges. All of it conforms to our shapes, apart
from the mistakes that are asked for. The same seed and size give the same bytes, and no more
memory is used for ten million triples than for ten thousand.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from generator import articles, bills, companies, legislators, lobbying
from generator.document import slug
from generator.legislators import Legislature, legislature_for
from generator.lines import GRAPH, Record
from generator.mistakes import Mistake, Planter
from generator.proportions import SHARES
from generator.record_file import one_record

__all__ = ["Mistake", "graphs", "one_record", "union", "write"]

TRIPLES_OF_ARTICLE = 175
MILLION = 1_000_000


@dataclass(frozen=True)
class Source:
    """A source graph: its name and how its records are made."""

    slug: str
    records: Iterator[Record]


@dataclass
class Tally:
    """How many triples were made so far."""

    made: int = 0

    def count(self, records: Iterator[Record]) -> Iterator[Record]:
        """Iterate over records and count their triples."""
        for record in records:
            self.made += len(record)
            yield record


def graphs(
    size: int, seed: int, mistakes: int = 0, planted: list[Mistake] | None = None
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Iterate over source graphs, each a name and blocks of N-Quads, a record in each block.

    Use up each graph before the next. ``planted`` is filled with the mistakes on the way.
    """
    planter = Planter(mistakes, size, [] if planted is None else planted)
    for source in sources(size, seed):
        end = f" <{GRAPH}{source.slug}> .\n"
        yield source.slug, _blocks(planter.spoil(source.records), end)


def union(
    size: int, seed: int, mistakes: int = 0, planted: list[Mistake] | None = None
) -> Iterator[bytes]:
    """Iterate over the same records as blocks of N-Triples, without the names of the graphs."""
    planter = Planter(mistakes, size, [] if planted is None else planted)
    for source in sources(size, seed):
        yield from _blocks(planter.spoil(source.records), " .\n")


def write(folder: Path, size: int, seed: int, mistakes: int = 0) -> list[Path]:
    """Write one N-Quads file for each source graph and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, blocks in graphs(size, seed, mistakes):
        path = folder / f"{name}.nq"
        with path.open("wb") as file:
            file.writelines(blocks)
        paths.append(path)
    return paths


def _blocks(records: Iterator[Record], end: str) -> Iterator[bytes]:
    for record in records:
        yield (end.join(record) + end).encode()


def sources(size: int, seed: int) -> Iterator[Source]:
    """Iterate over the sources of a graph of so many triples; use up each before the next."""
    tally = Tally()
    for source in _planned(size, seed, tally):
        yield Source(source.slug, tally.count(source.records))


def _planned(size: int, seed: int, tally: Tally) -> Iterator[Source]:
    documents = documents_in(size)
    rest = size - documents * TRIPLES_OF_ARTICLE
    parts = {kind: _parts(int(rest * share), size) for kind, share in SHARES.items()}
    of = [legislature_for(at, quota) for at, quota in enumerate(parts["legislators"])]
    for legislature in of:
        yield Source(legislature.source, legislators.records(legislature, seed))
    for number in range(documents):
        yield Source(slug(number), articles.records(number, _companies(parts), seed))
    yield from _of_companies(parts, seed)
    yield from _of_lobbying(parts, of, seed)
    last = len(parts["bills"]) - 1
    for at, (legislature, session) in enumerate(islice(bills.sessions(of), last + 1)):
        # What the sources before have too little or too much of is made up for at the end.
        quota = size - tally.made if at == last else parts["bills"][at]
        found = _up_to(quota, bills.records(legislature, session, seed))
        yield Source(bills.source(legislature, session), found)


def documents_in(size: int) -> int:
    """Return how many documents are in a graph: 300 at a million triples, 600 at ten."""
    return min(int(300 * (size / MILLION) ** 0.3), size // 4 // TRIPLES_OF_ARTICLE)


def _parts(quota: int, size: int) -> list[int]:
    """Divide the triples of one kind among data sets that grow with the graph."""
    target = max(50_000, int(60_000 * (size / MILLION) ** 0.62))
    many = max(1, round(quota / target))
    return [quota // many] * many


def _companies(parts: dict[str, list[int]]) -> int:
    """Return how many companies are in all parts of the register."""
    return sum(max(1, quota // companies.TRIPLES_OF_COMPANY) for quota in parts["companies"])


def _of_companies(parts: dict[str, list[int]], seed: int) -> Iterator[Source]:
    firms = _companies(parts)
    many = len(parts["companies"])
    for part in range(many):
        serials = range(firms * part // many, firms * (part + 1) // many)
        yield Source(f"companies-{part}", companies.records(part, serials, seed))
    for part, quota in enumerate(parts["targets"]):
        told = companies.targets(part, range(firms), seed)
        found = _up_to(quota, told, companies.begins_target)
        yield Source(f"targets-{part}", found)


def _of_lobbying(parts: dict[str, list[int]], of: list[Legislature], seed: int) -> Iterator[Source]:
    session = legislators.LAST_MANDATE
    on = [bills.bill(of[0], session, serial) for serial in range(bills.LOBBIED)]
    known = lobbying.Known(_companies(parts), on)
    for part, quota in enumerate(parts["lobbying"]):
        yield Source(f"lobbying-{part}", _up_to(quota, lobbying.filings(part, known, seed)))
    for part, quota in enumerate(parts["contributions"]):
        yield Source(f"contributions-{part}", _up_to(quota, lobbying.contributions(part, seed)))


def _up_to(
    quota: int, records: Iterator[Record], may_end: Callable[[Record], bool] = lambda _: True
) -> Iterator[Record]:
    """Iterate over records until they have so many triples and may end before the next."""
    made = 0
    for record in records:
        if made >= quota and may_end(record):
            return
        made += len(record)
        yield record


def main() -> None:
    """Write the source graphs into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mistakes", type=int, default=0)
    given = parser.parse_args()
    for path in write(given.folder, given.size, given.seed, given.mistakes):
        print(path)


if __name__ == "__main__":
    main()
