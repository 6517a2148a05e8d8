"""The write side: the append-only store of deliveries, and what fills it."""
