"""Read XML an element at a time: no document types, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from pledgegraph.graph import errors

MAXIMUM_DEPTH = 60


def elements(file: BinaryIO, path: Path, *names: str) -> Iterator[etree._Element]:
    """Iterate over the elements of some names, each whole, in constant memory.

    An element is emptied when the next one is asked for. Raises ``DataSetError`` with line and
    column for what is no well-formed XML, has a document type, or is cut short.
    """
    events = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > MAXIMUM_DEPTH:
                raise errors.DataSetError(f"{path}:{element.sourceline} is nested too deep")
            if event == "start" and depth == 1 and element.getroottree().docinfo.doctype:
                raise errors.DataSetError(f"{path} has a document type: take it out")
            if event == "end" and element.tag in names:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise errors.DataSetError(
            f"{path}:{line}:{column} is no XML ({error.msg}): get the file again"
        ) from error


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
