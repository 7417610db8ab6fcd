# Sourced by karuta: everything, as CI runs it.
# shellcheck shell=bash

# shellcheck source=scripts/chain.sh
. "$REPO/scripts/chain.sh"

test_everything() {
  [ $# -eq 0 ] || fail 2 "test takes no arguments; one module: mvn -pl MODULE -am verify"
  install_missing test
  find_jdk
  need_maven
  say "JDK: $JAVA_HOME"
  shellcheck -x -P "$REPO" "$REPO/karuta" "$REPO/.ci/run" "$REPO"/scripts/*
  mkdir -p "$REPO/target"
  touch "$REPO/target/begun"
  forget_libraries
  watch_over "$REPO/target/started"
  maven verify </dev/null
  stamp_build "$REPO/target/begun"
  class_paths_are_apart
  smoke "$@"
}

# The server's libraries hold nothing that makes cards, and nothing that is for development only.
class_paths_are_apart() {
  local strangers
  [ -d "$REPO/challenge-server/target/lib" ] || fail 1 "the build left no libraries of the server to look at"
  strangers=$(find "$REPO/challenge-server/target/lib" -name 'provisioning-*' -o -name 'softhsm-config-*' -o -name 'pdfbox-*')
  [ -z "$strangers" ] || fail 1 "on the server's class path, where it must not be: $strangers"
}
