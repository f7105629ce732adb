"""Pages say in words what the data say, escape it, and load nothing from outside."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from pledgegraph.api import naming
from pledgegraph.graph.collections import COLLECTIONS

ARTICLE = "exportcompliancedaily-2020-06-12-facial-recognition"
AMAZON = "amazon-2020-06-police-facial-recognition"
MICROSOFT = "microsoft-2020-06-police-facial-recognition"
UNCERTAIN = "ibm-2020-07-body-camera"


class Page(HTMLParser):
    """A page as its reader has it: text, links, what it loads, and the names of its parts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.words: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.loads: list[str | None] = []
        self.ids: list[str | None] = []
        self.tags: list[str] = []
        self.labelled: set[str | None] = set()
        self.inputs: set[str | None] = set()
        self.feed(source)
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values)
        elif tag == "label":
            self.labelled.add(values.get("for"))
        elif tag == "input":
            self.inputs.add(values.get("id"))
        self.loads += [values[key] for key in ("src", "srcset") if key in values]
        if tag == "link":
            self.loads.append(values.get("href"))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(client: TestClient, browser: dict[str, str], address: str) -> Page:
    answer = client.get(address, headers=browser)
    assert answer.status_code == 200, address
    assert answer.headers["content-type"].startswith("text/html")
    return Page(answer.text)


def addresses(client: TestClient) -> list[str]:
    found = []
    for name in COLLECTIONS:
        found.append(f"/{name}")
        for item in client.get(f"/{name}").json()["items"]:
            address = naming.address(item)
            assert address is not None
            found.append(address)
    return sorted(set(found))


def test_every_page_is_whole_and_loads_nothing_from_outside(
    client: TestClient, browser: dict[str, str]
) -> None:
    for address in addresses(client):
        shown = page(client, browser, address)
        assert shown.tags.count("h1") == 1, address
        assert shown.tags.count("table") == shown.tags.count("caption"), address
        assert shown.inputs <= shown.labelled, address
        assert len(shown.ids) == len(set(shown.ids)), address
        assert "script" not in shown.tags, address
        assert "style=" not in shown.source, address
        assert all(load and load.startswith("/") for load in shown.loads), address


def test_a_link_goes_to_a_page_that_is_there_or_to_the_web(
    client: TestClient, browser: dict[str, str]
) -> None:
    own: set[str] = set()
    for address in addresses(client):
        for link in page(client, browser, address).links:
            target = link.get("href") or ""
            if target.startswith("http"):
                assert link.get("rel") == "noopener", target
            else:
                assert target.startswith(("/", "#")), (address, target)
                own.add(target.partition("#")[0])
    for target in sorted(own - {""}):
        assert client.get(target).status_code in (200, 303, 308), target


def test_what_a_record_says_is_escaped(client: TestClient, browser: dict[str, str]) -> None:
    shown = page(client, browser, f"/pledges/{UNCERTAIN}")
    assert "script" not in shown.tags
    assert "<script>body cameras</script>" in shown.text


def test_a_pledge_says_what_was_promised_whether_it_holds_and_who_is_exempt(
    client: TestClient, browser: dict[str, str]
) -> None:
    shown = page(client, browser, f"/pledges/{AMAZON}?on=2021-07-01&knownAsOf=2020-12-31")
    for words in (
        "one-year moratorium on police use of Amazon’s facial recognition technology",
        "As known by 2020-12-31: lapsed on 2021-07-01, because the end that was named for it",
        "not stated by the source",
        "Illustrative list : the names are examples",
        "Thorn",
        "worked out from the weekday “Wednesday”",
        "between 10 June 2020 and 12 June 2020 inferred",
        "in that seat 6 January 2015 until 3 January 2021",
        "not re-read",
        "first day inferred",
        "end computed",
        "The company's own words, which the article quotes, speak of use.",
        "sentence 7 , characters",
    ):
        assert words in shown.text, words
    later = page(client, browser, f"/pledges/{AMAZON}?on=2021-07-01")
    assert "in force on 2021-07-01, because an extension of it had come to apply" in later.text


