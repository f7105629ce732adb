"""Constraints on each value node by itself (sections 4.1, 4.3, 4.4 and sh:in of 4.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from pledgegraph.graph.shacl.constraint import Constraint, Quick, each_value, unless
from pledgegraph.graph.shacl.context import Context
from pledgegraph.graph.shacl.lexical import CASTABLE, STORED_AS, has_datatype, is_checked
from pledgegraph.graph.shacl.names import SH, ShapesError, Term
from pledgegraph.graph.shacl.shape import Shape

_KINDS = {
    "IRI": "ISIRI({0})",
    "BlankNode": "ISBLANK({0})",
    "Literal": "ISLITERAL({0})",
    "BlankNodeOrIRI": "(!ISLITERAL({0}))",
    "BlankNodeOrLiteral": "(!ISIRI({0}))",
    "IRIOrLiteral": "(!ISBLANK({0}))",
}
_BOUNDS = {
    "minExclusive": ("MinExclusive", ">"),
    "minInclusive": ("MinInclusive", ">="),
    "maxExclusive": ("MaxExclusive", "<"),
    "maxInclusive": ("MaxInclusive", "<="),
}
_LENGTHS = {"minLength": ("MinLength", ">="), "maxLength": ("MaxLength", "<=")}


def value_constraints(context: Context, shape: Shape) -> Iterator[Constraint]:
    """Compile what a shape says of the type, range, form and membership of its value nodes."""
    for name, violated in _violations(context, shape):
        yield each_value(context, shape.path, name, violated, violated.key, violated.quick)


def _violations(context: Context, shape: Shape) -> Iterator[tuple[str, Violated]]:
    for kind in shape.values("class"):
        yield "Class", Violated(context, "class", kind)
    for name in ("datatype", "nodeKind"):
        if (term := shape.value(name)) is not None:
            yield name[0].upper() + name[1:], Violated(context, name, term)
    for name, (component, _) in {**_BOUNDS, **_LENGTHS}.items():
        if (bound := shape.value(name)) is not None:
            yield component, Violated(context, name, bound)
    for text in shape.values("pattern"):
        yield "Pattern", Violated(context, "pattern", text, shape.value("flags"))
    for tags in shape.members("languageIn"):
        yield "LanguageIn", Violated(context, "languageIn", None, None, tuple(tags))
    for terms in shape.members("in"):
        yield "In", Violated(context, "in", None, None, tuple(terms))


class Violated:
    """An expression of one variable, which holds when its value violates a constraint."""

    def __init__(
        self,
        context: Context,
        name: str,
        term: Term | None,
        flags: Term | None = None,
        terms: tuple[Term, ...] = (),
    ) -> None:
        self._context, self._term, self._flags, self._terms = context, term, flags, terms
        self.quick = _quick(term) if name == "datatype" and term else None
        self.key = (name, term, flags, terms)
        self._name = name
        self._matches = _matcher(context, term, flags) if name == "pattern" else ""

    def __call__(self, value: str) -> str:
        """Return the expression for a variable."""
        name, term, context = self._name, self._term, self._context
        if name == "class":
            assert term is not None
            return f"(!{context.is_of(term, value)})"
        if name == "datatype":
            assert term is not None
            return _other_datatype(context, term, value)
        if name == "nodeKind":
            assert term is not None
            return f"(!{_KINDS[str(term.value).removeprefix(SH)].format(value)})"
        if name == "languageIn":
            ranges = (f"LANGMATCHES(LANG({value}), {tag})" for tag in self._terms)
            return unless(f"(LANG({value}) != '' && ({' || '.join(ranges) or 'false'}))")
        if name == "in":
            return f"(!{context.one_of(self._terms, value)})"
        return self._measured(value)

    def _measured(self, value: str) -> str:
        name, term = self._name, self._term
        if name in _BOUNDS:
            return unless(f"{value} {_BOUNDS[name][1]} {term}")
        if name in _LENGTHS:
            assert term is not None
            return unless(f"STRLEN(STR({value})) {_LENGTHS[name][1]} {term}")
        return unless(self._matches.format(value))


def _other_datatype(context: Context, datatype: Term, value: str) -> str:
    """Violated by another datatype, and by an ill-typed literal (section 4.1.2)."""
    name = str(datatype.value)
    own = f"DATATYPE({value}) = {datatype}"
    if name not in STORED_AS and not is_checked(name):
        return unless(own)

    def holds(term: Term) -> bool:
        return has_datatype(context.exact(term), name, stored=not context.is_exact(term))

    checked = context.function(holds)
    if name in CASTABLE:
        cast = f"COALESCE(SAMETERM({datatype}({value}), {value}), false)"
        return unless(f"({own} && ({cast} || {checked}({value})))")
    if name in STORED_AS:
        return unless(f"{checked}({value})")
    return unless(f"({own} && {checked}({value}))")


def _quick(datatype: Term) -> Quick | None:
    """Hold for what Oxigraph does not read: a function of ours in a query costs five times more."""
    name = str(datatype.value)
    if name not in CASTABLE:
        return None

    def violated(value: str) -> str:
        cast = f"SAMETERM({datatype}({value}), {value})"
        return unless(f"(DATATYPE({value}) = {datatype} && {cast})")

    return Quick(violated, lambda term: not has_datatype(term, name))


_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def _matcher(context: Context, pattern: Term | None, flags: Term | None) -> str:
    """Return a condition on the text of a value (section 4.4.3).

    Oxigraph's regular expressions know no back-references; those that it refuses are Python's.
    """
    assert pattern is not None
    written = ", ".join(str(ox.Literal(str(part.value))) for part in (pattern, flags) if part)
    written = written.replace("{", "{{").replace("}", "}}")
    probe = written.replace("{{", "{").replace("}}", "}")
    (row,) = context.select(f"SELECT (REGEX('', {probe}) AS ?known) {{}}")
    if row["known"] is not None:
        return f"(!ISBLANK({{0}}) && REGEX(STR({{0}}), {written}))"
    letters = str(flags.value) if flags else ""
    try:
        text = re.escape(str(pattern.value)) if "q" in letters else str(pattern.value)
        wanted = sum(_FLAGS[letter] for letter in set(letters) - {"q"})
        expression = re.compile(text, wanted)
    except (re.error, KeyError) as error:
        raise ShapesError(f"sh:pattern {pattern} is no regular expression: {error}") from error
    test = context.function(lambda term: expression.search(str(term.value)) is not None)
    return f"(!ISBLANK({{0}}) && {test}({{0}}))"
