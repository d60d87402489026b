"""What the fault scripts share: the program, images to index, and libraries to compare."""

import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("MEKIKI_PROGRAM", CHECKOUT / ".build/release/mekiki"))
# Nobody in particular, for whom permissions count; root passes them by.
NOBODY = 65534

failures = []


def check(is_right, sentence, outcome=None):
    """Notes whether something is as it should be, and says so."""
    if is_right:
        print(f"  ok    {sentence}")
        return
    failures.append(sentence)
    print(f"  FAULT {sentence}")
    if outcome is not None:
        print(f"        status {outcome.status}\n        out: {outcome.out[-600:]}")
        print(f"        err: {outcome.err[-1200:]}")


def finish():
    """Ends the script, with 1 when something was not as it should be."""
    if failures:
        print(f"{len(failures)} faults:")
        for sentence in failures:
            print(f"  {sentence}")
        sys.exit(1)
    print("All as it should be.")


def heading(text):
    print(f"\n{text}", flush=True)


class Outcome:
    """How a command ended, and what it printed."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def sentence(self):
        """The last line on standard error, which is where an error is told."""
        lines = [line for line in self.err.splitlines() if line.startswith("mekiki: ")]
        return lines[-1] if lines else ""

    def told(self, status, *words):
        """Whether it ended with a status and a sentence that holds the words."""
        return self.status == status and all(word in self.sentence for word in words)

    @property
    def was_killed(self):
        """Whether a signal ended it: a crash, where nobody sent one."""
        return self.status < 0 or self.status in (132, 133, 134, 135, 136, 139)


def environment(library, **more):
    values = dict(os.environ, MEKIKI_LIBRARY=str(library), MEKIKI_DATA=str(CHECKOUT), MEKIKI_MODEL="starter", MEKIKI_OCR="off")
    # Backtraces of a crash take seconds, and a crash is a fault in any case.
    values["SWIFT_BACKTRACE"] = "enable=no"
    values.update(more)
    return {key: value for key, value in values.items() if value is not None}


def start(library, *arguments, user=None, before=None, stdout=subprocess.PIPE, **more):
    """Starts the program, as root or as nobody."""
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.Popen(
        command,
        env=environment(library, **more),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
        preexec_fn=before,
        text=True,
        errors="replace",
    )


def run(library, *arguments, timeout=300, **more):
    """Runs the program to its end."""
    process = start(library, *arguments, **more)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return Outcome(-9, out or "", (err or "") + f"\nnot ended after {timeout} s")
    return Outcome(process.returncode, out or "", err or "")


# Images


def png(width, height, seed, text=None):
    """A PNG file of a picture that is another for every seed."""
    source = random.Random(seed)
    corners = [[source.randrange(256) for _ in range(3)] for _ in range(4)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            for c in range(3):
                top = corners[0][c] * (width - x) + corners[1][c] * x
                bottom = corners[2][c] * (width - x) + corners[3][c] * x
                rows.append((top * (height - y) + bottom * y) // (width * height) % 256)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    if text:
        parts.append(chunk(b"tEXt", b"parameters\0" + text.encode("latin-1")))
    parts.append(chunk(b"IDAT", zlib.compress(bytes(rows), 1)))
    parts.append(chunk(b"IEND", b""))
    return b"".join(parts)


def make_images(folder, count, seed=1):
    """Distinct small images in subfolders: some with texts, some twice, a few broken."""
    for number in range(count):
        place = folder / f"folder {number % 7}" / f"{number:05}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        text = f"a picture, number {number}\nSteps: 20, Seed: {number}" if number % 5 == 0 else None
        data = png(24 + number % 17, 20 + number % 13, seed * 1_000_003 + number, text)
        if number % 50 == 49:
            data = data[: len(data) // 2]
        place.write_bytes(data)
        if number % 40 == 7:
            shutil.copy2(place, place.with_name(f"copy of {place.name}"))


def make_second_model(folder, dimension=128):
    """A model of its own, made of the starter: its vectors end after some components."""
    starter = CHECKOUT / "Models/starter"
    shutil.copytree(starter, folder)
    config = json.loads((starter / "config.json").read_text())
    config["projection_dim"] = dimension
    for tower in ("text_config", "vision_config"):
        config[tower]["projection_dim"] = dimension
    (folder / "config.json").write_text(json.dumps(config))
    weights = (starter / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", weights[:8])
    header, data = json.loads(weights[8 : 8 + length]), weights[8 + length :]
    parts, place = [], 0
    for name, tensor in header.items():
        if name == "__metadata__":
            continue
        begin, end = tensor["data_offsets"]
        if name in ("text_projection.weight", "visual_projection.weight"):
            rows = tensor["shape"][0]
            end = begin + (end - begin) * dimension // rows
            tensor["shape"][0] = dimension
        parts.append(data[begin:end])
        tensor["data_offsets"] = [place, place + end - begin]
        place += end - begin
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


class Workplace:
    """A folder for one script, gone at its end; nobody may enter it, too."""

    def __init__(self, name):
        self.path = Path(tempfile.mkdtemp(prefix=f"mekiki-{name}-"))
        self.path.chmod(0o755)

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


# Libraries

# Times, and the sums over them and the numbers.
_OF_THE_RUN = {"added_at", "checksum"}


def contents(library):
    """All that a library holds but numbers and times, to be compared."""
    # A reader would make the log's files anew, and could not remove them.
    alone = "" if (library / "catalog.sqlite-wal").exists() else "&immutable=1"
    catalog = sqlite3.connect(f"file:{library}/catalog.sqlite?mode=ro{alone}", uri=True)
    catalog.text_factory = bytes

    def rows(table, leave_out=()):
        names = [row[1].decode() for row in catalog.execute(f"PRAGMA table_info({table})")]
        kept = [name for name in names if name not in leave_out and name not in _OF_THE_RUN]
        for row in catalog.execute(f"SELECT {', '.join(names)} FROM {table}"):
            values = dict(zip(names, row))
            yield values, tuple((name, values[name]) for name in kept)

    roots = {values["id"]: values["path"] for values, _ in rows("root")}
    spaces = {values["id"]: (values["model"], values["revision"]) for values, _ in rows("space")}
    hashes, result = {}, {}
    for values, kept in rows("image", {"id"}):
        hashes[values["id"]] = values["hash"]
        result["image", values["hash"]] = kept
    for values, kept in rows("file", {"root_id", "image_id"}):
        key = ("file", roots[values["root_id"]], values["path"])
        result[key] = kept, hashes.get(values["image_id"])
    for values, kept in rows("failure", {"root_id"}):
        result["failure", roots[values["root_id"]], values["path"]] = kept
    for values, kept in rows("text_field", {"id", "image_id"}):
        result["text", hashes.get(values["image_id"]), values["origin"], values["position"]] = kept
    for values, _ in rows("vector"):
        key = ("vector", spaces[values["space_id"]], hashes.get(values["image_id"]))
        result[key] = values["components"]
    texts = {values["id"]: kept for values, kept in rows("text_field", {"id", "image_id"})}
    for values, _ in rows("text_vector"):
        key = ("text vector", spaces[values["space_id"]], texts.get(values["text_field_id"]))
        result[key] = values["components"]
    for values, _ in rows("setting"):
        result["setting", values["key"]] = values["value"]
    catalog.close()
    thumbnails = library / "thumbnails"
    for file in thumbnails.rglob("*"):
        if file.is_file():
            result["thumbnail", str(file.relative_to(thumbnails))] = file.read_bytes()
    return result


def differences(one, other):
    """What two libraries' contents differ in, as sentences."""
    found = []
    for key in one.keys() | other.keys():
        if one.get(key) != other.get(key):
            side = "differs" if key in one and key in other else "only in one"
            found.append(f"{side}: {key}")
    return found


def leftovers(library):
    """Files in a library's folder that a finished run should not leave."""
    usual = {"catalog.sqlite", "indexer.lock"}
    found = [str(file) for file in library.iterdir() if file.is_file() and file.name not in usual]
    unfinished = library / "thumbnails" / ".unfinished"
    return found + [str(file) for file in unfinished.glob("*")]
