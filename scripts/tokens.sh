# Sourced by karuta: which SoftHSM configuration a command needs.
# shellcheck shell=bash

# SoftHSM reads its configuration from the environment only. A development token has it beside its token.toml, so the
# file given to --token or --config says which it is; in production there is none, and nothing is set.
use_token_beside() {
  local previous='' argument file=''
  for argument in "$@"; do
    case $previous in --token | --config) file=$argument ;; esac
    case $argument in --token=* | --config=*) file=${argument#*=} ;; esac
    previous=$argument
  done
  [ -n "$file" ] || return 0
  local conf; conf=$(dirname -- "$file")/softhsm2.conf
  [ -f "$conf" ] || return 0
  SOFTHSM2_CONF=$(cd "$(dirname -- "$conf")" && pwd)/softhsm2.conf
  export SOFTHSM2_CONF
  say "a SoftHSM development token: its keys lie in files of this user; never use it in production"
  warn_of_open_files "$(dirname "$SOFTHSM2_CONF")"
}

# Names what in a token's directory somebody else on this machine may read, write or enter, and how to close it.
warn_of_open_files() {
  local path
  find "$1" -maxdepth 1 \( -perm -040 -o -perm -020 -o -perm -010 -o -perm -004 -o -perm -002 -o -perm -001 \) -print |
    while IFS= read -r path; do
      say "open to other users of this machine; close it with: chmod go= '$path'"
    done
}
