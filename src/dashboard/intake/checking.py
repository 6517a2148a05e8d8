"""One dataset of a file put through the three steps of checking, beside what the store knows of the months before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dashboard.beside import beside
from dashboard.catalogue import Catalogue
from dashboard.domain.periods import Month
from dashboard.intake.form import check_form
from dashboard.intake.frame import Frame, Naming, Teller
from dashboard.intake.history import MONTHS_BACK, check_history
from dashboard.intake.sense import check_sense
from dashboard.intake.shapes import Faults
from dashboard.intake.sheet import Sheet
from dashboard.intake.totals import check_totals
from dashboard.intake.vocabulary import vocabulary
from dashboard.snapshots.store import Store

if TYPE_CHECKING:
    import pyarrow as pa


def checked(
    sheets: Sequence[Sheet], catalogue: Catalogue, store: Store | None, faults: Faults, today: Month
) -> Frame:
    """The rows of the sheets, all of one dataset; what is wrong or odd goes to ``faults``. ``store`` None: no past."""
    frame = Frame(sheets)
    past = _past(store, frame) if store is not None else None
    if past is not None:
        frame = Frame(sheets, past)
    words = vocabulary(frame.dataset)
    category = frame.contract.category
    goals = {goal.id: goal.short for goal in catalogue.goals.values()}
    risks = {risk.id: risk.short or risk.name for risk in catalogue.risks.values()}
    naming = Naming(
        units={unit.id: unit.short for unit in catalogue.units.values()},
        categories=words.code_labels.get(category, {"goal": goals, "risk": risks}.get(category, {})),
        labels=words.labels,
    )

    def unit_exists(unit: str, when: Month) -> bool:
        return unit in catalogue.units and catalogue.units[unit].existed(when)

    def category_exists(code: str, when: Month) -> bool:
        return code not in catalogue.goals or category != "goal" or catalogue.goals[code].existed(when)

    def form(own: Faults) -> None:
        check_form(frame, Teller(frame, own, naming), today, unit_exists, category_exists)
        for sheet in sheets:
            check_totals(sheet, catalogue.units, naming, own)

    def sense(own: Faults) -> None:
        check_sense(frame, Teller(frame, own, naming))

    def history(own: Faults) -> None:
        check_history(frame, Teller(frame, own, naming))

    def found(step: Callable[[Faults], None]) -> Faults:
        own = Faults(faults.most)
        step(own)
        return own

    for own in beside(found, (form, sense, history)):  # side by side, told in their order
        faults.take(own)
    return frame


def _past(store: Store, frame: Frame) -> pa.Table | None:
    """The months in effect that the delivery's newest months are measured against, its own left out."""
    import pyarrow as pa

    own = set(frame.months)
    wanted = {index - 1 for index in own} | {
        index - back for index in sorted(own)[-3:] for back in range(1, MONTHS_BACK + 2)
    }
    wanted -= own
    files = [file for file in store.current() if file.dataset == frame.dataset and file.month.index in wanted]
    return pa.concat_tables([store.read(file) for file in files]) if files else None
