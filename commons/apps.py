from django.apps import AppConfig
from django.contrib.admin import apps as admin


class CommonsConfig(AppConfig):
    default = True
    name = "commons"
    verbose_name = "Commons"

    def ready(self) -> None:
        from commons import celery  # noqa: F401  so that every process rings our broker


class OperatorsConfig(admin.AdminConfig):
    """Django's admin, with a door of our own."""

    default = False
    default_site = "registry.operators.OperatorsSite"
