# Sourced by karuta: the chain from two empty tokens to a question, for demo and smoke. Every step is skipped when what it
# makes is there, so an interrupted demo goes on where it stopped.
# shellcheck shell=bash

# shellcheck source=scripts/processes.sh
. "$REPO/scripts/processes.sh"

readonly CUSTOMERS='demo-1 demo-2 demo-3'
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

# Two tokens that never meet, and the certificates.
lay_out() {
  umask 077
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

# The key agreement, as two people at two hosts would do it. The issuer's side stays in the foreground of its terminal: the
# pair it made lives in that process alone.
agree() {
  local files=$STATE/agreement issuer
  mkdir -p "$files"
  start "$STATE/agree.log" provisioning karuta.provisioning.cli.Main agree request \
    --token "$STATE/issuer/token.toml" --epoch 2026a --signing-key issuer-1 --certificate "$STATE/issuer/issuer-1.pem" \
    --peer "$STATE/verifier/receipt-1.pem" --dir "$files" --yes
  issuer=$LAST
  file_within 60 "$files/request" "$issuer" "$STATE/agree.log"
  custodian agree respond --token "$STATE/verifier/token.toml" --signing-key receipt-1 \
    --certificate "$STATE/verifier/receipt-1.pem" --peer "$STATE/issuer/issuer-1.pem" --dir "$files" --yes
  wait "$issuer" || { cat "$STATE/agree.log" && return 1; }
  custodian agree complete --token "$STATE/verifier/token.toml" --peer "$STATE/issuer/issuer-1.pem" \
    --dir "$files" --out "$STATE/verifier/epoch-2026a.toml"
}

# Arguments: seconds, file, the process that makes it, its log.
file_within() {
  local tenths=$(($1 * 10))
  until [ -e "$2" ]; do
    if ! kill -0 "$3" 2>/dev/null || [ "$tenths" -le 0 ]; then
      cat "$4"
      return 1
    fi
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# Cards for the open orders, and their books into the store.
issue() {
  local token=$STATE/issuer/token.toml batches=$STATE/batches
  # shellcheck disable=SC2086
  step "$batches/orders.csv" "three customers order a card" \
    errand order --port "$PORT" --pki "$STATE/pki" --out "$batches/orders.csv" $CUSTOMERS
  step "$batches/demo.layout-key" "the batch's layout key" layout_key
  step "$batches/demo.bundle" "three cards: a bundle for the server, a print job for the bureau" \
    custodian batch issue --token "$token" --batch demo --subjects "$batches/orders.csv" --epoch 2026a \
    --signing-key issuer-1 --certificate "$STATE/issuer/issuer-1.pem" --bureau "$STATE/pki/bureau.pem" --out "$batches"
  step "$batches/opened" "the bureau opens the print job" \
    custodian bureau open --key "$STATE/pki/bureau.p12" --password-file "$STATE/pki/bureau.password" \
    --issuer "$STATE/issuer/issuer-1.pem" --out "$batches/opened" "$batches/demo.print"
  step "$batches/imported" "the server takes the bundle" import_bundle
  # shellcheck disable=SC2086
  step "$batches/mailed" "the cards are mailed" mail
}

layout_key() {
  custodian layout-key create --token "$STATE/issuer/token.toml" --batch demo && touch "$STATE/batches/demo.layout-key"
}

import_bundle() {
  run challenge-server karuta.server.Main import --config "$STATE/verifier/server.toml" "$STATE/batches/demo.bundle" &&
    touch "$STATE/batches/imported"
}

mail() {
  # shellcheck disable=SC2086
  errand mail --port "$PORT" --pki "$STATE/pki" $CUSTOMERS && touch "$STATE/batches/mailed"
}

serve_in_background() {
  start "$STATE/server.log" challenge-server karuta.server.Main serve --config "$STATE/verifier/server.toml"
  SERVER=$LAST
  wait_ready "$MANAGEMENT_PORT" "$SERVER" "$STATE/server.log" 60
}

chain() {
  install_missing run
  build
  stop_with_us
  lay_out
  step "$STATE/verifier/epoch-2026a.toml" "the tokens agree a book key neither can give away" agree
  [ -e "$STATE/verifier/server.toml" ] || server_settings >"$STATE/verifier/server.toml"
  serve_in_background
  issue
}

demo() {
  [ $# -eq 0 ] || fail 2 "demo takes no arguments; set KARUTA_HOME to keep its state elsewhere"
  STATE=$KARUTA_HOME PORT=8443 MANAGEMENT_PORT=9443
  say "SoftHSM development tokens: their keys lie in files of this user; never use them in production"
  umask 077
  mkdir -p "$STATE"
  chain
  cat <<READY

the cards, as the bureau prints them:  $STATE/batches/opened
the API, with client certificates:     https://localhost:$PORT   (contract: /openapi.yaml)
metrics and health:                    http://127.0.0.1:$MANAGEMENT_PORT/metrics, /health/ready
the server's log:                      $STATE/server.log

READY
  errand question --port "$PORT" --pki "$STATE/pki" --records "$STATE/batches/opened/records.jsonl" demo-1 ||
    say "demo-1 has its card already; ask anew with POST /v1/challenges"
  say "serving; stop with Ctrl-C, start again with ./karuta demo, begin anew by moving $STATE away"
  wait "$SERVER"
}

smoke() {
  [ $# -eq 0 ] || fail 2 "smoke takes no arguments"
  STATE=$(mktemp -d "${TMPDIR:-/tmp}/karuta-smoke.XXXXXX")
  build
  {
    read -r PORT
    read -r MANAGEMENT_PORT
  } <<<"$(errand ports 2)"
  chain
  run smoke karuta.smoke.Main --port "$PORT" --management-port "$MANAGEMENT_PORT" --pki "$STATE/pki" \
    --records "$STATE/batches/opened/records.jsonl" --already-passed "$PASSED"
  stop_all
  rm -rf "$STATE"
}

server_settings() {
  cat <<SETTINGS
# Written by ./karuta; for development only.
SETTINGS
}
