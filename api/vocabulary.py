"""The words: ontology, vocabularies, shapes and JSON-LD context, as data and as pages."""

from __future__ import annotations

import functools
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from starlette.responses import JSONResponse, Response

from pledgegraph.api import negotiation, pages
from pledgegraph.api.documents import FormatName, chosen_format
from pledgegraph.api.problems import RequestError
from pledgegraph.graph.frame import context
from pledgegraph.graph.lookups import terms
from pledgegraph.graph.lookups.terms import ONTOLOGY_PACKAGE, SHAPES_PACKAGE, VOCABULARIES_PACKAGE
from pledgegraph.graph.writing import write_triples

Name = Annotated[str, InPath(pattern="^[a-z0-9][a-z0-9-]*$")]

router = APIRouter(tags=["Vocabulary"], responses=negotiation.declared(*negotiation.PAGE_FORMATS))


@router.get("/ns", summary="The ontology", response_class=Response)
def get_ontology(request: Request, name: FormatName = None) -> Response:
    """Show the classes and properties, or send them as data."""
    chosen = chosen_format(request, name)
    if chosen is not negotiation.HTML:
        return _data(ontology_data(chosen.media_type), chosen)
    modules = [
        (module, terms.classes(module.name), terms.properties(module.name))
        for module in terms.modules(ONTOLOGY_PACKAGE).values()
    ]
    return pages.page(request, "ontology.html", modules=[m for m in modules if m[1] or m[2]])


@router.get("/ns/context.jsonld", summary="The JSON-LD context", response_class=Response)
def get_context() -> Response:
    """Send the context that names the keys of our JSON."""
    return JSONResponse({"@context": context()}, media_type=negotiation.JSON_LD.media_type)


@router.get("/vocab", summary="The vocabularies", response_class=Response)
def get_vocabularies(request: Request, name: FormatName = None) -> Response:
    """List the concept schemes."""
    chosen = chosen_format(request, name)
    if chosen is not negotiation.HTML:
        return _data(schemes_data(chosen.media_type), chosen)
    return pages.page(request, "vocabularies.html", schemes=terms.schemes())


@router.get("/vocab/{scheme}", summary="One vocabulary", response_class=Response)
def get_scheme(request: Request, scheme: Name, name: FormatName = None) -> Response:
    """Show a scheme with its concepts."""
    chosen = chosen_format(request, name)
    found = terms.scheme(scheme)
    if found is None:
        raise RequestError("not-found", f"there is no vocabulary {scheme!r}")
    if chosen is not negotiation.HTML:
        module = terms.modules(VOCABULARIES_PACKAGE)[scheme]
        return _data(write_triples(module.triples, chosen.media_type), chosen)
    concepts = terms.concepts(scheme)
    return pages.page(request, "vocabulary.html", scheme=found, concepts=concepts)


@router.get("/vocab/{scheme}/{concept}", summary="One concept", response_class=Response)
def get_concept(request: Request, scheme: Name, concept: Name, name: FormatName = None) -> Response:
    """Show one concept of a scheme."""
    chosen = chosen_format(request, name)
    within = terms.scheme(scheme)
    found = next((c for c in terms.concepts(scheme) if c.name == concept), None) if within else None
    if found is None:
        raise RequestError("not-found", f"there is no concept {scheme}/{concept}")
    if chosen is not negotiation.HTML:
        triples = terms.about(terms.modules(VOCABULARIES_PACKAGE)[scheme].triples, found.iri)
        return _data(write_triples(triples, chosen.media_type), chosen)
    return pages.page(request, "concept.html", scheme=within, concept=found)


@router.get("/shapes", summary="The SHACL shapes", response_class=Response)
def get_shapes(request: Request, name: FormatName = None) -> Response:
    """Show what data must look like, or send the shapes."""
    chosen = chosen_format(request, name)
    if chosen is not negotiation.HTML:
        return _data(shapes_data(chosen.media_type), chosen)
    modules = [
        (module, terms.shapes(module.name)) for module in terms.modules(SHAPES_PACKAGE).values()
    ]
    return pages.page(request, "shapes.html", modules=[m for m in modules if m[1]])


@functools.cache
def ontology_data(media_type: str) -> bytes:
    """Write the whole ontology; it can't change while the program runs."""
    return write_triples(terms.triples_of(ONTOLOGY_PACKAGE), media_type)


@functools.cache
def shapes_data(media_type: str) -> bytes:
    """Write all shapes; they can't change while the program runs."""
    return write_triples(terms.triples_of(SHAPES_PACKAGE), media_type)


@functools.cache
def schemes_data(media_type: str) -> bytes:
    """Write every concept scheme without its concepts."""
    triples = terms.triples_of(VOCABULARIES_PACKAGE)
    found = (terms.about(triples, scheme.iri) for scheme in terms.schemes())
    return write_triples((triple for some in found for triple in some), media_type)


def _data(body: bytes, chosen: negotiation.Format) -> Response:
    return Response(body, headers={"Content-Type": chosen.content_type})
