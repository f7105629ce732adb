"""What is imported: a data set is a file that becomes one source graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from pledgegraph.graph.importing.place import Value

if TYPE_CHECKING:
    from pledgegraph.graph.importing.home import Home
    from pledgegraph.graph.importing.ledger import Ledger

# The forms of one item of a data set, by the sections of a record file.
Sheet: TypeAlias = Mapping[str, Sequence[Mapping[str, Value]]]

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/mark/1.0/"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class DataSet:
    """A file to be read, and how its source is described.

    ``slug`` names the source graph; ``published`` is an EDTF text; ``attribution`` has the words
    that the licence asks for. ``depends_on`` names what else the outcome follows from, such as the
    digest of the legislators that the home holds: another value, and the file is read again.
    """

    slug: str
    title: str
    path: Path
    language: str = "en"
    published: str | None = None
    url: str | None = None
    version: str | None = None
    license: str | None = None
    attribution: str | None = None
    depends_on: str = ""
    context: object = None  # what an importer has to know while it reads


class Importer(Protocol):
    """A kind of data set that can be imported."""

    name: str

    def data_sets(self, paths: Sequence[Path], home: Home) -> Iterator[DataSet]:
        """Iterate over the data sets in some files, which are given together.

        Raises ``DataSetError`` for a file that is none of this kind.
        """

    def read(self, data_set: DataSet, ledger: Ledger) -> Iterator[Sheet]:
        """Iterate over the items of a data set, one at a time, counting each raw record.

        Raises ``DataSetError`` where the file can't be read to its end.
        """
