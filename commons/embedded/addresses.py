"""Where the embedded servers of a data folder answer, and the folder's secret key.

Pure functions of the data folder: they start nothing, so that settings can be read by any command.
"""

import hashlib
import os
import re
import secrets
import tempfile
from pathlib import Path

from commons.exceptions import Refused

# The kernel cuts a unix socket's path at 108 bytes; the longest of ours adds this name.
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"


def socket_folder(data_dir: Path) -> Path:
    """The folder of the sockets: in the data folder, or a short one of its own where that path is too long."""
    folder = data_dir / "sockets"
    if len(os.fsencode(str(folder) + LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"commons-{os.geteuid()}-{digest}"


def postgresql_socket(data_dir: Path) -> Path:
    return socket_folder(data_dir) / ".s.PGSQL.5432"


def valkey_socket(data_dir: Path) -> Path:
    return socket_folder(data_dir) / "valkey"


def database_url(data_dir: Path) -> str:
    return f"postgresql://postgres@{_as_host(socket_folder(data_dir))}/app"


def redis_url(data_dir: Path) -> str:
    """The form that redis-py reads; `commons.celery` turns it into Celery's."""
    return f"unix://{valkey_socket(data_dir)}?db=0"


def secret_key(data_dir: Path) -> str:
    """The data folder's own secret key, made at first use.

    Raises Refused when the folder cannot be written.
    """
    file = data_dir / "secret-key"
    try:
        if not file.exists():
            write_private(file, secrets.token_urlsafe(50))
        return file.read_text()
    except OSError as error:
        raise unwritable(data_dir, error) from None


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all; a file already there stays as it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent)  # mode 600
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(text)
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first, and its text is as good
    finally:
        os.unlink(draft)


def unwritable(data_dir: Path, error: OSError) -> Refused:
    return Refused(
        f"The data folder {data_dir} cannot be written ({error.strerror}): "
        "make it writable, or name another one in DATA_DIR."
    )


def _as_host(folder: Path) -> str:
    # URL readers lower the case of a host name, so capitals are escaped as well.
    return re.sub(rb"[^a-z0-9._-]", lambda match: b"%%%02x" % match[0][0], os.fsencode(folder)).decode()
