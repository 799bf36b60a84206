"""What a search found."""

from cms.content.search import Result, Results
from cms.liquid.drops.drop import Drop


class ResultDrop(Drop[Result]):
    """One result. Source: reference-portal 2.3."""

    shows = ("title", "kind", "url", "description")


class SearchDrop(Drop[Results]):
    """The results, the best first. Source: reference-portal 2.3."""

    shows = ("query", "total_found", "results")
    attributes = {"results": "found"}

    @property
    def total_found(self) -> int:
        """How much fits in all."""
        return self.model.total

    @property
    def found(self) -> list[ResultDrop]:
        """The best of it."""
        return [ResultDrop(each, self.data) for each in self.model.results]
