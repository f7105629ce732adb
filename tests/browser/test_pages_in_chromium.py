"""Every kind of page in a real browser: complete without JavaScript, on this host alone."""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from .conftest import Visit

MEASURES = Path(__file__).with_name("measures.js").read_text()
AMAZON = "/pledges/amazon-2020-06-police-facial-recognition"
ARTICLE = "/sources/exportcompliancedaily-2020-06-12-facial-recognition"
PATTERN = "{ ?pledge a <https://w3id.org/pledgegraph/ns#Pledge> ; ?property ?value }"
ROWS = f"SELECT * WHERE {PATTERN}"
GRAPH = f"CONSTRUCT WHERE {PATTERN}"
PAGES: Mapping[str, int] = {
    "/": 200,
    "/pledges": 200,
    "/pledges?inForceOn=2021-07-01&knownAsOf=2020-12-31": 200,
    AMAZON: 200,
    f"{AMAZON}?on=2021-07-01&knownAsOf=2020-12-31": 200,
    "/pledges/microsoft-2020-06-police-facial-recognition": 200,
    "/pledges/ibm-2020-06-facial-recognition": 200,
    "/companies": 200,
    "/companies/amazon": 200,
    "/companies/microsoft": 200,
    "/organizations": 200,
    "/organizations/aclu": 200,
    "/legislators": 200,
    "/legislators/ed-markey": 200,
    "/bills": 200,
    "/bills?text=nothing+at+all": 200,
    "/legislators?heldOfficeOn=2020-06-11&name=mar": 200,
    "/organizations/us-senate": 200,
    "/sources/congress-legislators-2020-06-11": 200,
    "/exemptions": 200,
    "/exemptions/amazon-2020-06-police-facial-recognition-1-exemption-1": 200,
    "/statements": 200,
    "/positions": 200,
    "/sources": 200,
    ARTICLE: 200,
    "/sources/sec-company-tickers": 200,
    "/doc/person/matt-cagle": 200,
    "/doc/lobbying/none": 404,
    "/queries": 200,
    "/queries/04-in-force": 200,
    "/queries/10-what-rests-on-each-sentence": 200,
    "/sparql": 200,
    f"/sparql?format=html&query={quote(ROWS)}": 200,
    f"/sparql?format=html&query={quote(GRAPH)}": 200,
    f"/sparql?format=html&query={quote('ASK {}')}": 200,
    "/sparql?format=html&query=SELEC": 400,
    "/ns": 200,
    "/vocab": 200,
    "/vocab/status": 200,
    "/vocab/status/in-force": 200,
    "/shapes": 200,
    "/docs": 200,
    "/problems": 200,
    "/problems/query-timeout": 200,
    "/pledges/nothing": 404,
    "/pledges?inForceOnn=2020-06-12": 400,
}
# Made of others' words, each with an address that no reader would guess.
FOLLOWED = (("/statements", "Matt Cagle"), ("/statements", "Ed Markey"), ("/positions", "oppose"))
CLOCK_PAGES: Mapping[str, int] = {
    "/pledges/acme-2020-06": 200,
    "/pledges?inForceOn=2021-07-01&knownAsOf=2021-05-01": 200,
    "/doc/event/acme-2020-06-withdrawal-2020-09-01": 410,
}


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, light and then dark."""
    found: list[str] = page.evaluate(f"{MEASURES}; structure()")
    found += [f"light: {fault}" for fault in page.evaluate(f"{MEASURES}; faint()")]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in page.evaluate(f"{MEASURES}; faint()")]
    page.emulate_media(color_scheme="light")
    return found


def look(tab: Visit, server: str, address: str, status: int) -> None:
    answer = tab.page.goto(server + address)
    assert answer is not None
    assert answer.status == status
    assert answer.header_value("content-type") == "text/html; charset=utf-8"
    assert faults(tab.page) == []
    assert tab.outside(server) == []
    assert complaints(tab, status) == []


def complaints(tab: Visit, status: int = 200) -> list[str]:
    """What the browser complained about; that a page is an error page is no news."""
    expected = f"the server responded with a status of {status} " if status >= 400 else "\0"
    return [text for text in tab.complaints if expected not in text]


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_a_page_is_whole_legible_and_fits_a_phone(
    visit: Callable[..., Visit], server: str, address: str, status: int
) -> None:
    look(visit(width=360), server, address, status)


@pytest.mark.parametrize(("address", "status"), CLOCK_PAGES.items())
def test_a_page_of_what_is_retracted_or_uncertain_is_whole_too(
    visit: Callable[..., Visit], clocks_server: str, address: str, status: int
) -> None:
    look(visit(width=360), clocks_server, address, status)


@pytest.mark.parametrize(("address", "link"), FOLLOWED)
def test_an_item_of_a_list_is_one_click_away_and_whole(
    visit: Callable[..., Visit], server: str, address: str, link: str
) -> None:
    tab = visit(width=360)
    tab.page.goto(server + address)
    tab.page.locator("tbody th a", has_text=link).first.click()
    assert link in tab.page.inner_text("h1")
    assert faults(tab.page) == []


def test_a_retracted_record_says_why_it_is_gone(
    visit: Callable[..., Visit], clocks_server: str
) -> None:
    page = visit().page
    page.goto(f"{clocks_server}/doc/event/acme-2020-06-withdrawal-2020-09-01")
    assert "the withdrawal never took place" in page.inner_text("main")


def test_the_first_screen_of_a_pledge_answers_the_five_questions(
    visit: Callable[..., Visit], server: str
) -> None:
    page = visit().page
    page.goto(server + AMAZON)
    for selector, words in (
        (".promise", "one-year moratorium on police use"),
        (".verdict", "in force"),
        ("input[name=on]", ""),
        ("input[name=knownAsOf]", ""),
        ("dl.answers dd", "Amazon, announced 10 June 2020"),
        ("dl.answers dd", "Thorn"),
        ("dl.answers dd", "Its own end: 10 June 2021"),
        ("dl.answers dd", "Extension, 18 May 2021"),
    ):
        box = page.locator(selector, has_text=words).first.bounding_box()
        assert box is not None, words
        assert box["y"] + box["height"] <= 900, words


def test_the_words_that_an_exemption_rests_on_are_one_click_away(
    visit: Callable[..., Visit], server: str
) -> None:
    page = visit().page
    page.goto(server + AMAZON)
    answer = page.locator("dl.answers dd", has_text="Thorn")
    quotation = answer.get_by_text("it will continue allowing use from organizations like Thorn")
    assert not quotation.is_visible()
    answer.locator("summary").click()
    assert quotation.is_visible()


def test_a_pledge_is_asked_about_on_both_clocks(visit: Callable[..., Visit], server: str) -> None:
    tab = visit()
    page = tab.page
    page.goto(server + AMAZON)
    assert page.input_value("input[name=on]")
    for known_as_of, status in (("2020-12-31", "lapsed"), ("2021-06-01", "in force")):
        page.get_by_label("Was it so on").fill("2021-07-01")
        page.get_by_label("as known by").fill(known_as_of)
        page.get_by_role("button", name="Ask").click()
        page.wait_for_url(f"**?on=2021-07-01&knownAsOf={known_as_of}")
        assert page.locator(".verdict .badge").inner_text() == status
        assert page.input_value("input[name=knownAsOf]") == known_as_of
    assert "Extension, 18 May 2021" in page.inner_text("dl.answers")
    page.goto(f"{server}{AMAZON}?on=2021-07-01&knownAsOf=2020-12-31")
    assert "Extension" not in page.inner_text("dl.answers")
    assert complaints(tab) == []


@pytest.mark.parametrize("first", ["/", "/pledges"])
def test_the_list_of_pledges_is_asked_on_both_clocks_and_leads_to_a_pledge(
    visit: Callable[..., Visit], server: str, first: str
) -> None:
    page = visit().page
    for known_as_of, makers in (
        ("2020-12-31", ["IBM", "Microsoft"]),
        ("2021-06-01", ["Amazon", "IBM", "Microsoft"]),
        ("", ["Amazon", "IBM", "Microsoft"]),
    ):
        page.goto(server + first)
        page.get_by_label("in force on").fill("2021-07-01")
        page.get_by_label("as known by").fill(known_as_of)
        page.get_by_role("button", name="Ask").click()
        assert page.locator("tbody td[data-label=By]").all_inner_texts() == makers
    page.get_by_role("link", name="Amazon: one-year moratorium").click()
    page.wait_for_url(server + AMAZON)


def test_a_filter_is_kept_when_the_clocks_are_asked(
    visit: Callable[..., Visit], server: str
) -> None:
    page = visit().page
    page.goto(f"{server}/pledges?pledgor=ibm")
    page.get_by_label("in force on").fill("2021-07-01")
    page.get_by_role("button", name="Ask").click()
    assert page.locator("tbody td[data-label=By]").all_inner_texts() == ["IBM"]


def test_legislators_are_asked_for_by_the_day_they_held_office(
    visit: Callable[..., Visit], server: str
) -> None:
    page = visit().page
    for day, found in (("2020-06-12", True), ("1970-06-12", False)):
        page.goto(f"{server}/legislators")
        page.get_by_label("In office on").fill(day)
        page.get_by_label("Part of the name").fill("Markey")
        page.get_by_role("button", name="Ask").click()
        assert ("Ed Markey" in page.inner_text("main")) is found


def test_a_question_is_asked_for_other_values(visit: Callable[..., Visit], server: str) -> None:
    page = visit().page
    page.goto(f"{server}/queries")
    page.get_by_role("link", name="Which pledges were in force on a day").click()
    page.get_by_label("The day that is asked about").fill("2021-07-01")
    page.get_by_label("The day on which one would have asked").fill("2020-12-31")
    page.get_by_role("button", name="Ask").click()
    rows = page.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[:2] for row in rows] == [["2021-07-01", "2020-12-31"]] * 2
    assert "Amazon" not in page.inner_text("tbody")
    assert page.locator("tbody .note").count() == 0


def test_a_query_is_written_refused_mended_and_answered(
    visit: Callable[..., Visit], server: str
) -> None:
    page = visit().page
    page.goto(f"{server}/sparql")
    page.get_by_label("Query").fill("SELEC ?x {}")
    page.get_by_role("button", name="Run").click()
    assert "not a SPARQL 1.1 query" in page.inner_text("h1")
    assert page.get_by_label("Query").input_value() == "SELEC ?x {}"
    page.get_by_label("Query").fill('SELECT ("so" AS ?x) ("ja"@de AS ?y) {}')
    page.get_by_role("button", name="Run").click()
    assert page.locator("thead").inner_text().split() == ["x", "y"]
    assert page.locator("tbody td").all_inner_texts() == ["so", "ja de"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_shows_where_it_is_and_skips_to_the_content(
    visit: Callable[..., Visit], server: str, scheme: str
) -> None:
    page = visit(color_scheme=scheme).page
    page.goto(server + AMAZON)
    page.keyboard.press("Tab")
    focus = page.evaluate(f"{MEASURES}; focused()")
    assert focus["text"] == "Skip to content"
    assert focus["faults"] == []
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{MEASURES}; focused().faults") == []
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_interface_can_be_tried_out_where_there_is_javascript(
    visit: Callable[..., Visit], server: str
) -> None:
    tab = visit(java_script_enabled=True)
    tab.page.goto(f"{server}/docs")
    tab.page.locator(".swagger-ui .opblock").first.wait_for()
    tab.page.locator(".opblock-summary-control").first.click()
    tab.page.locator(".opblock-body").first.wait_for()
    assert tab.page.locator("h1:visible").all_inner_texts() == ["Interface"]
    assert tab.outside(server) == []
    assert complaints(tab) == []


FAINT = ("h1", "h3", "td", "div")
BROKEN = """<!doctype html><html><title></title><body style="color: #999; background: #fff">
<header></header><main><h1>Words</h1><h3>Deep</h3><input name="day"><table><tr><td>1</td></tr>
</table><div class="wide">wide</div><img src="http://outside.test/"></main><footer></footer>"""


def test_a_page_with_every_fault_is_found_out(visit: Callable[..., Visit], server: str) -> None:
    tab = visit(width=360)
    policy = {"Content-Security-Policy": "default-src 'self'"}
    tab.page.route("**/*", lambda route: route.fulfill(body=BROKEN, headers=policy))
    tab.page.goto(server)
    assert any("Content Security Policy" in text for text in tab.complaints)
    tab = visit(width=360)
    wide = BROKEN.replace('class="wide"', 'style="width: 400px"')
    tab.page.route("**/*", lambda route: route.fulfill(body=wide, content_type="text/html"))
    tab.page.goto(server)
    assert tab.outside(server) == ["http://outside.test/"]
    assert faults(tab.page) == [
        "no language",
        "no title",
        "the heading Deep skips a level",
        "the field day has no label",
        "a table without a caption",
        "408 wide in a window of 360",
        *(f"{scheme}: 2.85 for {name}." for scheme in ("light", "dark") for name in FAINT),
    ]
