#!/usr/bin/env bash
# Gets the servers that the tests of shared state run against: PostgreSQL from Debian's packages, and moto's S3 server from
# PyPI. Whatever cannot be had here is left out: the tests that need it are skipped and say so. Nothing is started.
set -uo pipefail
cd "$(dirname "$0")"

cache="${PULUMI_METERED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pulumi-metered}"
moto="$(cat moto-version)"

if ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL." >&2
    export DEBIAN_FRONTEND=noninteractive
    { timeout 120 apt-get update -qq && timeout 300 apt-get install -qq -y --no-install-recommends postgresql; } >/dev/null ||
      echo "PostgreSQL cannot be installed; the tests of a postgres:// backend are skipped." >&2
  else
    echo "There is no PostgreSQL; the tests of a postgres:// backend are skipped." >&2
  fi
fi

venv="$cache/moto-$moto"
if [ ! -e "$venv/complete" ]; then
  echo "Installing moto $moto." >&2
  rm -rf "$venv"
  if python3 -m venv "$venv" && timeout 300 "$venv/bin/pip" install --quiet --disable-pip-version-check "moto[s3,server]==$moto"; then
    touch "$venv/complete"
  else
    rm -rf "$venv"
    echo "moto cannot be installed; the tests of an s3:// backend are skipped." >&2
  fi
fi
exit 0
