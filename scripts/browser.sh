#!/bin/sh
# The browser tests drive a Chromium, best of all the one without a window, which takes a third less CPU. Install Debian's
# where there is none and we may; the tests skip without one.
set -eu
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …"
  { apt-get update -qq >/dev/null &&
    { install chromium-headless-shell fonts-liberation 2>/dev/null || install chromium fonts-liberation; }; } ||
    echo "Chromium could not be installed: the browser tests are skipped." >&2
else
  echo "No Chromium was found: install one for the browser tests (Debian: apt-get install chromium fonts-liberation)." >&2
fi
