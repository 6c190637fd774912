"""Letters by GOV.UK Notify, for hosts that have it, in place of a mail server.

Its API is one POST with a signed token, so no client is installed for it. Notify sends only what is written into a
template of the host's own there: each has the placeholders ((subject)) and ((text)). A letter names its kind in the
header X-Letter-Kind; a kind without a template of its own takes that of `letter`.
"""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from commons import fetching

KIND, USUAL = "X-Letter-Kind", "letter"
UUID_LENGTH = 36


class NotTaken(OSError):
    """Notify did not take the letter: whoever sends it tries again later."""


class EmailBackend(BaseEmailBackend):
    """`key` as Notify gives it: its name, the service's id and the secret, joined by hyphens."""

    def __init__(self, *, key: str, templates: Mapping[str, str], address: str, **options: Any) -> None:
        super().__init__(**options)
        self.service, self.secret = key[-73:-37], key[-UUID_LENGTH:]
        self.templates, self.address = templates, f"{address}/v2/notifications/email"

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises NotTaken for the first that Notify does not take."""
        return sum(self.post(message, to) for message in email_messages for to in message.recipients())

    def post(self, message: EmailMessage, to: str) -> int:
        kind = message.extra_headers.get(KIND, USUAL)
        letter = {
            "email_address": to,
            "template_id": self.templates.get(kind) or self.templates[USUAL],
            "personalisation": {"subject": message.subject, "text": message.body},
        }
        headers = {"Authorization": f"Bearer {self.token(int(time.time()))}", "Content-Type": "application/json"}
        try:
            status = fetching.send(self.address, json.dumps(letter).encode(), headers=headers)
        except fetching.Unfetchable as unfetchable:
            raise NotTaken(str(unfetchable)) from unfetchable
        if status != 201:
            raise NotTaken(f"GOV.UK Notify answered {status}")
        return 1

    def token(self, at: int) -> str:
        """A JSON Web Token (RFC 7519) by HS256, which Notify takes for 30 seconds."""
        parts = [encoded({"typ": "JWT", "alg": "HS256"}), encoded({"iss": self.service, "iat": at})]
        signature = hmac.digest(self.secret.encode(), b".".join(parts), hashlib.sha256)
        return b".".join([*parts, unpadded(signature)]).decode()


def encoded(part: Mapping[str, Any]) -> bytes:
    return unpadded(json.dumps(part, separators=(",", ":")).encode())


def unpadded(part: bytes) -> bytes:
    return urlsafe_b64encode(part).rstrip(b"=")
