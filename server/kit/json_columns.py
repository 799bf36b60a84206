"""What a query asks of a JSON column, the same on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class json_pairs(FunctionElement[Any]):  # noqa: N801 - named as functions of SQL are
    """The names and values of a JSON object, as rows with the columns `key` and `value`."""

    name = "json_pairs"
    inherit_cache = True
    type = Text()


@compiles(json_pairs, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kwargs)})"


@compiles(json_pairs, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"json_each_text({compiler.process(element.clauses, **kwargs)})"
