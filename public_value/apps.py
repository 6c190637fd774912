from django.apps import AppConfig


class PublicValueConfig(AppConfig):
    name = "public_value"
    verbose_name = "Public value: what follows"
