"""What a search found."""

from cms.content.search import Result, Results
from cms.liquid.drops.drop import Drop


class ResultDrop(Drop[Result]):
    """One result. Source: reference-portal 2.3.

    Example: {% for result in search.results %}<a href="{{ result.url }}">{{ result.title }}</a>
    {% endfor %}
    """

    shows = ("title", "kind", "url", "description")
    says = {
        "kind": "`page`, `operation` or `topic`.",
        "url": "Where it is.",
        "description": "The part of its text that fits.",
    }


class SearchDrop(Drop[Results]):
    """The results, the best first. Source: reference-portal 2.3.

    Example: {{ search.total_found }} for {{ search.query }}
    """

    shows = ("query", "total_found", "results")
    attributes = {"results": "found"}
    says = {"query": "What was looked for."}

    @property
    def total_found(self) -> int:
        """How much fits in all."""
        return self.model.total

    @property
    def found(self) -> list[ResultDrop]:
        """The best of it."""
        return [ResultDrop(each, self.data) for each in self.model.results]
