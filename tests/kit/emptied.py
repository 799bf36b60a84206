"""One PostgreSQL database that many tests use in turn: emptied and furnished in one way each."""

import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Engine, create_engine, text

# Whoever may do everything need not keep the order of the tables.
EMPTY = """
DO $$ DECLARE name text; has_rows boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM public.' || name || ')' INTO has_rows;
    IF has_rows THEN EXECUTE 'DELETE FROM public.' || name; END IF;
  END LOOP;
END $$
"""
KEEP = """
DO $$ DECLARE name text; has_rows boolean; BEGIN
  CREATE SCHEMA {seed};
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM public.' || name || ')' INTO has_rows;
    IF has_rows THEN
      EXECUTE format('CREATE TABLE {seed}.%s AS TABLE public.%s', name, name);
    END IF;
  END LOOP;
END $$
"""
FURNISH = """
DO $$ DECLARE name text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = '{seed}' LOOP
    EXECUTE format('INSERT INTO public.%s SELECT * FROM {seed}.%s', name, name);
  END LOOP;
END $$
"""
NUMBER_FROM_1 = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
NUMBERS = """
SELECT format('%I.%I', schemaname, sequencename), last_value
FROM pg_sequences WHERE last_value IS NOT NULL
"""
NUMBER_ON = """
SELECT setval(CAST(key AS regclass), CAST(value AS bigint))
FROM json_each_text(CAST(:numbers AS json))
"""
IS_EMPTY = "SELECT NOT EXISTS (SELECT FROM providers)"


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: bytes  # pickled
    numbers: Mapping[str, int]  # the last one that each sequence has given


_untouched: set[str] = set()
_kept: dict[tuple[str, str], _Kept] = {}


@cache
def _engine_of(url: str) -> Engine:
    return create_engine(url, pool_pre_ping=True)


def empty(url: str) -> None:
    """Take all rows out of a migrated database, and have their numbers begin with 1."""
    with _engine_of(url).begin() as connection:
        connection.execute(text(EMPTY))
        connection.execute(text(NUMBER_FROM_1))
    _untouched.add(url)


def furnish(url: str, name: str, make: Callable[[], object]) -> object:
    """Do what `make` does to a database that was just emptied; after the first time, copy its rows.

    Its answer is the first one's, copied. Any other database is left to `make`.
    """
    if url not in _untouched:
        return make()
    _untouched.remove(url)
    with _engine_of(url).connect() as connection:
        if not connection.execute(text(IS_EMPTY)).scalar_one():
            return make()
    seed = f"seed_{name.lower()}"
    if (url, seed) not in _kept:
        _kept[url, seed] = _keep(url, seed, make)
    else:
        _copy(url, seed, _kept[url, seed].numbers)
    return pickle.loads(_kept[url, seed].answer)  # noqa: S301 - our own, of a moment ago


def _keep(url: str, seed: str, make: Callable[[], object]) -> _Kept:
    answer = make()
    with _engine_of(url).begin() as connection:
        connection.execute(text(KEEP.format(seed=seed)))
        numbers = {row[0]: row[1] for row in connection.execute(text(NUMBERS))}
    return _Kept(pickle.dumps(answer), numbers)


def _copy(url: str, seed: str, numbers: Mapping[str, int]) -> None:
    with _engine_of(url).begin() as connection:
        connection.execute(text(FURNISH.format(seed=seed)))
        connection.execute(text(NUMBER_ON), {"numbers": json.dumps(numbers)})