def test_a_condition_is_a_table_of_criteria(client: TestClient, browser: dict[str, str]) -> None:
    shown = page(client, browser, f"/pledges/{MICROSOFT}")
    assert "a national law is in place" in shown.text
    assert re.search(r"effect not stated by the source not stated", shown.text)
    assert re.search(r"instrument statute stated", shown.text)


def test_a_pledge_that_is_only_possibly_known_says_so(
    client: TestClient, browser: dict[str, str]
) -> None:
    address = f"/pledges/{UNCERTAIN}?on=2020-07-20&knownAsOf=2020-07-20"
    assert "Possibly in force" in page(client, browser, address).text
    listed = page(client, browser, "/pledges?inForceOn=2020-07-20&knownAsOf=2020-07-20")
    assert "Possibly known by then" in listed.text


def test_a_source_shows_each_sentence_and_what_rests_on_it(
    client: TestClient, browser: dict[str, str]
) -> None:
    shown = page(client, browser, f"/sources/{ARTICLE}")
    count = len(client.get(f"/sources/{ARTICLE}").json()["passages"])
    assert [f"sentence-{number}" for number in range(1, count + 1)] == [
        name for name in shown.ids if name and name.startswith("sentence-")
    ]
    assert "No record rests on this sentence : it is a paywall notice" in shown.text.replace(
        "sentence:", "sentence :"
    )
    assert "the source reports it; this graph does not assert it" in shown.text
    assert "attributed, not in the source’s own voice" in shown.text


@pytest.mark.parametrize(
    "address", ["/pledges/ibm-2021-02-credited", "/sources/credited-data-2021"]
)
def test_what_comes_from_a_data_set_is_credited(
    client: TestClient, browser: dict[str, str], address: str
) -> None:
    assert "Data by the makers of the set" in Page(client.get(address, headers=browser).text).text
    assert "Data by the makers of the set" in client.get(address).text


def test_a_goal_is_shown_with_its_year_and_as_the_data_set_words_it(
    client: TestClient, browser: dict[str, str]
) -> None:
    text = page(client, browser, "/pledges/ibm-2021-02-credited").text
    assert "The goal: emissions reduction, 65 % against 2010, by 2025; scope 1" in text
    assert "As the data set gives it: Down by 65 percent." in text
    assert "always" not in text


def test_an_allegation_is_never_shown_without_saying_that_it_is_one(
    client: TestClient, browser: dict[str, str]
) -> None:
    (said,) = client.get("/statements?speaker=matt-cagle").json()["items"]
    for address in (naming.address(said), "/companies/cik-0000789019"):
        assert address is not None
        shown = page(client, browser, address)
        assert "Microsoft's alleged efforts" in shown.text
        assert "Attributed to Matt Cagle" in shown.text
        assert "it is uncorroborated" in shown.text


def test_the_document_about_an_item_is_its_page(
    client: TestClient, browser: dict[str, str]
) -> None:
    document = page(client, browser, f"/doc/pledge/{AMAZON}")
    assert "Who said what about it" in document.text
    turtle = client.get(f"/doc/pledge/{AMAZON}.ttl")
    assert turtle.headers["content-type"].startswith("text/turtle")


def test_an_empty_day_in_a_form_is_no_day(client: TestClient, browser: dict[str, str]) -> None:
    shown = page(client, browser, "/pledges?inForceOn=2021-07-01&knownAsOf=")
    assert "Amazon: one-year moratorium" in shown.text


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2020-06-10", "10 June 2020"),
        ("2020-06", "June 2020"),
        ("2020", "2020"),
        ("2020-06-10/2020-06-12", "between 10 June 2020 and 12 June 2020"),
        ("../2020-06-12", "on or before 12 June 2020"),
        ("2020-06-10/..", "10 June 2020 or later"),
        ("2020~", "2020 (uncertain)"),
        ("something", "something"),
    ],
)
def test_a_day_is_written_in_words_and_no_more_precise_than_it_is(edtf: str, words: str) -> None:
    assert naming.days(edtf) == words
