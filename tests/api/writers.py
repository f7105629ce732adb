"""What the tests of writing share: the secret that allows it, and what to write."""

from pathlib import Path

from pledgegraph.graph.namespaces import GRAPH

FOLDER = Path(__file__).with_name("writing")
SECRET = "a-secret-for-tests-only-0123456789"  # noqa: S105 - an example
SLUG = "acme-news-2026-01-15"
GRAPH_IRI = f"{GRAPH}{SLUG}"
ADDRESS = f"/graphs?graph={GRAPH_IRI}"
TURTLE = {"Content-Type": "text/turtle"}
YAML = {"Content-Type": "application/yaml"}
SOURCE = (FOLDER / "acme.ttl").read_text()
RECORD = (FOLDER / "acme.yaml").read_text()
MORE = f"""
<https://w3id.org/pledgegraph/id/source/{SLUG}>
    <https://schema.org/url> <https://news.example/acme> .
"""
REFUSED = """\
<https://w3id.org/pledgegraph/id/pledge/nobody-2026> a <https://w3id.org/pledgegraph/ns#Pledge> .
"""
