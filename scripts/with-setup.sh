#!/bin/sh
# Runs a command with the project set up: installs the pinned packages when they are missing or
# when the lock file changed, then puts the project's own Node 24 first on the path.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
stamp=node_modules/.ilmo-setup
want=$(sha256sum package-lock.json | cut -d ' ' -f 1)
is_ready() { [ "$(cat "$stamp" 2>/dev/null || true)" = "$want" ]; }
if ! is_ready; then
  mkdir -p .cache
  (
    flock 9
    if ! is_ready; then
      echo "Setting up: installing the pinned packages (about 1 GB, once) ..." >&2
      # not `npm ci`: it refuses a lock file without the optional packages that a registry does not have for other systems;
    # versions and sums come from the lock file all the same, and --no-save leaves it alone
    npm install --no-save --include=dev --include=optional --no-audit --no-fund --loglevel=error >&2
      echo "$want" >"$stamp"
    fi
  ) 9>.cache/setup.lock
fi
[ -f .cache/tessdata/rus.traineddata.gz ] || sh scripts/debian-cyrillic.sh
PATH="$root/node_modules/.bin:$PATH"
export PATH
case "$(node --version)" in
v24.* | v25.* | v26.*) ;;
*)
  echo "ilmo needs Node 24; the bundled one did not install on this machine ($(uname -sm)). Expected linux x64 or arm64." >&2
  exit 4
  ;;
esac
# Node keeps what it made of the sources: a process starts with a third of a second less work
NODE_COMPILE_CACHE="$root/.cache/node"
export NODE_COMPILE_CACHE
exec "$@"
