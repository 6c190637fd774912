"""Events stay for ever: the database refuses to change, delete or empty them, whoever asks."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from registry.models import Act, Event
from tests import factories

pytestmark = pytest.mark.django_db
REFUSED = (InternalError, ProgrammingError)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_event SET act = 'edit'",
        "DELETE FROM registry_event",
        "TRUNCATE registry_event CASCADE",
        "TRUNCATE registry_person CASCADE",
    ],
)
def test_events_are_not_rewritten(statement):
    factories.event(act=Act.LOAD_PACK)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(REFUSED), transaction.atomic():
            cursor.execute(statement)
    assert list(Event.objects.values_list("act", flat=True)) == [Act.LOAD_PACK]
