"""What people ask a server for: which requests, how often, and how an answer is recognised."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

THINGS = [
    "猫", "犬", "傘", "城", "電車", "ロケット", "雪だるま", "寿司", "ケーキ", "花火", "鳥居",
    "富士山", "ペンギン", "クジラ", "向日葵", "提灯", "cat", "dog", "umbrella", "castle", "train",
    "rocket", "snowman", "sushi", "cake", "fireworks", "gate", "mountain", "penguin", "whale",
    "sunflower",
]  # fmt: skip
PLACES = [
    "夜の海の{}", "雨の日の{}", "夕焼けと{}", "森の中の{}", "{}と青い空", "赤い{}", "窓辺の{}",
    "a {} by the sea", "a red {}", "{} at night", "{} in the rain", "a small {} on a table",
    "two of a {} under a blue sky",
]  # fmt: skip

# Of a hundred requests, how many are of which kind: somebody looks at a page of results with its
# thumbnails, opens a few of them, and searches again.
SHARES = {
    "search by words": 30,
    "search by image": 4,
    "newest page": 10,
    "details": 14,
    "thumbnail": 36,
    "file": 6,
}


@dataclass(frozen=True)
class Ask:
    """A request's bytes, and how its answer begins."""

    kind: str
    data: bytes
    begins: bytes


class Mix:
    """Endless requests, the same ones in every run.

    `seen` is shared by all who ask one server: the images whose small thumbnails exist.
    """

    def __init__(
        self, host: str, images: int, uploads: list[Path], seen: set[int], seed: int
    ) -> None:
        self._host = host
        self._seen = seen
        self._images = images
        self._uploads = [path.read_bytes() for path in uploads]
        self._chance = random.Random(seed)
        self._kinds = list(SHARES)
        self._weights = list(SHARES.values())

    def next(self) -> Ask:
        """The next request, of any kind."""
        return self.of(self._chance.choices(self._kinds, self._weights)[0])

    def of(self, kind: str) -> Ask:
        """A request of a kind."""
        number = self._chance.randint(1, self._images)
        match kind:
            case "search by words":
                words = self._chance.choice(PLACES).format(self._chance.choice(THINGS))
                # So that hardly any words come twice: nothing is answered from what was kept.
                words += f" {self._chance.randint(1, 99_999)}"
                offset = self._chance.choice([0, 0, 0, 16, 32])
                address = f"/api/v1/search?q={quote(words)}&offset={offset}"
                return self._get(kind, address, b'{"hits"')
            case "more like this":
                return self._get(kind, f"/api/v1/search?like={number}", b'{"hits"')
            case "search by image":
                body = self._chance.choice(self._uploads)
                head = (
                    f"POST /api/v1/search HTTP/1.1\r\nHost: {self._host}\r\n"
                    f"Content-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                return Ask(kind, head.encode() + body, b'{"hits"')
            case "newest page":
                offset = 16 * self._chance.randint(0, 20)
                return self._get(kind, f"/api/v1/images?offset={offset}", b'{"images"')
            case "details":
                return self._get(kind, f"/api/v1/images/{number}", b'{"image"')
            case "thumbnail":
                # The page asks for these two. The indexer makes the larger one; the smaller one is
                # made when it is first asked for, and that is told apart.
                size = self._chance.choice([256, 512])
                address = f"/api/v1/images/{number}/thumbnail?size={size}"
                if size == 256 and number not in self._seen:
                    self._seen.add(number)
                    kind = "thumbnail, first time"
                return self._get(kind, address, b"RIFF")
            case "file":
                return self._get(kind, f"/api/v1/images/{number}/file", b"\xff\xd8\xff")
        raise ValueError(kind)

    def _get(self, kind: str, address: str, begins: bytes) -> Ask:
        request = f"GET {address} HTTP/1.1\r\nHost: {self._host}\r\n\r\n"
        return Ask(kind, request.encode(), begins)
