"""Checks that Mekiki and Python's huggingface_hub share one cache of the model hub.

A model is served by a small hub on this machine, twice into an empty cache: by Python's
`snapshot_download`, which Mekiki must then list and load; and by `mekiki models pull`, which
`snapshot_download(local_files_only=True)`, `try_to_load_from_cache` and `scan_cache_dir` must then find,
byte for byte. The layouts of both caches are compared, and each client fetches nothing that the other
has brought.

Run by Scripts/parity.sh: hub_cache.py MEKIKI MODEL
"""

import hashlib
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

NAME = "openai/clip-vit-base-patch32"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = 1 << 20


class Model:
    """The files of a folder, as a repository of the hub has them."""

    def __init__(self, folder):
        # The hub's links are followed, as a client sees contents.
        self.files = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in (".json", ".safetensors", ".txt", ".model")
        }

    def is_large(self, path):
        return len(self.files[path]) >= LARGE

    def etag(self, path):
        data = self.files[path]
        if self.is_large(path):
            return hashlib.sha256(data).hexdigest()
        return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()

    def listing(self):
        entries = []
        for path, data in self.files.items():
            entry = {"type": "file", "path": path, "size": len(data), "oid": self.etag(path)}
            if self.is_large(path):
                entry["oid"] = "0" * 40
                entry["lfs"] = {"oid": self.etag(path), "size": len(data), "pointerSize": 134}
            entries.append(entry)
        return entries


class Hub(http.server.ThreadingHTTPServer):
    """A hub that serves one model."""

    def __init__(self, model):
        super().__init__(("127.0.0.1", 0), Answer)
        self.model = model
        self.bodies = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        model = self.server.model
        path = self.path.split("?")[0]
        if path.startswith(f"/api/models/{NAME}/tree/"):
            self.send(200, {"Content-Type": "application/json"}, json.dumps(model.listing()).encode())
        elif path == f"/api/models/{NAME}" or path.startswith(f"/api/models/{NAME}/revision/"):
            siblings = [{"rfilename": name} for name in model.files]
            info = {"id": NAME, "modelId": NAME, "sha": COMMIT, "siblings": siblings, "tags": []}
            self.send(200, {"Content-Type": "application/json"}, json.dumps(info).encode())
        elif path.startswith("/store/"):
            name = path.removeprefix("/store/")
            self.server.bodies += 1
            self.send(200, {}, model.files[name])
        elif path.startswith(f"/{NAME}/resolve/"):
            self.file(path.removeprefix(f"/{NAME}/resolve/").split("/", 1)[1])
        else:
            self.send(404, {"X-Error-Code": "RepoNotFound"}, b"")

    def file(self, name):
        model = self.server.model
        if name not in model.files:
            self.send(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT}, b"")
            return
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{model.etag(name)}"'}
        if model.is_large(name):
            headers["X-Linked-Etag"] = headers["ETag"]
            headers["X-Linked-Size"] = str(len(model.files[name]))
            # Another host for both clients: the token stays behind.
            headers["Location"] = f"http://localhost:{self.server.server_port}/store/{name}"
            self.send(302, headers, b"")
        else:
            if self.command == "GET":
                self.server.bodies += 1
            self.send(200, headers, model.files[name])

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


FAILURES = []


def check(holds, what):
    print(("ok    " if holds else "FAILED") + "  " + what)
    if not holds:
        FAILURES.append(what)


def layout(cache):
    """What lies in a cache: links with their targets, files with their hashes."""
    found = {}
    for path in sorted(cache.rglob("*")):
        name = str(path.relative_to(cache))
        # Locks are leftovers; a list of all files, and marks of absent ones, each client has its own.
        if name.startswith(".locks") or "/trees" in name or "/.no_exist" in name or name == "CACHEDIR.TAG":
            continue
        if path.is_symlink():
            found[name] = "-> " + os.readlink(path)
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def environment(hub, cache, **more):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "MEKIKI_"))}
    return kept | {"HF_ENDPOINT": hub.address, "HF_HUB_CACHE": str(cache), "HF_HUB_DISABLE_XET": "1"} | more


def python(script, hub, cache, **more):
    """Runs Python's client in a process of its own: it reads its settings once."""
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment(hub, cache, **more), capture_output=True, text=True
    )
    if result.returncode != 0:
        print(result.stderr[-2000:])
    return result.stdout.strip()


