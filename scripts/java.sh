# Sourced by karuta: the JDK, the build, and the two class paths.
# shellcheck shell=bash

JDK_VERSION=25

say() { printf 'karuta: %s\n' "$*" >&2; }

# Arguments: exit code, what to say.
fail() { say "${*:2}"; exit "$1"; }

# The major version of the JDK in a directory, from its release file: no JVM is started to ask.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  local dir
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  # Where version managers put it: the directory above the javac that is found first.
  dir=$(readlink -f "$(command -v javac || true)" 2>/dev/null || true)
  [ -n "$dir" ] && dirname "$(dirname "$dir")"
  for dir in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$dir" ] && printf '%s\n' "$dir"
  done
  /usr/libexec/java_home -v "$JDK_VERSION" 2>/dev/null || true
}

# Sets JAVA_HOME to a JDK 25, whatever it was before.
find_jdk() {
  local dir
  while IFS= read -r dir; do
    if [ "$(jdk_major "$dir")" = "$JDK_VERSION" ]; then
      export JAVA_HOME=$dir
      return
    fi
  done <<<"$(jdk_candidates)"
  say "no JDK $JDK_VERSION was found; install one, for example"
  cat >&2 <<ADVICE
  Eclipse Temurin $JDK_VERSION      (package temurin-$JDK_VERSION-jdk, or an archive unpacked anywhere)
  OpenJDK $JDK_VERSION             (package openjdk-$JDK_VERSION-jdk or java-$JDK_VERSION-openjdk-devel, where your system has it)
  sdk install java $JDK_VERSION-tem       (SDKMAN)
  brew install openjdk@$JDK_VERSION       (Homebrew)
and set JAVA_HOME to it if it lies in an unusual place
ADVICE
  exit 2
}

need_maven() { command -v mvn >/dev/null || fail 2 "Maven was not found; install it (package maven), version 3.8.6 or later"; }

# Becomes Maven. The mode of a file goes into the jar: with one umask for all, two builds give the same bytes.
become_maven() {
  need_maven
  cd "$REPO" && umask 022 && exec mvn -B -ntp "$@"
}

maven() { (become_maven "$@"); }

# A build begins with a mark and ends with the libraries of the last module. What is newer than the mark is not in it; a
# directory tells of removed files, a file of changed ones.
out_of_date() {
  local begun=$REPO/target/begun
  [ "$REPO/smoke/target/lib" -nt "$begun" ] || return 0
  [ -n "$(find "$REPO/pom.xml" "$REPO"/*/pom.xml "$REPO"/*/src/main "$REPO"/*/src/main/ -newer "$begun" -print 2>/dev/null |
    head -n 1)" ]
}

# Libraries left from an older build would stay on the class path.
begin_build() {
  mkdir -p "$REPO/target"
  touch "$REPO/target/begun"
  rm -rf "$REPO"/*/target/lib
}

build() {
  local log=$REPO/target/build.log
  case $REPO in *:*) fail 2 "Java cannot use a path with a colon in it; move $REPO elsewhere" ;; esac
  find_jdk
  out_of_date || return 0
  need_maven
  begin_build
  say "building; the first time takes some minutes (log: $log)"
  if ! maven -Dmaven.test.skip=true -Dspotless.check.skip -Dcyclonedx.skip package >"$log" 2>&1 </dev/null; then
    # A warning in a source fails the build as an error does.
    grep -e '^\[WARNING\] .*\.java:' -e '^\[ERROR\] .' "$log" | grep -v -e 'Help 1' -e 'Re-run' -e 'To see' -e 'more information' |
      head -n 20 >&2 || tail -n 20 "$log" >&2
    fail 2 "the build failed; the whole log is $log"
  fi
}

# Everything a module's program needs, and nothing of another module's.
class_path() { printf '%s' "$REPO/$1/target/$1-1.0.0-SNAPSHOT.jar:$REPO/$1/target/lib/*"; }

# Becomes the program: signals reach it directly, and its exit code is ours. Arguments: module, main class, its own.
program() {
  local module=$1 class=$2
  shift 2
  build
  use_token_beside "$@"
  umask 077
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Dfile.encoding=UTF-8 \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Djava.awt.headless=true -cp "$(class_path "$module")" "$class" "$@"
}
