"""What tests of rules that must never break have in common."""

import pytest
from django.db import IntegrityError, connection


def refused_by(constraint: str):
    """The act inside must fail on this named constraint."""
    return pytest.raises(IntegrityError, match=constraint)


def check_deferred() -> None:
    """Check now what is otherwise checked when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
