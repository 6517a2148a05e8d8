"""Sentences from what is judged: a new colour, a colour that its indicators do not bear out, a risk that moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.domain.model import Colour, Goal, Yardstick
from dashboard.domain.text import count_word, listing, millions, number
from dashboard.insights.ranking import Insight, Kind, Target, Weight, certainty, seriousness, size
from dashboard.insights.sentences import value_text
from dashboard.insights.words import NEUTER, contradicted, inside, reasons, weakest
from dashboard.measures.disagreements import Held, Status
from dashboard.measures.goals import GoalTile
from dashboard.measures.risks import RiskBoard, RiskView

STEPS = {Colour.GREEN: 0, Colour.YELLOW: 1, Colour.RED: 2}
LARGE_GAP = 0.25  # a quarter of what is asked for
LARGE_MOVE = 10  # in risk value
NAMED = 2  # indicators that a sentence names
STANDING = 0.9  # the newness of what the report itself does not present as new


def status_insights(tiles: Sequence[GoalTile]) -> Iterator[Insight]:
    """Goals whose colour is another than in the period compared with; both must be known."""
    for tile in tiles:
        now, before = tile.judged, tile.before
        if before is None or not {now.colour, before.colour} <= STEPS.keys() or now.colour is before.colour:
            continue
        worse = STEPS[now.colour] > STEPS[before.colour]
        origin = weakest(now.origin, before.origin)
        steps = size(STEPS[now.colour] - STEPS[before.colour], 2)
        weight = Weight(seriousness(Kind.STATUS, worse), certainty(origin), steps, 1.0)
        yield Insight(
            Kind.STATUS,
            f"Målet {tile.goal.short} är {NEUTER[now.colour]}; {before.period.short} var det {NEUTER[before.colour]}.",
            weight,
            origin,
            frozenset({f"mål:{tile.goal.id}"}),
            "",
            Target("mal", anchor=f"mal-{tile.goal.id}"),
            reasons("Målets färg är en annan än i perioden som det jämförs med.", weight, origin),
            tile.goal.order,
        )


def disagreement_insights(statuses: Sequence[Status]) -> Iterator[Insight]:
    """Goals judged otherwise than their indicators say."""
    for one in statuses:
        if one.goal is None or not one.differs:
            continue
        worse = STEPS[one.rule] > STEPS[one.judged.colour]
        doubted = any(flag.kind != "judgement" for flag in one.flags)
        share = len(one.missed) / len(one.held)
        gap = max((held.gap for held in one.missed), default=0.0)
        weight = Weight(
            seriousness(Kind.DISAGREEMENT, worse),
            certainty(one.judged.origin, doubted),
            max(share, size(gap, LARGE_GAP)) if worse else 0.5,
            STANDING,
        )
        named = one.missed if worse else one.held
        yield Insight(
            Kind.DISAGREEMENT,
            f"Målet {one.goal.short} är bedömt {NEUTER[one.judged.colour]}, men {_against(one, worse=worse)}."
            f"{contradicted(_doubted(one, worse=worse))}",
            weight,
            one.judged.origin,
            frozenset({f"mål:{one.goal.id}", *(f"mått:{held.indicator.id}" for held in named[:NAMED])}),
            "",
            Target("mal", anchor=f"oense-{one.goal.id}"),
            reasons("Den bedömda färgen och regelns färg skiljer sig.", weight, one.judged.origin),
            one.goal.order,
        )


def _against(one: Status, *, worse: bool) -> str:
    if not worse:
        count = len(one.held)
        if one.rule is Colour.GREEN:
            return (
                "indikatorn når sitt mål"
                if count == 1
                else f"alla {count_word(count)} indikatorer når sina mål"
            )
        return f"den sämsta indikatorn är {_COMMON[one.rule]}"
    said = [told(held) for held in one.missed[:NAMED]]
    rest = len(one.missed) - len(said)
    if rest:
        said.append(f"{count_word(rest, common=True)} till når inte sitt mål")
    return listing(said)


def _doubted(one: Status, *, worse: bool) -> list[str]:
    """The numbers told that another printed number contradicts."""
    named = one.missed[:NAMED] if worse else ()
    return [value_text(value, held.indicator) for held in named for value in held.doubted]


_COMMON = {Colour.GREEN: "grön", Colour.YELLOW: "gul", Colour.RED: "röd"}


def told(held: Held) -> str:
    """The value and what it is held against, inside a sentence: ``hushåll med bistånd är 389 mot 374 året före``."""
    indicator = held.indicator
    value, asked = (value_text(one, indicator) for one in (held.value, held.asked))
    match indicator.yardstick:
        case Yardstick.ECONOMY:
            gap = float(held.value.number or 0)
            way = "sämre" if gap < 0 else "bättre"
            return f"ekonomin är {millions(abs(gap))} {way} än budget"
        case Yardstick.YEAR_BEFORE:
            return f"{inside(indicator.short)} är {value} mot {asked} ett år tidigare"
        case Yardstick.PULSE:  # a scale's limit is no target
            limit = float(held.asked.number or 0)
            green = number(limit, 0 if limit.is_integer() else 1)
            return f"{inside(indicator.short)} är {value} (skalan är grön från {green})"
        case Yardstick.TARGET:
            return f"{inside(indicator.short)} är {value} mot målet {asked}"


def risk_insights(board: RiskBoard, reported: int) -> Iterator[Insight]:
    """Risks whose value has moved since the report compared with, and those that are new in it.

    ``reported``: risks are reported from this value, so that a new one is as large as it lies above.
    """
    if board.compared_with is None:
        return
    for order, view in enumerate(board.risks):
        if not view.movement and not view.new:
            continue
        worse = view.new or (view.movement or 0) > 0
        moved = (view.now.value - reported) if view.new else view.movement or 0
        weight = Weight(
            seriousness(Kind.RISK, worse), certainty(view.now.origin), size(moved, LARGE_MOVE), 1.0
        )
        yield Insight(
            Kind.RISK,
            _risk_words(view, board.compared_with.short),
            weight,
            view.now.origin,
            frozenset({f"risk:{view.risk.id}"}),
            "",
            Target("riskmatris", anchor=f"risk-{view.risk.id}"),
            reasons(
                "Riskens värde är ett annat än i rapporten som det jämförs med.", weight, view.now.origin
            ),
            order,
        )


def _risk_words(view: RiskView, since: str) -> str:
    name = view.risk.short or view.risk.name
    if view.before is None:
        return f"Ny risk sedan {since}: {inside(name)}, med värdet {view.now.value}."
    way = "ökat" if (view.movement or 0) > 0 else "minskat"
    return f"Risken {inside(name)} har {way} från {view.before.value} till {view.now.value} sedan {since}."


def about(goal: Goal, goals: Sequence[Goal]) -> frozenset[str]:
    """The indicators of a goal and of what hangs under it."""
    family = [goal, *(one for one in goals if one.parent == goal.id)]
    return frozenset(name for one in family for name in (*one.indicators, *one.measured_by))
