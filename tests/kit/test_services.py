"""The servers of the tests start, answer, and are gone afterwards."""

import socket
import urllib.request

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.kit.services import PostgreSQL, running_nginx


def test_every_database_url_leads_to_an_empty_database(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.connect() as connection:
        answer = connection.execute(text("SELECT 1")).scalar_one()

    assert answer == 1
    engine.dispose()


@pytest.mark.postgres
def test_a_dropped_database_is_gone_although_someone_was_connected(
    postgres_server: PostgreSQL,
) -> None:
    name = postgres_server.create_database()
    address = f"host=127.0.0.1 port={postgres_server.port} user=gatehouse dbname={name}"

    with psycopg.connect(address):
        postgres_server.drop_database(name)

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(address)


@pytest.mark.nginx
def test_nginx_answers_and_stops() -> None:
    with running_nginx('location / { return 200 "here"; }') as port:
        body = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()

    assert body == b"here"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
