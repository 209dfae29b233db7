#!/usr/bin/env bash
# Throughput of Cyanotype beside plain Javalin over real HTTP, with few and with many routes, the last one asked.
# Both servers run; the load alternates between them, so that a slow minute of the machine hits both.
set -euo pipefail

ROUTES=${ROUTES:-10 1000}
ROUNDS=${ROUNDS:-5}
SECONDS_EACH=${SECONDS_EACH:-8}
WARMUP=${WARMUP:-10}
JAVA=${JAVA:-java}

cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v wrk >/dev/null; then
  echo "http.sh needs wrk. Install it: 'apt install wrk', 'brew install wrk', or https://github.com/wg/wrk" >&2
  exit 2
fi

(cd ../.. && ./mvnw -q -DskipTests -Pbenchmarks package -pl samples/benchmarks -am)

pids=()
out=$(mktemp -d)
stop() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  pids=()
}
trap 'stop; rm -rf "$out"' EXIT
trap 'exit 130' INT TERM

# start NAME CLASS ROUTES: sets url to where it listens.
start() {
  : >"$out/$1"
  "$JAVA" -cp target/benchmarks.jar "dev.cyanotype.benchmarks.http.$2" "$3" >"$out/$1" 2>"$out/$1.err" &
  pids+=($!)
  for _ in {1..150}; do
    url=$(head -n 1 "$out/$1")
    [[ -n $url ]] && return
    kill -0 "$!" 2>/dev/null || break
    sleep 0.2
  done
  echo "$1 did not start:" >&2
  cat "$out/$1.err" >&2
  exit 1
}

# load URL SECONDS: prints the requests per second; an answer that is no success fails the run.
load() {
  local report
  report=$(wrk -t2 -c32 -d"$2s" "$1")
  if grep -qE 'Non-2xx|Socket errors' <<<"$report"; then
    echo "$1 failed:" >&2
    echo "$report" >&2
    exit 1
  fi
  awk '/Requests\/sec/ { printf "%.0f\n", $2 }' <<<"$report"
}

median() {
  printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

"$JAVA" -version 2>&1 | head -n 1
for routes in $ROUTES; do
  path=/res$((routes - 1))/12345
  start javalin JavalinServer "$routes"
  javalin_url=$url$path
  start cyanotype CyanotypeServer "$routes"
  cyanotype_url=$url$path

  load "$javalin_url" "$WARMUP" >/dev/null
  load "$cyanotype_url" "$WARMUP" >/dev/null
  javalin=()
  cyanotype=()
  for ((round = 1; round <= ROUNDS; round++)); do
    figure=$(load "$javalin_url" "$SECONDS_EACH")
    javalin+=("$figure")
    figure=$(load "$cyanotype_url" "$SECONDS_EACH")
    cyanotype+=("$figure")
  done
  stop

  echo "$routes routes, requests per second"
  echo "  javalin    ${javalin[*]}  median $(median "${javalin[@]}")"
  echo "  cyanotype  ${cyanotype[*]}  median $(median "${cyanotype[@]}")"
  awk -v c="$(median "${cyanotype[@]}")" -v j="$(median "${javalin[@]}")" 'BEGIN { printf "  ratio      %.2f\n", c / j }'
done
