"""Tells a form that a person filled in from what a program sends: signed, with its time, for one thing, taken once."""

from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from typing import NamedTuple

from django.core import signing

SIGNER = signing.Signer(salt="registry.form")
QUICKEST, LONGEST = timedelta(seconds=3), timedelta(hours=20)  # what was taken is remembered for a day


class Trouble(StrEnum):
    NONE = ""
    QUICK = "quick"
    OLD = "old"
    STRANGE = "strange"


class Read(NamedTuple):
    nonce: str
    trouble: Trouble


def issue(thing: str, now: datetime) -> str:
    return SIGNER.sign_object({"thing": thing[:16], "nonce": token_hex(16), "at": int(now.timestamp())})


def read(text: str, thing: str, now: datetime) -> Read:
    """Whose form it is, and what is the matter with it."""
    try:
        said = SIGNER.unsign_object(text)
    except (signing.BadSignature, ValueError):
        return Read("", Trouble.STRANGE)
    if not isinstance(said, dict) or said.get("thing") != thing[:16]:
        return Read("", Trouble.STRANGE)
    age = now.timestamp() - said["at"]
    if age < QUICKEST.total_seconds():
        return Read(said["nonce"], Trouble.QUICK)
    return Read(said["nonce"], Trouble.OLD if age > LONGEST.total_seconds() else Trouble.NONE)
