"""What holds for every answer: safe headers, HEAD, ETag with 304, nothing from outside."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pledgegraph.api.app import create_app
from pledgegraph.api.pages import package_folder
from pledgegraph.api.settings import Settings

PAGES = ["/", "/sparql", "/ns", "/vocab", "/vocab/status", "/shapes", "/problems", "/docs"]
CACHED = [
    "/",
    "/ns",
    "/sparql?query=ASK%7B%7D",
    "/doc/company/cik-0000000001",
    "/quality/report.ttl",
]


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here", "/healthz", "/static/style.css"])
def test_every_answer_has_the_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert "Accept" in headers["vary"]


@pytest.mark.parametrize("path", CACHED)
def test_an_unchanged_answer_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_what_changes_from_one_time_to_the_next_has_no_tag(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT (RAND() AS ?n) {}"})
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_the_tag_depends_on_address_and_format(client: TestClient) -> None:
    tags = {
        client.get("/ns").headers["etag"],
        client.get("/ns?format=ttl").headers["etag"],
        client.get("/ns", headers={"Accept": "text/turtle"}).headers["etag"],
        client.get("/vocab").headers["etag"],
    }
    assert len(tags) == 4


def test_the_tag_depends_on_the_release(client: TestClient, settings: Settings) -> None:
    class LaterEngine:
        def release(self) -> int:
            return 2

    later = TestClient(create_app(settings, LaterEngine()))  # type: ignore[arg-type]
    assert later.get("/ns").headers["etag"] != client.get("/ns").headers["etag"]


def test_an_error_has_no_tag(client: TestClient) -> None:
    assert "etag" not in client.get("/nothing-here").headers


@pytest.mark.parametrize("path", [*PAGES, "/doc/company/cik-0000000001", "/healthz", "/readyz"])
def test_head_is_answered_everywhere_as_get_without_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_anything_from_another_host(
    client: TestClient, browser: dict[str, str], path: str
) -> None:
    page = client.get(path, headers=browser).text
    loaded = re.findall(
        r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]*)\"", page
    )
    assert loaded
    for address in loaded:
        assert re.match(r"/(?!/)", address)
        assert client.get(address).status_code == 200


def test_no_page_has_script_or_style_of_its_own() -> None:
    for template in package_folder("templates").glob("*.html"):
        text = template.read_text()
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", text), template
        assert "|safe" not in text, template


def test_the_style_sheet_loads_nothing() -> None:
    assert "url(" not in (package_folder("static") / "style.css").read_text()


def test_a_home_without_a_release_is_alive_but_not_ready(empty_client: TestClient) -> None:
    assert empty_client.get("/healthz").status_code == 200
    answer = empty_client.get("/readyz")
    assert (answer.status_code, answer.json()["type"].rsplit("/", 1)[-1]) == (503, "no-release")
    assert empty_client.get("/sparql?query=ASK%7B%7D").status_code == 503
    assert "No release yet" in empty_client.get("/").text
    assert "etag" not in empty_client.get("/").headers


def test_a_home_with_a_release_is_ready_and_sends_its_report(client: TestClient) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "release": 1}
    assert "conforms" in client.get("/quality/report.ttl").text
    assert client.get("/readyz").headers["cache-control"] == "no-store"


def test_the_first_page_names_the_release_and_three_things_to_try(
    client: TestClient,
) -> None:
    page = client.get("/").text
    assert "release 1" in page
    tries = page.partition("Three things to try")[2].partition("</ol>")[0]
    assert tries.count("<li>") == 3


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_HOME", str(tmp_path))
    monkeypatch.setenv("PLEDGEGRAPH_QUERY_DEADLINE_SECONDS", "2.5")
    settings = Settings()
    assert settings.home == tmp_path
    assert settings.budget().deadline == 2.5


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
