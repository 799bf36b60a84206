"""What stops a start, told in one line that names the variable."""

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.counters.journal import Journal
from server.cli.main import app
from tests.kit.services import free_port


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        (["serve", "--workers", "2"], {}, "--workers above 1 needs GATEHOUSE_REDIS_URL"),
        (["gateway"], {}, "gatehouse gateway needs GATEHOUSE_REDIS_URL"),
        (["serve", "--workers", "0"], {}, "--workers"),
        (["serve"], {"GATEHOUSE_REDIS_URL": "localhost"}, "GATEHOUSE_REDIS_URL must be like"),
        (["serve"], {"GATEHOUSE_LOG": "loud"}, "GATEHOUSE_LOG must be"),
    ],
)
def test_what_cannot_work_is_refused(
    words: list[str], env: dict[str, str], said: str, tmp_path: Path
) -> None:
    result = CliRunner().invoke(app, words, env={"GATEHOUSE_DATA_DIR": str(tmp_path), **env})

    assert result.exit_code == 2
    assert said in result.output
    assert not list(tmp_path.iterdir())


def test_a_redis_that_is_not_there_is_named(tmp_path: Path) -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path), "GATEHOUSE_REDIS_URL": url}

    result = CliRunner().invoke(app, ["serve"], env=env)

    assert result.exit_code == 1
    assert "GATEHOUSE_REDIS_URL: Redis does not answer" in result.output


def test_a_second_embedded_process_is_told_the_ways_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.open()

    result = CliRunner().invoke(app, ["serve"], env={"GATEHOUSE_DATA_DIR": str(tmp_path)})

    journal.close()
    assert result.exit_code == 1
    assert "GATEHOUSE_DATA_DIR" in result.output
    assert "GATEHOUSE_REDIS_URL" in result.output


@pytest.mark.parametrize("words", [["migrate"], ["serve"], ["worker"], ["export", "x"]])
def test_a_data_directory_that_cannot_be_used_is_named(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path / "file" / "data")}

    result = CliRunner().invoke(app, words, env=env)

    assert result.exit_code == 1
    assert result.output.startswith("GATEHOUSE_DATA_DIR: ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize("content", [b"", b"too short", b"x" * 33])
def test_a_damaged_master_key_stops_the_start(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(content)

    result = CliRunner().invoke(app, ["migrate"], env={"GATEHOUSE_DATA_DIR": str(tmp_path)})

    assert result.exit_code == 1
    assert "holds no key of 32 bytes" in result.output


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "gatehouse.db").write_bytes(b"no database" * 1_000)

    result = CliRunner().invoke(app, ["migrate"], env={"GATEHOUSE_DATA_DIR": str(tmp_path)})

    assert result.exit_code == 1
    assert result.output.startswith("GATEHOUSE_DATABASE_URL: the database cannot be opened: ")


def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path)}
    CliRunner().invoke(app, ["migrate"], env=env)
    with sqlite3.connect(tmp_path / "gatehouse.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999_later'")

    result = CliRunner().invoke(app, ["migrate"], env=env)

    assert result.exit_code == 1
    assert "a later version has been here (step '9999_later')" in result.output


def test_settings_show_no_password(tmp_path: Path) -> None:
    env = {
        "GATEHOUSE_DATA_DIR": str(tmp_path / "a?b#c"),
        "GATEHOUSE_REDIS_URL": "redis://h/1?password=hunter2",
        "GATEHOUSE_SMTP_URL": "smtp://u:hunter%322@h",
        "GATEHOUSE_DATABASE_URL": "postgresql://u:hunter2@h/x?sslpassword=hunter2",
        "GATEHOUSE_METRICS_TOKEN": "hunter2hunter2hunter2",
    }

    result = CliRunner().invoke(app, ["settings"], env=env)

    assert result.exit_code == 0
    assert "hunter" not in result.output
    assert "redis://h/1?password=***" in result.output


def test_a_data_directory_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20d"

    result = CliRunner().invoke(app, ["migrate"], env={"GATEHOUSE_DATA_DIR": str(folder)})

    assert result.exit_code == 0
    assert (folder / "gatehouse.db").is_file()
