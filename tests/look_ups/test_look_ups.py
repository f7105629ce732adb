"""Look-ups answer on both clocks, with evidence, and say what they were asked."""

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from pledgegraph.graph.collections import COLLECTIONS
from pledgegraph.graph.frame import context
from pledgegraph.graph.look_up import query_text
from pledgegraph.graph.release import Release

ARTICLE = "exportcompliancedaily-2020-06-12-facial-recognition"
AMAZON = "amazon-2020-06-police-facial-recognition"
IBM = "ibm-2020-06-facial-recognition"
MICROSOFT = "microsoft-2020-06-police-facial-recognition"
UNCERTAIN = "ibm-2020-07-body-camera"
ID = "https://w3id.org/pledgegraph/id/"


def slugs(items: list[dict[str, Any]]) -> list[str]:
    return [item["id"].rsplit("/", 1)[1] for item in items]


def listed(client: TestClient, address: str) -> list[str]:
    return slugs(client.get(address).json()["items"])


def labels(values: list[dict[str, Any]]) -> list[str]:
    return [value["prefLabel"] for value in values]


def statement_of(client: TestClient, speaker: str) -> dict[str, Any]:
    (slug,) = listed(client, f"/statements?speaker={speaker}")
    answer: dict[str, Any] = client.get(f"/statements/{slug}").json()
    return answer


def every_answer(client: TestClient) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in COLLECTIONS:
        answer = client.get(f"/{name}").json()
        yield f"/{name}", answer
        for item in answer["items"]:
            address = f"/{name}/{item['id'].rsplit('/', 1)[1]}"
            found = client.get(address)
            if found.status_code == 200:
                yield address, found.json()


def test_three_pledges_of_the_article_were_in_force_on_its_day(client: TestClient) -> None:
    address = f"/pledges?inForceOn=2020-06-12&source={ARTICLE}"
    assert listed(client, address) == [AMAZON, IBM, MICROSOFT]
    assert listed(client, address.replace(ARTICLE, f"{ID}source/{ARTICLE}")) == [
        AMAZON,
        IBM,
        MICROSOFT,
    ]


@pytest.mark.parametrize(
    ("known", "holds"),
    [("&knownAsOf=2020-12-31", False), ("&knownAsOf=2021-06-01", True), ("", True)],
)
def test_the_extension_counts_from_the_day_it_was_published(
    client: TestClient, known: str, holds: bool
) -> None:
    found = listed(client, f"/pledges?inForceOn=2021-07-01{known}")
    assert (AMAZON in found) is holds
    assert MICROSOFT in found


@pytest.mark.parametrize(
    ("question", "in_items", "in_possibly"),
    [
        ("inForceOn=2020-07-20&knownAsOf=2020-06-30", False, False),
        ("inForceOn=2020-07-20&knownAsOf=2020-07-20", False, True),
        ("inForceOn=2020-07-20&knownAsOf=2020-08-01", True, False),
        ("inForceOn=2020-07-20", True, False),
        ("knownAsOf=2020-06-30", False, False),
        ("knownAsOf=2020-07-20", False, True),
        ("knownAsOf=2020-08-01", True, False),
    ],
)
def test_what_was_only_possibly_known_is_listed_apart(
    client: TestClient, question: str, in_items: bool, in_possibly: bool
) -> None:
    answer = client.get(f"/pledges?{question}").json()
    assert (UNCERTAIN in slugs(answer["items"])) is in_items
    assert (UNCERTAIN in slugs(answer["possiblyKnown"])) is in_possibly


def test_a_filter_takes_a_slug_an_alias_or_an_iri(client: TestClient) -> None:
    company = "cik-0001018724"
    for name in ("amazon", company, f"{ID}company/{company}"):
        assert listed(client, f"/pledges?pledgor={name}") == [AMAZON]
    assert listed(client, "/pledges?kind=moratorium") == [AMAZON]


def test_a_pledge_says_on_each_axis_what_its_scope_is_or_that_it_is_not_stated(
    client: TestClient,
) -> None:
    answer = client.get(f"/pledges/{AMAZON}").json()
    assert answer["pledgor"]["prefLabel"] == "Amazon"
    assert answer["pledgeKind"]["prefLabel"] == "moratorium"
    (commitment,) = answer["hasCommitment"]
    silent = {axis["id"].rsplit("/", 1)[1] for axis in commitment["notStated"]}
    assert silent == {"territory", "purpose"}
    for key in ("action", "object", "product", "recipientCategory"):
        assert len(commitment[key]) == 1
    assert (commitment["validFrom"], commitment["validUntil"]) == ("2020-06-10", "2021-06-10")


