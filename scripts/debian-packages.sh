#!/bin/sh
# Installs Debian packages that a comparison needs and that are missing: debian-packages.sh <package>...
# Nothing of the product needs them; they are the programs it is measured against.
set -eu

missing=""
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" != 0 ]; then
  echo "debian-packages: expected root to install:$missing. Run once as root: apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
apt-get update >&2 || { echo "debian-packages: apt-get update failed. Check the network and /etc/apt." >&2; exit 1; }
# The names are words of their own.
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >&2 ||
  { echo "debian-packages: apt-get could not install$missing. See the lines above." >&2; exit 1; }
