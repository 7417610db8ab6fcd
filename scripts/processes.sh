# Sourced by karuta: programs in the background, none of which outlives the script.
# shellcheck shell=bash

# A script that starts a program and then writes down its number can be killed between the two, and nobody knows the
# program. Here the process writes itself down before it becomes the program, into a ledger that is a directory with an
# empty file for each process. Whoever ends the work (the script, or its watcher if it was killed) stops what it finds
# there until rmdir takes the directory away, which it does only while nothing is in it. So a process is either found, or
# comes too late to write itself down, and then it ends. The name of a ledger is never given again, so nobody who comes
# too late gets into the ledger of a later start; and each file has one writer, so none spoils another's.
LEDGER='' CLAIM='' WATCHER=''

# Stops everything on every way out: the end, an error, Ctrl-C, a closed terminal. For kill -9 see watch_over.
#
# When a signal meets bash while it reads a command substitution, bash looks for that one's end in the trap's text too, and
# gives up with 2 if there is none. On a line of its own it is never read otherwise: the line before it ends the script.
stop_with_us() {
  local end=$'\n)'
  trap stop_all EXIT
  # shellcheck disable=SC2064 # now, and not when the signal comes
  trap "exit 130$end" INT
  # shellcheck disable=SC2064
  trap "exit 143$end" TERM HUP
}

# The watcher last: killed in the middle of this, we are still watched over.
stop_all() {
  trap - EXIT
  trap '' INT TERM HUP
  close_ledger
  give_back_claim
  if [ -n "$WATCHER" ]; then
    kill "$WATCHER" 2>/dev/null || true
    wait "$WATCHER" 2>/dev/null || true
  fi
}

# Our own children first, so that none of them takes the end of a program that it started for a failure. A file that is
# not ours would keep the ledger for ever, so the rounds have an end; there is a second one only if a process wrote itself
# down during the first.
close_ledger() {
  local rounds=100
  # shellcheck disable=SC2046
  [ -z "$LEDGER" ] || stop $(jobs -pr | grep -vx "$WATCHER" || true)
  until [ ! -d "$LEDGER" ] || rmdir "$LEDGER" 2>/dev/null || [ "$rounds" -le 0 ]; do
    rounds=$((rounds - 1))
    # shellcheck disable=SC2046
    stop $(noted)
  done
}

# Arguments: processes.
stop() {
  local process
  for process in "$@"; do
    kill "$process" 2>/dev/null || true
  done
  for process in "$@"; do
    ended_within 15 "$process" || kill -9 "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    forget "$process"
  done
}

# Writes down the process that we are, to be stopped with the script, or ends it if the script has stopped. For
# subshells, before they become a program.
note_ourselves() {
  local process=${BASHPID:-$(exec sh -c 'echo $PPID')}
  { : >"${LEDGER:?}/$process"; } 2>/dev/null && return
  [ ! -d "$LEDGER" ] || say "cannot write into $LEDGER"
  exit 143
}

noted() {
  local note
  for note in "$LEDGER"/*; do
    [ ! -e "$note" ] || printf '%s ' "${note##*/}"
  done
}

# What has ended is not stopped: its number may be somebody else's one day. Argument: the process.
forget() { rm -f "${LEDGER:?}/$1"; }

# A killed script (kill -9) stops nothing, so somebody else must: a process that looks every second whether the script
# is there, and does its part when it is gone. It starts before every other, so there is none that nobody watches over.
# Argument: what the name of the ledger begins with.
watch_over() {
  local script=$$
  [ -z "$LEDGER" ] || return 0
  LEDGER=$(mktemp -d "$1.XXXXXX")
  # By the number it has in /proc, which in a container may be another.
  { read -r script _ </proc/self/stat; } 2>/dev/null || true
  watch "$script" </dev/null >/dev/null 2>&1 &
  WATCHER=$!
}

