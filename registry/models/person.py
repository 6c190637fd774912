from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class PersonManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. Citizens never need to."""

    email = models.EmailField(unique=True, error_messages={"unique": "Somebody already signs in with this address."})
    name = models.CharField(max_length=200, blank=True)
    is_staff = models.BooleanField("operator", default=False, help_text="May use the operators' pages.")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email
