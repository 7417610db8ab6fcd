# Sourced by karuta for the demo: the bank's front end, and custodians, bureau and printer who never sleep. In a bank
# these are people in different rooms; here each open order becomes a batch of one card.
# shellcheck shell=bash

readonly VICTIM=demo-1004

# The newest batch of one card; nothing if there is none. Their names sort by time, and a batch is there with its
# batch.json or not at all.
newest_card() {
  local one newest=''
  for one in "$STATE"/batches/card-*/batch.json; do
    [ -e "$one" ] && newest=$(dirname "$one")
  done
  [ -z "$newest" ] || basename "$newest"
}

# The batch whose bundle has the highest number: the one to go on from, also when somebody made it by hand.
last_batch() {
  local record number highest=0 found=$BATCH
  for record in "$STATE"/batches/*/batch.json; do
    case $record in *.unfinished/*) continue ;; esac
    number=$(sed -n 's/.*"sequence" *: *\([0-9][0-9]*\).*/\1/p' "$record" | sort -n | tail -n 1)
    if [ "${number:-0}" -gt "$highest" ]; then
      highest=$number
      found=$(basename "$(dirname "$record")")
    fi
  done
  printf '%s' "$found"
}

# One card, for the order in a file. Argument: the file.
press_one() {
  local order=$1 token=$STATE/issuer/token.toml batches=$STATE/batches made previous
  previous=$(last_batch)
  made=card-$(date -u +%Y%m%d-%H%M%S)
  run provisioning karuta.provisioning.cli.Main layout-key create --token "$token" --batch "$made" &&
    run provisioning karuta.provisioning.cli.Main batch issue --token "$token" --signing-key issuer-1 --batch "$made" \
      --previous "$batches/$previous/batch.json" --subjects "$order" --agreement "$STATE/agreement/$EPOCH.confirmation" \
      --bureau-certificate "$STATE/pki/bureau.pem" --out "$batches" &&
    deliver "$made"
}

# What follows once a batch is made: books imported, print job opened, page in the letterbox, key destroyed. Every part
# can be done again, and must be if a start was interrupted here: the server takes no later bundle before this one.
# Argument: the batch.
deliver() {
  local made=$1 token=$STATE/issuer/token.toml batches=$STATE/batches serial
  run challenge-server karuta.server.Main import --config "$STATE/verifier/server.toml" "$batches/$made/$made.bundle" &&
    { [ -e "$STATE/bureau-$made" ] ||
      run provisioning karuta.provisioning.cli.Main bureau open --job "$batches/$made/$made.printjob" \
        --key "$STATE/pki/bureau.p12" --password-file "$STATE/pki/bureau.password" --signer "$STATE/issuer/issuer-1.pem" \
        --out "$STATE/bureau-$made"; } &&
    serial=$(sed -n 's/.*"serial":"\([0-9]*\)".*/\1/p' "$STATE/bureau-$made/records-00001.jsonl") &&
    cp "$STATE/bureau-$made/cards-00001.pdf" "$STATE/letterbox/$serial.pdf" &&
    touch "$batches/$made/delivered" &&
    { run provisioning karuta.provisioning.cli.Main layout-key destroy --token "$token" --batch "$made" \
      --confirm "destroy layout-$made" || say "the layout key of $made was not there to destroy"; }
}

# Delivers the card that an interrupted start left on the press, if there is one.
deliver_the_last() {
  local newest
  newest=$(newest_card)
  [ -z "$newest" ] || [ -e "$STATE/batches/$newest/delivered" ] || deliver "$newest"
}

# Not longer than we are let: a signal ends a wait, not a sleep.
rest() {
  sleep 5 &
  wait $!
}

# Waits for orders and makes their cards, until it is stopped; for the background. What goes wrong is told on
# descriptor 4, once a row.
press() {
  trap 'kill $(jobs -pr) 2>/dev/null || true; exit 0' TERM
  note_ourselves
  local order=$STATE/batches/next-order.csv failed=''
  while run smoke karuta.smoke.Errands next-order --port "$PORT" --pki "$STATE/pki" --out "$order"; do
    if press_one "$order"; then
      failed=''
    else
      [ -n "$failed" ] || say "a card could not be made; the log is $STATE/press.log" 2>&4
      failed=yes
      rest
      until deliver_the_last; do rest; done
    fi
  done
}

# The customer of the attacker's view has a card in use from the start. Unless it is on its way already, it is ordered.
victim() {
  local order=$STATE/batches/victim.csv
  if [ -z "$(newest_card)" ]; then
    rm -f "$order"
    errand order --port "$PORT" --pki "$STATE/pki" --out "$order" "$VICTIM" &&
      errand next-order --port "$PORT" --pki "$STATE/pki" --out "$order" &&
      press_one "$order" || return
  fi
  errand mail --port "$PORT" --pki "$STATE/pki" "$VICTIM" &&
    errand activate --port "$PORT" --pki "$STATE/pki" --records "$STATE/bureau-$(newest_card)/records-00001.jsonl" \
      "$VICTIM"
}

# Starts the front end and the card makers behind it. Sets BANK to its address.
bank_in_background() {
  local log=$STATE/bank.log
  mkdir -p "$STATE/letterbox"
  deliver_the_last >>"$STATE/press.log" 2>&1 || fail 2 "the last card could not be delivered; the log is $STATE/press.log"
  step "$STATE/batches/victim" "a customer with a card in use, for the attacker's view" \
    marked "$STATE/batches/victim" victim
  start "$log" demo-bank karuta.demobank.DemoBankCommand --port "$1" --api "https://localhost:$PORT" \
    --ca "$STATE/pki/ca.pem" --front-cert "$STATE/pki/front-end.pem" --front-key "$STATE/pki/front-end-key.pem" \
    --office-cert "$STATE/pki/back-office.pem" --office-key "$STATE/pki/back-office-key.pem" \
    --letterbox "$STATE/letterbox"
  line_within 60 "$log" '^demo bank: ' "$LAST"
  # shellcheck disable=SC2034 # demo reads it
  BANK=$(sed -n 's/^demo bank: //p' "$log")
  press 4>&2 >>"$STATE/press.log" 2>&1 </dev/null &
}

# Shows a page where there is a desktop to show it on.
show() {
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null; then
    xdg-open "$1" >/dev/null 2>&1 || true
  elif [ "$(uname)" = Darwin ]; then
    open "$1" || true
  fi
}
