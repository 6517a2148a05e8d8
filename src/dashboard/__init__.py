"""A dashboard that a Swedish municipal board can trust and steer by."""
