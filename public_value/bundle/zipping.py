"""Files as one zip whose bytes depend on the files alone: in a fixed order, with a fixed time."""

import io
import zipfile
from collections.abc import Iterable, Mapping

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_PLAIN_FILE = 0o644 << 16


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content), in the order in which they come."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as into:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, 3
            into.writestr(entry, content)
    return made.getvalue()


def unzipped(content: bytes) -> Mapping[str, bytes]:
    """The files of a zip by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
