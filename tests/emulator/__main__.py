# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serve in the foreground until interrupted: python -m emulator --port 8042."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from emulator.emulation import Emulation
from emulator.identities import SEEDED_PROJECT_ID
from emulator.products import products
from emulator.server import Server
from emulator.settings import BadControlInputError, Settings

_EXAMPLE_ENVIRONMENT = {
    "SCW_ACCESS_KEY": "SCWEMULATOR000000000",
    "SCW_SECRET_KEY": "00000000-0000-4000-8000-000000000000",
    "SCW_DEFAULT_PROJECT_ID": SEEDED_PROJECT_ID,
    "SCW_DEFAULT_ZONE": "fr-par-1",
    "SCW_DEFAULT_REGION": "fr-par",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings().updated(dict(options.set))
    except BadControlInputError as error:
        sys.stderr.write(f"emulator: {error}\n")
        return 2
    return asyncio.run(_serve(Emulation(products(), settings), options.port, options.ready_file))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="emulator", description="Answer as the Scaleway API does, on 127.0.0.1.")
    parser.add_argument("--port", type=_port, default=8042, help="port to listen on, 0 for a free one (default: 8042)")
    parser.add_argument("--ready-file", type=Path, help="write pid, port and url there as JSON when listening")
    parser.add_argument(
        "--set",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting, its value as JSON, such as settle_reads=0; may be repeated",
    )
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, got {text!r}")
    return int(text)


def _setting(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"a setting is written NAME=VALUE, got {text!r}")
    try:
        return name, json.loads(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"the value of {name} is not JSON: {value!r}") from error


async def _serve(emulation: Emulation, port: int, ready_file: Path | None) -> int:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    server = Server(emulation)
    try:
        bound = await server.start(port)
    except OSError as error:
        sys.stderr.write(f"emulator: cannot listen on 127.0.0.1:{port}: {os.strerror(error.errno or 0)}\n")
        return 1
    url = f"http://127.0.0.1:{bound}"
    _announce(url)
    if ready_file is not None:
        _write_ready_file(ready_file, bound, url)
    await stopped.wait()
    await server.stop()
    return 0


def _announce(url: str) -> None:
    lines = [f"Emulator listening on {url}, stop it with Ctrl-C. To use it:"]
    lines += [f"  export {name}={value}" for name, value in {"SCW_API_URL": url, **_EXAMPLE_ENVIRONMENT}.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _write_ready_file(path: Path, port: int, url: str) -> None:
    """Write the file beside and move it into place, so that a reader never finds half of it."""
    draft = path.with_name(f"{path.name}.part")
    draft.write_text(json.dumps({"pid": os.getpid(), "port": port, "url": url}) + "\n", encoding="utf-8")
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main())
