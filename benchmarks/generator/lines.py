"""Write what a record says as the text of triples: ``subject predicate object``, without an end.

Text is enough here and several times faster than terms of an RDF library. A list of such texts is
one record; the first subject is what the record is about.
"""

from __future__ import annotations

import datetime as dt

ID = "https://w3id.org/pledgegraph/id/"
VOCAB = "https://w3id.org/pledgegraph/vocab/"
GRAPH = "https://w3id.org/pledgegraph/graph/"
PG = "https://w3id.org/pledgegraph/ns#"
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

Record = list[str]
Value = str | list[str]


class _Names(dict[str, str]):
    """Names in angle brackets by their short name; what is not listed is one of our own terms."""

    def __missing__(self, name: str) -> str:
        self[name] = f"<{PG}{name}>"
        return self[name]


PREDICATES = _Names(
    type="<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    member=f"<{ORG}member>",
    organization=f"<{ORG}organization>",
    postIn=f"<{ORG}postIn>",
    subOrganizationOf=f"<{ORG}subOrganizationOf>",
    prefLabel=f"<{SKOS}prefLabel>",
    altLabel=f"<{SKOS}altLabel>",
    publisher=f"<{DCTERMS}publisher>",
    inLanguage=f"<{DCTERMS}language>",
    license=f"<{DCTERMS}license>",
    name=f"<{SCHEMA}name>",
    url=f"<{SCHEMA}url>",
)
CLASSES = _Names(
    Organization=f"<{ORG}Organization>",
    Membership=f"<{ORG}Membership>",
    Person="<http://xmlns.com/foaf/0.1/Person>",
)


def say(subject: str, kind: str, **properties: Value) -> Record:
    """Describe a thing of a class; keys are the names of properties, values are terms as text."""
    triples = [f"{subject} {PREDICATES['type']} {CLASSES[kind]}"]
    for name, value in properties.items():
        predicate = PREDICATES[name]
        if type(value) is str:
            triples.append(f"{subject} {predicate} {value}")
        else:
            triples.extend(f"{subject} {predicate} {one}" for one in value)
    return triples


def thing(kind: str, name: str) -> str:
    """Name a thing or record by its kind and the last part of its address."""
    return f"<{ID}{kind}/{name}>"


def concept(scheme: str, name: str) -> str:
    """Name a concept of a vocabulary."""
    return f"<{VOCAB}{scheme}/{name}>"


def plain(value: str) -> str:
    """Write a text without a language."""
    return f'"{value}"'


def english(value: str) -> str:
    """Write a text in English."""
    return f'"{value}"@en'


def day(value: dt.date | str) -> str:
    """Write a calendar day."""
    return f'"{value}"^^<{XSD}date>'


def number(value: float) -> str:
    """Write a decimal number."""
    return f'"{value:.2f}"^^<{XSD}decimal>'


def count(value: int) -> str:
    """Write a whole number."""
    return f'"{value}"^^<{XSD}integer>'


def dated(value: dt.date | str, basis: str = "stated") -> dict[str, Value]:
    """Return the properties of a date: a day, or a year as text."""
    whole_year = isinstance(value, str)
    return {
        "dateEdtf": f'"{value}"^^<http://id.loc.gov/datatypes/edtf>',
        "dateEarliest": day(f"{value}-01-01" if whole_year else value),
        "dateLatest": day(f"{value}-12-31" if whole_year else value),
        "dateBasis": concept("date-basis", basis),
    }


def data_set(slug: str, title: str, read_on: dt.date) -> Record:
    """Describe a data set as a source."""
    return say(
        thing("source", slug),
        "DataSet",
        name=english(title),
        sourceKind=concept("source-kind", "data-set"),
        versionIdentifier=plain(f"{sum(slug.encode()):08x}"),
        inLanguage=plain("en"),
        url=f"<https://example.org/data/{slug}>",
        license="<https://creativecommons.org/publicdomain/zero/1.0/>",
        readOn=day(read_on),
        **dated(read_on),
    )


def entry(source: str, file: str, record: str, field: str) -> tuple[str, Record]:
    """Describe a place in a data set; return its name and the description."""
    name = thing("evidence", f"{source}-{record}-{field}".replace("[", "-").replace("]", ""))
    return name, say(
        name,
        "DataSetEntry",
        inSource=thing("source", source),
        filePath=plain(file),
        recordIdentifier=plain(record),
        fieldName=plain(field),
        voice=concept("voice", "source"),
    )
