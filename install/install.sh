#!/bin/sh
# Installs Braid for this user, without root: from an unpacked release, or from a clone, which it
# builds first. Run it again at any time: what is done already is not done twice.
#
#   install/install.sh [--prefix FOLDER] [options of braid install, see braid install --help]
set -eu

say() { printf 'braid: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 73
}

case ${0%/*} in
  /*) here=${0%/*} ;;
  "$0") here=$PWD ;;
  *) here=$PWD/${0%/*} ;;
esac
source=$(cd "$here/.." && pwd -P)

[ -n "${HOME:-}" ] || fail "installing: HOME is not set"
prefix=$HOME/.local
dry_run=
want_prefix=
for argument in "$@"; do
  if [ -n "$want_prefix" ]; then
    prefix=$argument
    want_prefix=
    continue
  fi
  case $argument in
    --prefix) want_prefix=1 ;;
    --prefix=*) prefix=${argument#--prefix=} ;;
    --dry-run) dry_run=1 ;;
  esac
done
case $prefix in /*) ;; *) prefix=$HOME/$prefix ;; esac

# A release has a Java of its own. A clone is built into one.
if [ ! -x "$source/runtime/bin/java" ]; then
  command -v mvn >/dev/null 2>&1 ||
    fail "building $source needs Maven (mvn); install it, or use a release"
  if ! ls "$source"/target/braid-*.tar.gz >/dev/null 2>&1; then
    say "building $source (some minutes) ..."
    # bin/braid finds a JDK 25 for it.
    "$source/bin/braid" --version >/dev/null
    (cd "$source" && JAVA_HOME=$(cat target/braid.jdk) mvn -q -B package -Dmaven.test.skip -Dspotless.check.skip) ||
      fail "building $source did not work"
  fi
  for archive in "$source"/target/braid-*.tar.gz; do :; done
else
  archive=
fi

share=$prefix/share/braid
versions=$share/versions

# Whether the version in folder $1 is the one in use.
is_in_use() {
  cmp -s "$1/lib/braid.jar" "$share/current/lib/braid.jar" &&
    cmp -s "$1/bin/braid" "$share/current/bin/braid"
}

if [ -z "$archive" ]; then
  if is_in_use "$source"; then exec "$share/current/bin/braid" install "$@"; fi
  if [ -n "$dry_run" ]; then exec "$source/bin/braid" install "$@"; fi
fi

# Each version has a folder of its own. It gets its name when it is whole.
if [ -n "$dry_run" ]; then versions=$(mktemp -d); fi
new=$versions/.new.$$
trap 'rm -rf "$new"; [ -z "$dry_run" ] || rm -rf "$versions"' EXIT
trap 'exit 130' HUP INT TERM

# Folders that were not there: uninstalling takes them away again.
if [ -z "$dry_run" ] && [ ! -d "$share" ]; then
  missing=
  folder=$share
  while [ ! -d "$folder" ]; do
    missing="$folder
$missing"
    folder=${folder%/*}
    [ -n "$folder" ] || folder=/
  done
  mkdir -p "$share"
  printf '%s' "$missing" >"$share/made-folders"
fi
mkdir -p "$new"
if [ -n "$archive" ]; then
  tar -xzf "$archive" -C "$new" || fail "unpacking $archive did not work"
  for whole in "$new"/braid-*; do :; done
else
  whole=$new/${source##*/}
  cp -Rp "$source" "$whole" || fail "copying $source did not work"
fi
if is_in_use "$whole"; then
  version=$share/current
else
  version=$versions/${whole##*/}-$(date +%Y%m%d%H%M%S)-$$
  mv "$whole" "$version"
fi

if [ -n "$dry_run" ]; then
  "$version/bin/braid" install "$@"
else
  rm -rf "$new"
  exec "$version/bin/braid" install "$@"
fi
