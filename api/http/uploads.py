"""What is sent to us, read no further than its limit."""

from __future__ import annotations

from fastapi import Request

from kb.errors import TextTooLong


async def body_within(request: Request, most: int) -> bytes:
    """The body of a request, in bytes. Raises TextTooLong as soon as it is longer."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TextTooLong(f"Le fichier dépasse {most} octets.", hint="Donnez-le en plusieurs parties.")
    return bytes(body)
