#!/bin/sh
# Prints the path of Debian's IMAP server, for tests against a real one; installs it with apt-get when it is missing (as root).
# No service is started.
set -eu

checkout=$(cd "$(dirname "$0")/.." && pwd)
program=/usr/sbin/dovecot
imap=/usr/lib/dovecot/imap

fail() {
  echo "debian-dovecot: $1" >&2
  exit 1
}

find_program() {
  [ -x "$program" ] && [ -x "$imap" ] && echo "$program"
}

find_program && exit 0
command -v apt-get >/dev/null || fail "expected Debian's apt-get. Install dovecot's IMAP server and try again."
[ "$(id -u)" = 0 ] || fail "expected root to install dovecot-imapd. Run once as root: apt-get install --no-install-recommends dovecot-imapd"
mkdir -p "$checkout/.cache"
exec 9>"$checkout/.cache/debian-dovecot.lock"
flock 9
find_program && exit 0

# Debian's package would start the server; while this file is there it does not.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update >&2 || fail "apt-get update failed. Check the network and /etc/apt."
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends dovecot-imapd >&2 ||
  fail "apt-get install dovecot-imapd failed. See the lines above."
find_program || fail "apt-get installed dovecot-imapd, but $program or $imap is not there."
