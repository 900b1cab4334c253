"""What a language model finds in one answer, and the servers from which nobody learns it."""

import json
import time
from itertools import cycle

from interview.scoring.endpoint import LARGEST_REPLY
from tests.language_models import KEY, Asked, Behaviour, judgement, says

RECALL = "I would look at the recall of the rare class first."
TERM = "After that I would look at the term0 value as well."
ANSWER = f"{RECALL} {TERM}"
REST = [("point-1", "missed", None), ("point-2", "missed", None)]
GOOD = judgement(("rare-class", "partly", RECALL), ("point-0", "wrong", TERM), *REST)


def silent(asked: Asked) -> None:
    asked.rfile.read(1)


def drips(octets: bytes, *, after: bytes = b"") -> Behaviour:
    """A server that never ends, one of these bytes at a time."""

    def drip(asked: Asked) -> None:
        asked.send_raw(after)
        for octet in cycle(octets):
            asked.send_raw(bytes([octet]))
            time.sleep(0.05)

    return drip


def sends(octets: bytes) -> Behaviour:
    return lambda asked: asked.send_raw(octets)


def replies(body: bytes, **more: int) -> Behaviour:
    return lambda asked: asked.send_body(body, **more)


WHOLE = json.dumps({"choices": [{"message": {"content": json.dumps(GOOD)}}]}).encode()
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
# They would keep anybody waiting who waits for their end.
SLOWNESS = {
    "silence": silent,
    "a first line that drips": drips(b"H"),
    "a head that drips": drips(b"X-More: 1\r\n", after=HEAD),
    "always more to come": drips(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body that drips": drips(b" ", after=HEAD + b"\r\n"),
    "chunks that drip": drips(b"1\r\n \r\n", after=CHUNKED),
}
# Each with the reason that is written down.
MISBEHAVIOUR = {
    "closed at once": (lambda asked: None, "RemoteDisconnected"),
    "closed in the head": (sends(HEAD + b"Content-Le"), "another form"),
    "closed in the body": (replies(WHOLE[:50], length=len(WHOLE)), "in its middle"),
    "closed in a chunk": (
        sends(CHUNKED + b"fff\r\n" + WHOLE[:50]),
        "IncompleteRead",
    ),
    "chunks without a size": (sends(CHUNKED + b"zz\r\n"), "IncompleteRead"),
    "a length too large": (replies(WHOLE, length=len(WHOLE) + 9), "in its middle"),
    "a length too small": (replies(WHOLE, length=len(WHOLE) - 9), "another form"),
    "no length": (sends(HEAD + b"Content-Length: 0\r\n\r\n" + WHOLE), "another form"),
    "no HTTP": (sends(f"SSH-2.0 {KEY}\r\n".encode()), "BadStatusLine"),
    "an endless line": (sends(b"HTTP/1.1 200 " + b"O" * 100_000), "LineTooLong"),
    "endless headers": (sends(HEAD + b"X-More: 1\r\n" * 1000), "HTTPException"),
    "500": (replies(WHOLE, status=500), "status 500"),
    "429": (replies(WHOLE, status=429), "status 429"),
    "401": (replies(WHOLE, status=401), "status 401"),
    "204": (replies(b"", status=204), "status 204"),
    "an empty body": (replies(b""), "another form"),
    "HTML": (replies(b"<!doctype html><title>Sign in</title>"), "another form"),
    "no JSON": (replies(WHOLE[:-1]), "another form"),
    "JSON of another form": (replies(b'{"error": {"message": "quota"}}'), "another form"),
    "no choice": (replies(b'{"choices": []}'), "another form"),
    "NaN": (replies(b'{"choices": NaN}'), "another form"),
    "deep nesting": (replies(b"[" * 100_000 + b"]" * 100_000), "another form"),
    "no UTF-8": (replies(WHOLE.replace(b"recall", b"rec\xff\xfell")), "another form"),
    "half a character": (replies(WHOLE.replace(b"recall", b"\\\\ud800")), "another form"),
    "a huge body": (replies(b" " * LARGEST_REPLY + WHOLE), "more than"),
    "an endless body": (
        lambda asked: asked.send_raw(HEAD + b"\r\n" + b" " * 10 * LARGEST_REPLY),
        "more than",
    ),
    "no content": (says(None), "another form"),
    "a tool's call": (says(None, tool_calls=[{"function": {"name": "judge"}}]), "another form"),
    "prose": (says("All of it is covered. 100 points."), "another form"),
    "a point is missing": (says(judgement(("rare-class", "covered", RECALL), *REST)), "other key points"),
    "an unknown point": (says(judgement(*REST, ("p", "missed", None), ("q", "missed", None))), "other key"),
    "a point twice": (says({"points": GOOD["points"] * 2}), "judged twice"),
    "an unknown verdict": (says(judgement(("rare-class", "perfect", RECALL), *REST)), "another form"),
    "a made-up quote": (
        says(judgement(("rare-class", "covered", "Oversample it."), ("point-0", "missed", None), *REST)),
        "isn't in the answer",
    ),
    "an empty quote": (
        says(judgement(("rare-class", "covered", ""), ("point-0", "missed", None), *REST)),
        "without a quote",
    ),
}
