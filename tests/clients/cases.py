"""What every client is asked, and how what it reads is compared: as terms of pyoxigraph."""

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = 'Zoë & <b>«漢字»</b> 🙂 "quoted" back\\slash\ttab\nline e\u0301'

# One row for each kind of term; none of the lexical forms is one that a client would rewrite.
TERMS: dict[str, ox.NamedNode | ox.Literal] = {
    "iri": ox.NamedNode("https://example.org/ä/漢?a=1&b=%20#é"),
    "text": ox.Literal(TEXT),
    "empty": ox.Literal(""),
    "english": ox.Literal("colour", language="en-gb"),
    "arabic": ox.Literal("السلام عليكم", language="ar"),
    "integer": ox.Literal("-42", datatype=ox.NamedNode(f"{XSD}integer")),
    "decimal": ox.Literal("1.5", datatype=ox.NamedNode(f"{XSD}decimal")),
    "boolean": ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean")),
    "date": ox.Literal("2021-05-18", datatype=ox.NamedNode(f"{XSD}date")),
    "year": ox.Literal("2020", datatype=ox.NamedNode(f"{XSD}gYear")),
    "own": ox.Literal("x/y", datatype=ox.NamedNode("https://example.org/type")),
}
NAMED_TERMS = " ".join(f'("{name}" {term})' for name, term in TERMS.items())
ALL_TERMS = f"SELECT ?name ?term {{ VALUES (?name ?term) {{ {NAMED_TERMS} }} }}"

PREFIXES = """\
PREFIX pg: <https://w3id.org/pledgegraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PLEDGES = f"""{PREFIXES}
SELECT ?pledge ?label ?earlier WHERE {{
  ?pledge a pg:Pledge ; skos:prefLabel ?label .
  OPTIONAL {{ ?pledge pg:followsLeadOf ?earlier }}
}}"""
NAMED_GRAPHS = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
CONSTRUCT = f"""{PREFIXES}
CONSTRUCT {{ ?pledgor pg:pledged ?pledge . ?pledge skos:prefLabel ?label }}
WHERE {{ ?pledge pg:pledgor ?pledgor ; skos:prefLabel ?label }}"""
DESCRIBE = f"{PREFIXES} DESCRIBE ?pledge {{ ?pledge a pg:Pledge }}"
MANY = 20_000
LARGE = f"SELECT ?s ?p ?o ?other {{ ?s ?p ?o . ?other a ?class }} LIMIT {MANY}"
# Right in the grammar of the clients that read queries themselves, refused by the endpoint.
SERVICE = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"

Term = ox.NamedNode | ox.Literal | ox.BlankNode
Row = dict[str, Term]


def read_rows(document: bytes | str) -> list[Row]:
    """Return the rows of a SPARQL results document in JSON; what is unbound is left out."""
    data = document.encode() if isinstance(document, str) else document
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    return solutions(parsed)


def solutions(parsed: ox.QuerySolutions) -> list[Row]:
    """Return rows as dictionaries without what is unbound."""
    names = [variable.value for variable in parsed.variables]
    return [
        {name: row[name] for name in names if row[name] is not None}  # type: ignore[misc]
        for row in parsed
    ]


def in_any_order(rows: list[Row]) -> list[list[tuple[str, str]]]:
    """Return rows such that those of the same solutions are equal."""
    return sorted(sorted((name, str(term)) for name, term in row.items()) for row in rows)


def sentences(rows: list[Row]) -> set[str]:
    """Return the triples that rows of ?s ?p ?o stand for."""
    return {f"{row['s']} {row['p']} {row['o']}" for row in rows}
