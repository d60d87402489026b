"""The model: `CLIPModel` of transformers for the weights, with a leaner forward pass for training on a CPU.

The released files hold exactly what `CLIPModel` has. Training runs the same sums in bfloat16 with the three
attention projections as one matrix product and attention written out (several times faster on a CPU than the
fused kernel's backward pass at these sizes).
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import CLIPConfig, CLIPModel

IMAGE = 128  # the released model's pixels
PATCH = 16
POSITIONS = 48
MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)
HEAD = 64


def make_config(vocabulary: int) -> CLIPConfig:
    """Vocabulary ends with the start and end tokens, in that order, as OpenAI's does."""
    return CLIPConfig(
        projection_dim=256,
        logit_scale_init_value=2.6592,
        vision_config={
            "hidden_size": 256, "intermediate_size": 1024, "num_hidden_layers": 6, "num_attention_heads": 4,
            "image_size": IMAGE, "patch_size": PATCH, "hidden_act": "gelu", "projection_dim": 256,
        },
        text_config={
            "vocab_size": vocabulary, "hidden_size": 192, "intermediate_size": 768, "num_hidden_layers": 3,
            "num_attention_heads": 3, "max_position_embeddings": POSITIONS, "hidden_act": "gelu", "projection_dim": 256,
            "bos_token_id": vocabulary - 2, "eos_token_id": vocabulary - 1, "pad_token_id": vocabulary - 1,
        },
    )


def _linear(x: Tensor, layer: nn.Linear) -> Tensor:
    return F.linear(x, layer.weight.to(x.dtype), None if layer.bias is None else layer.bias.to(x.dtype))


def _norm(x: Tensor, layer: nn.LayerNorm) -> Tensor:
    return F.layer_norm(x, x.shape[-1:], layer.weight.to(x.dtype), layer.bias.to(x.dtype), layer.eps)


def _blocks(h: Tensor, layers: nn.ModuleList, mask: Tensor | None, keep: int | None = None) -> tuple[Tensor, Tensor]:
    """Pre-norm transformer blocks; also returns the states after block number `keep`."""
    batch, length, width = h.shape
    heads = width // HEAD
    kept = h
    for number, layer in enumerate(layers):
        a = layer.self_attn
        y = _norm(h, layer.layer_norm1)
        weight = torch.cat([a.q_proj.weight * HEAD**-0.5, a.k_proj.weight, a.v_proj.weight]).to(h.dtype)
        bias = torch.cat([a.q_proj.bias * HEAD**-0.5, a.k_proj.bias, a.v_proj.bias]).to(h.dtype)
        q, k, v = F.linear(y, weight, bias).view(batch, length, 3, heads, HEAD).permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.matmul(q, k.transpose(-1, -2))
        if mask is not None:
            scores = scores + mask
        out = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(batch, length, width)
        h = h + _linear(out, a.out_proj)
        y = F.gelu(_linear(_norm(h, layer.layer_norm2), layer.mlp.fc1))
        h = h + _linear(y, layer.mlp.fc2)
        if number == keep:
            kept = h
    return h, kept


def positions_for(weight: Tensor, side: int) -> Tensor:
    """Position embeddings for a smaller or larger grid (training starts on fewer tokens)."""
    old = int(round((weight.shape[0] - 1) ** 0.5))
    if old == side:
        return weight
    grid = weight[1:].T.reshape(1, -1, old, old)
    grid = F.interpolate(grid, size=(side, side), mode="bilinear", align_corners=False, antialias=side < old)
    return torch.cat([weight[:1], grid.reshape(weight.shape[1], -1).T])


def encode_images(model: CLIPModel, pixels: Tensor, dtype: torch.dtype = torch.bfloat16, kept_patches: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Pixels (batch, side, side, 3) uint8 -> embeddings, and the patch states for the dense loss.

    `kept_patches` (batch, some): only these patches are looked at, which is how most of training saves its time.
    """
    vision = model.vision_model
    batch, side = pixels.shape[0], pixels.shape[1] // PATCH
    mean = torch.tensor(MEAN) * 255
    std = torch.tensor(STD) * 255
    x = ((pixels.float() - mean) / std).to(dtype)
    x = x.view(batch, side, PATCH, side, PATCH, 3).permute(0, 1, 3, 5, 2, 4).reshape(batch, side * side, -1)
    e = vision.embeddings
    places = positions_for(e.position_embedding.weight, side).to(dtype)
    around = places[1:].expand(batch, -1, -1)
    if kept_patches is not None:
        x = x.gather(1, kept_patches[..., None].expand(-1, -1, x.shape[-1]))
        around = places[1:][kept_patches]
    h = F.linear(x, e.patch_embedding.weight.flatten(1).to(dtype)) + around
    h = torch.cat([(e.class_embedding.to(dtype) + places[0]).expand(batch, 1, -1), h], 1)
    h = _norm(h, vision.pre_layrnorm)
    layers = vision.encoder.layers
    h, kept = _blocks(h, layers, None, keep=len(layers) - 2)
    pooled = _norm(h[:, 0].float(), vision.post_layernorm)
    return _linear(pooled, model.visual_projection), kept[:, 1:]


def encode_texts(model: CLIPModel, ids: Tensor, lengths: Tensor, dtype: torch.dtype = torch.bfloat16) -> Tensor:
    """Token ids (padded on the right) and lengths (end token included) -> embeddings."""
    text = model.text_model
    batch, length = ids.shape
    h = (text.embeddings.token_embedding(ids) + text.embeddings.position_embedding.weight[:length]).to(dtype)
    mask = torch.full((length, length), -1e4, dtype=dtype).triu(1)
    h, _ = _blocks(h, text.encoder.layers, mask)
    h = h[torch.arange(batch), lengths - 1].float()
    return _linear(_norm(h, text.final_layer_norm), model.text_projection)


def export(model: CLIPModel, tokenizer_folder: Path, target: Path) -> int:
    """Writes the hub's layout, weights in float16; each file is renamed into place. Returns the weights' bytes."""
    from safetensors.torch import save_file

    target.mkdir(parents=True, exist_ok=True)
    work = target.parent / f".{target.name}.{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        state = {k: v.detach().to(torch.float16).contiguous().clone() for k, v in model.state_dict().items()
                 if not k.endswith("position_ids")}
        save_file(state, str(work / "model.safetensors"), metadata={"format": "pt"})
        config = model.config.to_dict()
        config.pop("_name_or_path", None)
        config["architectures"] = ["CLIPModel"]
        for name in ("dtype", "torch_dtype"):
            config.pop(name, None)
        config["torch_dtype"] = "float16"
        (work / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
        (work / "preprocessor_config.json").write_text(json.dumps({
            "crop_size": {"height": IMAGE, "width": IMAGE}, "do_center_crop": False, "do_convert_rgb": True,
            "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": list(MEAN), "image_std": list(STD),
            "image_processor_type": "CLIPImageProcessor", "resample": 3, "rescale_factor": 1 / 255,
            "size": {"height": IMAGE, "width": IMAGE}}, indent=2) + "\n")
        for name in ("vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
            shutil.copy(tokenizer_folder / name, work / name)
        for path in sorted(work.iterdir()):
            path.chmod(0o644)
            os.replace(path, target / path.name)
        return (target / "model.safetensors").stat().st_size
    finally:
        shutil.rmtree(work, ignore_errors=True)
