"""Shapes and data made at random for the comparison with pySHACL."""

from __future__ import annotations

from hypothesis import strategies as st

PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = ["ex:a", "ex:b", "ex:c", "ex:d"]
CLASSES = ["ex:C", "ex:D", "ex:E"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
LITERALS = ['"x"', '"xy"', '"x"@en', '"y"@en', '"y"@de', "1", "2", "3", "2.5"]
# No dates: pySHACL finds a date, which it can't compare with a number, within its bounds.
DATATYPES = ["xsd:string", "xsd:integer", "xsd:decimal", "xsd:date", "rdf:langString"]
KINDS = ["IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "IRIOrLiteral", "BlankNodeOrLiteral"]

term = st.sampled_from([*NODES, *LITERALS])
iri = st.sampled_from(PROPERTIES)
small = st.integers(0, 3)


def listed(parts: list[str]) -> str:
    return "( " + " ".join(parts) + " )"


@st.composite
def data(draw: st.DrawFn) -> str:
    """Draw a small graph: links, values, types and a class under another."""
    nodes = st.sampled_from([*NODES, "_:x"])
    triples = draw(st.lists(st.tuples(nodes, iri, st.one_of(term, nodes)), min_size=1, max_size=14))
    types = draw(st.lists(st.tuples(nodes, st.sampled_from(CLASSES)), min_size=1, max_size=6))
    lines = [f"{s} {p} {o} ." for s, p, o in triples]
    lines += [f"{node} a {kind} ." for node, kind in types]
    numbers = st.tuples(st.sampled_from(NODES), st.sampled_from(["ex:n", "ex:m"]), small)
    lines += [f"{s} {p} {o} ." for s, p, o in draw(st.lists(numbers, max_size=5))]
    return (
        PREFIXES
        + "ex:D rdfs:subClassOf ex:C .\nex:a ex:z ex:b . ex:c ex:z ex:d .\n"
        + "\n".join(lines)
        + "\n"
    )


path = st.recursive(
    iri,
    lambda inner: st.one_of(
        inner.map(lambda p: f"[ sh:inversePath {p} ]"),
        st.tuples(inner, inner).map(lambda pair: listed(list(pair))),
        st.tuples(inner, inner).map(lambda pair: f"[ sh:alternativePath {listed(list(pair))} ]"),
        inner.map(lambda p: f"[ sh:zeroOrMorePath {p} ]"),
        inner.map(lambda p: f"[ sh:oneOrMorePath {p} ]"),
        inner.map(lambda p: f"[ sh:zeroOrOnePath {p} ]"),
    ),
    max_leaves=3,
)

on_values = st.one_of(
    st.sampled_from(CLASSES).map(lambda c: f"sh:class {c}"),
    st.sampled_from(DATATYPES).map(lambda d: f"sh:datatype {d}"),
    st.sampled_from(KINDS).map(lambda k: f"sh:nodeKind sh:{k}"),
    st.sampled_from(["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"]).map(
        lambda name: f"sh:{name} 2"
    ),
    small.map(lambda n: f"sh:minLength {n + 1}"),  # pySHACL lets blank nodes pass at 0
    small.map(lambda n: f"sh:maxLength {n}"),
    st.sampled_from(["^x", "y$", "[0-9]"]).map(lambda text: f'sh:pattern "{text}"'),
    st.just('sh:languageIn ( "en" )'),
    # pySHACL over Oxigraph takes "x" for other than "x"^^xsd:string where it is the focus node.
    st.lists(st.sampled_from([*NODES, *LITERALS[2:]]), max_size=4).map(
        lambda terms: f"sh:in {listed(terms)}"
    ),
    term.map(lambda value: f"sh:hasValue {value}"),
    iri.map(lambda p: f"sh:disjoint {p}"),
    iri.map(lambda p: f"sh:equals {p}"),
)
on_sets = st.one_of(
    small.map(lambda n: f"sh:minCount {n}"),
    small.map(lambda n: f"sh:maxCount {n}"),
    st.just("sh:uniqueLang true"),
)


def as_node_shape(text: str) -> str:
    """Put a property shape into a node shape."""
    is_property = text.startswith("[ a sh:PropertyShape")
    return f"[ a sh:NodeShape ; sh:property {text} ]" if is_property else text


# pySHACL compares an IRI with a literal by the order of their kinds: here numbers are compared.
ordered = st.sampled_from(["lessThan", "lessThanOrEquals"]).map(
    lambda name: f"[ a sh:PropertyShape ; sh:path ex:n ; sh:{name} ex:m ]"
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw a constraint that refers to other shapes."""
    several = st.lists(inner, min_size=1, max_size=3).map(listed)
    return st.one_of(
        # pySHACL refuses a property shape here.
        inner.map(lambda shape: f"sh:node {as_node_shape(shape)}"),
        inner.map(lambda shape: f"sh:not {shape}"),
        *(several.map(lambda shapes, n=n: f"sh:{n} {shapes}") for n in ("and", "or", "xone")),
    )


@st.composite
def property_shape(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """Draw a property shape, perhaps with a qualified value shape."""
    parts = [f"sh:path {draw(path)}"]
    some = st.one_of(on_values, on_sets, nested(inner))
    parts += draw(st.lists(some, min_size=1, max_size=3, unique_by=lambda text: text.split()[0]))
    if draw(st.booleans()):
        parts += [
            f"sh:qualifiedValueShape {draw(inner)}",
            f"sh:qualified{draw(st.sampled_from(['Min', 'Max']))}Count {draw(small)}",
        ]
        if draw(st.booleans()):
            parts.append("sh:qualifiedValueShapesDisjoint true")
    return f"[ a sh:PropertyShape ; {' ; '.join(parts)} ]"


@st.composite
def node_shape(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """Draw the constraints of a node shape."""
    some = st.one_of(
        on_values, nested(inner), property_shape(inner).map(lambda p: f"sh:property {p}")
    )
    parts = draw(st.lists(some, min_size=1, max_size=3, unique_by=lambda text: text.split()[0]))
    if draw(st.integers(0, 4)) == 0:
        parts.append("sh:closed true ; sh:ignoredProperties ( rdf:type )")
    return " ; ".join(parts)


leaf = on_values.map(lambda text: f"[ a sh:NodeShape ; {text} ]")
shape = st.recursive(
    leaf,
    lambda inner: st.one_of(
        node_shape(inner).map(lambda text: f"[ a sh:NodeShape ; {text} ]"),
        property_shape(inner),
        ordered,
    ),
    max_leaves=4,
)
target = st.one_of(
    st.sampled_from(NODES).map(lambda node: f"sh:targetNode {node}"),
    st.sampled_from(CLASSES).map(lambda kind: f"sh:targetClass {kind}"),
    iri.map(lambda p: f"sh:targetSubjectsOf {p}"),
    iri.map(lambda p: f"sh:targetObjectsOf {p}"),
)


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """Draw one or two shapes with targets."""
    found = [PREFIXES]
    for number in range(draw(st.integers(1, 2))):
        targets = " ; ".join(draw(st.lists(target, min_size=1, max_size=2)))
        found.append(f"ex:s{number} a sh:NodeShape ; {targets} ; {draw(node_shape(shape))} .\n")
    return "".join(found)


# The forms that the queries of our own shapes take, and some that they do not.
QUERIES = [
    "$this ex:p ?value . ?value ex:q ?other .",
    "$this ?path ?value . FILTER(?path IN (ex:p, ex:q)) ?x ?path ?value FILTER(?x != $this)",
    "$this ex:p+ $this",
    "$this ex:p/^ex:q? ?value . ?value (ex:r|^ex:p)* ?other FILTER(?other = ex:a)",
    "$this ex:p ?value FILTER NOT EXISTS { $this ex:q ?x . ?y ex:r ?x FILTER(?y = ?value) }",
    "$this ex:p ?value FILTER NOT EXISTS { ?value ex:q ?x FILTER NOT EXISTS { ?x ex:r $this } }",
    "{ $this ex:p ?value . ?value a ex:C } UNION { ?value ex:q $this ; ex:r ex:b }",
    "$this ex:p ?value OPTIONAL { ?value ex:q ?x . ?x ex:r ?y } FILTER(!BOUND(?y))",
    "$this ?path ?value FILTER(ISLITERAL(?value))",
    "?value a ?kind ; ex:p $this . FILTER(?kind IN (ex:C, ex:D) && ?value != $this)",
    "$this ex:p ?value FILTER(EXISTS { ?value ex:q 1 } || NOT EXISTS { $this ex:r/ex:q ?y })",
    "$this ex:p ?value { SELECT $this ?x { $this ex:q ?y . ?y ex:r ?x } } FILTER(?x != ?value)",
    "$this ex:p ?value . ?x ex:q ex:a",
    "$this ex:p ?value . ?other ex:p ?value ; ex:q ?x . $this ex:q ?x FILTER(?other != $this)",
    "$this ex:n ?value BIND(?value + 1 AS ?x) FILTER NOT EXISTS { ?y ex:m ?x . $this ex:p ?y }",
]
PREFIX_TEXT = "PREFIX ex: <http://example.org/> "


def constraint(query: str) -> str:
    """Write a SPARQL constraint."""
    return f"sh:sparql [ sh:select '''{PREFIX_TEXT} SELECT DISTINCT $this ?value {{ {query} }}''' ]"


@st.composite
def shapes_with_queries(draw: st.DrawFn) -> str:
    """Draw shapes with targets, some of them with SPARQL constraints at some depth."""
    found = [draw(shapes())]
    query = st.sampled_from(QUERIES).map(constraint)
    for number in range(draw(st.integers(1, 2))):
        targets = " ; ".join(draw(st.lists(target, min_size=1, max_size=2)))
        parts = draw(st.lists(query, min_size=1, max_size=2))
        if draw(st.booleans()):
            inner = f"[ a sh:PropertyShape ; sh:path {draw(path)} ; {draw(query)} ]"
            parts.append(f"sh:property {inner}")
        if draw(st.integers(0, 3)) == 0:
            parts.append(f"sh:node [ a sh:NodeShape ; {draw(query)} ]")
        found.append(f"ex:t{number} a sh:NodeShape ; {targets} ; {' ; '.join(parts)} .\n")
    return "".join(found)
