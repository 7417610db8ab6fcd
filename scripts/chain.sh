# Sourced by karuta: the chain from two empty tokens to a question, for demo and smoke. Every step is skipped when what it
# makes is there, so an interrupted demo goes on where it stopped; if that was before the tokens had agreed, it begins anew.
# shellcheck shell=bash

# shellcheck source=scripts/processes.sh
. "$REPO/scripts/processes.sh"
# shellcheck source=scripts/bank.sh
. "$REPO/scripts/bank.sh"

readonly CUSTOMERS='demo-1 demo-2 demo-3' EPOCH=2026a BATCH=demo
PASSED=0

custodian() { run provisioning karuta.provisioning.cli.Main "$@"; }
errand() { run smoke karuta.smoke.Errands "$@"; }

# A step, told before it is done and counted after. Arguments: what it makes, what to say, the command.
step() {
  local makes=$1 claim=$2
  shift 2
  if [ ! -e "$makes" ]; then
    "$@" >>"$STATE/chain.log" 2>&1 || {
      tail -n 20 "$STATE/chain.log" >&2
      fail 2 "this step failed: $claim; the whole log is $STATE/chain.log"
    }
    [ -e "$makes" ] || fail 2 "this step made no $makes: $claim"
  fi
  PASSED=$((PASSED + 1))
  printf 'ok    %s\n' "$claim"
}

# Until the tokens have agreed nothing is worth keeping, and a token or a directory made by halves would be in the way of
# every later start. It is put aside, not removed: KARUTA_HOME may have been somebody's directory before.
put_aside() {
  local aside='' part
  [ ! -e "$STATE/verifier/epoch-$EPOCH.toml" ] || return 0
  for part in pki issuer verifier agreement; do
    [ -e "$STATE/$part" ] || continue
    [ -n "$aside" ] || aside=$(mktemp -d "$STATE/interrupted.XXXXXX")
    mv "$STATE/$part" "$aside/"
  done
  [ -z "$aside" ] || say "an earlier start was interrupted before there was anything to keep; what it left lies in $aside"
}

# Two tokens that never meet, and the certificates.
lay_out() {
  umask 077
  put_aside
  mkdir -p "$STATE/batches" "$STATE/state"
  step "$STATE/pki/valid-until" "development certificates" custodian pki dev --out "$STATE/pki"
  still_valid
  step "$STATE/issuer/token.toml" "the issuer token, offline" \
    custodian token init --role issuer --home "$STATE/issuer"
  step "$STATE/verifier/token.toml" "the verifier token, online" \
    custodian token init --role verifier --home "$STATE/verifier"
  step "$STATE/issuer/issuer-1.pem" "the issuer's signing key" \
    custodian signing-key create --token "$STATE/issuer/token.toml" --label issuer-1 --certificate "$STATE/issuer/issuer-1.pem"
  step "$STATE/verifier/receipt-1.pem" "the verifier's signing key" \
    custodian signing-key create --token "$STATE/verifier/token.toml" --label receipt-1 --certificate "$STATE/verifier/receipt-1.pem"
}

# Both dates are ISO 8601 in UTC, so they compare as text.
still_valid() {
  local until
  until=$(cat "$STATE/pki/valid-until")
  [[ $(date -u +%Y-%m-%dT%H:%M:%SZ) < $until ]] ||
    fail 2 "the development certificates ended at $until; move $STATE away and begin anew"
}

# The key agreement, as two people at two hosts would do it, but that a rehearsal compares no fingerprints. The issuer's
# command stays in the foreground of its terminal: the pair it made lives in that process alone.
agree() {
  local files=$STATE/agreement issuer
  rm -rf "$files" && mkdir "$files" || return
  start "$STATE/agree.log" provisioning karuta.provisioning.cli.Main agree request --rehearsal --wait 120 \
    --token "$STATE/issuer/token.toml" --epoch "$EPOCH" --signing-key issuer-1 \
    --verifier-certificate "$STATE/verifier/receipt-1.pem" --dir "$files"
  issuer=$LAST
  # A step runs where bash does not stop at an error, so each part says what follows from its own.
  file_within 60 "$files/$EPOCH.request" "$issuer" "$STATE/agree.log" &&
    custodian agree respond --rehearsal --token "$STATE/verifier/token.toml" --epoch "$EPOCH" \
      --signing-key receipt-1 --issuer-certificate "$STATE/issuer/issuer-1.pem" --dir "$files" &&
    { wait "$issuer" || { tail -n 20 "$STATE/agree.log" >&2 && return 1; }; } && forget "$issuer" &&
    custodian agree complete --token "$STATE/verifier/token.toml" --epoch "$EPOCH" \
      --issuer-certificate "$STATE/issuer/issuer-1.pem" --verifier-certificate "$STATE/verifier/receipt-1.pem" \
      --dir "$files" --record "$STATE/verifier/epoch-$EPOCH.toml"
}

# A key without its mark was made by a start that was interrupted: no card was made with it. Argument: the token file.
layout_key() {
  custodian layout-key create --token "$1" --batch "$BATCH" ||
    { custodian layout-key destroy --token "$1" --batch "$BATCH" --confirm "destroy layout-$BATCH" &&
      custodian layout-key create --token "$1" --batch "$BATCH"; }
}

