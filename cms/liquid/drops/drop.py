"""What templates see of a row: the names in `shows` and nothing else. Source: style pair 7."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from cms.liquid.drops.render_data import RenderData
from server.kit.zones import zone_of

Model = TypeVar("Model")
MOMENTS = "_at"  # how names of moments end; the days and hours of statistics are those of UTC


class Drop(Mapping[str, object], Generic[Model]):
    """An allow-list over a model.

    A name of `shows` is a property of the drop, else a field of the model; `live?` is the
    property `live`. Properties never write; each is computed once.
    """

    shows: ClassVar[tuple[str, ...]] = ()
    attributes: ClassVar[Mapping[str, str]] = {}  # for names that a Mapping uses itself
    aliases: ClassVar[Mapping[str, str]] = {}  # names of old templates -> what they are now
    # For the reference, of fields that are the model's: what they are, and a type it can't find.
    says: ClassVar[Mapping[str, str]] = {}
    types: ClassVar[Mapping[str, str]] = {}
    _places: ClassVar[dict[str, tuple[str, bool]]] = {}

    def __init__(self, model: Model, data: RenderData) -> None:
        self.model = model
        self.data = data
        self._known: dict[str, object] = {}

    def __getstate__(self) -> dict[str, object]:
        """Leave out what was computed: another process has rows of its own."""
        return {**self.__dict__, "_known": {}}

    def __init_subclass__(cls) -> None:
        """Give each kind of drop a memory of where its names are found."""
        super().__init_subclass__()
        cls._places = {}

    def __getitem__(self, name: str) -> object:
        if name in self._known:
            return self._known[name]
        attribute, is_own = self._places.get(name) or self._place_of(name)
        value = getattr(self if is_own else self.model, attribute)
        if isinstance(value, datetime) and attribute.endswith(MOMENTS):
            value = self._by_our_clock(value)
        self._known[name] = value
        return value

    @classmethod
    def _place_of(cls, name: str) -> tuple[str, bool]:
        """Find the attribute of a name, and whether the drop itself has it. Raises: KeyError."""
        shown = cls.aliases.get(name, name)
        if shown not in cls.shows:
            raise KeyError(name)
        attribute = cls.attributes.get(shown, shown.removesuffix("?"))
        place = cls._places[name] = (attribute, hasattr(cls, attribute))
        return place

    def _by_our_clock(self, moment: datetime) -> datetime:
        """Tell a moment in the provider's zone."""
        return moment.astimezone(zone_of(self.data.provider.timezone))

    def __iter__(self) -> Iterator[str]:
        return iter(self.shows)

    def __len__(self) -> int:
        return len(self.shows)

    def __contains__(self, name: object) -> bool:
        return name in self.shows or name in self.aliases

    def __str__(self) -> str:
        return str(self["name"]) if "name" in self.shows else ""

    def __repr__(self) -> str:
        return type(self).__name__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Drop) and type(self) is type(other) and self.model == other.model

    def __hash__(self) -> int:
        return hash((type(self), id(self.model)))


def number_of(row: object, name: str = "id") -> int | None:
    """Read an id; None for that of a row that a form is only about to make."""
    found = getattr(row, name, None)
    return found if isinstance(found, int) else None
