"""How an ATS checks a notification, and what it makes of a batch answer. Python's standard library only."""

import hashlib
import hmac
from urllib.parse import unquote_plus


def is_signed(secret: str, body: bytes, header: str) -> bool:
    """X-LI-Signature is the hexadecimal HMAC-SHA256 of "hmacsha256=" and the body as it came, byte for byte."""
    expected = hmac.new(secret.encode(), b"hmacsha256=" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, header)


def challenge_response(secret: str, code: str) -> str:
    """What to answer GET ?challengeCode=… with, as challengeResponse beside the code."""
    return hmac.new(secret.encode(), code.encode(), hashlib.sha256).hexdigest()


def refused(answer: dict, keys: list) -> dict:
    """HTTP 200 says nothing about a record. Which of the keys that were sent failed, and why: in `errors`, in `results`, or unanswered."""
    outcomes = {parts(text): outcome for text, outcome in answer.get("results", {}).items()}
    outcomes.update({parts(text): outcome for text, outcome in answer.get("errors", {}).items()})
    failed = {}
    for key in keys:
        outcome = outcomes.get(parts(key))
        if outcome is None:
            failed[key] = "0: no answer"
        elif outcome.get("status", 0) >= 400:
            failed[key] = f"{outcome['status']}: {outcome.get('message', '').strip()}"
    return failed


def parts(key: str) -> frozenset:
    """Answers order and encode the parts of a key as they like: compare what they mean."""
    return frozenset(tuple(unquote_plus(half) for half in pair.split("=", 1)) for pair in key.split("&"))
