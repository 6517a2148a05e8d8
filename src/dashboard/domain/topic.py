"""A topic page as a board writes it: its key figures, and sections of blocks under headings.

Each block names its measures and nothing of how it is drawn. What a file may write in short (named lists, the parts of
a whole) has been written out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

MONTHS, BAR_MONTHS = 36, 24  # how far back lines and bars go unless the file says otherwise
MEASURE = "matt"  # the parameter of the address that chooses among the measures of units beside each other


@dataclass(frozen=True, slots=True)
class Monthly:
    """One measure over the latest ``months``, as a line."""

    kind: ClassVar[str] = "monthly"
    indicator: str
    months: int = MONTHS


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole as stacked bars; the ``indicators`` must add up to it."""

    kind: ClassVar[str] = "parts"
    key: str
    title: str
    indicators: tuple[str, ...]
    months: int = BAR_MONTHS


@dataclass(frozen=True, slots=True)
class Units:
    """Units beside each other as a table. ``param`` is the parameter of the address that chooses the measure."""

    kind: ClassVar[str] = "units"
    indicators: tuple[str, ...]
    key: str = "enheter"
    title: str = "Enhet för enhet"
    param: str = MEASURE


@dataclass(frozen=True, slots=True)
class Panels:
    """Units beside each other as small curves. Without a ``title`` it is made from the measure."""

    kind: ClassVar[str] = "panels"
    indicators: tuple[str, ...]
    key: str = "kurvor"
    title: str = ""
    param: str = MEASURE


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table with a row for each part. ``rows`` are (name, measures), as many as ``whole`` and in its order.

    ``whole`` has "" where the rows make no whole. ``head`` names the rows.
    """

    kind: ClassVar[str] = "breakdown"
    key: str
    title: str
    head: str
    whole: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """What begins (``came``) and what ends (``left``), and what that does to the ``stock``."""

    kind: ClassVar[str] = "flows"
    key: str
    title: str
    came: str
    left: str
    stock: str
    months: int = BAR_MONTHS


@dataclass(frozen=True, slots=True)
class Sums:
    """Ratios as numerator over denominator."""

    kind: ClassVar[str] = "sums"
    indicators: tuple[str, ...]
    key: str = "rakning"
    title: str = "Så räknas det"


@dataclass(frozen=True, slots=True)
class Printed:
    """What the report on the period prints. ``ever``: what any report prints up to its end. ``beside``: also what the
    same lines say without being about a measure. Without a ``title`` it names the report.
    """

    kind: ClassVar[str] = "printed"
    indicators: tuple[str, ...]
    key: str = "rapporten"
    title: str = ""
    ever: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class PlacementSplit:
    """The cost of placements (``roles.toml``) divided into volume and price."""

    kind: ClassVar[str] = "placement-split"


@dataclass(frozen=True, slots=True)
class PlacementSplitParts:
    """The same, part of the organisation for part; takes no place where there is only one."""

    kind: ClassVar[str] = "placement-split-parts"


Block = (
    Monthly
    | Parts
    | Units
    | Panels
    | Breakdown
    | Flows
    | Sums
    | Printed
    | PlacementSplit
    | PlacementSplitParts
)


def measures_of(block: Block) -> tuple[str, ...]:
    """The ids that the block names, in its order."""
    match block:
        case Monthly():
            return (block.indicator,)
        case Flows():
            return (block.came, block.left, block.stock)
        case Breakdown():
            return (*filter(None, block.whole), *(name for _, those in block.rows for name in those))
        case PlacementSplit() | PlacementSplitParts():
            return ()
        case _:
            return block.indicators


def card_of(block: Block) -> str:
    """What the block's card is called on the page; no two may be called the same."""
    match block:
        case Monthly():
            return f"trend-{block.indicator}"
        case PlacementSplit():
            return "volym-och-pris"
        case PlacementSplitParts():
            return "split-delar"
        case _:
            return block.key


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with rows of blocks, drawn when any of the measures in ``about`` has a value; always when it is empty.

    A row of one block fills the width, the blocks of others share it.
    """

    key: str
    title: str
    about: tuple[str, ...]
    rows: tuple[tuple[Block, ...], ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(one for row in self.rows for one in row)


@dataclass(frozen=True, slots=True)
class Topic:
    """The page with the id. ``figures`` are its key figures; the first that has a value is the headline."""

    id: str
    figures: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(one for section in self.sections for one in section.blocks)

    @property
    def followed(self) -> tuple[str, ...]:
        """Every measure whose months the page draws, once each: what reports print needs no months."""
        drawn = (measures_of(one) for one in self.blocks if not isinstance(one, Printed))
        return tuple(dict.fromkeys([*self.figures, *(name for those in drawn for name in those)]))

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters of the address that choose a measure on the page, once each; at least the usual one."""
        own = (one.param for one in self.blocks if isinstance(one, Units | Panels))
        return tuple(dict.fromkeys([MEASURE, *own]))