def test_every_record_in_a_pledge_shows_what_it_rests_on(client: TestClient) -> None:
    pledge = client.get(f"/pledges/{AMAZON}").json()
    (commitment,) = pledge["hasCommitment"]
    records = [pledge, commitment, *commitment["exemptions"], *pledge["versions"]]
    records += [*pledge["events"], *pledge["statements"], *pledge["positions"]]
    for record in records:
        assert record["hasEvidence"], record["id"]
        for evidence in record["hasEvidence"]:
            assert evidence["exactText"]
            assert evidence["inSource"]["name"]
            assert ("startOffset" in evidence) == evidence["verification"]["id"].endswith(
                "/re-read"
            )


def test_the_exemption_is_an_illustrative_list_of_three_with_its_words(client: TestClient) -> None:
    (exemption,) = client.get(f"/exemptions?pledge={AMAZON}").json()["items"]
    assert set(labels(exemption["beneficiary"])) == {
        "Thorn",
        "International Center for Missing and Exploited Children",
        "Marinus Analytics",
    }
    assert exemption["listScope"]["prefLabel"] == "illustrative"
    (evidence,) = exemption["hasEvidence"]
    assert "organizations like Thorn" in evidence["exactText"]
    (pledge,) = exemption["exemptionFrom"]["ofPledge"]
    assert slugs([pledge]) == [AMAZON]


def test_a_condition_is_criteria_and_an_aspect_that_is_not_stated_says_so(
    client: TestClient,
) -> None:
    (commitment,) = client.get(f"/pledges/{MICROSOFT}").json()["hasCommitment"]
    (condition,) = commitment["hasReleaseCondition"]
    found = {
        criterion["criterionAspect"]["prefLabel"]: (
            criterion.get("requiredValue", {}).get("prefLabel"),
            criterion["readingBasis"]["id"].rsplit("/", 1)[1],
        )
        for criterion in condition["hasCriterion"]
    }
    assert found == {
        "subject": ("facial recognition", "inferred"),
        "jurisdiction": ("United States", "inferred"),
        "level": ("national", "stated"),
        "instrument": ("statute", "stated"),
        "stage": ("in force", "stated"),
        "effect": (None, "not-stated"),
    }


def test_where_sources_differ_both_values_stand_with_rank_and_reason(client: TestClient) -> None:
    (commitment,) = client.get(f"/pledges/{AMAZON}").json()["hasCommitment"]
    actions = {
        assertion["assertedValue"]["prefLabel"]: assertion["rank"]["prefLabel"]
        for assertion in commitment["assertions"]
        if assertion["assertedProperty"]["id"].endswith("#action")
    }
    assert actions == {"allow use": "preferred", "sell": "normal"}
    assert all(assertion["rankReason"] for assertion in commitment["assertions"])
    assert labels(commitment["action"]) == ["allow use"]


@pytest.mark.parametrize(
    ("known", "status", "rule"),
    [
        ("&knownAsOf=2020-12-31", "lapsed", "end reached"),
        ("&knownAsOf=2021-06-01", "in force", "extension"),
        ("", "in force", "extension"),
    ],
)
def test_the_status_names_the_rule_and_the_record_it_was_applied_to(
    client: TestClient, known: str, status: str, rule: str
) -> None:
    answer = client.get(f"/pledges/{AMAZON}/status?on=2021-07-01{known}").json()
    assert answer["status"]["prefLabel"] == status
    (phase,) = answer["items"]
    assert phase["appliedRule"]["prefLabel"] == rule
    assert len(phase["restsOn"]) == 1
    assert f"{status} on 2021-07-01" in answer["words"]


def test_before_anything_was_published_there_is_no_status(client: TestClient) -> None:
    answer = client.get(f"/pledges/{AMAZON}/status?on=2021-07-01&knownAsOf=2020-01-01").json()
    assert answer["status"] is None
    assert "nothing that this graph holds had been published about it" in answer["words"]
    uncertain = f"/pledges/{UNCERTAIN}/status?on=2020-07-20&knownAsOf=2020-07-20"
    assert client.get(uncertain).json()["possibly"][0]["status"]["prefLabel"] == "in force"


def test_a_claim_is_attributed_and_what_it_alleges_is_uncorroborated(client: TestClient) -> None:
    (claim,) = statement_of(client, "matt-cagle")["statedClaims"]
    assert claim["claimant"]["prefLabel"] == "Matt Cagle"
    (alleged,) = claim["alleged"]
    assert alleged["type"] == ["LobbyingActivity"]
    assert alleged["epistemicStatus"]["prefLabel"] == "alleged"
    assert alleged["attributedTo"]["prefLabel"] == "Matt Cagle"
    assert alleged["corroboratedBy"] == []
    assert slugs([{"id": graph} for graph in alleged["inGraphs"]]) == [ARTICLE]


