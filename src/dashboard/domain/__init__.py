"""The board's rules as pure functions and frozen values. Standard library only."""
