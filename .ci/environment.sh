# Sourced by ./try and ./test: makes .venv, and installs into it what is asked for, once for each state of the metadata.

# The first Python on this machine that the project supports.
supported_python() {
    for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    echo "TalkGraph needs Python 3.11, 3.12 or 3.13; name one with PYTHON=/path/to/python3" >&2
    return 1
}

# environment CHECKOUT REQUIREMENT
environment() {
    (
        cd "$1"
        python=$(supported_python)
        if ! [ -x .venv/bin/python ]; then
            echo "making an environment in $1/.venv" >&2
            "$python" -m venv .venv
        fi
        state=$(cat pyproject.toml constraints.txt | cksum)
        wanted="$2 $state"
        installed=$(cat .venv/installed 2>/dev/null || true)
        if [ "$installed" != "$wanted" ] && [ "$installed" != "$1[dev] $state" ]; then
            echo "installing, half a minute to a minute the first time" >&2
            .venv/bin/python -m pip install --quiet --disable-pip-version-check \
                --constraint constraints.txt --editable "$2" >&2
            printf '%s\n' "$wanted" >.venv/installed
        fi
    )
}
