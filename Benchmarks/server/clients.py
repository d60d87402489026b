"""Clients that ask as fast as they are answered, each on one connection that is kept.

One process, no threads, and a reader of answers that looks only at what it must: whatever the
clients use of the processor, the server under test can't. How much that was is part of the result.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from requests_mix import Ask, Mix


class Ending(Enum):
    """How a request ended."""

    ANSWERED = "answered"
    # Another status than 200, or other bytes than were asked for.
    WRONG = "answered wrongly"
    # The connection ended in the middle of the answer.
    CUT = "cut in the middle of the answer"
    # The connection ended before the first byte of an answer.
    IGNORED = "ended without an answer"
    # There was nobody to connect to: the request was never sent.
    REFUSED = "refused to connect"


@dataclass(frozen=True)
class Record:
    """One request."""

    kind: str
    # When all its bytes had been handed to the system; seconds of the monotonic clock.
    sent: float
    ended: float
    # From the first byte that was sent to the last that came.
    seconds: float
    ending: Ending
    note: str = ""


@dataclass
class Load:
    """Some clients and what became of their requests."""

    host: str
    port: int
    mixes: list[Mix]
    choose: Callable[[Mix], Ask] = Mix.next
    records: list[Record] = field(default_factory=list)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    started: float = 0
    ended: float = 0
    processor_seconds: float = 0

    async def run(self, seconds: float) -> None:
        """Asks for a time; `stop` ends it earlier. A request that is under way is waited for."""
        self.started = time.monotonic()
        processor = time.process_time()
        deadline = self.started + seconds
        await asyncio.gather(*(self._client(mix, deadline) for mix in self.mixes))
        self.ended = time.monotonic()
        self.processor_seconds = time.process_time() - processor

    async def _client(self, mix: Mix, deadline: float) -> None:
        connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while time.monotonic() < deadline and not self.stop.is_set():
            ask = self.choose(mix)
            if connection is None:
                try:
                    connection = await asyncio.open_connection(self.host, self.port)
                except OSError as error:
                    self._note(ask, time.monotonic(), Ending.REFUSED, str(error))
                    return
            ending, goes_on = await self._exchange(*connection, ask)
            if not goes_on:
                connection[1].close()
                connection = None
            if ending in (Ending.CUT, Ending.IGNORED):
                # Once the server has gone there is no use in asking on.
                await asyncio.sleep(0.05)
        if connection is not None:
            connection[1].close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ask: Ask
    ) -> tuple[Ending, bool]:
        """Sends a request and reads its answer: how it ended, and if the connection goes on."""
        begun = time.monotonic()
        sent = begun
        try:
            writer.write(ask.data)
            await writer.drain()
            sent = time.monotonic()
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        except asyncio.IncompleteReadError as error:
            ending = Ending.CUT if error.partial else Ending.IGNORED
            return self._note(ask, sent, ending, "", begun), False
        except (ConnectionError, TimeoutError) as error:
            return self._note(ask, sent, Ending.IGNORED, repr(error), begun), False
        status = head[9:12]
        fields = head.lower()
        place = fields.index(b"content-length: ") + 16
        length = int(fields[place : fields.index(b"\r", place)])
        try:
            body = await asyncio.wait_for(reader.readexactly(length), 60)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError) as error:
            return self._note(ask, sent, Ending.CUT, repr(error), begun), False
        goes_on = b"connection: close" not in fields
        if status != b"200" or not body.startswith(ask.begins):
            note = f"{status.decode()} {body[:200]!r}"
            return self._note(ask, sent, Ending.WRONG, note, begun), goes_on
        return self._note(ask, sent, Ending.ANSWERED, "", begun), goes_on

    def _note(
        self, ask: Ask, sent: float, ending: Ending, note: str, begun: float | None = None
    ) -> Ending:
        ended = time.monotonic()
        seconds = ended - (sent if begun is None else begun)
        self.records.append(Record(ask.kind, sent, ended, seconds, ending, note))
        return ending
