"""Queries are answered in worker processes that can be killed, and that reach no other host."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from pledgegraph.graph import errors, guard
from pledgegraph.graph.engine import MEBIBYTE, Budget, EmbeddedEngine, rows, triples

from .workers.served import GREEDY, RUNAWAY, write_release

NESTED = "SELECT * WHERE " + "{" * 6000 + "}" * 6000
BUDGET = Budget(workers=2, queue=4, wait=2, deadline=1, memory=250 * MEBIBYTE, result=MEBIBYTE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    write_release(folder, 1)
    return folder


@pytest.fixture
def engine(home: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(home, BUDGET)
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("query", "kind", "media_type"),
    [
        ("ASK { <urn:x:1> ?p ?o }", "boolean", "application/sparql-results+json"),
        ("SELECT ?o { <urn:x:1> ?p ?o }", "solutions", "application/sparql-results+json"),
        ("DESCRIBE <urn:x:1>", "graph", "application/n-triples"),
        ("CONSTRUCT WHERE { <urn:x:1> ?p ?o }", "graph", "application/n-triples"),
    ],
)
def test_each_form_of_query_says_its_kind_and_media_type(
    engine: EmbeddedEngine, query: str, kind: str, media_type: str
) -> None:
    answer = engine.query(query)
    assert (answer.kind, answer.media_type, answer.release) == (kind, media_type, 1)


def test_the_media_type_is_taken_for_the_form_that_the_query_turns_out_to_have(
    engine: EmbeddedEngine,
) -> None:
    formats = {"solutions": "text/csv", "graph": "text/turtle"}
    assert engine.query("SELECT ?o { <urn:x:1> ?p ?o }", formats).body == b"o\r\n2\r\n"
    with pytest.raises(errors.UnacceptableResultError):
        engine.query("ASK {}", formats)


def test_rows_and_triples_are_parsed_for_the_projects_own_look_ups(
    engine: EmbeddedEngine,
) -> None:
    assert rows(engine, "SELECT ?o ?none { <urn:x:1> ?p ?o }") == [{"o": ox.Literal(2)}]
    (triple,) = triples(engine, "DESCRIBE <urn:x:1>")
    assert triple.object == ox.Literal(2)


def test_given_graphs_replace_the_default_graph_and_the_named_ones(
    engine: EmbeddedEngine,
) -> None:
    default, named = "SELECT ?o { ?s ?p ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    for query, graphs in (
        (default, {"default_graphs": ["urn:x:graph"], "named_graphs": []}),
        (named, {"default_graphs": [], "named_graphs": ["urn:x:graph"]}),
    ):
        answer = engine.query(query, {"solutions": "text/csv"}, **graphs)
        assert answer.body == b"o\r\nsaid\r\n"
    with pytest.raises(errors.UnsupportedQueryError):
        engine.query(default, default_graphs=["not an IRI"])


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELECT *\nWHERE { ?s foaf:name ?o }", 2, 12, "foaf: is not declared"),
        ("SELECT * { ?s a:b ?o } # x:y\nBASE <x:y>", 1, 15, "a: is not declared"),
        ("PREFIX a: <urn:a> SELECT * { _:b a:c 'x:y' ", 1, 44, "expected"),
        ("SELECT ?x { ?s ?p ?x } GROUP BY ?s", 1, 35, "variable that is unbound"),
        ("SELECT * {} LIMIT one", 1, 19, "expected"),
        ("", 1, 1, "ends too early"),
    ],
)
def test_a_syntax_error_names_line_column_and_reason(
    engine: EmbeddedEngine, query: str, line: int, column: int, reason: str
) -> None:
    with pytest.raises(errors.QuerySyntaxError) as caught:
        engine.query(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <urn:a> <urn:b> 1 }", "PREFIX a: <urn:a>\nclear all", "LOAD <http://x/>"],
)
def test_an_update_is_refused_as_an_update(engine: EmbeddedEngine, update: str) -> None:
    with pytest.raises(errors.UpdateRefusedError):
        engine.query(update)


def test_a_runaway_query_is_gone_at_its_deadline_and_the_next_is_answered(
    engine: EmbeddedEngine,
) -> None:
    start = time.monotonic()
    with pytest.raises(errors.QueryTimeoutError):
        engine.query(RUNAWAY)
    assert time.monotonic() - start < BUDGET.deadline + 1
    assert engine.query("ASK {}").kind == "boolean"


def test_a_query_beyond_its_memory_is_stopped_and_the_next_is_answered(
    engine: EmbeddedEngine,
) -> None:
    with pytest.raises(errors.QueryMemoryError):
        engine.query(GREEDY, deadline=30)
    assert engine.query("ASK {}").kind == "boolean"


def test_a_query_that_overflows_the_parsers_stack_ends_only_its_worker(home: Path) -> None:
    unlimited = EmbeddedEngine(home, Budget(limits=guard.Limits.none()))
    with pytest.raises(errors.QueryCrashError):
        unlimited.query(NESTED)
    assert unlimited.query("ASK {}").kind == "boolean"
    unlimited.close()


def test_the_guard_keeps_such_a_query_from_the_parser(engine: EmbeddedEngine) -> None:
    with pytest.raises(errors.QueryBudgetError):
        engine.query(NESTED)


def test_a_result_beyond_its_budget_is_refused_whole(engine: EmbeddedEngine) -> None:
    with pytest.raises(errors.ResultTooLargeError):
        engine.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", deadline=30)


def test_a_query_waits_for_a_worker_and_is_refused_when_the_queue_is_full(home: Path) -> None:
    budget = Budget(workers=1, quick=1, queue=1, wait=5, deadline=1.5, slow_after=9)
    engine = EmbeddedEngine(home, budget)
    engine.query("ASK {}")
    with ThreadPoolExecutor() as threads:
        running = threads.submit(engine.query, RUNAWAY)
        time.sleep(0.3)
        waiting = threads.submit(engine.query, "ASK {}")
        time.sleep(0.3)
        with pytest.raises(errors.EngineBusyError):
            engine.query("ASK {}")
        assert waiting.result().kind == "boolean"
        assert isinstance(running.exception(), errors.QueryTimeoutError)
    engine.close()


def test_a_home_without_a_release_says_so(tmp_path: Path) -> None:
    with pytest.raises(errors.NoReleaseError):
        EmbeddedEngine(tmp_path).query("ASK {}")


def test_a_release_that_does_not_open_says_so(tmp_path: Path) -> None:
    (tmp_path / "releases" / "000001").mkdir(parents=True)
    with pytest.raises(errors.DamagedReleaseError, match=r"manifest\.json can't be read"):
        EmbeddedEngine(tmp_path).query("ASK {}")


def test_a_new_release_is_taken_up_while_a_running_query_ends_on_its_own(tmp_path: Path) -> None:
    write_release(tmp_path, 1, size=1000)
    engine = EmbeddedEngine(tmp_path, Budget(deadline=20))
    slow = "SELECT (COUNT(*) AS ?n) (MIN(?c) AS ?low) { ?a ?b ?c . ?d ?e ?f }"
    with ThreadPoolExecutor() as threads:
        running = threads.submit(engine.query, slow)
        while not engine.statistics().running.total():
            time.sleep(0.01)
        write_release(tmp_path, 2, size=10)
        assert engine.query("ASK {}").release == 2
        assert rows(engine, "SELECT (MIN(?c) AS ?low) { ?a ?b ?c }") == [{"low": ox.Literal(2)}]
        assert running.result().release == 1
    engine.close()


def test_answering_writes_nothing_into_the_release(home: Path, engine: EmbeddedEngine) -> None:
    def state() -> set[tuple[str, int, int]]:
        files = (home / "releases").rglob("*")
        return {(f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in files}

    before = state()
    engine.query("SELECT * { ?s ?p ?o } LIMIT 10")
    assert state() == before


def children() -> set[str]:
    """The processes that this one has started, whichever of its threads did."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}


