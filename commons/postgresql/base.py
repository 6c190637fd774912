"""Django's PostgreSQL, whose connections are checked before a request without a question to the server."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """A server that ends says so or hangs up, and either can be seen on the socket; only then it is asked.

        The question that is spared costs as much as a short answer does. Inside a transaction it is about more.
        """
        return self._is_quiet() or super().is_usable()

    def _is_quiet(self) -> bool:
        open_and_idle = (
            self.connection is not None and self.connection.info.transaction_status == TransactionStatus.IDLE
        )
        if not open_and_idle:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
