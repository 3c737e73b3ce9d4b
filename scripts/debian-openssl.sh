#!/bin/sh
# Prints the folder with the openssl program, for tests of encrypted and signed mail.
# Installs Debian's package when it is missing: as root with apt-get, else unpacked below .cache/debian-openssl of the checkout.
set -eu

checkout=$(cd "$(dirname "$0")/.." && pwd)
private="$checkout/.cache/debian-openssl"

fail() {
  echo "debian-openssl: $1" >&2
  exit 1
}

find_program() {
  program=$(command -v openssl || true)
  [ -n "$program" ] && dirname "$program" && return 0
  [ -x "$private/root/usr/bin/openssl" ] && echo "$private/root/usr/bin"
}

# apt works out what this machine lacks and fetches it into folders of our own; dpkg unpacks it there.
unpack_as_user() {
  mkdir -p "$private/state/lists/partial" "$private/cache/archives/partial"
  rm -rf "$private/unpacked"
  apt_private="apt-get -y -o Debug::NoLocking=1 -o Dir::State=$private/state -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$private/cache"
  $apt_private update >&2 || fail "apt-get update into .cache failed. Check the network and /etc/apt."
  $apt_private --no-install-recommends --download-only install openssl >&2 || fail "apt-get could not fetch openssl. See the lines above."
  for package in "$private"/cache/archives/*.deb; do
    dpkg -x "$package" "$private/unpacked" || fail "dpkg could not unpack a package."
  done
  mv "$private/unpacked" "$private/root"
}

find_program && exit 0
command -v apt-get >/dev/null || fail "expected Debian's apt-get. Install openssl and try again."
mkdir -p "$checkout/.cache"
exec 9>"$checkout/.cache/debian-openssl.lock"
flock 9
find_program && exit 0

if [ "$(id -u)" = 0 ]; then
  apt-get update >&2 || fail "apt-get update failed. Check the network and /etc/apt."
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openssl >&2 ||
    fail "apt-get install openssl failed. See the lines above."
else
  unpack_as_user
fi
find_program || fail "the package is installed, but there is no openssl program."
