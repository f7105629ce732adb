"""The members that a home knows: which term a sponsor held on a day."""

from __future__ import annotations

from functools import cache

from pledgegraph.graph.importing import Home


class Members:
    """Looks terms up once for each member, and committees once for each code."""

    def __init__(self, home: Home) -> None:
        self._terms = cache(home.terms)
        self._knows = cache(home.knows)

    def known(self, bioguide: str) -> bool:
        """Tell whether the home describes the member."""
        return bool(self._terms(_slug(bioguide))) or self._knows("person", _slug(bioguide))

    def term(self, bioguide: str, day: str, chamber: str) -> str | None:
        """Return the slug of the term held in a chamber on a day, or none if none is known.

        A term with days goes before one without. Raises ``ValueError`` where the member is known
        to have sat in the other chamber on that day.
        """
        covering = [term for term in self._terms(_slug(bioguide)) if term.covers(day)]
        here = [term for term in covering if term.chamber == chamber]
        dated = [term for term in here if term.start]
        if here:
            return (dated or here)[0].slug
        elsewhere = next((term for term in covering if term.start and term.end), None)
        if elsewhere:
            raise ValueError(f"{bioguide} sat in {elsewhere.chamber} on {day}, not in {chamber}")
        return None

    def committee(self, code: str) -> str | None:
        """Return the slug of a committee by its code (``hsju00``, ``hsju10``), if it is known."""
        slug = f"us-committee-{code.upper().removesuffix('00')}"
        return slug if self._knows("organization", slug) else None


def _slug(bioguide: str) -> str:
    return f"bioguide-{bioguide}"
