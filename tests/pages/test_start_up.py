"""What the first page costs to start: libraries that it does not need stay unloaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("pandas", "numpy", "pyarrow")
FIRST_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
test = AppTest.from_file("pages/oversikt.py", default_timeout=60).run()
print(len(test.get("bidi_component")), *(name for name in %r if name in sys.modules))
"""


def test_serving_needs_none_of_the_heavy_libraries(home: Path, demo_state: Path) -> None:
    environment = {**os.environ, "DASHBOARD_HOME": str(home), "DASHBOARD_DATA": str(demo_state)}
    code = FIRST_PAGE % (HEAVY,)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=home, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1"]
