"""Numbers about the server in Prometheus's text format."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pledgegraph.api.recent import Recent
from pledgegraph.graph.engine import Engine
from pledgegraph.graph.errors import EngineError

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """What is counted for one application."""

    def __init__(self, engine: Engine, memory: Recent[Any, Any]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pledgegraph_requests",
            "Requests by pattern of the address and status; 499 is a client that did not wait.",
            ["route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "pledgegraph_request_seconds",
            "Time from a request to the end of its answer.",
            ["route"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._cut = Counter(
            "pledgegraph_answers_cut",
            "Answers that were broken off after their beginning had been sent.",
            registry=self._registry,
        )
        self._registry.register(EngineMetrics(engine, memory))

        self._of_route = functools.cache(self._seconds.labels)
        self._of_answer = functools.cache(self._requests.labels)

    def count(self, route: str, status: int, seconds: float, *, is_cut: bool) -> None:
        """Count one request."""
        self._of_answer(route, status).inc()
        self._of_route(route).observe(seconds)
        if is_cut:
            self._cut.inc()

    def text(self) -> bytes:
        """Write everything."""
        return generate_latest(self._registry)


class EngineMetrics(Collector):
    """Asks the engine for its numbers when they are wanted."""

    def __init__(self, engine: Engine, memory: Recent[Any, Any]) -> None:
        self._engine = engine
        self._memory = memory

    def describe(self) -> list[Metric]:
        """Say nothing, so that registering asks nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Give the engine's numbers."""
        found, memory = self._engine.statistics(), self._memory
        running = {lane: found.running[lane] for lane in ("quick", "slow", "held")}
        yield _gauges("pledgegraph_workers_busy", "Queries at work, by lane.", "lane", running)
        yield _gauge("pledgegraph_workers_idle", "Workers that wait for a query.", found.idle)
        yield _gauge("pledgegraph_queue", "Queries that wait for a worker.", found.waiting)
        yield _count("pledgegraph_worker_starts", "Workers made ready.", found.starts)
        yield _counts("pledgegraph_kills", "Queries stopped, by reason.", found.kills)
        yield _counts("pledgegraph_refusals", "Queries refused, by reason.", found.refusals)
        yield _count("pledgegraph_cache_hits", "Answers from memory.", memory.hits)
        yield _count("pledgegraph_cache_misses", "Answers not in memory.", memory.misses)
        yield _gauge("pledgegraph_cache_bytes", "Memory for answers.", memory.bytes)
        try:
            yield _gauge("pledgegraph_release", "Number of the release.", self._engine.release())
        except EngineError:
            return


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _gauges(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _count(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(name, text, value=value)


def _counts(name: str, text: str, values: Mapping[str, float]) -> Metric:
    family = CounterMetricFamily(name, text, labels=["reason"])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
