"""What stops a start, told in one line that names the variable."""

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
