"""Who is named in lobbying data, each written once for each data set.

A registrant has a number, a client a number that only counts within its registrant; both are
part of the address, so no company is guessed. Lobbyists have no number: one is known by the name
on the papers of one registrant (``lda-34728-schultz-william-b``), and so is a public body by its
name, but for the two chambers of Congress. Who is who elsewhere is data of its own.

The names of registrants, and of clients that file for themselves, are those of the day on which
the file was made, not of the filing (``DLA Piper LLP (US)`` in a filing of 2003), so one number
has other names in files of other years. The name that a home knows already, or else the first, is
the label everywhere; the others are further names. Names of public bodies are cut after 50
characters in the data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pledgegraph.graph.importers.united_states import Parts, house, nation, senate
from pledgegraph.graph.importing import Home, Ledger, Place
from pledgegraph.graph.importing.place import Value

Form = dict[str, Value]
Forms = dict[str, list[Form]]
_CHAMBERS = {"SENATE": senate, "HOUSE OF REPRESENTATIVES": house}
_NO_BODY = ("NONE", "UNDETERMINED", "")
_SLUG_LENGTH = 100
_STREET = re.compile(r"\n\s*\d+[A-Za-z]?\s+\S.*|[\s;,]*\bP\.?\s?O\.?\s?Box\b.*", re.I | re.S)


class Names:
    """The label of each agent, the same in every data set of a run and of a home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._labels: dict[str, str] = {}

    def label(self, kind: str, slug: str, name: str) -> str:
        """Return the label that an agent has, which is this name if it has none yet."""
        reference = f"{kind}/{slug}"
        if reference not in self._labels:
            self._labels[reference] = self._home.label(kind, slug) or name
        return self._labels[reference]


class Agents:
    """Collects, for one sheet, the forms of those who are named for the first time."""

    def __init__(self, names: Names, ledger: Ledger, place: Place) -> None:
        self._names, self._ledger, self._place = names, ledger, place
        self.forms: Forms = {}

    def registrant(self, number: str, name: str) -> str:
        """Return the reference to a registrant."""
        return self._named("organization", f"lda-registrant-{number}", name, {})

    def client(self, registrant: str, number: str, name: str) -> str:
        """Return the reference to a client, whose number counts within its registrant."""
        return self._named("organization", f"lda-client-{registrant}-{number}", name, {})

    def lobbyist(self, registrant: str, name: str) -> str:
        """Return the reference to a person; raise ``ValueError`` where the name is none's."""
        slug = slug_of(name)
        if not slug or "/" in name:
            raise ValueError(f"'{name}' is no person's name")
        return self._named("person", f"lda-{registrant}-{slug}", name, {})

    def body(self, name: str) -> str | None:
        """Return the reference to a public body, or none where the name says that there is none."""
        words = squeezed(name)
        if words.upper() in _NO_BODY or not slug_of(words):
            return None
        chamber = _CHAMBERS.get(words.upper())
        if chamber:
            return self.parts(chamber())
        self.parts(nation())
        more: Form = {"type": "government-body", "jurisdiction": "jurisdiction/us"}
        return self._named("organization", f"lda-body-{slug_of(words)}", words, more)

    def parts(self, parts: Parts) -> str:
        """Write what is shared with other data sets; return the reference to the last part."""
        for part in parts:
            if self._ledger.first(part.reference):
                self._add(part.section, {**part.form, "entry": self._place.entry})
        return parts[-1].reference

    def _named(self, kind: str, slug: str, name: str, more: Form) -> str:
        reference, words = f"{kind}/{slug}", squeezed(name)
        label = self._names.label(kind, slug, words)
        if self._ledger.first(reference) or (
            words != label and self._ledger.first(f"{reference} {words}")
        ):
            form: Form = {"id": slug, "label": label, "entry": self._place.entry, **more}
            if words != label:
                form["also-called"] = words
            self._add("people" if kind == "person" else "organizations", form)
        return reference

    def _add(self, section: str, form: Form) -> None:
        self.forms.setdefault(section, []).append(form)


def squeezed(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def without_address(text: str) -> str:
    """Return a name as one line, without the street or box that some filers enter below it."""
    return squeezed(_STREET.sub("", text.strip())) or squeezed(text.strip().partition("\n")[0])


def lines(text: str) -> str:
    """Return a text with plain ends of lines, which the data has as carriage returns too."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def slug_of(name: str) -> str:
    """Return the letters and digits of a name as part of an address; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:_SLUG_LENGTH].rstrip("-")


def are_same(one: str, other: str) -> bool:
    """Tell whether two names of one paper differ in case and punctuation at most."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def unique(references: Iterable[str | None]) -> list[str]:
    """Return references once each, in order."""
    return list(dict.fromkeys(reference for reference in references if reference))
