"""What each monthly dataset must look like.

One frozen :class:`Contract` per dataset. The store writes nothing that breaks its contract, so every reader
can rely on it. Every dataset has ``month`` (first day of the month) and ``unit`` (an id of the organisation).
"""

from dashboard.contracts.contract import Column, Contract, ascending
from dashboard.contracts.datasets import CONTRACTS

__all__ = ["CONTRACTS", "Column", "Contract", "ascending"]
