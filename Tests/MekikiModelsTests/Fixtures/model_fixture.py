"""What the scripts that make model folders share: weights, inputs, and the files of the reference.

Ordinary initialisation gives nearly the same vector for every input, which would let a broken tower
pass. Matrices are therefore drawn with the standard deviation 1.6 / sqrt(columns), which keeps
different inputs apart, and `write` fails when they are not.
"""

import json
import math
import pathlib
import shutil

import numpy
import torch
from PIL import Image
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent


def draw_weights(module, seed):
    """Random weights of a module, the same ones for the same seed."""
    generator = torch.Generator().manual_seed(seed)

    def normal(parameter, mean, deviation):
        parameter.data.copy_(torch.randn(parameter.shape, generator=generator) * deviation + mean)

    for name, parameter in sorted(module.named_parameters()):
        kind = name.rsplit(".", 1)[-1]
        is_norm = "norm" in name.lower() or ".ln_" in f".{name}"
        if is_norm and kind == "weight":
            normal(parameter, 1.0, 0.2)
        elif kind == "bias" or kind.endswith("_bias"):
            normal(parameter, 0.0, 0.1)
        elif "word_embeddings" in name:
            normal(parameter, 0.0, 1.0)
        elif "token_type" in name:
            normal(parameter, 0.0, 0.3)
        elif parameter.dim() < 2 or "embed" in name and "patch" not in name:
            normal(parameter, 0.0, 0.6)
        elif kind == "probe" or kind == "cls_token":
            normal(parameter, 0.0, 0.6)
        else:
            normal(parameter, 0.0, 1.6 / math.sqrt(parameter[0].numel()))
    return module.eval().requires_grad_(False)


def rounded(module, dtype):
    """A module that computes in float32 with weights as they will be stored."""
    # Not its buffers: tables of angles are computed, and never stored.
    for parameter in module.parameters():
        parameter.data = parameter.data.to(dtype).to(torch.float32)
    return module


def stored(module, dtype, prefix="", skip=()):
    """A module's tensors under the names of a checkpoint."""
    return {
        prefix + name: tensor.detach().to(dtype).contiguous().clone()
        for name, tensor in module.state_dict().items()
        if not any(part in name for part in skip) and tensor.is_floating_point()
    }


def images(seed, side, count=3):
    """Preprocessed pictures; smooth where they are large, as noise looks the same everywhere."""
    generator = torch.Generator().manual_seed(seed)
    if side > 64:
        coarse = 1.5 * torch.randn((count, 3, 9, 9), generator=generator)
        pictures = torch.nn.functional.interpolate(coarse, side, mode="bicubic")
    else:
        pictures = torch.randn((count, 3, side, side), generator=generator)
    return pictures.to(torch.float16).to(torch.float32)


def ids(seed, start, end, lengths, words, padding=None, padded=None):
    """Ids as tokenizers give them: start, words, end; padded all, or one more that repeats the second
    text with padding behind it."""
    generator = numpy.random.default_rng(seed)
    texts = [
        [*start, *map(int, generator.choice(list(words), size=length)), *end] for length in lengths
    ]
    if padded:
        return [text + [padding] * (padded - len(text)) for text in texts]
    return texts + ([texts[1] + [padding] * 3] if padding is not None else [])


def picture(width, height):
    """A picture with edges and slopes, so that each step of a preprocessor shows."""
    y, x = numpy.mgrid[0:height, 0:width]
    red = x * 255 // width
    green = (x // 7 + y // 5) % 2 * 200 + 20
    blue = 255 - y * 255 // height
    return Image.fromarray(numpy.stack([red, green, blue], axis=2).astype(numpy.uint8))


def unit(vectors):
    return torch.nn.functional.normalize(vectors.to(torch.float32), dim=-1)


def separation(vectors):
    """The median cosine between different inputs."""
    cosines = vectors @ vectors.T
    return float(numpy.median(cosines.numpy()[numpy.triu_indices(len(vectors), 1)]))


def write(folder, tensors, configurations, encode_image, encode_text, pictures, texts,
          sample=None, prepare=None, sentences=None, weights="model.safetensors", distinct=None):
    """Writes a folder and the reference's results.

    sample, prepare: a picture's size and the reference's preprocessor; the picture is written as
    picture.png, and its vector is the whole path's.
    sentences: {text: ids}, the whole path of words.
    distinct: how many of the texts differ, all by default.
    """
    folder = HERE / folder
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.name not in ("spiece.model", "tokenizer.json", "sentencepiece.bpe.model"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    save_file(tensors, folder / weights, metadata={"format": "pt"})
    for name, value in configurations.items():
        (folder / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
    with torch.no_grad():
        image_vectors = unit(encode_image(pictures))
        text_vectors = torch.cat([unit(encode_text(torch.tensor([text]))) for text in texts])
        expected = {
            "images": pictures.to(torch.float16), "image_vectors": image_vectors,
            "text_vectors": text_vectors,
        }
        if sample:
            drawn = picture(*sample)
            drawn.save(folder / "picture.png", optimize=True)
            expected["picture_vector"] = unit(encode_image(prepare(drawn)[None]))
    if sentences:
        (folder / "expected_sentences.json").write_text(
            json.dumps(sentences, indent=1, ensure_ascii=False) + "\n")
    separate = separation(text_vectors[:distinct]), separation(image_vectors)
    size = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    print(f"{folder.name}: {size} bytes, median cosines {separate[0]:.3f} {separate[1]:.3f}")
    assert max(separate) < 0.9, "different inputs must have different vectors"
    save_file({name: tensor.contiguous() for name, tensor in expected.items()},
              folder / "expected.safetensors")
    (folder / "expected_ids.json").write_text(json.dumps(texts) + "\n")
    for file in folder.iterdir():
        file.chmod(0o644)
