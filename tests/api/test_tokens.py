"""Tokens: only digests are kept, they end, and they can be taken back."""

import hmac
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from pledgegraph.api import tokens
from pledgegraph.api.settings import Settings
from pledgegraph.api.tokens import Scope

PLEDGEGRAPH = Path(sys.executable).with_name("pledgegraph")
LATER = datetime(2990, 1, 1, tzinfo=UTC)


def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PLEDGEGRAPH, "token", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=variables or None,
        check=False,
    )


def test_a_secret_has_256_random_bits_and_is_not_kept(tmp_path: Path) -> None:
    token, secret = tokens.create(tmp_path, [Scope.RECORDS], LATER)
    assert len(secret.removeprefix("pgw_")) == 43  # 32 bytes in Base64
    assert secret not in (tmp_path / "tokens.json").read_text()
    assert secret not in repr(token)
    assert tokens.create(tmp_path, [Scope.RECORDS], LATER)[1] != secret


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    tokens.create(tmp_path, [Scope.RECORDS], LATER)
    assert stat.S_IMODE((tmp_path / "tokens.json").stat().st_mode) == 0o600


def test_a_secret_is_compared_with_every_token_in_constant_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = [tokens.create(tmp_path, [Scope.RECORDS], LATER)[1] for _ in range(3)]
    known, compared = tokens.read(tmp_path), []

    def compare(first: str, second: str) -> bool:
        compared.append(first)
        return first == second

    monkeypatch.setattr(hmac, "compare_digest", compare)
    assert tokens.find(secrets[0], known) == known[0]
    assert compared == [token.digest for token in known]
    assert tokens.find(f"{secrets[0]}x", known) is None


def test_a_token_ends(tmp_path: Path) -> None:
    token, _ = tokens.create(tmp_path, [Scope.RECORDS], LATER)
    assert not token.has_expired(LATER - timedelta(seconds=1))
    assert token.has_expired(LATER)


@pytest.mark.parametrize("text", ["0d", "90", "d", "-1d", "1y", "99999d", "1.5d", ""])
def test_a_length_that_is_none_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="12h, 90d or 52w"):
        tokens.parse_period(text)


def test_a_length_is_read_in_hours_days_and_weeks() -> None:
    read = [tokens.parse_period(text) for text in ("12h", "90d", "52w")]
    assert read == [timedelta(hours=12), timedelta(days=90), timedelta(weeks=52)]


@pytest.mark.parametrize("text", ["{", "{}", '{"tokens": [{}]}', '{"tokens": [3]}', "[]"])
def test_a_damaged_file_allows_nobody_and_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "tokens.json").write_text(text)
    with pytest.raises(OSError, match="restore it"):
        tokens.read(tmp_path)
    done = run("list", "--home", tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_command_makes_lists_and_revokes(tmp_path: Path) -> None:
    made = run(
        *("create", "--scope", "graphs", "--scope", "records", "--expires", "2d"),
        *("--note", "desk", "--prefix", "acme-", "--home", tmp_path),
    )
    assert (made.returncode, len(made.stdout.splitlines())) == (0, 1)
    secret = made.stdout.strip()
    listed = run("list", "--home", tmp_path).stdout
    identifier, scopes, end, limit, note = listed.strip().split("\t")
    assert (scopes, limit, note) == ("records,graphs", "acme-*", "desk")
    assert end.startswith("until ")
    assert secret not in listed
    assert tokens.find(secret, tokens.read(tmp_path))
    assert run("revoke", identifier, "--home", tmp_path).returncode == 0
    assert tokens.read(tmp_path) == []


def test_revoking_what_is_not_there_is_refused(tmp_path: Path) -> None:
    done = run("revoke", "abcd", "--home", tmp_path)
    assert done.returncode == 2
    assert "token list" in done.stderr


def test_an_unknown_scope_is_refused_naming_those_there_are(tmp_path: Path) -> None:
    done = run("create", "--scope", "all", "--home", tmp_path)
    assert done.returncode == 2
    assert "'records'" in done.stderr
    assert not (tmp_path / "tokens.json").exists()


def test_the_secret_of_the_setting_is_shown_nowhere() -> None:
    secret = "0123456789abcdef0123456789abcdef"  # noqa: S105 - an example
    settings = Settings(write_token=secret)  # type: ignore[arg-type]
    assert secret not in repr(settings) + str(settings) + settings.model_dump_json()
    assert secret not in repr(tokens.given_by_setting(secret))


def test_a_secret_that_could_be_guessed_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(write_token="hunter2")  # type: ignore[arg-type] # noqa: S106 - an example
    assert "32 characters" in str(raised.value)
    assert "hunter2" not in str(raised.value)
    done = run("list", PLEDGEGRAPH_WRITE_TOKEN="hunter2", PATH="/usr/bin", HOME="/nowhere")  # noqa: S106
    assert done.returncode == 1
    assert "PLEDGEGRAPH_WRITE_TOKEN" in done.stderr
    assert "hunter2" not in done.stderr


def test_tokens_are_written_whole(tmp_path: Path) -> None:
    tokens.create(tmp_path, [Scope.RECORDS], LATER)
    assert not (tmp_path / "tokens.json.partial").exists()
    assert json.loads((tmp_path / "tokens.json").read_text())["tokens"]
