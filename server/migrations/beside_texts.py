"""What stands beside the texts of rows, written by triggers: however the other row was changed.

An account has the texts of its people beside it, or a mark when they are so many that each further
one would write a long text anew. An application has the name of its organisation.
"""

from collections.abc import Mapping

from server.domain.search import FIELDS, MANY_PEOPLE, PEOPLE_BESIDE


def _words(letter: str, **others: str) -> Mapping[str, str]:
    """Tell what a database calls things; `letter` makes one of its number."""
    feed, fields = f"{letter}(10)", f"{letter}({ord(FIELDS)})"
    return {
        "fields": fields,
        "many": f"{letter}({ord(MANY_PEOPLE)})",
        "most": str(PEOPLE_BESIDE),
        "organisation": f"{feed} || sort_name || {feed} || {feed} || {fields}",
        **others,
    }


WORDS: Mapping[str, Mapping[str, str]] = {
    "sqlite": _words(
        "char",
        together="group_concat",
        names=f"substr(search_text, 1, instr(search_text, char({ord(FIELDS)})) - 1)",
        values=f"substr(search_text, instr(search_text, char({ord(FIELDS)})) + 1)",
    ),
    "postgresql": _words(
        "chr",
        together="string_agg",
        names=f"split_part(search_text, chr({ord(FIELDS)}), 1)",
        values=f"split_part(search_text, chr({ord(FIELDS)}), 2)",
    ),
}
PEOPLE = """
UPDATE accounts SET beside_text = (
  SELECT CASE WHEN count(*) > {most} THEN {many}
    ELSE coalesce({together}({names}, ''), '') || {fields} || coalesce({together}({values}, ''), '')
    END
  FROM (
    SELECT search_text FROM users WHERE account_id = accounts.id LIMIT {most} + 1
  ) AS people
)"""
ORGANISATION = """
UPDATE applications SET beside_text = (
  SELECT {organisation} FROM accounts WHERE accounts.id = applications.account_id
)"""
FILL = (PEOPLE, ORGANISATION)

# By its name: its moment, and which rows are written.
SQLITE: Mapping[str, tuple[str, str]] = {
    "people_came": (
        "AFTER INSERT ON users WHEN new.account_id IS NOT NULL",
        f"{PEOPLE} WHERE id = new.account_id",
    ),
    "people_went": (
        "AFTER DELETE ON users WHEN old.account_id IS NOT NULL",
        f"{PEOPLE} WHERE id = old.account_id",
    ),
    "people_changed": (
        "AFTER UPDATE OF search_text, account_id ON users",
        f"{PEOPLE} WHERE id IN (old.account_id, new.account_id)",
    ),
    "organisation_changed": (
        "AFTER UPDATE OF sort_name ON accounts",
        f"{ORGANISATION} WHERE account_id = new.id",
    ),
    "application_moved": (
        "AFTER UPDATE OF account_id ON applications",
        f"{ORGANISATION} WHERE id = new.id",
    ),
}
# Whoever changes what two rows are made of waits for the other, and then sees what he wrote.
POSTGRES = (
    f"""
CREATE OR REPLACE FUNCTION write_people_beside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM accounts WHERE id IN (old.account_id, new.account_id)
    ORDER BY id FOR NO KEY UPDATE;
  {PEOPLE} WHERE id IN (old.account_id, new.account_id);
  RETURN NULL;
END $$""",
    f"""
CREATE OR REPLACE FUNCTION write_organisation_beside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {ORGANISATION} WHERE account_id = new.id;
  RETURN NULL;
END $$""",
    """
CREATE OR REPLACE FUNCTION take_organisation_beside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT {organisation} INTO new.beside_text FROM accounts WHERE id = new.account_id FOR SHARE;
  RETURN new;
END $$""",
    """
CREATE TRIGGER people_beside AFTER INSERT OR DELETE OR UPDATE OF search_text, account_id
ON users FOR EACH ROW EXECUTE FUNCTION write_people_beside()""",
    """
CREATE TRIGGER organisation_beside AFTER UPDATE OF sort_name ON accounts
FOR EACH ROW WHEN (old.sort_name <> new.sort_name) EXECUTE FUNCTION write_organisation_beside()""",
    """
CREATE TRIGGER organisation_beside BEFORE INSERT OR UPDATE OF account_id ON applications
FOR EACH ROW EXECUTE FUNCTION take_organisation_beside()""",
)


def in_words(statement: str, dialect: str) -> str:
    """Write a statement in the words of a database."""
    return statement.format_map(WORDS[dialect])
