"""Have a code mailed, outside the request: how long the page takes tells nobody whether there is an account."""

import logging
from threading import Timer

from django.db import connection, transaction

from registry.models import SignInCode
from registry.signing_in.codes import mail
from registry.tasks import mail_code

logger = logging.getLogger(__name__)
# Somebody waits for it: where no worker comes by, because all are busy or the broker is away, this process mails it.
PATIENCE_SECONDS = 3.0


def ring(asked: SignInCode) -> None:
    mail_code.delay_on_commit(str(asked.pk))
    transaction.on_commit(lambda: wait_for(str(asked.pk)))


def wait_for(pk: str) -> Timer:
    timer = Timer(PATIENCE_SECONDS, mail_here, [pk])
    timer.daemon = True
    timer.start()
    return timer


def mail_here(pk: str) -> None:
    """In a thread of its own, which leaves no connection behind."""
    try:
        if mail(pk):
            logger.info("No worker was there for code %s: it was mailed from the web process", pk)
    finally:
        connection.close()
