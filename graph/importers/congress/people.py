"""Legislators of a slice as record forms: names, identifiers and terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pledgegraph.graph.importers.congress.history import History, Known
from pledgegraph.graph.importers.congress.identifiers import Identifier, identifiers
from pledgegraph.graph.importers.congress.names import former_names, names
from pledgegraph.graph.importers.congress.raw import (
    LEGISLATORS,
    Raw,
    UnsoundRecordError,
    bioguide_of,
    entries,
    mapping,
)
from pledgegraph.graph.importers.congress.sheets import SheetMaker
from pledgegraph.graph.importers.congress.terms import (
    Piece,
    party_keys,
    party_of,
    party_parts,
    pieces,
    same_term,
)
from pledgegraph.graph.importing import Ledger, Place, Sheet
from pledgegraph.graph.importing.place import Counted, Value

NEWER = "A newer version of the data set gives another day."
NEWER_PARTY = "A newer version of the data set gives another party."
DUE = "It was due then, but a newer version of the data set has a successor from {day} on."


class LegislatorReader:
    """Makes the sheets of one slice."""

    def __init__(self, day: str, history: History, ledger: Ledger) -> None:
        self._day, self._history, self._ledger = day, history, ledger

    def sheet(self, raw: Raw, number: int) -> Sheet | None:
        """Return the sheet of a legislator; none where the record is set aside."""
        terms, given = entries(raw, "terms"), mapping(raw, "id")
        counts = {"legislators": 1, "terms": len(terms), "identifiers": len(given)}
        for kind, count in counts.items():
            self._ledger.read(kind, count)
        changes = sum(len(entries(term, "party_affiliations")[1:]) for term in terms)
        self._ledger.read("party_changes", changes)
        try:
            return self._sheet(raw)
        except UnsoundRecordError as error:
            place = Place(LEGISLATORS, f"entry-{number}")
            for kind, count in (counts | {"party_changes": changes}).items():
                if count:
                    self._ledger.quarantine(kind, place, error.rule, str(error), count)
            return None

    def _sheet(self, raw: Raw) -> Sheet:
        bioguide = bioguide_of(raw)
        known = self._history.person(bioguide)
        assert known, bioguide  # this slice is among those that the history has read
        place = Place(LEGISLATORS, bioguide)
        maker = SheetMaker(self._ledger)
        keys, written = self._identifiers(bioguide, raw, place, known)
        form: dict[str, Value] = {"id": f"bioguide-{bioguide}"}
        if known.day == self._day:
            form["slug"] = self._history.slug(bioguide)
        form |= {"entry": place.at("id").entry}
        form |= self._names(raw, place, known) | keys
        form["terms"] = list(self._terms(bioguide, raw, place, known, maker))
        maker.add(
            "people", self._ledger.record("legislators", place, form, {"identifiers": written})
        )
        return maker.sheet

    def _names(self, raw: Raw, place: Place, known: Known) -> dict[str, Value]:
        here = names(mapping(raw, "name"))
        found: dict[str, Value] = {}
        attested = [name for name in here.all if name not in known.names.all]
        if here.label == known.names.label:
            found["label"] = here.label
        also: list[Value] = [name for name in here.all if name in known.names.others]
        others: list[Value] = [
            {
                "text": name,
                "kind": "alternative",
                "attested": self._day,
                "entry": place.at("name").entry,
            }
            for name in attested
        ]
        for former in former_names(raw):
            if former.words not in (*here.all, *known.names.all):
                until = _day_after(former.last_day)
                kind = "former" if until else "alternative"
                entry = place.at("other_names").entry
                others.append({"text": former.words, "kind": kind, "until": until, "entry": entry})
        return found | {"also-called": one_or_all(also), "names": others}

    def _identifiers(
        self, bioguide: str, raw: Raw, place: Place, known: Known
    ) -> tuple[dict[str, Value], int]:
        """Return the keys of a person's identifiers, and how many schemes they are of."""
        found: dict[str, Value] = {}
        for one in identifiers(mapping(raw, "id")):
            values = sound_values(
                one, place.at(f"id.{one.name}"), known, self._history, self._ledger
            )
            if values:
                found[one.scheme.key] = one_or_all(values)
        return found, len(found)

    def _terms(
        self, bioguide: str, raw: Raw, place: Place, known: Known, maker: SheetMaker
    ) -> Iterator[Counted]:
        for index, term in enumerate(entries(raw, "terms")):
            here = place.at(f"terms[{index}]")
            changes = len(entries(term, "party_affiliations")[1:])
            try:
                parts = pieces(term, index)
            except UnsoundRecordError as error:
                self._set_aside(here, error.rule, str(error), changes, is_broken=True)
                continue
            for part in parts:
                yield from self._term(bioguide, part, here, known, maker)

    def _term(
        self, bioguide: str, piece: Piece, place: Place, known: Known, maker: SheetMaker
    ) -> Iterator[Counted]:
        """Return the form of a term, or of a part of one after a change of party."""
        kind = "party_changes" if piece.part else "terms"
        place = place.at(f"{place.field}.party_affiliations[{piece.part}]") if piece.part else place
        newest = same_term(piece, known.pieces)
        if newest is None:
            detail = f"{piece.seat_slug} from {piece.start} stands in no newer version"
            self._ledger.skip(kind, place, "withdrawn-by-newer-version", detail)
            return
        maker.share(newest.seat, place)
        form = self._term_form(bioguide, piece, newest, place, known, maker)
        yield self._ledger.record(kind, place, form)

    def _term_form(
        self,
        bioguide: str,
        piece: Piece,
        newest: Piece,
        place: Place,
        known: Known,
        maker: SheetMaker,
    ) -> dict[str, Value]:
        """Return what this version says of a term, where no newer one says otherwise."""
        slug = newest.slug(f"bioguide-{bioguide}")
        form: dict[str, Value] = {"id": slug, "seat": newest.seat[-1].reference}
        form["chamber"] = f"organization/{newest.chamber}"
        form |= self._party(piece, newest, slug, place, maker)
        if piece.start == newest.start:
            form["from"] = piece.start
        elif piece.start:
            maker.deprecate(slug, "valid-from", piece.start, NEWER, place)
        until = piece.until(self._history.starts(bioguide, newest))
        end = self._history.end(bioguide, newest)
        if until == end.day:
            form["until"] = until
        elif until:
            reason = DUE.format(day=end.day) if end.is_inferred else NEWER
            maker.deprecate(slug, "valid-until", until, reason, place)
        if end.is_inferred and known.day == self._day:
            form |= {"until": end.day, "end-basis": "inferred"}
        return form

    def _party(
        self, piece: Piece, newest: Piece, term: str, place: Place, maker: SheetMaker
    ) -> dict[str, Value]:
        keys = dict(party_keys(piece.party, piece.caucus))
        wanted = dict(party_keys(newest.party, newest.caucus))
        if piece.party != newest.party:
            value = party_of(piece.party)
            maker.deprecate(term, "term-party", value, NEWER_PARTY, place)
        maker.share(party_parts(piece), place)
        return {key: value for key, value in keys.items() if wanted.get(key) == value}

    def _set_aside(
        self, place: Place, rule: str, detail: str, changes: int, *, is_broken: bool
    ) -> None:
        end = self._ledger.quarantine if is_broken else self._ledger.skip
        end("terms", place, rule, detail)
        if changes:
            end("party_changes", place, rule, detail, changes)


