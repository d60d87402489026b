#!/usr/bin/env python3
"""Makes small checkpoints with torch.save, and `expected.json` with the numbers that are in them.

    python3 make_checkpoints.py

Needs torch 2. Files of one version are equal but for their names; the tests read numbers, not bytes.
"""

import collections
import io
import json
import os
import pathlib
import shutil
import zipfile

import torch

FOLDER = pathlib.Path(__file__).parent / "checkpoints"


def numbers(count, dtype=torch.float32):
    return (torch.arange(count) - 2.5).mul(0.75).to(dtype)


class Malicious:
    """What torch.load would run, were it not for its own list of what may be called."""

    def __reduce__(self):
        return os.system, ("touch /tmp/mekiki-ran-a-pickle",)


class Settings:
    """An object of a class that the reader has never heard of."""

    def __init__(self):
        self.rate = 0.1
        self.names = {"a", "b"}


def save(name, value, expected, **options):
    torch.save(value, FOLDER / name, **options)
    EXPECTED[name] = {
        key: {"shape": list(tensor.shape), "values": tensor.double().flatten().tolist()}
        for key, tensor in expected.items()
    }


EXPECTED = {}


def plain():
    weights = {
        "single": numbers(6).reshape(2, 3), "half": numbers(5, torch.float16),
        "brain": numbers(4, torch.bfloat16), "double": numbers(3, torch.float64),
        "long": numbers(3, torch.int64), "int": numbers(3, torch.int32),
        "short": numbers(3, torch.int16), "char": numbers(3, torch.int8),
        "byte": torch.tensor([1, 2, 200], dtype=torch.uint8),
        "bool": torch.tensor([True, False]), "word": torch.tensor([7, 9], dtype=torch.uint16),
        "scalar": torch.tensor(4.6052), "empty": torch.zeros(0, 4),
    }
    save("types.bin", weights, weights)
    save("protocol4.bin", weights, weights, pickle_protocol=4)


def shared():
    whole = numbers(12)
    weights = {
        "tied": whole.reshape(3, 4), "head": whole.reshape(3, 4), "middle": whole[4:8],
        "row": whole.reshape(3, 4)[1], "one": whole.reshape(3, 4)[:1],
    }
    save("shared.bin", weights, weights)


def views():
    whole = numbers(6).reshape(2, 3)
    weights = {
        "whole": whole, "transposed": whole.t(), "column": whole[:, 1],
        "expanded": numbers(1).expand(4), "sparse": torch.eye(3).to_sparse(),
        "quantised": torch.quantize_per_tensor(whole, 0.1, 0, torch.qint8),
    }
    save("views.bin", weights, {"whole": whole})


def module():
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        collections.OrderedDict(
            linear=torch.nn.Linear(3, 2), norm=torch.nn.BatchNorm1d(2), more=torch.nn.Linear(2, 1)
        )
    )
    state = model.state_dict()
    save("module.bin", state, state)
    # Parameters themselves, with what `keep_vars` keeps, and an attribute on one.
    parameters = model.state_dict(keep_vars=True)
    parameters["linear.bias"].note = "kept"
    save("parameters.bin", parameters, state)
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.ones(4, 3)).sum().backward()
    optimizer.step()
    wrapped = collections.OrderedDict(
        ("module." + key, value) for key, value in model.state_dict().items()
    )
    training = {
        "epoch": 3, "name": "test", "best": 0.25, "args": Settings(), "seeds": [1, 2**70, (3, None)],
        "state_dict": wrapped, "optimizer": optimizer.state_dict(), "scaler": {},
    }
    save("training.bin", training, model.state_dict())


def malicious():
    weights = {"weight": numbers(2), "extra": Malicious()}
    save("malicious.bin", weights, {"weight": weights["weight"]})


def sharded():
    folder = FOLDER / "sharded"
    folder.mkdir()
    first, second = {"a": numbers(2)}, {"b": numbers(3)}
    names = [f"pytorch_model-0000{number}-of-00002.bin" for number in (1, 2)]
    torch.save(first, folder / names[0])
    torch.save(second, folder / names[1])
    index = {"metadata": {"total_size": 20}, "weight_map": {"a": names[0], "b": names[1]}}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=1) + "\n")


def other_forms():
    weights = {"weight": numbers(2)}
    torch.save(weights, FOLDER / "before-1.6.bin", _use_new_zipfile_serialization=False)
    # A zip archive that somebody packed again, compressed.
    buffer = io.BytesIO()
    torch.save(weights, buffer)
    with zipfile.ZipFile(buffer) as stored:
        target = FOLDER / "compressed.bin"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as compressed:
            for name in stored.namelist():
                compressed.writestr(zipfile.ZipInfo(name), stored.read(name), zipfile.ZIP_DEFLATED)
    torch.save(numbers(2), FOLDER / "nameless.bin")
    torch.save({"teacher": weights, "student": weights}, FOLDER / "two-models.bin")


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for part in (plain, shared, views, module, malicious, sharded, other_forms):
        part()
    (FOLDER / "expected.json").write_text(json.dumps(EXPECTED, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
