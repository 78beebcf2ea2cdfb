# Shared by packaging/run and packaging/test, which source it with $project set: brings this machine to where the
# program can run. First say what is needed (need_…), then call install_system_packages and install_project.
# All that is said here goes to standard error; standard output stays the program's own.
# Packages carry Debian's names. Only what is missing is asked for, so a second run touches neither apt nor pip.

venv=$project/.venv
missing=
libraries=$({ /sbin/ldconfig -p || ldconfig -p; } 2>/dev/null) || libraries=

say() { printf '%s\n' "$*" >&2; }

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; }

need_library() { # SONAME PACKAGE
    case $libraries in
    '' | *"$1 "*) ;;
    *) missing="$missing $2" ;;
    esac
}

need_command() { # COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

need_file() { # PATH PACKAGE
    [ -e "$1" ] || missing="$missing $2"
}

need_qt() {
    [ "$(uname)" = Linux ] || return 0
    need_library libEGL.so.1 libegl1
    need_library libGL.so.1 libgl1
    need_library libdbus-1.so.3 libdbus-1-3
    need_library libfontconfig.so.1 libfontconfig1
    need_library libglib-2.0.so.0 libglib2.0-0
    need_library libxkbcommon.so.0 libxkbcommon0
    [ -z "${DISPLAY:-}" ] || need_qt_on_x
    [ -z "${WAYLAND_DISPLAY:-}" ] || need_library libwayland-cursor.so.0 libwayland-cursor0
}

need_qt_on_x() {
    need_library libxcb-cursor.so.0 libxcb-cursor0
    need_library libxcb-icccm.so.4 libxcb-icccm4
    need_library libxcb-keysyms.so.1 libxcb-keysyms1
    need_library libxcb-shape.so.0 libxcb-shape0
    need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
}

# A machine without a desktop has no fonts. These are the small ones for Latin, for Chinese, Japanese and Korean, and emoji.
need_fonts() {
    [ "$(uname)" = Linux ] || return 0
    fonts=$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.local/share/fonts" -type f 2>/dev/null) || :
    case $fonts in *DejaVuSans.ttf*) ;; *) missing="$missing fonts-dejavu-core" ;; esac
    case $fonts in *NotoSansCJK* | *DroidSansFallback* | *wqy-*) ;; *) missing="$missing fonts-droid-fallback" ;; esac
    case $fonts in *NotoColorEmoji*) ;; *) missing="$missing fonts-noto-color-emoji" ;; esac
}

apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null
}

# Installs what the need_… calls found missing, where that is allowed; else says what to install, and goes on.
install_system_packages() {
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Missing on this system (under Debian's package names):$missing"
        say "Please install them with your package manager. Going on without."
    elif [ "$(id -u)" != 0 ]; then
        say "Missing system packages. Please run: sudo apt-get install --no-install-recommends$missing"
        say "Going on without."
    else
        say "Installing system packages:$missing"
        apt_install_missing
    fi
    missing=
}

# All at once; where one of them cannot be had, one by one, so that the others still come.
apt_install_missing() {
    apt_log=$(mktemp)
    # shellcheck disable=SC2086  # a list of package names
    if ! { apt_get update && apt_get install -y --no-install-recommends $missing; } >"$apt_log" 2>&1; then
        tail -n 5 "$apt_log" >&2
        for package in $missing; do
            apt_get install -y --no-install-recommends "$package" >"$apt_log" 2>&1 ||
                say "Could not install $package ($(tail -n 1 "$apt_log")). Going on without."
        done
    fi
    rm -f "$apt_log"
}

is_python() { # PROGRAM, whether it is Python 3.11 or newer
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

version_of() { "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null; }

# Sets $python to the one named in PYTHON, else to the newest of the usual names that works.
find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3; fi
    for python in "$@"; do
        if is_python "$python"; then return 0; fi
    done
    found=$("$python" -V 2>/dev/null) || found="not there"
    say "The Sudo completion inspector needs Python 3.11 or newer; $python is $found."
    say "Install one (on Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv), or name it:"
    say "PYTHON=/path/to/python3.12 $0"
    exit 1
}

has_wanted_version() {
    [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of "$venv/bin/python")" ]
}

# Whether .venv can be kept: it was made for this folder, its Python works and is the wanted one, and it can install.
venv_is_good() {
    [ "$(cat "$venv/made-for" 2>/dev/null || printf '%s' "$project")" = "$project" ] || return 1
    is_python "$venv/bin/python" || return 1
    has_wanted_version || return 1
    "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

make_venv() {
    find_python
    say "Making .venv with $("$python" -V)"
    rm -rf "$venv"
    if command -v uv >/dev/null 2>&1; then
        uv venv -q --seed --python "$python" "$venv" >&2
    else
        if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
            missing=$("$python" -c 'import sys; print(" python%d.%d-venv" % sys.version_info[:2])')
            install_system_packages
        fi
        "$python" -m venv "$venv" >&2
    fi
}

# What an installation depends on; when it is unchanged there is nothing to do.
installation_mark() {
    printf '%s ' "$project"
    "$venv/bin/python" -V 2>&1
    cat "$project/pyproject.toml" "$project/inspector/__init__.py" | cksum
}

# Installs the project with EXTRAS ('' or '[dev]') into .venv, which leaves its mark in .venv/installed….
install_project() { # EXTRAS
    mark=$(installation_mark) || :
    for stamp in "$venv/installed$1" "$venv/installed[dev]"; do
        if [ "$(cat "$stamp" 2>/dev/null)" = "$mark" ] && has_wanted_version; then return 0; fi
    done
    venv_is_good || make_venv
    say "Installing Python packages into .venv (the first time takes a minute)"
    if command -v uv >/dev/null 2>&1; then
        (cd "$project" && uv pip install -q --python "$venv/bin/python" -e ".$1") >&2
    else
        (cd "$project" && "$venv/bin/python" -m pip install -q --no-input --disable-pip-version-check -e ".$1") >&2
    fi
    printf '%s\n' "$project" >"$venv/made-for"
    installation_mark >"$venv/installed$1"
}
