"""The models that are measured: random weights in the sizes of published ones, one line a model.

`SHAPES` are OpenAI's, which other parts use too; `ALL` has every model by its name.
"""

from .bert import E5, BERTShape
from .clip import CLIPShape
from .clyp import CLYPShape
from .modernbert import ModernBERTShape, RerankerShape
from .open_clip import XLMRobertaCLIPShape
from .shape import Shape
from .siglip import SigLIPShape

SHAPES = {
    shape.name: shape
    for shape in (
        CLIPShape("vit-b-32", "ViT-B/32", 768, 12, 32, 512, 512),
        CLIPShape("vit-b-16", "ViT-B/16", 768, 12, 16, 512, 512),
        CLIPShape("vit-l-14", "ViT-L/14", 1024, 24, 14, 768, 768),
    )
}

ALL: dict[str, Shape] = SHAPES | {
    shape.name: shape
    for shape in (
        SigLIPShape("siglip2-b-16", "SigLIP 2 B/16"),
        CLYPShape("eva02-b-16", "EVA02-B/16 with RoBERTa"),
        XLMRobertaCLIPShape("xlm-roberta-b", "XLM-R base of CLIP"),
        ModernBERTShape("ruri-v3-30m", "Ruri v3 30m"),
        BERTShape("e5-small", "multilingual E5 small", E5),
        RerankerShape("reranker-xsmall", "Japanese reranker xsmall v2"),
    )
}

__all__ = ["ALL", "SHAPES", "CLIPShape", "Shape"]
