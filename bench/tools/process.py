"""What a process takes: memory and processor time."""

from __future__ import annotations

import os
from pathlib import Path


def resident_mebibytes(process: int | str = "self") -> float | None:
    """Of a process by its number, or of this one; None where the system has no /proc."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024


def processor_milliseconds(process: int | str = "self") -> float | None:
    """Of all its threads since it began, in steps of some milliseconds; None where the system has no /proc."""
    status = Path(f"/proc/{process}/stat")
    if not status.is_file():
        return None
    fields = status.read_text().rpartition(")")[2].split()  # its name, in brackets, may hold spaces
    ticks = int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")
