"""The machine that is measured on: its description, its cores, the memory of a process."""

from __future__ import annotations

import os
import platform
import re
import socket
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("starlette", "uvicorn", "sqlalchemy", "aiosqlite", "jinja2")


@dataclass(frozen=True, slots=True)
class Cores:
    """The cores for the server and for the client: apart where there are two or more."""

    server: frozenset[int]
    client: frozenset[int]


def cores() -> Cores:
    """Return one core for each side, or the only one for both."""
    usable = sorted(os.sched_getaffinity(0))
    return Cores(frozenset(usable[:1]), frozenset(usable[1:2] or usable))


def all_cores() -> frozenset[int]:
    """Return every core that this process may use."""
    return frozenset(os.sched_getaffinity(0))


def describe() -> str:
    """Return what somebody needs to know who compares figures, in one line."""
    model = re.search(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    parts = [
        f"{len(all_cores())} cores of {model[1] if model else platform.machine()}",
        f"{int(memory[1]) / 2**20:.0f} GB" if memory else "",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"{name} {version(name)}" for name in PACKAGES),
        f"load {os.getloadavg()[0]:.1f} at the start",
    ]
    return ", ".join(filter(None, parts))


def peak_mb(pid: int) -> float:
    """Return the largest memory a running process ever had, in MB."""
    found = re.search(r"VmHWM:\s*(\d+)", _read(f"/proc/{pid}/status"))
    return int(found[1]) / 1024 if found else float("nan")


def cpu_s(pid: int) -> float:
    """Return the seconds of CPU that a running process has used, in all its threads."""
    user, system = _read(f"/proc/{pid}/stat").rpartition(") ")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def _read(path: str) -> str:
    file = Path(path)
    return file.read_text() if file.exists() else ""
