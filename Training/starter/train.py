"""Trains the starter model for a given number of minutes on scenes that it makes itself.

Losses, all on the same scenes:
* contrastive, image with caption, both languages, pairs that also match left out of the negatives;
* image -> prototypes: every glyph has a learned prototype in the embedding space, and an image must be near those of
  the glyphs it holds; likewise every caption. This is the dense teacher that makes it learn several times faster;
* patches: a patch covered by an object names its glyph (a head used in training only);
* bare words -> prototypes: every word of the lexicon, without a picture, so that rare ones are learned as well;
* backgrounds and drawn shapes have prototypes as well.
Only the two towers are kept. The learning rate follows the clock, so training ends on time on any machine.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing as mp
import os
import queue
import random
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # spinning threads starve whatever else runs

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from glyphs import cache_directory, load_glyphs
from model import PATCH, CLIPModel, encode_images, encode_texts, export, make_config
from words import BACKGROUND_KEYS, SHAPE_KEYS

END_OF_PADDING = -1


@dataclass
class Batch:
    pixels: np.ndarray  # batch, side, side, 3
    slots: np.ndarray  # batch, 3: classes or -1
    backgrounds: np.ndarray  # batch
    patches: np.ndarray  # batch, grid * grid
    ids: dict[str, np.ndarray]  # language -> batch, length
    lengths: dict[str, np.ndarray]
    speaks: dict[str, np.ndarray]  # whether the caption names the background
    word_ids: np.ndarray  # words, length: bare words without a picture
    word_lengths: np.ndarray
    word_meanings: list[tuple[list[int], list[float]]]  # the glyphs each may mean, with shares


def scene_worker(batches: mp.Queue, settings: dict, side, lone, easy, bare) -> None:
    """Runs in its own process: composes scenes and captions, puts batches on the queue."""
    os.nice(1)
    parent = os.getppid()
    from tokenizers import Tokenizer

    from backgrounds import load_pool
    from captions import Captioner, Lexicon
    from clipart import load_drawings
    from scenes import SceneMaker

    glyphs = load_glyphs()
    pool = load_pool(settings["backgrounds"], settings["background_seed"])
    maker = SceneMaker(glyphs, load_drawings(), pool, settings["seed"])
    lexicon = Lexicon(glyphs)
    captioner = Captioner(lexicon)
    dictionary = lexicon.vocabulary()
    tokenizer = Tokenizer.from_file(str(Path(settings["tokenizer"]) / "tokenizer.json"))
    tokenizer.enable_truncation(40)
    rng = random.Random(settings["seed"] + 1)
    size = settings["batch"]
    while True:
        pixels_side, maker.lone, maker.easy = side.value, lone.value, easy.value
        grid = pixels_side // PATCH
        given, scenes = None, []
        for k in range(size):
            # one scene in sixteen is composed anew from the content of the one before it
            scene = maker.make(pixels_side, grid, given)
            given = (scene.content, scene.slots) if k % 16 == 0 and scene.slots else None
            scenes.append(scene)
        slots = np.full((size, 3), END_OF_PADDING, np.int64)
        ids, lengths, speaks = {}, {}, {}
        for i, scene in enumerate(scenes):
            unique = list(dict.fromkeys(scene.slots))
            slots[i, :len(unique)] = unique
        for lang in ("ja", "en"):
            pairs = [captioner.caption(rng, scene.content, lang, bare.value) for scene in scenes]
            coded = [e.ids for e in tokenizer.encode_batch([text for text, _ in pairs])]
            lengths[lang] = np.array([len(c) for c in coded])
            table = np.zeros((size, int(lengths[lang].max())), np.int64)
            for i, c in enumerate(coded):
                table[i, :len(c)] = c
            ids[lang] = table
            speaks[lang] = np.array([s for _, s in pairs])
        drawn = [rng.choice(dictionary) for _ in range(size)]
        coded = [e.ids for e in tokenizer.encode_batch([
            (word if rng.random() < 0.9 else f"{word}のイラスト" if ord(word[0]) > 0x3000 else f"a {word}") for word, _ in drawn])]
        word_ids = np.zeros((size, max(map(len, coded))), np.int64)
        for i, c in enumerate(coded):
            word_ids[i, :len(c)] = c
        meanings = [(list(m), [w / sum(m.values()) for w in m.values()]) for _, m in drawn]
        made = Batch(np.stack([s.image for s in scenes]), slots, np.array([s.background for s in scenes], np.int64),
                     np.stack([s.patches.ravel() for s in scenes]).astype(np.int64), ids, lengths, speaks,
                     word_ids, np.array([len(c) for c in coded]), meanings)
        while True:
            try:
                batches.put(made, timeout=20)
                break
            except queue.Full:
                if os.getppid() != parent:  # the trainer was ended from outside
                    return


class Teacher(nn.Module):
    """What only training needs: prototypes and the patch head."""

    def __init__(self, classes: int, backgrounds: int, width: int, vision_width: int) -> None:
        super().__init__()
        self.prototypes = nn.Parameter(torch.randn(classes, width) * width**-0.5)
        self.backgrounds = nn.Parameter(torch.randn(backgrounds, width) * width**-0.5)
        self.scales = nn.Parameter(torch.tensor([math.log(12.0), math.log(12.0), math.log(10.0)]))
        self.patch = nn.Linear(vision_width, classes + 1)


def prototype_loss(embedding: Tensor, prototypes: Tensor, scale: Tensor, slots: Tensor) -> Tensor:
    """Softmax over all classes against an even share for each class present. Rows without objects do not count."""
    logits = (embedding @ F.normalize(prototypes, dim=-1).T) * scale.exp().clamp(max=60)
    present = (slots >= 0).float()
    some = present.sum(1) > 0
    if not bool(some.any()):
        return logits.sum() * 0
    log_p = F.log_softmax(logits, -1)
    picked = log_p.gather(1, slots.clamp(min=0)) * present
    return -(picked.sum(1)[some] / present.sum(1)[some]).mean()


def encode_captions(model: CLIPModel, batch: Batch) -> Tensor:
    """Both languages at once, in two groups by length so that little padding is computed."""
    rows = [(ids[i, :n], n) for lang in ("ja", "en") for ids, ns in [(batch.ids[lang], batch.lengths[lang])] for i, n in enumerate(ns)]
    order = sorted(range(len(rows)), key=lambda i: rows[i][1])
    cut = int(len(order) * 0.6)
    outs = []
    for part in (order[:cut], order[cut:]):
        longest = max(rows[i][1] for i in part)
        ids = np.zeros((len(part), longest), np.int64)
        for k, i in enumerate(part):
            ids[k, :rows[i][1]] = rows[i][0]
        outs.append(encode_texts(model, torch.from_numpy(ids), torch.tensor([int(rows[i][1]) for i in part])))
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(outs)[back]


def choose_patches(labels: Tensor, count: int) -> Tensor:
    """Which patches to look at: those that objects touch, then background ones at random, `count` per image."""
    priority = torch.rand(labels.shape) + (labels != -1).float() * 0.8
    return priority.topk(count, dim=1).indices


def compute_loss(model: CLIPModel, teacher: Teacher, batch: Batch, weights: dict[str, float],
                 keep: int | None = None) -> tuple[Tensor, dict[str, float]]:
    """`keep`: how many patches of an image are looked at (None: all)."""
    size = len(batch.slots)
    labels_of_patches = torch.from_numpy(batch.patches)
    kept = choose_patches(labels_of_patches, keep) if keep and keep < labels_of_patches.shape[1] else None
    if kept is not None:
        labels_of_patches = labels_of_patches.gather(1, kept)
    slots = torch.from_numpy(batch.slots)
    grounds = torch.from_numpy(batch.backgrounds)
    image, states = encode_images(model, torch.from_numpy(batch.pixels), kept_patches=kept)
    image = F.normalize(image, dim=-1)
    text = F.normalize(encode_captions(model, batch), dim=-1)

    parts: dict[str, Tensor] = {}
    parts["image"] = prototype_loss(image, teacher.prototypes, teacher.scales[0], slots)
    parts["text"] = prototype_loss(text, teacher.prototypes, teacher.scales[1], slots.repeat(2, 1))

    # bare words: what people type; rare ones come up too seldom in captions
    words = F.normalize(encode_texts(model, torch.from_numpy(batch.word_ids), torch.from_numpy(batch.word_lengths)), dim=-1)
    log_p = F.log_softmax((words @ F.normalize(teacher.prototypes, dim=-1).T) * teacher.scales[1].exp().clamp(max=60), -1)
    row = [i for i, (m, _) in enumerate(batch.word_meanings) for _ in m]
    column = [g for m, _ in batch.word_meanings for g in m]
    share = torch.tensor([w for _, ws in batch.word_meanings for w in ws])
    parts["word"] = -(log_p[row, column] * share).sum() / size

    # backgrounds: the image's own, and the captions' that speak of one
    ground_prototypes = F.normalize(teacher.backgrounds, dim=-1)
    known = grounds >= 0
    ground_scale = teacher.scales[2].exp().clamp(max=40)
    if bool(known.any()):
        parts["ground"] = F.cross_entropy((image[known] @ ground_prototypes.T) * ground_scale, grounds[known])
    speaks = torch.from_numpy(np.concatenate([batch.speaks["ja"], batch.speaks["en"]])) & known.repeat(2)
    if bool(speaks.any()):
        parts["ground_text"] = F.cross_entropy((text[speaks] @ ground_prototypes.T) * ground_scale, grounds.repeat(2)[speaks])

    # patches: a few covered ones and a few of the background per image
    flat = labels_of_patches.reshape(-1)
    covered, empty = (flat >= 0).nonzero().view(-1), (flat == -1).nonzero().view(-1)
    covered = covered[torch.randperm(len(covered))[:size * 5]]
    empty = empty[torch.randperm(len(empty))[:size]]
    chosen = torch.cat([covered, empty])
    labels = torch.cat([flat[covered], torch.full((len(empty),), teacher.patch.out_features - 1)])
    picked = states.reshape(-1, states.shape[-1])[chosen]
    picked = F.layer_norm(picked, picked.shape[-1:])
    logits = F.linear(picked, teacher.patch.weight.to(picked.dtype), teacher.patch.bias.to(picked.dtype)).float()
    parts["patch"] = F.cross_entropy(logits, labels)

    # contrastive; other pairs that hold (the caption's objects are all in the other image) are no negatives
    hot = torch.zeros(size, teacher.prototypes.shape[0])
    hot.scatter_(1, slots.clamp(min=0), (slots >= 0).float())
    hot[:, 0] = (slots == 0).any(1).float()
    held = hot @ hot.T >= hot.sum(1, keepdim=True) - 0.5  # caption i's objects are in image j
    both = held | held.T
    both.fill_diagonal_(False)
    scale = model.logit_scale.exp().clamp(max=100)
    eye = torch.arange(size)
    losses = []
    for lang in range(2):
        logits = (text[lang * size:(lang + 1) * size] @ image.T) * scale
        logits = logits.masked_fill(both, -1e4)
        losses += [F.cross_entropy(logits, eye), F.cross_entropy(logits.T, eye)]
    parts["pair"] = sum(losses) / 4  # type: ignore[assignment]
    # the same content composed anew: images 0 and 1 of every sixteen
    a, b = image[0::16], image[1::16]
    parts["again"] = (1 - (a * b).sum(-1))[torch.from_numpy((batch.slots[0::16] == batch.slots[1::16]).all(1))].mean().nan_to_num()
    total = sum(weights[name] * value for name, value in parts.items())
    return total, {name: float(value.detach()) for name, value in parts.items()}  # type: ignore[return-value]


WEIGHTS = {"image": 1.0, "text": 0.5, "word": 0.5, "ground": 0.12, "ground_text": 0.12, "patch": 0.5, "pair": 0.6, "again": 0.3}


class Optimiser:
    """Muon for the hidden matrices, AdamW for embeddings, heads, prototypes and everything one-dimensional."""

    def __init__(self, model: CLIPModel, teacher: Teacher, muon_rate: float, adam_rate: float) -> None:
        hidden, decayed, plain = [], [], []
        for name, parameter in model.named_parameters():
            if ".layers." in name and parameter.ndim == 2:
                hidden.append(parameter)
            elif parameter.ndim >= 2:
                decayed.append(parameter)
            else:
                plain.append(parameter)
        self.muon = torch.optim.Muon(hidden, lr=muon_rate, momentum=0.95, weight_decay=0.02, adjust_lr_fn="match_rms_adamw", ns_steps=4)
        self.adam = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0},
             {"params": list(teacher.parameters()), "weight_decay": 0.0}], lr=adam_rate, betas=(0.9, 0.97), eps=1e-8, fused=True)
        self.rates = (muon_rate, adam_rate)

    def step(self, factor: float) -> None:
        for optimiser, rate in ((self.muon, self.rates[0]), (self.adam, self.rates[1])):
            for group in optimiser.param_groups:
                group["lr"] = rate * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def state_dict(self) -> dict:
        return {"muon": self.muon.state_dict(), "adam": self.adam.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])


@torch.no_grad()
def own_figures(model: CLIPModel, batches: list[Batch]) -> str:
    """Recall@10 on held-back batches of our own kind, as one pool."""
    image = F.normalize(torch.cat([encode_images(model, torch.from_numpy(b.pixels))[0] for b in batches]), dim=-1)
    texts = [encode_captions(model, b) for b in batches]
    size = len(batches[0].slots)
    out = []
    for lang, name in enumerate(("ja", "en")):
        text = F.normalize(torch.cat([t[lang * size:(lang + 1) * size] for t in texts]), dim=-1)
        scores = text @ image.T
        rank = (scores > scores.diagonal()[:, None]).sum(1)
        out.append(f"{name} R@1 {(rank < 1).float().mean():.3f} R@10 {(rank < 10).float().mean():.3f}")
    return "; ".join(out) + f" (pool {len(image)})"


def build_tokenizer(folder: Path) -> int:
    """Learns the tokenizer once; its files travel with every export."""
    from tokenizers import Tokenizer

    if not (folder / "tokenizer.json").exists():
        from captions import Captioner, Lexicon
        from model import POSITIONS
        from tokenizer import learn_merges, write

        lexicon = Lexicon(load_glyphs())
        words = dict(lexicon.all_words())
        for word, count in Captioner(lexicon).fixed_words().items():
            words[word] = words.get(word, 0) + count
        write(folder, learn_merges(words, 6000 - 514), POSITIONS)
    return Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab_size()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=80, help="wall-clock budget, all phases together")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "Models" / "starter")
    parser.add_argument("--work", type=Path, default=cache_directory() / "run", help="checkpoints and log, outside the repository")
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--small", type=float, default=0.25, help="share of the time on 96 pixels, before 128")
    parser.add_argument("--small-side", type=int, default=96)
    parser.add_argument("--keep", type=int, default=40, help="patches looked at per image until --keep-until")
    parser.add_argument("--keep-until", type=float, default=0.75, help="share of the time after which all patches are looked at")
    parser.add_argument("--muon", type=float, default=3e-3)
    parser.add_argument("--adam", type=float, default=1.5e-3)
    parser.add_argument("--backgrounds", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--warm", type=float, default=0.02, help="share of the time for warming up")
    parser.add_argument("--hold", type=float, default=0.4, help="share of the time at the full rate; then linear to zero")
    parser.add_argument("--export-every", type=float, default=10, help="minutes")
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    log_file = open(args.work / "log.txt", "a", buffering=1)

    def log(text: str) -> None:
        line = time.strftime("%H:%M:%S ") + text
        print(line, flush=True)
        log_file.write(line + "\n")

    tokenizer = args.work / "tokenizer"
    vocabulary = build_tokenizer(tokenizer)
    glyph_count = len(load_glyphs())
    model = CLIPModel(make_config(vocabulary))
    teacher = Teacher(glyph_count + len(SHAPE_KEYS), len(BACKGROUND_KEYS), model.config.projection_dim, model.config.vision_config.hidden_size)
    optimiser = Optimiser(model, teacher, args.muon, args.adam)
    step, seen = 0, 0
    if args.resume:
        state = torch.load(args.resume, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
        teacher.load_state_dict(state["teacher"])
        optimiser.load_state_dict(state["optimiser"])
        step, seen = state["step"], state["seen"]
    averaged = {k: v.detach().clone() for k, v in model.state_dict().items()}

    context = mp.get_context("spawn")
    side, lone, easy, bare = (context.Value("i", args.small_side if args.small > 0 else 128), context.Value("d", 1.0),
                              context.Value("d", 1.0), context.Value("d", 0.35))
    if args.resume:
        lone.value, easy.value = 0.3, 0.0
    batches: mp.Queue = context.Queue(maxsize=6)
    settings = {"backgrounds": args.backgrounds, "background_seed": 1, "batch": args.batch, "tokenizer": str(tokenizer)}
    workers = [context.Process(target=scene_worker, daemon=True, args=(
        batches, {**settings, "seed": args.seed * 1000 + 17 * k + step}, side, lone, easy, bare)) for k in range(args.workers)]
    for worker in workers:
        worker.start()

    def next_batch() -> Batch:
        while True:
            try:
                return batches.get(timeout=120)
            except queue.Empty:
                if not all(worker.is_alive() for worker in workers):
                    raise RuntimeError("the scene maker ended") from None

    def save(name: str) -> None:
        state = {"model": model.state_dict(), "averaged": averaged, "teacher": teacher.state_dict(),
                 "optimiser": optimiser.state_dict(), "step": step, "seen": seen}
        temporary = args.work / f".{name}"
        torch.save(state, temporary)
        temporary.replace(args.work / name)

    def with_average():
        kept = {k: v.detach().clone() for k, v in model.state_dict().items()}
        model.load_state_dict(averaged)
        return kept

    first = next_batch()
    log(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {glyph_count} glyphs, vocabulary {vocabulary}")
    started = time.monotonic()
    budget = args.minutes * 60
    last_export, last_log, last_seen = started, started, seen
    sums: dict[str, float] = {}
    waiting = 0.0
    batch: Batch | None = first
    while True:
        progress = (time.monotonic() - started) / budget
        if progress >= 1:
            break
        # the curriculum: one large object, then scenes of any kind; few pixels, then all of them
        if not args.resume:
            lone.value = 1.0 if progress < 0.07 else 0.3
            easy.value = max(0.0, 1 - progress / 0.15)
        side.value = args.small_side if progress < args.small else 128
        if batch is None:
            before = time.monotonic()
            batch = next_batch()
            waiting += time.monotonic() - before
        loss, parts = compute_loss(model, teacher, batch, WEIGHTS, args.keep if progress < args.keep_until else None)
        loss.backward()
        nn.utils.clip_grad_norm_([*model.parameters(), *teacher.parameters()], 5.0)
        factor = min(1.0, progress / args.warm, max(0.0, (1 - progress) / (1 - args.hold)))
        optimiser.step(max(factor, 1e-3))
        with torch.no_grad():
            model.logit_scale.clamp_(max=math.log(100))
        step += 1
        seen += len(batch.slots)
        keep = min(0.995, (1 + step) / (20 + step))
        live = model.state_dict()
        with torch.no_grad():
            for name, value in averaged.items():
                if value.is_floating_point():
                    value.lerp_(live[name], 1 - keep)
        for name, value in parts.items():
            sums[name] = sums.get(name, 0.0) + value
        sums["steps"] = sums.get("steps", 0) + 1
        batch = None
        now = time.monotonic()
        if now - last_log > 30:
            means = " ".join(f"{k} {v / sums['steps']:.3f}" for k, v in sums.items() if k != "steps")
            log(f"step {step} seen {seen} {100 * progress:.1f}% rate {factor:.2f} {(seen - last_seen) / (now - last_log):.0f}/s wait {waiting:.1f}s | {means}")
            last_log, last_seen, sums, waiting = now, seen, {}, 0.0
        if now - last_export > args.export_every * 60:
            kept = with_average()
            export(model, tokenizer, args.out)
            figures = own_figures(model, [next_batch() for _ in range(-(-1000 // args.batch))])
            model.load_state_dict(kept)
            save("latest.pt")
            log(f"exported; own kind of scenes: {figures}")
            last_export = time.monotonic()
    side.value = 128
    with_average()
    size = export(model, tokenizer, args.out)
    while batches.qsize():
        next_batch()
    figures = own_figures(model, [next_batch() for _ in range(-(-1000 // args.batch))])
    save("final.pt")
    log(f"finished: {step} steps, {seen} scenes, {size} bytes; own kind of scenes: {figures}")
    for worker in workers:
        worker.terminate()


if __name__ == "__main__":
    main()
