# Sourced by karuta: what must be on the machine besides a JDK and Maven.
# shellcheck shell=bash

exists_any() { [ -n "$(ls -dL -- "$@" 2>/dev/null)" ]; }

has_softhsm() {
  [ -n "${SOFTHSM2_MODULE:-}" ] || exists_any /usr/lib{,/*,64}{,/softhsm,/pkcs11}/libsofthsm2.so \
    {/usr/local,/opt/homebrew,/home/linuxbrew/.linuxbrew}/lib/softhsm/libsofthsm2.so
}

has_p11_kit_client() { exists_any /usr/lib{/*,64,}/pkcs11/p11-kit-client.so; }

has_softokn() { exists_any /usr/lib{/*,64,}/libsoftokn3.so; }

has_chromium() { command -v chromium chromium-browser google-chrome >/dev/null; }

# Without one, a page in Japanese is a page of boxes; fc-list comes with the browser.
has_japanese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=ja family)" ]; }

# Debian's names of what is missing, on one line. Arguments: run (demo, smoke) or test.
missing_packages() {
  local missing=''
  has_softhsm || missing="$missing softhsm2"
  if [ "$1" = test ]; then
    command -v p11-kit >/dev/null || missing="$missing p11-kit"
    has_p11_kit_client || missing="$missing p11-kit-modules"
    has_softokn || missing="$missing libnss3"
    has_chromium || missing="$missing chromium"
    has_japanese_font || missing="$missing fontconfig fonts-morisawa-bizud-gothic"
    command -v shellcheck >/dev/null || missing="$missing shellcheck"
    command -v script >/dev/null || missing="$missing bsdutils"
    command -v perl >/dev/null || missing="$missing perl-base"
  fi
  printf '%s' "${missing# }"
}

# Installs what is missing where that needs no question, else says exactly what to run.
install_missing() {
  local missing
  missing=$(missing_packages "$1")
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null ||
    fail 2 "these are missing, by their Debian names; install them with your system's package manager: $missing"
  local root=''
  if [ "$(id -u)" != 0 ]; then
    { command -v sudo >/dev/null && sudo -n true 2>/dev/null; } ||
      fail 2 "these are missing; run: sudo apt-get install -y $missing"
    root='sudo -n'
  fi
  say "installing $missing"
  # Word splitting makes the list of packages, and drops an empty $root.
  # shellcheck disable=SC2086
  if ! apt_install "$root" $missing; then
    $root apt-get update -qq </dev/null >&2 || true
    apt_install "$root" $missing || fail 2 "could not install; run: sudo apt-get install -y $missing"
  fi
}

# Arguments: what makes us root, or nothing; packages.
apt_install() {
  local root=$1
  shift
  # shellcheck disable=SC2086
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
}
