"""Files that somebody has sent and not loaded yet: kept for a while, examined, shown, answered, loaded.

Nothing here is trusted and nothing here counts: the store changes in ``loading`` alone.
"""
