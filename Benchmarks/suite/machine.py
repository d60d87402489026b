"""The machine that numbers were measured on, and how busy it is with other things."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

LIBRARIES = ("torch", "transformers", "onnxruntime", "openvino", "numpy", "pillow")
CORES = len(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")


@cache
def machine() -> dict[str, str]:
    """What numbers depend on; nothing that tells whose machine it is."""
    information = Path("/proc/cpuinfo").read_text()
    model = next(
        (
            line.partition(":")[2].strip()
            for line in information.splitlines()
            if line.startswith("model name")
        ),
        "unknown processor",
    )
    family = {
        line.partition(":")[0].strip(): line.partition(":")[2].strip()
        for line in information.split("\n\n")[0].splitlines()
    }
    flags = family.get("flags", family.get("Features", "")).split()
    telling = (
        "avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "avx512_bf16",
        "amx_bf16", "asimd", "bf16", "hypervisor",
    )  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    numbers = "/".join(family.get(key, "?") for key in ("cpu family", "model", "stepping"))
    return {
        "processor": f"{model} (family/model/stepping {numbers})",
        "instructions": " ".join(flag for flag in telling if flag in flags),
        "cores": str(CORES),
        "memory": f"{memory:.0f} GiB",
        "system": f"{system}, kernel {platform.release().split('-')[0]}",
        "swift": version_line("swift", "--version"),
        "onednn": package_version("libdnnl2", "libdnnl3"),
        "libvips": package_version("libvips42", "libvips42t64"),
        "python": platform.python_version(),
    } | {name: metadata.version(name) for name in LIBRARIES}


def version_line(*command: str) -> str:
    """The first line that a program says about its version."""
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return answer.stdout.splitlines()[0].partition(" (")[0]


def package_version(*names: str) -> str:
    """The version of the first of some system packages that is installed."""
    for name in names:
        try:
            answer = subprocess.run(
                ["dpkg-query", "-W", "-f=${Version}", name],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            continue
        if answer.stdout:
            return answer.stdout
    return "unknown"


def busy_seconds() -> float:
    """Processor seconds that all processes of the machine have used, and what other guests took."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _idle, _waiting, hard, soft, stolen = (int(field) for field in fields[:8])
    return (user + nice + system + hard + soft + stolen) / TICKS


@dataclass
class Watch:
    """Measures how much of the machine others use meanwhile."""

    start: float
    busy: float
    own: float

    @classmethod
    def begin(cls) -> Watch:
        return cls(time.perf_counter(), busy_seconds(), time.process_time())

    def foreign(self, used: float) -> float:
        """The share of all cores that neither `used` processor seconds nor this process explain."""
        seconds = time.perf_counter() - self.start
        own = used + time.process_time() - self.own
        return max(0.0, (busy_seconds() - self.busy - own) / (seconds * CORES))