def mekiki(program, *arguments, hub, cache, **more):
    result = subprocess.run(
        [program, *arguments], env=environment(hub, cache, **more), capture_output=True, text=True
    )
    if result.returncode != 0:
        print(result.stderr[-2000:])
    return result


DOWNLOAD = f"""
from huggingface_hub import snapshot_download
print(snapshot_download({NAME!r}, allow_patterns=["*.json", "*.safetensors", "*.txt"]))
"""

FIND = f"""
import json
from huggingface_hub import scan_cache_dir, snapshot_download, try_to_load_from_cache
from huggingface_hub.file_download import _CACHED_NO_EXIST
folder = snapshot_download({NAME!r}, local_files_only=True)
found = try_to_load_from_cache({NAME!r}, "model.safetensors")
absent = try_to_load_from_cache({NAME!r}, "sentencepiece.bpe.model") is _CACHED_NO_EXIST
report = scan_cache_dir()
repository = next(iter(report.repos))
print(json.dumps({{
    "folder": folder, "found": found, "absent": absent, "warnings": [str(w) for w in report.warnings],
    "name": repository.repo_id, "refs": sorted(repository.refs), "files": repository.nb_files,
}}))
"""


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    model = Model(folder)
    hub = Hub(model)
    with tempfile.TemporaryDirectory() as place:
        written_by_python, written_by_mekiki = Path(place, "python"), Path(place, "mekiki")
        data = {"MEKIKI_LIBRARY": str(Path(place, "library")), "MEKIKI_DATA": os.getcwd()}

        print("A cache that Python's huggingface_hub wrote:")
        python(DOWNLOAD, hub, written_by_python)
        listed = mekiki(program, "models", "list", "--json", hub=hub, cache=written_by_python, **data)
        rows = [json.loads(line) for line in listed.stdout.splitlines()]
        row = next((row for row in rows if row["name"] == "openai"), {})
        check(row.get("presence") == "here", "`mekiki models list` shows it as here")
        embedded = mekiki(
            program, "embed", "--json", "--text", "猫", "--model", "openai", hub=hub, cache=written_by_python, **data
        )
        direct = mekiki(
            program, "embed", "--json", "--text", "猫", "--model", str(folder), hub=hub, cache=written_by_python, **data
        )
        check(embedded.returncode == 0 and embedded.stdout == direct.stdout, "--model loads it by its name")
        before = hub.bodies
        pulled = mekiki(program, "models", "pull", "openai", "--json", hub=hub, cache=written_by_python, **data)
        check(
            pulled.returncode == 0 and json.loads(pulled.stdout)["fetchedBytes"] == 0 and hub.bodies == before,
            "`mekiki models pull` fetches nothing of it again",
        )

        print("A cache that `mekiki models pull` wrote:")
        before = hub.bodies
        pulled = mekiki(program, "models", "pull", NAME, "--json", hub=hub, cache=written_by_mekiki, **data)
        check(pulled.returncode == 0 and hub.bodies > before, "it was fetched")
        found = json.loads(python(FIND, hub, written_by_mekiki, HF_HUB_OFFLINE="1") or "{}")
        snapshot = written_by_mekiki / "models--openai--clip-vit-base-patch32" / "snapshots" / COMMIT
        check(found.get("folder") == str(snapshot), "snapshot_download(local_files_only=True) finds it")
        check(found.get("found") == str(snapshot / "model.safetensors"), "try_to_load_from_cache finds the weights")
        check(found.get("absent") is True, "a file that the model does not have is known to be absent")
        check(
            found.get("name") == NAME and found.get("refs") == ["main"] and found.get("warnings") == [],
            "scan_cache_dir has nothing to complain of",
        )
        check(
            all((snapshot / path).read_bytes() == data for path, data in model.files.items() if (snapshot / path).exists())
            and (snapshot / "model.safetensors").exists(),
            "each file has the hub's content",
        )
        before = hub.bodies
        python(DOWNLOAD, hub, written_by_mekiki)
        check(hub.bodies == before, "Python's client fetches nothing of it again")

        print("Both:")
        mine, theirs = layout(written_by_mekiki), layout(written_by_python)
        different = {name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)}
        check(not different, f"the two caches are the same, link by link and byte by byte {sorted(different)[:4]}")
    if FAILURES:
        sys.exit(f"{len(FAILURES)} checks failed.")
    print("Mekiki and huggingface_hub share one cache.")


if __name__ == "__main__":
    main()
