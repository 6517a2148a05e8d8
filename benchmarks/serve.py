"""Serves one of the pages exactly as the dashboard is served: ``python -m benchmarks.serve FILE PORT``."""

import sys
from pathlib import Path

from dashboard.web import serve

if __name__ == "__main__":
    serve("127.0.0.1", int(sys.argv[2]), Path(sys.argv[1]))