def test_closing_the_engine_leaves_no_process_behind(home: Path) -> None:
    engine = EmbeddedEngine(home)
    engine.query("ASK {}")
    before = children()
    engine.close()
    assert len(before - children()) == 1


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_service_is_refused_and_reaches_no_host(
    engine: EmbeddedEngine, listener: socket.socket, silent: str
) -> None:
    port = listener.getsockname()[1]
    query = f"SELECT * {{\n SERVICE {silent}<http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    with pytest.raises(errors.UnsupportedQueryError) as caught:
        engine.query(query)
    assert (caught.value.line, caught.value.column) == (2, 2)
    with pytest.raises(TimeoutError):
        listener.accept()


def test_the_kernel_refuses_the_network_even_if_service_were_overlooked(
    home: Path, listener: socket.socket
) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    store = home / "releases" / "000001" / "store"
    program = f"""
import socket, pyoxigraph
from pledgegraph.graph import sandbox
store = pyoxigraph.Store.read_only({str(store)!r})
assert sandbox.deny_network()
try:
    list(store.query("SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
except OSError as error:
    print(type(error).__name__)
try:
    socket.socket()
except PermissionError as error:
    print(type(error).__name__)
print(bool(store.query("ASK {{ ?s ?p ?o }}")))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["PermissionError", "PermissionError", "True"]
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_query_names_only_graphs_that_the_release_holds(engine: EmbeddedEngine) -> None:
    assert engine.query("ASK FROM <urn:x:graph> FROM NAMED <urn:x:graph> {}").kind == "boolean"
    with pytest.raises(errors.UnheldGraphError) as caught:
        engine.query("ASK FROM <urn:x:graph>\nFROM NAMED <urn:x:other> {}")
    error = caught.value
    assert (error.rule, error.line, error.column) == ("graph", 2, 12)
    assert error.remedy
    with pytest.raises(errors.UnheldGraphError):
        engine.query("ASK {}", named_graphs=["urn:x:other"])


def test_the_limits_of_the_budget_are_those_of_the_worker(home: Path) -> None:
    engine = EmbeddedEngine(home, Budget(limits=guard.Limits(depth=2)))
    with pytest.raises(errors.QueryBudgetError) as caught:
        engine.query("ASK { { { } } }")
    engine.close()
    assert (caught.value.rule, caught.value.line, caught.value.column) == ("depth", 1, 9)


def test_only_a_result_in_xml_has_no_control_characters(engine: EmbeddedEngine) -> None:
    text = "SELECT ('\\u0001' AS ?x) {}"
    assert engine.query(text, {"solutions": "text/csv"}).body == b"x\r\n\x01\r\n"
    with pytest.raises(errors.UnacceptableResultError, match="XML"):
        engine.query(text, {"solutions": "application/sparql-results+xml"})


def test_a_worker_is_given_no_settings_or_secrets(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGEGRAPH_WORD", "hidden")
    engine = EmbeddedEngine(home)
    engine.query("ASK {}")
    environments = [Path(f"/proc/{child}/environ").read_bytes() for child in children()]
    engine.close()
    assert environments
    assert not any(b"hidden" in environment for environment in environments)
