"""The nine monthly datasets: their columns, keys and codes, and what may be summed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.contracts.contract import Column, Contract
from dashboard.domain.model import Nature

COLOURS = ("green", "yellow", "red")
STATUSES = (*COLOURS, "unknown", "not_assessed")


def _count(name: str, nature: Nature, unit: str = "antal") -> Column:
    return Column(name, nature, unit, "int64", low=0)


def _amount(name: str, nature: Nature, unit: str, low: float | None = 0) -> Column:
    return Column(name, nature, unit, "float64", low=low)


def _text(name: str) -> Column:
    return Column(name, None, "text", "string")


def _dataset(
    name: str,
    title: str,
    kinds: str,
    columns: tuple[Column, ...],
    category: str = "",
    **codes: tuple[str, ...],
) -> Contract:
    return Contract(name, title, 1, tuple(kinds.split()), columns, category, MappingProxyType(codes))


_STOCK, _FLOW, _ACC, _FULL = Nature.STOCK, Nature.FLOW, Nature.ACCUMULATED, Nature.FULL_YEAR

DURATIONS = ("under-10-man", "10-man-eller-mer")
FORMS = (
    *("familjehem", "jourhem", "konsulentstott", "natverkshem", "hvb", "sis"),
    *("stodboende", "skyddat-boende", "sarskilt-boende"),
)
KINDS = ("barnavard", "vuxen", "vald-nara-relation", "socialpsykiatri")
REASONS = ("foraldrars-beteende", "barnets-beteende", "vald", "psykisk-ohalsa", "ovrigt")

_BISTAND = (
    _count("hushall", _STOCK),
    _count("barnfamiljer", _STOCK),
    _count("barn", _STOCK),
    _amount("utbetalt_tkr", _FLOW, "tkr"),
    _count("avslutade_arbete", _FLOW),
    _count("avslutade_studier", _FLOW),
    _count("avslutade_annat", _FLOW),
)
_PLACERINGAR = (
    _count("pagaende", _STOCK),
    _count("paborjade", _FLOW),
    _count("avslutade", _FLOW),
    _count("dygn", _FLOW, "dygn"),
    _amount("kostnad_tkr", _FLOW, "tkr"),
)
_UTREDNINGAR = (
    _count("inledda", _FLOW),
    _count("avslutade", _FLOW),
    _count("pagaende", _STOCK),
    _count("avslutade_over_fyra_man", _FLOW),
)
_MEDARBETARE = (
    _amount("sjuktimmar_kort", _FLOW, "timmar"),
    _amount("sjuktimmar_lang", _FLOW, "timmar"),
    _amount("ordinarie_timmar", _FLOW, "timmar"),
    _count("anstallda", _STOCK),
    _count("slutat_externt", _FLOW),
    _count("frisknarvaro_antal", _STOCK),
    _amount("puls_summa", _FLOW, "poäng"),
    _count("puls_svar", _FLOW),
)
_EKONOMI = (  # costs are negative
    _amount("utfall_ack", _ACC, "tkr", low=None),
    _amount("budget_ack", _ACC, "tkr", low=None),
    _amount("prognos_helar", _FULL, "tkr", low=None),
    _amount("budget_helar", _FULL, "tkr", low=None),
)
_ARBETSMARKNAD = (
    _count("inskrivna", _STOCK),
    _count("avslutade", _FLOW),
    _count("avslutade_arbete", _FLOW),
    _count("avslutade_studier", _FLOW),
)
_RISKER = (
    Column("probability", _STOCK, "1–5", "int64", low=1, high=5),
    Column("consequence", _STOCK, "1–5", "int64", low=1, high=5),
    _text("measures_status"),
)
_ALL = (
    _dataset("bistand", "Ekonomiskt bistånd", "enhet", _BISTAND, "duration", duration=DURATIONS),
    _dataset("placeringar", "Placeringar", "avdelning", _PLACERINGAR, "form", form=FORMS),
    _dataset("utredningar", "Utredningar", "enhet", _UTREDNINGAR, "kind", kind=KINDS),
    _dataset(
        "anmalningar",
        "Anmälningar om barn och unga",
        "enhet",
        (_count("antal", _FLOW),),
        "reason",
        reason=REASONS,
    ),
    _dataset("medarbetare", "Medarbetare", "enhet", _MEDARBETARE),
    _dataset("ekonomi", "Ekonomi", "verksamhet avdelning varav buffert", _EKONOMI),
    _dataset("arbetsmarknad", "Arbetsmarknadsinsatser", "team", _ARBETSMARKNAD),
    _dataset(
        "bedomningar",
        "Enheternas bedömningar av målen",
        "enhet",
        (_text("colour"), _text("reason")),
        "goal",
        colour=COLOURS,
    ),
    _dataset(
        "risker",
        "Risker",
        "forvaltning",
        _RISKER,
        "risk",
        measures_status=STATUSES,
    ),
)
CONTRACTS: Mapping[str, Contract] = MappingProxyType({contract.name: contract for contract in _ALL})