@pytest.mark.parametrize(
    ("speaker", "role", "behalf"),
    [
        ("brad-smith-microsoft", "President", ["Microsoft"]),
        ("arvind-krishna", "CEO", ["IBM"]),
        (
            "nicole-ozer",
            "Technology and Civil Liberties Director",
            ["ACLU Northern California", "American Civil Liberties Union"],
        ),
        ("matt-cagle", "Civil Liberties Attorney", ["ACLU Northern California"]),
        ("matthew-guariglia", "Policy Analyst", ["Electronic Frontier Foundation"]),
    ],
)
def test_a_speaker_has_a_role_and_speaks_for_someone(
    client: TestClient, speaker: str, role: str, behalf: list[str]
) -> None:
    statement = statement_of(client, speaker)
    assert statement["speakerRole"]["roleTitle"] == role
    assert sorted(labels(statement["onBehalfOf"])) == behalf
    assert statement["dateBasis"]


def test_a_senator_speaks_from_the_seat_held_on_that_day(client: TestClient) -> None:
    term = statement_of(client, "ed-markey")["speakerRole"]
    assert term["heldSeat"]["represents"]["prefLabel"] == "Massachusetts"
    assert term["termParty"]["prefLabel"] == "Democratic Party (United States)"
    assert term["organization"]["prefLabel"] == "United States Senate"


@pytest.mark.parametrize(
    ("day", "holds"), [("2020-06-11", True), ("2021-01-03", False), ("1970-01-01", False)]
)
def test_office_is_held_on_the_days_of_a_term_only(
    client: TestClient, day: str, holds: bool
) -> None:
    found = listed(client, f"/legislators?heldOfficeOn={day}&name=markey")
    assert ("bioguide-M000133" in found) is holds


def test_a_source_is_covered_sentence_by_sentence(client: TestClient) -> None:
    answer = client.get(f"/sources/{ARTICLE}").json()
    coverage = answer["coverage"]
    assert coverage["coveredSentences"] == coverage["contentSentences"]
    kinds = {
        passage["passageKind"]["prefLabel"]
        for passage in answer["passages"]
        if not passage["quotations"]
    }
    assert kinds <= {"paywall notice", "publisher description"}
    assert [passage["sentenceNumber"] for passage in answer["passages"]] == list(
        range(1, len(answer["passages"]) + 1)
    )
    assert coverage["notReRead"] == 0
    not_reread = client.get("/sources/ap-2021-05-18-amazon-extends-pause").json()["coverage"]
    assert not_reread["notReRead"] == not_reread["quotations"] > 0


def test_what_only_a_source_says_stands_on_its_page_as_alleged(client: TestClient) -> None:
    answer = client.get(f"/sources/{ARTICLE}").json()
    (alleged,) = answer["alleged"]
    assert alleged["type"] == ["LobbyingActivity"]
    quoted = {evidence["id"] for evidence in alleged["hasEvidence"]}
    placed = {quotation for passage in answer["passages"] for quotation in passage["quotations"]}
    assert quoted <= placed


def test_a_statement_is_found_by_whom_it_was_made_for_and_about_what(client: TestClient) -> None:
    (said,) = listed(client, "/statements?company=microsoft")
    assert said.startswith("brad-smith")
    about = listed(client, f"/statements?pledge={MICROSOFT}")
    assert any(slug.startswith("matthew-guariglia") for slug in about)


def test_a_position_is_found_by_its_holder(client: TestClient) -> None:
    (position,) = client.get("/positions?holder=aclu").json()["items"]
    assert position["stance"]["prefLabel"] == "qualified support"
    assert slugs([position["target"]]) == [AMAZON]
    assert position["statedIn"]["speaker"]["prefLabel"] == "Nicole Ozer"


def test_every_answer_is_json_ld_that_says_only_what_the_graph_asserts(
    client: TestClient, release: Release
) -> None:
    store = ox.Store.read_only(str(release.store_path))
    assert client.get("/ns/context.jsonld").json()["@context"] == json.loads(json.dumps(context()))
    for address, answer in every_answer(client):
        assert answer["@context"] == "/ns/context.jsonld"
        document = json.dumps({**answer, "@context": context()}).encode()
        found = {quad.triple for quad in ox.parse(document, format=ox.RdfFormat.JSON_LD)}
        assert found, address
        unsaid = [t for t in found if ox.Quad(t.subject, t.predicate, t.object) not in store]
        assert unsaid == [], address


def test_every_answer_leads_to_the_query_that_gives_the_same(client: TestClient) -> None:
    for address, answer in every_answer(client):
        result = client.get(answer["query"])
        assert result.status_code == 200, address
        if "items" in answer and address.count("/") == 1:
            rows = result.json()["results"]["bindings"]
            assert [row["item"]["value"] for row in rows] == [i["id"] for i in answer["items"]]
        else:
            assert answer["id"] in result.text


