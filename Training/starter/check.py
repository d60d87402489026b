"""Figures of a released folder on scenes of the training's own kind (fresh seeds), and some harder questions.

* text -> image and image -> image recall on composed scenes;
* bare everyday words: how many of the first five pictures do hold the thing;
* a style never trained on: the black-and-white drawings of Symbola; openclipart drawings held out of training;
* words that mean nothing to it: do they land anywhere with confidence?

The figures that count are those of the independent scenes in `heldout/`; these here are the optimistic ones.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw, ImageFont
from tokenizers import Tokenizer
from torch import Tensor

from backgrounds import load_pool
from captions import Captioner, Content, Lexicon
from clipart import load_drawings
from glyphs import load_glyphs
from model import IMAGE, CLIPModel, encode_images, encode_texts
from scenes import SceneMaker
from words import everyday

SYMBOLA = "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf"
NONSENSE = ["zxqv", "flurbmop", "憂鬱な形而上学", "量子色力学", "jurisprudence", "ポスト構造主義", "amortization schedule", "訴訟手続き",
            "kernel panic", "epistemology", "為替予約", "stochastic calculus", "ふにゃらぽん", "qwertyuiop", "減価償却費"]


class Encoder:
    def __init__(self, folder: Path) -> None:
        self.model = CLIPModel.from_pretrained(str(folder), dtype=torch.float32).eval()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(self.model.config.text_config.max_position_embeddings)

    @torch.no_grad()
    def images(self, pixels: list[np.ndarray]) -> Tensor:
        parts = [encode_images(self.model, torch.from_numpy(np.stack(pixels[i:i + 128])), torch.float32)[0] for i in range(0, len(pixels), 128)]
        return F.normalize(torch.cat(parts), dim=-1)

    @torch.no_grad()
    def texts(self, texts: list[str]) -> Tensor:
        coded = [e.ids for e in self.tokenizer.encode_batch(texts)]
        out = []
        for i in range(0, len(coded), 256):
            part = coded[i:i + 256]
            ids = torch.zeros(len(part), max(map(len, part)), dtype=torch.long)
            for k, c in enumerate(part):
                ids[k, :len(c)] = torch.tensor(c)
            out.append(encode_texts(self.model, ids, torch.tensor([len(c) for c in part]), torch.float32))
        return F.normalize(torch.cat(out), dim=-1)


def recall(queries: Tensor, pool: Tensor, right: Tensor | None = None) -> tuple[float, float]:
    scores = queries @ pool.T
    right = torch.arange(len(queries)) if right is None else right
    mine = scores.gather(1, right[:, None])
    rank = (scores > mine).sum(1)
    return float((rank < 1).float().mean()), float((rank < 10).float().mean())


def on_white(image: Image.Image) -> np.ndarray:
    page = Image.new("RGBA", (160, 160), "white")
    image = image.copy()
    image.thumbnail((124, 124))
    page.alpha_composite(image, ((160 - image.width) // 2, (160 - image.height) // 2))
    return np.asarray(page.convert("RGB").resize((IMAGE, IMAGE), Image.Resampling.BICUBIC))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=Path(__file__).resolve().parents[2] / "Models" / "starter")
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--backgrounds", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    encoder = Encoder(args.model)
    glyphs = load_glyphs()
    drawings = load_drawings()
    lexicon = Lexicon(glyphs)
    captioner = Captioner(lexicon)
    maker = SceneMaker(glyphs, drawings, load_pool(args.backgrounds, 99), 4242)
    rng = random.Random(4243)
    maker.lone = 0.33

    scenes, again = [], []
    while len(scenes) < args.scenes:
        scene = maker.make(IMAGE, 8)
        if not scene.content.glyphs or scene.content.shape:
            continue
        scenes.append(scene)
        again.append(maker.make(IMAGE, 8, (Content(scene.content.glyphs), scene.slots)))
    pool = encoder.images([s.image for s in scenes])
    for lang in ("ja", "en"):
        joint = "と" if lang == "ja" else " and "
        named = [joint.join(lexicon.names[lang][g] for g in dict.fromkeys(s.content.glyphs)) for s in scenes]
        mixed = [captioner.caption(rng, s.content, lang)[0] for s in scenes]
        print(f"{lang}: names joined R@1 %.3f R@10 %.3f" % recall(encoder.texts(named), pool),
              "| captions as in training R@1 %.3f R@10 %.3f" % recall(encoder.texts(mixed), pool))
        for count in (1, 2, 3):
            rows = [i for i, s in enumerate(scenes) if len(set(s.content.glyphs)) == count]
            print(f"   {count} kinds of object ({len(rows)}): R@1 %.3f R@10 %.3f"
                  % recall(encoder.texts([named[i] for i in rows]), pool, torch.tensor(rows)))
    print("image -> the same scene composed anew: R@1 %.3f R@10 %.3f" % recall(encoder.images([s.image for s in again]), pool))

    ids = {g.id: i for i, g in enumerate(glyphs)}
    meanings = dict(lexicon.vocabulary())
    for lang, which in (("ja", 0), ("en", 1)):
        everyday_words = {word for pair in everyday().values() for word in pair[which]}
        meant = {word: set(meanings[word.lower()]) for word in sorted(everyday_words)}
        held = [(w, g) for w, g in meant.items() if sum(bool(g & set(s.content.glyphs)) for s in scenes) >= 1]
        top = (encoder.texts([w for w, _ in held]) @ pool.T).topk(5).indices
        first = np.mean([bool(g & set(scenes[int(top[i, 0])].content.glyphs)) for i, (_, g) in enumerate(held)])
        any5 = np.mean([any(g & set(scenes[int(j)].content.glyphs) for j in top[i]) for i, (_, g) in enumerate(held)])
        print(f"{lang}: bare everyday words ({len(held)}): first picture right {first:.3f}, one of five right {any5:.3f}")

    alone = encoder.images([on_white(g.image) for g in glyphs])
    for lang in ("ja", "en"):
        print(f"{lang}: a glyph alone on white, by its name, pool {len(glyphs)}: R@1 %.3f R@10 %.3f" % recall(encoder.texts(lexicon.names[lang]), alone))

    held_out = [d for d in drawings if d.glyph and d.held_out]
    if held_out:
        queries = encoder.images([on_white(d.image) for d in held_out])
        names = encoder.texts(lexicon.names["en"])
        rank = recall(queries, names, torch.tensor([ids[d.glyph] for d in held_out]))
        print(f"openclipart drawings held out ({len(held_out)}) -> their English name among {len(glyphs)}: R@1 %.3f R@10 %.3f" % rank)
    if Path(SYMBOLA).exists():
        from fontTools.ttLib import TTFont

        known = TTFont(SYMBOLA).getBestCmap()
        font = ImageFont.truetype(SYMBOLA, 110)
        rows, images = [], []
        for i, glyph in enumerate(glyphs):
            if "-" in glyph.id or int(glyph.id, 16) not in known:
                continue
            page = Image.new("RGB", (160, 160), "white")
            ImageDraw.Draw(page).text((80, 80), chr(int(glyph.id, 16)), fill="black", font=font, anchor="mm")
            images.append(np.asarray(page.resize((IMAGE, IMAGE), Image.Resampling.BICUBIC)))
            rows.append(i)
        names = encoder.texts([lexicon.names["en"][i] for i in rows])
        print(f"Symbola, a style never seen ({len(rows)}): name -> drawing R@1 %.3f R@10 %.3f" % recall(names, encoder.images(images)))

    known_words = encoder.texts([w for w, _ in held])
    for label, vectors in (("known words", known_words), ("words that mean nothing to it", encoder.texts(NONSENSE))):
        best = (vectors @ alone.T).max(1).values
        print(f"best cosine over all glyphs, {label}: median {best.median():.3f}, 10 % {best.quantile(0.1):.3f}, 90 % {best.quantile(0.9):.3f}")


if __name__ == "__main__":
    main()
