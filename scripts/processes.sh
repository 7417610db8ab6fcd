# Sourced by karuta: programs in the background, none of which outlives the script.
# shellcheck shell=bash

STARTED='' LEDGER='' CLAIM=''

# Stops everything on every way out: the end, an error, Ctrl-C, a closed terminal. For kill -9 see watch_over.
stop_with_us() {
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

stop_all() {
  local pid
  trap - EXIT
  trap '' INT TERM HUP
  # What was started in the very moment of the signal is a job, but not in the list yet; who watches us is one, too.
  STARTED="$STARTED $(jobs -p | tr '\n' ' ')"
  for pid in $STARTED; do
    kill "$pid" 2>/dev/null || true
  done
  for pid in $STARTED; do
    ended_within 15 "$pid" || kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -f ${CLAIM:+"$CLAIM"} ${LEDGER:+"$LEDGER"}
}

# Notes a process to be stopped with us. Argument: the process.
remember() {
  STARTED="$STARTED $1"
  [ -z "$LEDGER" ] || printf '%s\n' "$1" >>"$LEDGER"
}

# What has ended is not stopped: its number may be somebody else's by then. Argument: the process.
forget() {
  STARTED=" $STARTED "
  STARTED=${STARTED/ $1 / }
  # shellcheck disable=SC2086
  [ -z "$LEDGER" ] || printf '%s\n' $STARTED >"$LEDGER"
}

# A killed script (kill -9) stops nothing, so somebody else must: a process that looks every second whether the script
# is there, and does its part when it is gone. Argument: the file it finds the processes in.
watch_over() {
  LEDGER=$1
  : >"$LEDGER"
  watch $$ </dev/null >/dev/null 2>&1 &
  WATCHER=$!
}

# Argument: the script's process.
watch() {
  trap - EXIT
  trap '' INT HUP
  while kill -0 "$1" 2>/dev/null; do sleep 1; done
  STARTED=$(tr '\n' ' ' <"$LEDGER")
  stop_all
}

# Is this process a script of ours? Its number may be somebody else's by now. Argument: the process, or nothing.
at_work() {
  [ -n "$1" ] && kill -0 "$1" 2>/dev/null || return 1
  ! command -v ps >/dev/null || ps -p "$1" -o args= | grep -q -e karuta -e demo
}

# Makes a directory ours alone: a second script would write into the logs and the store of the first. Argument: it.
claim() {
  local script='' watcher=''
  (umask 077 && mkdir -p "$1") || fail 2 "$1 cannot be made; set KARUTA_HOME to a directory of yours"
  [ -w "$1" ] || fail 2 "$1 cannot be written; set KARUTA_HOME to a directory of yours"
  CLAIM=$1/running
  if [ -e "$CLAIM" ]; then
    read -r script watcher <"$CLAIM" || true
    if at_work "$script"; then
      CLAIM=''
      fail 2 "$1 is in use by process $script; stop that first, or set KARUTA_HOME to another directory"
    fi
    if at_work "$watcher"; then
      say "what an earlier start left running is being stopped"
      ended_within 30 "$watcher" || true
    fi
    rm -f "$CLAIM"
  fi
  watch_over "$1/started"
  if ! (set -C && printf '%s %s\n' $$ "$WATCHER" >"$CLAIM") 2>/dev/null; then
    CLAIM=''
    fail 2 "$1 was taken into use by another process this very moment; set KARUTA_HOME to another directory"
  fi
}

# A port, or 0 for any if somebody has it already. Argument: the port.
port_or_any() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then printf 0; else printf '%s' "$1"; fi
}

# Arguments: seconds, process.
ended_within() {
  local tenths=$(($1 * 10))
  while kill -0 "$2" 2>/dev/null; do
    [ "$tenths" -gt 0 ] || return 1
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# Becomes a program, with the token beside --token or --config set for it alone; for subshells. Arguments: module, main
# class, the program's own.
become() {
  local module=$1 class=$2
  shift 2
  use_token_beside "$@" 2>/dev/null
  java_command "$module" "$class"
  umask 077
  exec "${JAVA_COMMAND[@]}" "$@"
}

# Runs a program and waits; it is noted meanwhile, because a signal ends a wait at once and kill -9 ends only us.
# Arguments as above.
run() {
  local code=0 process
  become "$@" </dev/null &
  process=$!
  remember "$process"
  wait "$process" || code=$?
  forget "$process"
  return "$code"
}

# What an earlier one wrote into the same log is kept beside it, as LOG.past.
# Runs a program in the background; its process is LAST, and not a shell around it, so that stopping it stops it.
# Arguments: log file, then as above.
start() {
  local log=$1
  shift
  [ ! -s "$log" ] || cat "$log" >>"$log.past"
  : >"$log"
  become "$@" >>"$log" 2>&1 </dev/null &
  LAST=$!
  remember "$LAST"
}

# Waits for a file that a process makes. Arguments: seconds, file, process, its log.
file_within() {
  within "$1" "$3" test -e "$2" || { tail -n 20 "$4" >&2 && return 1; }
}

# Waits for a line that a process writes. Arguments: seconds, its log, pattern, process.
line_within() {
  within "$1" "$4" grep -q -- "$3" "$2" || {
    tail -n 20 "$2" >&2
    fail 2 "this did not start; its log is $2"
  }
}

# Waits until a command holds, and not longer than a process lives. Arguments: seconds, process, command.
within() {
  local tenths=$(($1 * 10)) process=$2
  shift 2
  until "$@"; do
    if ! kill -0 "$process" 2>/dev/null || [ "$tenths" -le 0 ]; then
      return 1
    fi
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# Waits until the server says it is ready, or says why it is not. Arguments: management port, process, log file, seconds.
wait_ready() {
  within "$4" "$2" ready "$1" || {
    tail -n 20 "$3" >&2
    fail 2 "the server did not become ready; its log is $3"
  }
}

# Asks over bash's own TCP, so that no HTTP client has to be installed. Argument: management port.
ready() {
  local status
  status=$(
    exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 && head -n 1 <&3
  ) 2>/dev/null || return 1
  case $status in *' 200 '* | *' 200'*) return 0 ;; *) return 1 ;; esac
}
