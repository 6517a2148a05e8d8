"""The small pages that the app is measured against."""

FIRST = "oversikt"  # the page at the bare address; every other page's id is its path
