"""Child processes: not as root, and never longer than their parent."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
NOBODY = "nobody"

_libc = ctypes.CDLL(None, use_errno=True)


def dying_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """What a child runs before its program: it gets the signal when its parent dies, even by kill -9."""
    parent = os.getpid()

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        _libc.prctl(SET_PARENT_DEATH_SIGNAL, death_signal)
        if os.getppid() != parent:  # it died before the call
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


def as_nobody_in_a_namespace() -> None:
    """Root's files stay root's: the child sees itself as nobody, the machine sees it as root without its powers."""
    nobody = pwd.getpwnam(NOBODY)
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{nobody.pw_uid} 0 1")
    Path("/proc/self/gid_map").write_text(f"{nobody.pw_gid} 0 1")


def unprivileged(folders: Iterable[Path], death_signal: signal.Signals) -> dict[str, Any]:
    """How `Popen` starts a program that refuses root; `folders` are those that it writes.

    An ordinary user needs nothing. Root becomes nobody in a user namespace; where the machine refuses that (most
    containers), nobody outright, and the folders become nobody's.
    """
    prepare = dying_with_parent(death_signal)
    if os.geteuid() != 0:
        return {"preexec_fn": prepare}
    if _namespaces_work():
        return {"preexec_fn": lambda: (as_nobody_in_a_namespace(), prepare())}
    nobody = pwd.getpwnam(NOBODY)
    for folder in folders:
        _give(folder, nobody.pw_uid, nobody.pw_gid)
    return {"preexec_fn": prepare, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def of_program(program: Path, folder: Path) -> list[int]:
    """The processes that run this program in this folder: what a killed parent may have left."""
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _runs(entry, program, folder)
    ]


def _runs(process: Path, program: Path, folder: Path) -> bool:
    try:
        return os.path.samefile(process / "exe", program) and os.path.samefile(process / "cwd", folder)
    except OSError:  # it ended meanwhile, or is another user's
        return False


def _namespaces_work() -> bool:
    try:
        return subprocess.run(["true"], preexec_fn=as_nobody_in_a_namespace, check=False).returncode == 0
    except (subprocess.SubprocessError, OSError, AttributeError):
        return False


def _give(folder: Path, uid: int, gid: int) -> None:
    os.chown(folder, uid, gid)
    for path in folder.rglob("*"):
        os.chown(path, uid, gid, follow_symlinks=False)
