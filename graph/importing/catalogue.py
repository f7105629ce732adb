"""Data sets that are published: where, and as which version, by the digest of the file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


def catalogued(digest: str) -> dict[str, str]:
    """Return ``url`` and ``version`` of the file with a SHA-256, or nothing if it is not known."""
    return _catalogue().get(digest, {})


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = (files("pledgegraph.graph.importing") / "catalogue.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for published in yaml.safe_load(text):
        place = {key: published[key] for key in ("url", "version") if key in published}
        found |= dict.fromkeys(published["files"].values(), place)
    return found
