import pytest

from catalogue.addresses import RepositoryKey, repository_key
from catalogue.models import Component
from tests import factories

pytestmark = pytest.mark.django_db
ONE = "https://example.org/Quillsford/Bin-Days"


@pytest.mark.parametrize(
    "spelling",
    [
        ONE,
        "http://www.example.org/quillsford/bin-days/",
        "https://example.org/quillsford/bin-days.git",
        "git@example.org:quillsford/bin-days.git",
        "ssh://git@example.org:22/quillsford/bin-days.git",
        "git+https://reader:secret@example.org/quillsford//bin-days",
        "https://example.org:443/quillsford/bin-days?tab=readme#top",
        "https://example.org/quillsford/bin-days/tree/main",
        "https://example.org/quillsford/bin-days/-/tree/main/",
        "https://example.org/quillsford/bin-days/src/branch/main",
        "  https://example.org/quillsford/bin-days  ",
    ],
)
def test_at_repository_finds_every_spelling(spelling):
    component = factories.component(repository=ONE)
    assert list(Component.objects.at_repository(spelling)) == [component]


@pytest.mark.parametrize(
    "another",
    [
        "https://example.org/quillsford/bin-days-2",
        "https://example.com/quillsford/bin-days",
        "https://example.org/quillsford/bin-days/tree/main/lookup",
        "https://example.org:8443/quillsford/bin-days",
        "",
    ],
)
def test_at_repository_keeps_others_apart(another):
    factories.component(repository=ONE)
    factories.component(repository="")
    assert not Component.objects.at_repository(another).exists()


@pytest.mark.parametrize(
    "spelling",
    [
        ONE,
        "git@Example.org:quillsford/bin-days.git",
        "  https://www.example.org:443//quillsford/bin-days/-/tree/main/?x#y ",
        "ssh://git@example.org:22/quillsford/bin-days",
        "",
        "no address",
    ],
)
def test_key_is_the_same_outside_the_database(spelling):
    made = factories.component(repository=spelling)
    assert Component.objects.values_list(RepositoryKey("repository"), flat=True).get(pk=made.pk) == repository_key(
        spelling
    )
