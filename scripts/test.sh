# Sourced by karuta: everything, as CI runs it.
# shellcheck shell=bash

test_everything() {
  [ $# -eq 0 ] || fail 2 "test takes no arguments; one module: mvn -pl MODULE -am verify"
  install_missing test
  find_jdk
  say "JDK: $JAVA_HOME"
  shellcheck -x -P "$REPO" "$REPO/karuta" "$REPO/.ci/run" "$REPO"/scripts/*.sh
  mkdir -p "$REPO/target"
  touch "$REPO/target/begun"
  forget_libraries
  maven verify </dev/null
  stamp_build "$REPO/target/begun"
}
