#!/usr/bin/env bash
# Measures `karuta batch issue` on a SoftHSM token, for batches of several sizes with one heap: cards a second, the most
# memory the process ever held (VmHWM, so Linux only), and the size of what it made.
#
#   scripts/measure-batch.sh [HEAP [CARDS ...]]      default: 128m 1000 10000
#
# Everything lies in a directory of its own under TMPDIR, which is removed at the end.
set -euo pipefail

REPO=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
KARUTA=${KARUTA:-$REPO/karuta}
HEAP=${1:-128m}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 1000 10000
[ -r /proc/self/status ] || { echo "this measures memory in /proc, which is not here" >&2; exit 2; }

say() { printf 'measure-batch: %s\n' "$*" >&2; }
# shellcheck source=scripts/processes.sh
. "$REPO/scripts/processes.sh"

ROOM=$(mktemp -d "${TMPDIR:-/tmp}/karuta-measure.XXXXXX")
stop_with_us
trap 'stop_all; rm -rf "$ROOM"' EXIT
watch_over "$ROOM/started"
cd "$ROOM"

quietly() { "$@" >>log 2>&1 || { tail -n 20 log >&2; exit 2; }; }

for role in issuer verifier; do
  quietly "$KARUTA" token init --role "$role" --home "$role"
done
quietly "$KARUTA" signing-key create --token issuer/token.toml --label issuer-1 --certificate issuer-1.pem
quietly "$KARUTA" signing-key create --token verifier/token.toml --label receipt-1 --certificate receipt-1.pem
quietly "$KARUTA" pki dev --out pki
mkdir usb
(note_ourselves && exec "$KARUTA" agree request --rehearsal --wait 120 --token issuer/token.toml --epoch m \
  --signing-key issuer-1 --verifier-certificate receipt-1.pem --dir usb) >>log 2>&1 &
issuer=$!
while [ ! -e usb/m.request ] && kill -0 "$issuer" 2>/dev/null; do sleep 0.2; done
quietly "$KARUTA" agree respond --rehearsal --token verifier/token.toml --epoch m --signing-key receipt-1 \
  --issuer-certificate issuer-1.pem --dir usb
wait "$issuer"

printf 'heap %s, %s processors\n' "$HEAP" "$(getconf _NPROCESSORS_ONLN)"
printf '%9s %9s %9s %13s %11s %14s\n' cards seconds cards/s 'memory, MB' 'bundle, MB' 'print job, MB'
previous='--first'
for cards in "$@"; do
  batch=m-$cards
  { echo subject,generation; seq -f 'S-%.0f,1' 1 "$cards"; } >"$batch.csv"
  quietly "$KARUTA" layout-key create --token issuer/token.toml --batch "$batch"
  begun=$(date +%s)
  # Word splitting makes --previous and its file two words.
  # shellcheck disable=SC2086
  (note_ourselves && JAVA_TOOL_OPTIONS=-Xmx$HEAP exec "$KARUTA" batch issue --token issuer/token.toml \
    --signing-key issuer-1 --batch "$batch" --subjects "$batch.csv" --agreement usb/m.confirmation \
    --bureau-certificate pki/bureau.pem --out batches $previous) >>log 2>&1 &
  issue=$!
  memory=0
  while now=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$issue/status" 2>/dev/null) && [ -n "$now" ]; do
    memory=$now
    sleep 0.2
  done
  wait "$issue" || { tail -n 20 log >&2; exit 2; }
  seconds=$(($(date +%s) - begun))
  [ "$seconds" -gt 0 ] || seconds=1
  printf '%9d %9d %9d %13d %11d %14d\n' "$cards" "$seconds" $((cards / seconds)) $((memory / 1024)) \
    $(($(stat -c %s "batches/$batch/$batch.bundle") / 1000000)) $(($(stat -c %s "batches/$batch/$batch.printjob") / 1000000))
  previous="--previous batches/$batch/batch.json"
done
