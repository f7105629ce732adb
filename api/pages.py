"""HTML pages: templates that escape every value and link only to http(s) and to ourselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from pledgegraph.graph.lookups import terms
from pledgegraph.graph.namespaces import BASE, ID, NS, PREFIXES, VOCAB

NAVIGATION = (
    ("Pledges", "/pledges"),
    ("Companies", "/companies"),
    ("Legislators", "/legislators"),
    ("Bills", "/bills"),
    ("Organizations", "/organizations"),
    ("Statements", "/statements"),
    ("Positions", "/positions"),
    ("Sources", "/sources"),
    ("Questions", "/queries"),
    ("SPARQL", "/sparql"),
    ("Ontology", "/ns"),
)

_SHOWN_PREFIXES: Mapping[str, str] = MappingProxyType({**PREFIXES, "pg": NS})


def package_folder(name: str) -> Path:
    """Return a folder that is packaged beside this module."""
    return Path(str(files("pledgegraph.api"))) / name


def make_templates() -> Environment:
    """Build the environment that all pages are rendered in."""
    templates = Environment(
        loader=FileSystemLoader(package_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(href=href, compact=compact, concept_label=concept_label, words=words)
    templates.globals.update(navigation=NAVIGATION)
    return templates


def page(request: Request, template: str, **values: object) -> HTMLResponse:
    """Render a page. ``path`` is there in every template."""
    templates: Environment = request.app.state.context.templates
    return HTMLResponse(templates.get_template(template).render(path=request.url.path, **values))


def href(iri: str) -> str | None:
    """Return where a page links for an IRI: our own host for our things, else only http(s)."""
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    return iri if iri.startswith(("https://", "http://")) else None


def compact(iri: str) -> str:
    """Shorten an IRI by a known prefix, for reading only."""
    for prefix, namespace in _SHOWN_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(ID).removeprefix(BASE)


def concept_label(iri: str) -> str:
    """Return what a concept of our vocabularies is called, or its shortened IRI."""
    scheme = iri.removeprefix(VOCAB).partition("/")[0]
    concepts = terms.concepts(scheme) if iri.startswith(VOCAB) else []
    return next((concept.label for concept in concepts if concept.iri == iri), compact(iri))


def words(name: str) -> str:
    """Write the name of a parameter or variable in words: ``known as of``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