# Cards for the open orders, and their books into the store. What leaves no file of its own leaves a mark.
issue() {
  local token=$STATE/issuer/token.toml batches=$STATE/batches
  # shellcheck disable=SC2086
  step "$batches/orders.csv" "three customers order a card" \
    errand order --port "$PORT" --pki "$STATE/pki" --out "$batches/orders.csv" $CUSTOMERS
  step "$batches/layout-key" "the batch's layout key" marked "$batches/layout-key" layout_key "$token"
  step "$batches/$BATCH" "three cards: a bundle for the server, a print job for the bureau" \
    custodian batch issue --token "$token" --signing-key issuer-1 --batch "$BATCH" --first \
    --subjects "$batches/orders.csv" --agreement "$STATE/agreement/$EPOCH.confirmation" \
    --bureau-certificate "$STATE/pki/bureau.pem" --out "$batches"
  step "$STATE/bureau" "the bureau opens the print job" \
    custodian bureau open --job "$batches/$BATCH/$BATCH.printjob" --key "$STATE/pki/bureau.p12" \
    --password-file "$STATE/pki/bureau.password" --signer "$STATE/issuer/issuer-1.pem" --out "$STATE/bureau"
  step "$batches/imported" "the server takes the bundle" marked "$batches/imported" \
    run challenge-server karuta.server.Main import --config "$STATE/verifier/server.toml" "$batches/$BATCH/$BATCH.bundle"
  # shellcheck disable=SC2086
  step "$batches/mailed" "the cards are mailed" marked "$batches/mailed" \
    errand mail --port "$PORT" --pki "$STATE/pki" $CUSTOMERS
}

# Arguments: the mark, the command that earns it.
marked() {
  local mark=$1
  shift
  "$@" && touch "$mark"
}

# Starts the server, waits until it is ready, and reads from its first line where it listens.
serve_in_background() {
  local log=$STATE/server.log
  start "$log" challenge-server karuta.server.Main serve --config "$STATE/verifier/server.toml"
  SERVER=$LAST
  within 60 "$SERVER" grep -q '^serving ' "$log" || {
    tail -n 20 "$log" >&2
    fail 2 "the server did not start; its log is $log, its ports stand in $STATE/verifier/server.toml"
  }
  PORT=$(sed -n 's/^serving .*:\([0-9]*\), management .*/\1/p' "$log")
  MANAGEMENT_PORT=$(sed -n 's/^serving .*, management .*:\([0-9]*\)$/\1/p' "$log")
  wait_ready "$MANAGEMENT_PORT" "$SERVER" "$log" 30
}

# Arguments: the port of the API and of management, 0 for free ones.
server_settings() {
  cat <<SETTINGS
# Written by ./karuta, for development only. Every field: ./karuta serve --example

[server]
port = $1
certificate = "../pki/server.pem"
private-key = "../pki/server-key.pem"
client-ca = "../pki/ca.pem"

[management]
port = $2

[[epoch]]
record = "epoch-$EPOCH.toml"

[receipts]
issuer = "karuta.development"

[bundles]
issuer-certificate = "../issuer/issuer-1.pem"

[store]
file = "../state/karuta.db"

[[client]]
name = "front-end"
role = "front-end"

[[client]]
name = "back-office"
role = "back-office"

[development]
reflection = true

SETTINGS
  sed -n '/^\[token\]/,$p' "$STATE/verifier/token.toml"
}

# Everything up to a running server with three cards in the post. Arguments: ports, as above.
chain() {
  lay_out
  step "$STATE/verifier/epoch-$EPOCH.toml" "the tokens agree a book key that neither can give away" agree
  [ -e "$STATE/verifier/server.toml" ] || server_settings "$1" "$2" >"$STATE/verifier/server.toml"
  serve_in_background
  issue
}

demo() {
  [ $# -eq 0 ] || fail 2 "demo takes no arguments; set KARUTA_HOME to keep its state elsewhere"
  STATE=$KARUTA_HOME
  install_missing run
  build
  stop_with_us
  claim "$STATE"
  say "SoftHSM development tokens: their keys lie in files of this user; never use them in production"
  chain "$(port_or_any 8443)" "$(port_or_any 9443)"
  bank_in_background "$(port_or_any 8080)"
  cat <<READY

the demo bank, for a browser:          $BANK
the cards, as the bureau prints them:  $STATE/bureau
the API, with client certificates:     https://localhost:$PORT  (contract: /openapi.yaml)
health and metrics:                    http://127.0.0.1:$MANAGEMENT_PORT/health/ready, /metrics
the server's log:                      $STATE/server.log  (of earlier starts: server.log.past)

READY
  errand question --port "$PORT" --pki "$STATE/pki" --records "$STATE/bureau/records-00001.jsonl" demo-1 2>>"$STATE/chain.log" ||
    say "demo-1 uses this card already; README.md shows how to ask it a question"
  show "$BANK"
  say "serving; stop with Ctrl-C, start again with ./karuta demo, begin anew by moving $STATE away"
  wait "$SERVER" || fail $? "the server has ended; its log is $STATE/server.log"
}

smoke() {
  [ $# -eq 0 ] || fail 2 "smoke takes no arguments"
  install_missing run
  build
  STATE=$(mktemp -d "${TMPDIR:-/tmp}/karuta-smoke.XXXXXX")
  stop_with_us
  watch_over "$STATE/started"
  say "SoftHSM development tokens in $STATE; kept if a check fails"
  chain 0 0
  run smoke karuta.smoke.Main --port "$PORT" --management-port "$MANAGEMENT_PORT" --pki "$STATE/pki" \
    --records "$STATE/bureau/records-00001.jsonl" --server "$SERVER" --server-pin "$STATE/verifier/pin" \
    --server-files "$STATE/server.log" "$STATE"/state/* --scratch "$STATE" --already-passed "$PASSED"
  stop_all
  rm -rf "$STATE"
}
