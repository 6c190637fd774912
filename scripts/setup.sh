#!/bin/sh
# Make the virtual environment in the folder $1 from requirements.txt: with uv, or with pip where uv cannot be had.
set -eu
venv=$1

find_python() {
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "No Python 3.12 or newer was found: install one, or name it: make PYTHON=/path/to/python3.13 run" >&2
  exit 1
}

if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
  python=$(find_python)
  echo "Making the environment in $venv with $("$python" --version) …"
  "$python" -m venv --clear "$venv" || {
    echo "$python cannot make an environment: install its venv package (Debian: apt-get install python3-venv)." >&2
    exit 1
  }
fi

if [ ! -x "$venv/bin/uv" ]; then
  "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null
  "$venv/bin/python" -m pip install --quiet uv || echo "uv cannot be had here: pip does its work, in some minutes." >&2
fi

# uv does not read pip's configuration, so where that names an index, uv is told.
index=$("$venv/bin/python" -m pip config get global.index-url 2>/dev/null || true)
if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
  export UV_DEFAULT_INDEX="$index"
fi

echo "Installing what requirements.txt lists …"
if [ -x "$venv/bin/uv" ]; then
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r requirements.txt && exit 0
  echo "uv could not; pip tries." >&2
fi
"$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.txt