def sound_values(
    one: Identifier, place: Place, known: Known, history: History, ledger: Ledger
) -> list[Value]:
    """Return what a person's identifiers of a scheme are; account for them where there are none."""
    try:
        scheme = one.scheme
    except KeyError:
        ledger.skip("identifiers", place, "scheme-unknown", f"{one.name}: {', '.join(one.values)}")
        return []
    if not one.values:
        detail = f"'{', '.join(one.unsound)}' has not the form of {one.name}"
        ledger.quarantine("identifiers", place, "identifier-form", detail)
        return []
    if one.unsound:
        ledger.read("identifier_values", len(one.unsound))
        detail = f"'{', '.join(one.unsound)}' has not the form of {one.name}"
        ledger.quarantine("identifier_values", place, "identifier-form", detail, len(one.unsound))
    newest = known.identifiers[scheme.key]
    if one.values != newest and not scheme.is_many:
        detail = f"{one.values[0]}; a newer version has {newest[0]}"
        ledger.skip("identifiers", place, "replaced-by-newer-version", detail)
        return []
    own: list[Value] = [value for value in one.values if not history.is_shared(one, value)]
    if not own:
        detail = f"{', '.join(one.values)} is given to another person too"
        ledger.quarantine("identifiers", place, "identifier-of-two-people", detail)
    return own


def one_or_all(values: list[Value]) -> Value:
    """Return the one value of a list, or the list."""
    return values[0] if len(values) == 1 else values


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except ValueError:
        return ""
