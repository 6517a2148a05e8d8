"""What must agree within a row and from one month to the next, as lines of data; ``sense`` tries them.

Rules within a row are arithmetic and give errors; where a true value may break one, it is a question. Rules across
months give questions: last month may have been put right since, and then the reason is what the next reader needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.intake.shapes import Severity

Values = Mapping[str, np.ndarray]
_ERROR, _QUESTION = Severity.ERROR, Severity.QUESTION
_SLACK = 0.05  # sums of numbers with one decimal may differ in the last


@dataclass(frozen=True, slots=True)
class Rule:
    """``holds`` takes the columns it names (and ``days``, those of the month) and says for each row whether all is
    well. With ``across`` it also gets the month before, as ``was_<column>``, and only rows that have one are tried.
    ``sentence`` is filled in with the row's numbers.
    """

    name: str
    columns: tuple[str, ...]
    holds: Callable[[Values], np.ndarray]
    sentence: str
    severity: Severity = _ERROR
    across: bool = False


def _at_most(name: str, part: str, whole: str, sentence: str, severity: Severity = _ERROR) -> Rule:
    return Rule(name, (part, whole), lambda v: v[part] <= v[whole], sentence, severity)


def _flow(stock: str, into: str, out: str) -> Rule:
    """The month's stock follows from the last one's and what came and went."""
    sentence = (
        f"{{{stock}}} pågående stämmer inte med månaden före: {{was_{stock}}} + {{{into}}} nya − {{{out}}} avslutade "
        "= {expected}. Rätta, eller svara vad skillnaden beror på."
    )
    return Rule(
        "flode",
        (stock, into, out),
        lambda v: v[f"was_{stock}"] + v[into] - v[out] == v[stock],
        sentence,
        _QUESTION,
        across=True,
    )


def _not_back(column: str, word: str) -> Rule:
    """What runs from January does not shrink: costs (negative) grow, and so do revenues."""
    return Rule(
        "bakat",
        (column,),
        lambda v: (
            (v["january"] == 1) | (np.sign(v[f"was_{column}"]) * (v[column] - v[f"was_{column}"]) >= -_SLACK)
        ),
        f"{word} har gått bakåt: {{was_{column}}} månaden före, nu {{{column}}}. Rätta, eller svara varför.",
        _QUESTION,
        across=True,
    )


RULES: Mapping[str, tuple[Rule, ...]] = {
    "bistand": (
        _at_most(
            "del", "barnfamiljer", "hushall", "{barnfamiljer} barnfamiljer är fler än {hushall} hushåll."
        ),
        Rule(
            "barn",
            ("barn", "barnfamiljer"),
            lambda v: v["barn"] >= v["barnfamiljer"],
            "{barn} barn i {barnfamiljer} barnfamiljer: varje barnfamilj har minst ett barn.",
        ),
        Rule(
            "utan-hushall",
            ("utbetalt_tkr", "hushall"),
            lambda v: (v["hushall"] > 0) | (v["utbetalt_tkr"] == 0),
            "{utbetalt_tkr} tkr är utbetalt men inget hushåll har fått bistånd. Stämmer det, och varför?",
            _QUESTION,
        ),
    ),
    "placeringar": (
        Rule(
            "dygn-tak",
            ("dygn", "pagaende", "avslutade"),
            lambda v: v["dygn"] <= (v["pagaende"] + v["avslutade"]) * v["days"],
            "{dygn} dygn är fler än {pagaende} pågående och {avslutade} avslutade placeringar kan ha på {days} dagar.",
        ),
        Rule(
            "dygn-golv",
            ("dygn", "pagaende", "paborjade"),
            # Who was there at both ends was there all month; a system may leave out the first or the last day.
            lambda v: v["dygn"] >= np.maximum(v["pagaende"] - v["paborjade"], 0) * (v["days"] - 1),
            "{dygn} dygn är få: {pagaende} pågår och bara {paborjade} började i månaden. Stämmer det, och varför?",
            _QUESTION,
        ),
        Rule(
            "kostnad-utan-dygn",
            ("kostnad_tkr", "dygn"),
            lambda v: (v["kostnad_tkr"] == 0) | (v["dygn"] > 0),
            "Kostnaden är {kostnad_tkr} tkr men inga dygn är redovisade. Stämmer det, och varför?",
            _QUESTION,
        ),
        _flow("pagaende", "paborjade", "avslutade"),
    ),
    "utredningar": (
        _at_most(
            "del",
            "avslutade_over_fyra_man",
            "avslutade",
            "{avslutade_over_fyra_man} avslutade över fyra månader är fler än alla {avslutade} avslutade.",
        ),
        _flow("pagaende", "inledda", "avslutade"),
    ),
    "medarbetare": (
        Rule(
            "sjuktid",
            ("sjuktimmar_kort", "sjuktimmar_lang", "ordinarie_timmar"),
            lambda v: v["sjuktimmar_kort"] + v["sjuktimmar_lang"] <= v["ordinarie_timmar"] + _SLACK,
            "Sjuktimmarna ({sjuktimmar_kort} korta + {sjuktimmar_lang} långa) är fler än de ordinarie timmarna "
            "({ordinarie_timmar}).",
        ),
        Rule(
            "timmar",
            ("ordinarie_timmar", "anstallda"),
            # 23 working days of 8 hours is 184; part-time and leave pull down. Outside, the unit is usually wrong.
            lambda v: (
                (v["ordinarie_timmar"] <= 200 * v["anstallda"])
                & (v["ordinarie_timmar"] >= 50 * v["anstallda"])
            ),
            "{ordinarie_timmar} ordinarie timmar för {anstallda} anställda är inte 50–200 timmar var. Stämmer det, och "
            "varför?",
            _QUESTION,
        ),
        _at_most(
            "friska",
            "frisknarvaro_antal",
            "anstallda",
            "{frisknarvaro_antal} med frisknärvaro är fler än {anstallda} anställda.",
        ),
        Rule(
            "puls",
            ("puls_summa", "puls_svar"),
            lambda v: (
                (v["puls_summa"] >= v["puls_svar"] - _SLACK)
                & (v["puls_summa"] <= 6 * v["puls_svar"] + _SLACK)
            ),
            "Pulssumman {puls_summa} går inte ihop med {puls_svar} svar på skalan 1–6.",
        ),
        _at_most(
            "svar",
            "puls_svar",
            "anstallda",
            "{puls_svar} pulssvar är fler än {anstallda} anställda. Stämmer det, och varför?",
            _QUESTION,
        ),
        _at_most(
            "slutat",
            "slutat_externt",
            "anstallda",
            "{slutat_externt} har slutat, fler än {anstallda} anställda. Stämmer det, och varför?",
            _QUESTION,
        ),
    ),
    "ekonomi": (
        Rule(
            "tecken",
            ("utfall_ack", "budget_ack"),
            lambda v: v["utfall_ack"] * v["budget_ack"] >= 0,
            "Utfallet {utfall_ack} och budgeten {budget_ack} har olika tecken. Kostnader skrivs med minus. "
            "Stämmer det?",
            _QUESTION,
        ),
        Rule(
            "prognos-saknas",
            ("prognos_helar", "budget_helar", "utfall_ack"),
            lambda v: (v["prognos_helar"] != 0) | ((v["budget_helar"] == 0) & (v["utfall_ack"] == 0)),
            "Prognosen är noll fast budgeten är {budget_helar} och utfallet {utfall_ack}. Är den inte gjord?",
            _QUESTION,
        ),
        Rule(
            "budget-over-aret",
            ("budget_ack", "budget_helar"),
            lambda v: (
                (np.abs(v["budget_ack"]) <= np.abs(v["budget_helar"]) + _SLACK) | (v["budget_helar"] == 0)
            ),
            "Periodens budget {budget_ack} är större än hela årets {budget_helar}. Stämmer det, och varför?",
            _QUESTION,
        ),
        _not_back("utfall_ack", "Utfallet sedan januari"),
        _not_back("budget_ack", "Budgeten sedan januari"),
        Rule(
            "ny-arsbudget",
            ("budget_helar",),
            lambda v: (v["january"] == 1) | (np.abs(v["budget_helar"] - v["was_budget_helar"]) <= _SLACK),
            "Årets budget är ändrad från {was_budget_helar} till {budget_helar}. Vilket beslut gäller det?",
            _QUESTION,
            across=True,
        ),
    ),
    "arbetsmarknad": (
        Rule(
            "del",
            ("avslutade", "avslutade_arbete", "avslutade_studier"),
            lambda v: v["avslutade_arbete"] + v["avslutade_studier"] <= v["avslutade"],
            "{avslutade_arbete} till arbete och {avslutade_studier} till studier är fler än {avslutade} avslutade.",
        ),
        Rule(
            "inskrivna",
            ("inskrivna", "avslutade"),
            lambda v: v["inskrivna"] >= v["was_inskrivna"] - v["avslutade"],
            "{inskrivna} inskrivna: {was_inskrivna} månaden före och {avslutade} avslutade ger minst {expected}. "
            "Rätta, eller svara vad skillnaden beror på.",
            _QUESTION,
            across=True,
        ),
    ),
}
