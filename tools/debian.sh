#!/usr/bin/env bash
# Installs the named Debian packages that are missing: postgresql redis-server nginx chromium wrk, Lua.
# A name with a "?" behind it is left out where the archive does not have it.
set -euo pipefail
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

is_there() {
    case "$1" in
        postgresql) command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
        libnginx-mod-http-lua) [ -e /usr/lib/nginx/modules/ngx_http_lua_module.so ] ;;
        lua-cjson) compgen -G '/usr/lib/*/lua/5.1/cjson.so' >/dev/null ;;
        tomcat10-user) command -v tomcat10-instance-create >/dev/null ;;
        luajit2) command -v luajit >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

missing=() extra=()
for name in "$@"; do
    package="${name%\?}"
    is_there "$package" && continue
    if [ "$name" = "$package" ]; then missing+=("$package"); else extra+=("$package"); fi
done
[ "$((${#missing[@]} + ${#extra[@]}))" -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    [ "${#missing[@]}" -gt 0 ] || exit 0
    echo "make: the tests need ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi

install() {
    echo "Installing Debian packages: $*"
    # RUNLEVEL=1 keeps the packages from starting services: the tests start their own.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if [ "${#missing[@]}" -gt 0 ]; then
    apt-get update -qq
    install "${missing[@]}"
else
    apt-get update -qq || exit 0
fi
for package in "${extra[@]}"; do
    if [ -n "$(apt-cache show "$package" 2>/dev/null)" ]; then
        install "$package" || echo "make: $package is left out; its tests are skipped." >&2
    fi
done
