from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "commons"
    verbose_name = "Commons"

    def ready(self) -> None:
        from commons import celery  # noqa: F401  so that every process rings our broker