@pytest.mark.parametrize(
    "name",
    [
        *sorted({found.details for found in COLLECTIONS.values()}),
        "items",
        "listed",
        "set-aside",
        "data-sets-parts",
        "legislators-listed-parts",
        "legislators-parts",
        "organizations-parts",
    ],
)
def test_a_query_file_runs_as_it_stands(client: TestClient, name: str) -> None:
    answer = client.get("/sparql", params={"query": query_text(name)})
    assert answer.status_code == 200
    assert len(answer.content) > 300


def test_pages_of_a_list_are_walked_by_their_links(client: TestClient) -> None:
    every = listed(client, "/organizations?limit=500")
    found: list[str] = []
    address: str | None = "/organizations?limit=5"
    while address:
        answer = client.get(address)
        page = answer.json()
        found += slugs(page["items"])
        address = page["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) == bool(address)
    assert found == every
    assert len(every) > 5


@pytest.mark.parametrize(
    ("address", "kind", "said"),
    [
        ("/pledges?inforceOn=2020-06-12", "unknown-parameter", "inForceOn"),
        ("/pledges?inForceOn=2020-06-31", "invalid-parameter", "inForceOn"),
        ("/pledges?inForceOn=12.6.2020", "invalid-parameter", "YYYY-MM-DD"),
        ("/pledges?knownAsOf=20200612", "invalid-parameter", "YYYY-MM-DD"),
        ("/pledges?source=nowhere", "invalid-parameter", "there is no source"),
        ("/pledges?kind=moratorum", "invalid-parameter", "moratorium"),
        ("/pledges?pledgor=%3E%20%7D%20DROP", "invalid-parameter", "there is no company"),
        ("/pledges?cursor=nonsense", "invalid-parameter", "rel=next"),
        ("/pledges?limit=501", "invalid-parameter", "limit"),
        ("/pledges?limit=0", "invalid-parameter", "limit"),
        ("/companies?knownAsOf=2020-06-12", "unknown-parameter", "knownAsOf"),
        (f"/pledges/{AMAZON}?onn=2020-06-12", "unknown-parameter", "did you mean 'on'"),
    ],
)
def test_a_bad_parameter_is_refused_and_named(
    client: TestClient, address: str, kind: str, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.json()["type"].endswith(kind)
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("value", ['x" } # ', "x\\", "<x>", "'", "\N{SNOWMAN}", "$value", "\x00"])
def test_no_value_of_a_filter_changes_the_query(client: TestClient, value: str) -> None:
    for name in ("source", "pledgor", "kind"):
        answer = client.get("/pledges", params={name: value})
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("invalid-parameter")


def test_an_alias_leads_to_the_name_with_format_and_parameters(client: TestClient) -> None:
    for given, wanted in (
        ("/companies/amazon", "/companies/cik-0001018724"),
        ("/companies/amazon.ttl", "/companies/cik-0001018724.ttl"),
        ("/companies/amazon?format=turtle", "/companies/cik-0001018724?format=turtle"),
        ("/organizations/amazon", "/companies/cik-0001018724"),
        ("/legislators/ed-markey", "/legislators/bioguide-M000133"),
    ):
        answer = client.get(given)
        assert (answer.status_code, answer.headers["location"]) == (308, wanted)


def test_a_thing_that_is_no_item_is_shown_where_it_is_and_nothing_is_404(
    client: TestClient,
) -> None:
    elsewhere = client.get("/legislators/matt-cagle")
    assert (elsewhere.status_code, elsewhere.headers["location"]) == (303, "/doc/person/matt-cagle")
    assert client.get("/pledges/nobody-2020").status_code == 404
    assert client.get("/pledges/nobody-2020/status").status_code == 404


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
        ("jsonld", "application/ld+json"),
        ("json", "application/json"),
        ("html", "text/html"),
    ],
)
def test_an_item_comes_in_each_format_by_suffix_accept_and_name(
    client: TestClient, suffix: str, media_type: str
) -> None:
    address = f"/pledges/{AMAZON}"
    for answer in (
        client.get(f"{address}.{suffix}"),
        client.get(address, headers={"Accept": media_type}),
        client.get(address, params={"format": suffix}),
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media_type)
        assert f'</doc/pledge/{AMAZON}>; rel="canonical"' in answer.headers["link"]
        assert "Thorn" in answer.text


def test_a_format_that_is_not_served_is_406(client: TestClient) -> None:
    for address in ("/pledges", f"/pledges/{AMAZON}"):
        answer = client.get(address, headers={"Accept": "image/png"})
        assert answer.status_code == 406
        assert "application/json" in answer.json()["available"]
