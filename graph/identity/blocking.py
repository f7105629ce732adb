"""Find the pairs that are worth comparing, at a cost that grows with the pairs, not their square.

Every agent gets some keys: its identifiers, the words of a family name with the initials of what
the bearer may be called by, the telling words of an organization's name. Only agents that share a
key are compared. Keys and agents lie in a temporary file on disk: memory holds one block.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pledgegraph.graph.identity.candidates import MANY, SINGLE, Candidate
from pledgegraph.graph.identity.central_index import former_names
from pledgegraph.graph.identity.frequencies import Frequencies
from pledgegraph.graph.identity.organization_names import OrganizationName, read_organization
from pledgegraph.graph.identity.person_names import PersonName, formal_names, parse

_BARE = "any "  # under such a key, those with a family name only meet all others
LARGEST = 1500  # agents in a block that are all compared with each other

_TABLES = """
CREATE TABLE agent (number INTEGER PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE block (key TEXT NOT NULL, number INTEGER NOT NULL);
"""


def keys(candidate: Candidate, how_common: Frequencies) -> set[str]:
    """Return the keys of an agent: only those that share one are compared."""
    found = {f"{scheme} {value}" for scheme, value in candidate.identifiers if _is_key(scheme)}
    registered = (name for cik in candidate.values("cik") for name in former_names(cik))
    for name in (*candidate.names, *candidate.former, *registered):
        if candidate.kind == "person":
            found |= _person_keys(parse(name))
        else:
            read = read_organization(name)
            for text in (read, *map(read_organization, (*read.also, *read.former))):
                found |= _organization_keys(text, how_common)
    return found


def _is_key(scheme: str) -> bool:
    return scheme in SINGLE or scheme in MANY or scheme == "ticker"


def _person_keys(name: PersonName) -> set[str]:
    families = {word for word in name.families | name.family_words if len(word) > 1}
    if not name.first:
        return {f"{_BARE}{family}" for family in families}
    called = {name.first, *name.nicknames, *name.words[1 : -max(1, name.family)]}
    letters = {formal[0] for given in called for formal in formal_names(given)}
    return {f"name {family} {letter}" for family in families for letter in letters} | {
        f"{_BARE}{family}" for family in families
    }


def _organization_keys(name: OrganizationName, how_common: Frequencies) -> set[str]:
    if not name.core:
        return set()
    rare = sorted(name.core, key=lambda word: (how_common.words[word], word))
    found = {f"name {name.key}", f"rare {rare[0]}", f"words {' '.join(sorted(rare[:2]))}"}
    if len(name.core) > 2:
        found.add(f"short {name.acronym}")
    if len(name.core) == 1:
        found.add(f"short {name.key}")
    return found


def _is_bare(candidate: Candidate) -> bool:
    """Tell whether only the family name of a person is known."""
    return candidate.kind == "person" and not any(parse(name).first for name in candidate.names)


class Blocks:
    """Agents on disk by key. ``skipped`` counts the agents of each key that too many share."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.skipped: dict[str, int] = {}

    def fill(self, candidates: Iterable[Candidate], how_common: Frequencies) -> int:
        """Write all agents down, one at a time; returns how many there are."""
        number = -1
        for number, one in enumerate(candidates):
            self._connection.execute("INSERT INTO agent VALUES (?, ?)", (number, pickle.dumps(one)))
            rows = ((key, number) for key in sorted(keys(one, how_common)))
            self._connection.executemany("INSERT INTO block VALUES (?, ?)", rows)
        self._connection.execute("CREATE INDEX by_key ON block (key, number)")
        self._connection.execute("CREATE INDEX by_number ON block (number, key)")
        return number + 1

    def pairs(self) -> Iterator[tuple[Candidate, Candidate]]:
        """Iterate over every pair that shares a key, once, block by block."""
        shared = "SELECT key, count(*) FROM block GROUP BY key HAVING count(*) > 1 ORDER BY key"
        for key, size in self._connection.execute(shared).fetchall():
            if size > LARGEST:
                self.skipped[key] = size
                continue
            yield from self._within(key)

    def _within(self, key: str) -> Iterator[tuple[Candidate, Candidate]]:
        # CROSS: in this order, whatever the planner would guess without statistics
        query = "SELECT number, content FROM block CROSS JOIN agent USING (number) WHERE key = ?"
        found = [
            (pickle.loads(content), self._keys(number))  # noqa: S301  # our own file
            for number, content in self._connection.execute(query, (key,)).fetchall()
        ]
        bare = [_is_bare(one) for one, _ in found]
        if key.startswith(_BARE) and not any(bare):
            return
        for index, (left, left_keys) in enumerate(found):
            for other in range(index + 1, len(found)):
                right, right_keys = found[other]
                if key.startswith(_BARE) and not (bare[index] or bare[other]):
                    continue
                if key == self._first(left_keys & right_keys, bare[index] or bare[other]):
                    yield left, right

    def _first(self, shared: frozenset[str], is_bare: bool) -> str:
        """Return the key under which a pair is compared."""
        usable = shared - self.skipped.keys()
        return min(key for key in usable if is_bare or not key.startswith(_BARE))

    def _keys(self, number: int) -> frozenset[str]:
        found = self._connection.execute("SELECT key FROM block WHERE number = ?", (number,))
        return frozenset(key for (key,) in found)


@contextmanager
def blocks() -> Iterator[Blocks]:
    """Make blocks in a temporary file that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pledgegraph-") as folder:
        connection = sqlite3.connect(f"{folder}/blocks.sqlite", isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(_TABLES)
            connection.execute("BEGIN")
            yield Blocks(connection)
        finally:
            connection.close()
