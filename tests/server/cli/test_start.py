"""What stops a start, told in one line that names the variable."""

import socket
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from typer.testing import CliRunner

from gateway.counters.journal import Journal
from server.cli.main import app
from server.runtime.serving import note_port
from tests.kit.services import free_port

NO_REDIS = "redis://127.0.0.1:1/0"


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


def test_a_port_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        for words in (["serve"], ["serve", "--workers", "2"], ["gateway"]):
            env = {"GATEHOUSE_DATA_DIR": str(tmp_path), "GATEHOUSE_REDIS_URL": NO_REDIS}
            result = CliRunner().invoke(app, [*words, "--port", str(port)], env=env)

            assert result.exit_code == 1
            assert result.output == (
                f"Port {port} on 127.0.0.1 is in use by another program. Stop it, or use --port.\n"
            )
            assert not list(tmp_path.iterdir()), "the next start is the first one"


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x..y", "ü" * 70])
def test_an_address_of_another_machine_is_told(host: str, tmp_path: Path) -> None:
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path)}

    result = CliRunner().invoke(app, ["serve", "--host", host, "--port", "1"], env=env)

    assert result.exit_code == 2
    assert f"--host: {host!r} is no address of this machine." in result.output
    assert result.output.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_metrics_address_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        env = {"GATEHOUSE_DATA_DIR": str(tmp_path), "GATEHOUSE_METRICS_ADDRESS": address}

        result = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=env)

    assert result.exit_code == 2
    assert "GATEHOUSE_METRICS_ADDRESS" in result.output
    assert not list(tmp_path.iterdir())


def test_a_postgresql_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://joe:hunter2@127.0.0.1:{free_port()}/x"
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path), "GATEHOUSE_DATABASE_URL": url}

    result = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=env)

    assert result.exit_code == 1
    assert result.output.startswith("GATEHOUSE_DATABASE_URL: the database cannot be opened: ")
    assert result.output.endswith("Start it, or mend the address.\n")
    assert result.output.count("\n") == 1
    assert "hunter2" not in result.output


@pytest.mark.parametrize("name", ["gatehouse.db", "secret.key", "journal", "first-start.json"])
def test_what_is_in_the_place_of_a_file_of_ours_is_named(name: str, tmp_path: Path) -> None:
    in_the_way = tmp_path / name
    in_the_way.write_text("x") if name == "journal" else in_the_way.mkdir()
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path)}

    result = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=env)

    assert result.exit_code == 1
    assert result.output.startswith("GATEHOUSE_DATA")
    assert result.output.count("\n") == 1
    assert "log in" not in result.output


def test_a_database_of_another_program_is_left_alone(database_url: str, tmp_path: Path) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path / "data"), "GATEHOUSE_DATABASE_URL": database_url}

    result = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=env)

    assert result.exit_code == 1
    assert "this database holds something else (the table 'theirs')" in result.output
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["theirs"]
    engine.dispose()


def test_a_database_that_was_cut_is_told_in_a_line(tmp_path: Path) -> None:
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path)}
    CliRunner().invoke(app, ["migrate"], env=env)
    file = tmp_path / "gatehouse.db"
    for left_over in tmp_path.glob("gatehouse.db-*"):
        left_over.unlink()
    file.write_bytes(file.read_bytes()[:20_000])

    result = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=env)

    assert result.exit_code == 1
    assert result.output.startswith("GATEHOUSE_DATABASE_URL: the database cannot be opened: ")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["export", "x"],
        ["worker"],
        ["provider", "reset-password"],
        ["gateway", "bundle", "--service", "api", "--environment", "staging", "--out", "x"],
    ],
)
def test_a_command_in_a_wrong_folder_makes_nothing(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GATEHOUSE_DATA_DIR", raising=False)

    result = CliRunner().invoke(app, words)

    assert result.exit_code == 2
    assert f"there is no installation in {tmp_path / 'var'}." in result.output
    assert not list(tmp_path.iterdir())


def test_the_version_is_that_of_the_sources() -> None:
    result = CliRunner().invoke(app, ["--version"])

    assert result.exit_code == 0
    project = Path(__file__).parents[3] / "pyproject.toml"
    assert f'version = "{result.output.removeprefix("gatehouse ").strip()}"' in project.read_text()


def test_settings_tell_the_address_that_is_served(tmp_path: Path) -> None:
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path)}
    note_port(tmp_path, 9123)

    shown = CliRunner().invoke(app, ["settings"], env=env).output
    set_by_hand = (
        CliRunner()
        .invoke(app, ["settings"], env=env | {"GATEHOUSE_PUBLIC_URL": "https://x.example"})
        .output
    )

    assert "GATEHOUSE_PUBLIC_URL=http://localhost:9123  (default, on port 9123)\n" in shown
    assert "GATEHOUSE_PUBLIC_URL=https://x.example  (environment)\n" in set_by_hand


def test_a_redis_that_is_not_there_is_named(tmp_path: Path) -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path), "GATEHOUSE_REDIS_URL": url}

    result = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=env)

    assert result.exit_code == 1
    assert "GATEHOUSE_REDIS_URL: Redis does not answer" in result.output


def test_a_second_embedded_process_is_told_the_ways_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.open()

    words = ["serve", "--port", str(free_port())]
    result = CliRunner().invoke(app, words, env={"GATEHOUSE_DATA_DIR": str(tmp_path)})

    journal.close()
    assert result.exit_code == 1
    assert "GATEHOUSE_DATA_DIR" in result.output
    assert "GATEHOUSE_REDIS_URL" in result.output


@pytest.mark.parametrize("words", [["migrate"], ["serve", "--port", "{port}"]])
def test_a_data_directory_that_cannot_be_used_is_named(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    env = {"GATEHOUSE_DATA_DIR": str(tmp_path / "file" / "data")}

    line = [word.format(port=free_port()) for word in words]
    result = CliRunner().invoke(app, line, env=env)

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
