"""One repository has many spellings: with and without `.git`, over https and ssh, with a branch behind it."""

import re

from django.db.models import Func, TextField

# What is put in place of what, in this order, in the address in small letters.
STEPS = [
    (r"^\s+|\s+$", ""),
    (r"[?#].*$", ""),
    (r"^[\w.-]+@([\w.-]+):", r"ssh://\1/"),  # as git clone takes it: git@example.org:body/name.git
    (r"^[a-z][a-z0-9+.-]*://([^/@]*@)?(www\.)?", ""),
    (r"^([^/:]+):(22|80|443)(?=/|$)", r"\1"),
    (r"/{2,}", "/"),
    (r"/$", ""),
    (r"(/-)?/(tree|blob|src/branch)/[^/]+$", ""),
    (r"\.git$", ""),
]


def replacing(steps: list[tuple[str, str]]) -> str:
    """The SQL of a key: an expression in small letters, with each pattern replaced in turn."""
    made = "lower(%(expressions)s)"
    for pattern, instead in steps:
        made = f"regexp_replace({made}, '{pattern}', '{instead}', 'g')"
    return made


class RepositoryKey(Func):
    """SQL: what all spellings of a repository's address have in common: `example.org/body/name`."""

    template = replacing(STEPS)
    output_field = TextField()


def repository_key(address: str) -> str:
    """The same outside the database."""
    key = address.lower()
    for pattern, instead in STEPS:
        key = re.sub(pattern, instead, key)
    return key