# Meanwhile it forgets what nobody waited for, soon enough: numbers are given in turn, so none comes again within seconds.
# Argument: the script's process.
watch() {
  local process
  trap - EXIT
  trap '' INT HUP
  while is_our_parent "$1"; do
    for process in $(noted); do
      running "$process" || forget "$process"
    done
    sleep 1
  done
  WATCHER=''
  stop_all
}

# A process that has ended is no parent, even while nobody has waited for it or when another has got its number: kill
# would find something in both cases. Argument: the process.
is_our_parent() {
  local stat
  if { read -r stat </proc/self/stat; } 2>/dev/null; then
    stat=${stat##*) }
    stat=${stat#* }
    [ "${stat%% *}" = "$1" ]
  else
    kill -0 "$1" 2>/dev/null
  fi
}

# One that has ended and that nobody has waited for does not run, though kill finds it. Argument: the process.
running() {
  local stat=''
  kill -0 "$1" 2>/dev/null || return 1
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || true
  case ${stat##*) } in Z* | X*) return 1 ;; esac
}

# Is this process a script of ours? Its number may be somebody else's by now. Argument: the process, or nothing.
at_work() {
  [ -n "$1" ] && [ "$1" != $$ ] && running "$1" || return 1
  ! command -v ps >/dev/null || ps -p "$1" -o args= | grep -q -e karuta -e demo
}

# Makes a directory ours alone: a second script would write into the logs and the store of the first. Argument: it.
claim() {
  local script='' watcher='' ledger=''
  (umask 077 && mkdir -p "$1") || fail 2 "$1 cannot be made; set KARUTA_HOME to a directory of yours"
  [ -w "$1" ] || fail 2 "$1 cannot be written; set KARUTA_HOME to a directory of yours"
  CLAIM=$1/running
  if [ -e "$CLAIM" ]; then
    read -r script watcher ledger <"$CLAIM" || true
    if at_work "$script"; then
      fail 2 "$1 is in use by process $script; stop that first, or set KARUTA_HOME to another directory"
    fi
    if at_work "$watcher"; then
      say "what an earlier start left running is being stopped"
      ended_within 30 "$watcher" || true
    else
      # The watcher has died with the script, as when the machine stops: the numbers are somebody else's by now.
      case $ledger in started.*) rm -rf "${1:?}/$ledger" ;; esac
    fi
    rm -f "$CLAIM"
  fi
  watch_over "$1/started"
  (set -C && printf '%s %s %s\n' $$ "$WATCHER" "${LEDGER##*/}" >"$CLAIM") 2>/dev/null ||
    fail 2 "$1 was taken into use by another process this very moment; set KARUTA_HOME to another directory"
}

# If it is ours: a watcher may be late, and somebody else have taken the directory into use.
give_back_claim() {
  local script=''
  [ -e "$CLAIM" ] || return 0
  read -r script _ <"$CLAIM" || true
  [ "$script" != $$ ] || rm -f "$CLAIM"
}

# A port, or 0 for any if somebody has it already. Argument: the port.
port_or_any() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then printf 0; else printf '%s' "$1"; fi
}

# Arguments: seconds, process.
ended_within() {
  local tenths=$(($1 * 10))
  while running "$2"; do
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
  note_ourselves
  use_token_beside "$@" 2>/dev/null
  java_command "$module" "$class"
  umask 077
  exec "${JAVA_COMMAND[@]}" "$@"
}

# Runs a program and waits. In the background, because a signal ends a wait at once, but not a program in the
# foreground. Arguments as above.
run() {
  local code=0 process
  become "$@" </dev/null &
  process=$!
  wait "$process" || code=$?
  forget "$process"
  return "$code"
}

# Runs a program in the background; its process is LAST, and not a shell around it, so that stopping it stops it.
# What an earlier one wrote into the same log is kept beside it, as LOG.past. Arguments: log file, then as above.
start() {
  local log=$1
  shift
  [ ! -s "$log" ] || cat "$log" >>"$log.past"
  : >"$log"
  become "$@" >>"$log" 2>&1 </dev/null &
  # shellcheck disable=SC2034 # for whoever called us
  LAST=$!
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
