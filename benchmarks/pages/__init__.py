"""The pages that the dashboard is compared with."""
