#!/bin/sh
# Puts tesseract's data for Cyrillic letters into .cache/tessdata of the checkout, out of Debian's package tesseract-ocr-rus.
# Nothing is installed. Without the data everything works, and what is written in Cyrillic letters goes to a person:
# so this always ends well, and says in one line on stderr what is missing.
set -u

checkout=$(cd "$(dirname "$0")/.." && pwd)
folder="$checkout/.cache/tessdata"
data="$folder/rus.traineddata.gz"
work="$folder/work"
failed="$folder/failed"
# rus.traineddata of tessdata_fast 4.1.0, Apache-2.0; the same file in Debian 12 and 13
sum=e16e5e036cce1d9ec2b00063cf8b54472625b9e14d893a169e2b0dedeb4df225
# a machine without a network waits for this once an hour, not at every start
retry_minutes=60
wait_seconds=120

give_up() {
  rm -rf "$work"
  echo "Cyrillic letters will not be read: $1 Such fields go to a person." >&2
  exit 0
}

is_right() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d ' ' -f 1)" = "$sum" ]; }

keep() {
  gzip -n -c "$1" >"$work/kept.gz" && mv "$work/kept.gz" "$data"
}

# the machine's own package lists first; when they are empty or old, fresh ones in a folder of our own
fetch_package() {
  set -- -o Acquire::Retries=0 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15
  [ "$(id -u)" = 0 ] && set -- "$@" -o APT::Sandbox::User=root
  apt-get "$@" download tesseract-ocr-rus >"$work/log" 2>&1 && return 0
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
  set -- "$@" -o Debug::NoLocking=1 -o "Dir::State=$work/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$work/cache"
  timeout "$wait_seconds" apt-get "$@" update >>"$work/log" 2>&1
  timeout "$wait_seconds" apt-get "$@" download tesseract-ocr-rus >>"$work/log" 2>&1
}

[ -f "$data" ] && exit 0
mkdir -p "$folder" 2>/dev/null || give_up "the folder .cache cannot be written."
exec 9>"$folder/lock"
flock 9
[ -f "$data" ] && exit 0
[ -n "$(find "$failed" -mmin "-$retry_minutes" 2>/dev/null)" ] && give_up "$(cat "$failed")"
rm -rf "$work"
mkdir -p "$work"
cd "$work" || give_up "the folder .cache cannot be written."

for installed in /usr/share/tesseract-ocr/*/tessdata/rus.traineddata; do
  is_right "$installed" && keep "$installed" && break
done
if [ ! -f "$data" ]; then
  reason=""
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    reason="this machine has no apt-get to fetch Debian's tesseract-ocr-rus with."
  elif ! fetch_package; then
    reason="Debian's package tesseract-ocr-rus could not be fetched."
  elif ! dpkg -x ./*.deb "$work/root" 2>/dev/null; then
    reason="Debian's package tesseract-ocr-rus could not be unpacked."
  else
    found=$(find "$work/root" -name rus.traineddata | head -n 1)
    if ! is_right "$found"; then
      reason="Debian's package tesseract-ocr-rus holds other data than expected."
    elif ! keep "$found"; then
      reason="the data could not be written to .cache."
    fi
  fi
  if [ -n "$reason" ]; then
    echo "$reason" >"$failed"
    give_up "$reason"
  fi
fi
rm -rf "$work" "$failed"
