from tests.registry.attestations.conftest import world  # noqa: F401
