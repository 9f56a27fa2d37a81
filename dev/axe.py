"""axe over the list, the record and the form of every register, at both widths: `./run python -m dev.axe`. Takes some minutes.

The suite opens a sample of them (`tests/browser/test_axe.py`).
"""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["RENDA_AXE"] = "whole"
    sys.exit(int(pytest.main(["-q", "tests/browser/test_axe.py", *sys.argv[1:]])))
