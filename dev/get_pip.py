# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Install pip from the wheel beside this file, in place of the script ansible-test would download.

ansible-test runs its cached copy, get_pip_<version>.py, with the Python of a new virtual environment that has no pip.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERSION = Path(__file__).stem.removeprefix("get_pip_").replace("_", ".")

sys.path.insert(0, str(HERE / f"pip-{VERSION}-py3-none-any.whl"))
options = [option for option in sys.argv[1:] if option not in ("--no-setuptools", "--no-wheel")]
sys.argv[1:] = ["install", "--no-index", "--find-links", str(HERE), *options]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
