#!/usr/bin/env bash
# Creates .venv with pip in it, on a bare Debian or Ubuntu too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
    echo "make: $*" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

install_venv_package() {
    local package
    package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "Python has no venv module. Install it with: sudo apt-get install $package"
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
}

python="${PYTHON:-python3}"
new_enough "$python" || fail "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3 …"
if [ ! -x .venv/bin/python ] || ! new_enough .venv/bin/python; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_venv_package
    "$python" -m venv --clear .venv
fi
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --default-pip >/dev/null
