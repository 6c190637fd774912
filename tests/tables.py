"""A database whose tables are made, at rest, in the tests' data folder. To migrate takes seconds of CPU, to copy its
files a moment: the tests' own server begins with a copy, and each registry that they serve."""

import hashlib
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings

from commons.embedded.locks import held
from commons.embedded.postgresql import PostgreSQL, mark_throwaway
from commons.exceptions import Refused
from tests.served import PROJECT, manage

MAKING_SECONDS = 600
MARK = "tables"  # in a data folder: what its tables were copied from


def fingerprint() -> str:
    """Of all that the tables are made by."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    named = [PROJECT / "requirements.txt", PROJECT / "commons" / "migrating.py"]
    files = [*named, *(file for folder in folders for file in sorted(folder.glob("*.py")))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def made() -> Path:
    """Its data folder, made by whoever needs it first."""
    shelf = settings.DATA_DIR / "made"
    shelf.mkdir(parents=True, exist_ok=True)
    folder = shelf / fingerprint()
    with held(shelf / "change", seconds=MAKING_SECONDS, doing="making the tables"):
        if not folder.exists():
            for older in shelf.glob("*/"):
                shutil.rmtree(older)
            draft = shelf / "draft"
            mark_throwaway(draft)
            done = manage(draft, "migrate", "--verbosity=0", patience=MAKING_SECONDS)
            if done.returncode:
                raise Refused(f"The tables of the tests could not be made: {done.stderr}")
            draft.rename(folder)
    return folder


def copy_to(data_dir: Path) -> None:
    """Have a new data folder begin with the tables; a throwaway one also when it has others."""
    server, throwaway = PostgreSQL(data_dir), data_dir / "throwaway"
    if server.folder.exists():
        if is_copy(data_dir) or not throwaway.exists() or server.answers():
            return
        shutil.rmtree(server.folder)
    data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copytree(made() / server.key, server.folder)
    (data_dir / MARK).write_text(fingerprint())


def is_copy(data_dir: Path) -> bool:
    """Whether its database `app` is a copy of the tables as they are made now."""
    mark = data_dir / MARK
    return mark.exists() and mark.read_text() == fingerprint()
