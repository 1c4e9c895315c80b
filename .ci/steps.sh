# shellcheck shell=bash
# For .ci/run and .ci/full: steps one after another, all of them whatever becomes of one, and the line that adds them up.

# A run inside of another one leaves its results there.
results=${PACE_CI_RESULTS:-$(mktemp -d)}
export PACE_CI_RESULTS=$results
# A missing program, or a test that is skipped for a reason nobody knows, is a failure here.
export PACE_TEST_REQUIRE=all

script=$(basename "$0")
number=0

# A command that must succeed.
step() {
  number=$((number + 1))
  echo "── $*"
  PACE_TEST_RESULTS="$results/$script-$number.json" "$@" && return
  echo "FAILED: $*"
  touch "$results/$script-$number.failed"
}

# One that must leave the results of tests, too.
tests() {
  step "$@"
  [ -s "$results/$script-$number.json" ] || touch "$results/$script-$number.failed"
}

# The last line, and the exit code of the script.
closing_line() {
  node .ci/closing-line.mjs "$results"
}
