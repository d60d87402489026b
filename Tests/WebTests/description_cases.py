"""What the tool that tries out the API's description can't know from the description alone."""

from __future__ import annotations

import io
from typing import Any

import schemathesis
from hypothesis import strategies
from PIL import Image


def picture(format_name: str, colour: str) -> bytes:
    """A small picture's bytes."""
    stream = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(stream, format_name)
    return stream.getvalue()


# A text of random characters is no picture, and is rightly refused (422): well-formed requests
# carry pictures. Other bytes are sent in test_hostile_pictures.py.
PICTURES = strategies.sampled_from(
    [
        picture("JPEG", "teal"),
        picture("PNG", "orange"),
        picture("WEBP", "navy"),
        picture("GIF", "white"),
        picture("TIFF", "black"),
    ]
)
schemathesis.openapi.media_type("image/*", PICTURES)
schemathesis.openapi.media_type("image/jpeg", PICTURES)
schemathesis.openapi.media_type("application/octet-stream", PICTURES)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Searches for something: "at least one of q and like" has no form in the description.

    That a search for nothing is refused is checked in test_search.py.
    """
    if case.operation.label not in ("GET /api/v1/search", "GET /api/v1/compare"):
        return
    query = case.query
    if not query:
        query = case.query = {}
    if "q" not in query and "like" not in query:
        query["q"] = "猫"
