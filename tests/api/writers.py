"""What the tests of writing share: the secret that allows it, and what to write."""

from pathlib import Path

from pledgegraph.graph.namespaces import GRAPH

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SECRET = "a-secret-for-tests-only-0123456789"  # noqa: S105 - an example
SLUG = "acme-news-2026-01-15"
GRAPH_IRI = f"{GRAPH}{SLUG}"
ADDRESS = f"/graphs?graph={GRAPH_IRI}"
TURTLE = {"Content-Type": "text/turtle"}
YAML = {"Content-Type": "application/yaml"}
SOURCE = (EXAMPLES / "acme-news.ttl").read_text()
RECORD = (EXAMPLES / "acme-news.yaml").read_text()
MORE = f"""
<https://w3id.org/pledgegraph/id/source/{SLUG}>
    <https://schema.org/url> <https://news.example/acme> .
"""
REFUSED = """\
<https://w3id.org/pledgegraph/id/pledge/nobody-2026> a <https://w3id.org/pledgegraph/ns#Pledge> .
"""
