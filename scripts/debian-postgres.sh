#!/bin/sh
# Prints the folder with the server programs of Debian's PostgreSQL, for tests against an external server.
# Installs them when they are missing: as root with apt-get, else unpacked below .cache/debian of the checkout.
# No service is started and no cluster is made.
set -eu

checkout=$(cd "$(dirname "$0")/.." && pwd)
private="$checkout/.cache/debian"

fail() {
  echo "debian-postgres: $1" >&2
  exit 1
}

# Newest version that has both programs, below the given root.
find_programs() {
  for folder in $(ls -d "$1"/usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ]; then
      echo "$folder"
      return 0
    fi
  done
  return 1
}

install_as_root() {
  # Debian's package would make a cluster and start it; this switch says no.
  switch=/etc/postgresql-common/createcluster.d/ilmo-tests.conf
  mkdir -p "$(dirname "$switch")"
  echo "create_main_cluster = false" >"$switch"
  trap 'rm -f "$switch"' EXIT
  apt-get update >&2 || fail "apt-get update failed. Check the network and /etc/apt."
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql >&2 ||
    fail "apt-get install postgresql failed. See the lines above."
}

# apt works out what this machine lacks and fetches it into folders of our own; dpkg unpacks it there.
unpack_as_user() {
  command -v dpkg >/dev/null || fail "expected Debian's dpkg. Install a PostgreSQL server and try again."
  mkdir -p "$private/state/lists/partial" "$private/cache/archives/partial"
  rm -rf "$private/unpacked"
  apt_private="apt-get -y -o Debug::NoLocking=1 -o Dir::State=$private/state -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$private/cache"
  $apt_private update >&2 || fail "apt-get update into .cache/debian failed. Check the network and /etc/apt."
  $apt_private --no-install-recommends --download-only install postgresql >&2 ||
    fail "apt-get could not fetch postgresql into .cache/debian. See the lines above."
  for package in "$private"/cache/archives/*.deb; do
    dpkg -x "$package" "$private/unpacked" || fail "dpkg could not unpack a package into .cache/debian."
  done
  mv "$private/unpacked" "$private/root"
}

find_programs "" && exit 0
command -v apt-get >/dev/null || fail "expected Debian's apt-get. Install a PostgreSQL server and try again."
mkdir -p "$checkout/.cache"
exec 9>"$checkout/.cache/debian-postgres.lock"
flock 9
find_programs "" && exit 0
find_programs "$private/root" && exit 0

if [ "$(id -u)" = 0 ]; then
  install_as_root
  find_programs "" || fail "apt-get installed postgresql, but /usr/lib/postgresql has no server programs."
else
  unpack_as_user
  find_programs "$private/root" || fail "the packages are unpacked, but hold no server programs."
fi
