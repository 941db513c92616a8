#!/bin/sh
# Takes Braid away from this user: what install.sh wrote, and with --purge also what it made.
#
#   install/uninstall.sh [--prefix FOLDER] [options of braid uninstall, see braid uninstall --help]
set -eu

prefix=${HOME:?}/.local
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
  esac
done
case $prefix in /*) ;; *) prefix=$HOME/$prefix ;; esac

program=$prefix/share/braid/current/bin/braid
if [ ! -x "$program" ]; then
  printf 'braid: is not installed below %s\n' "$prefix" >&2
  exit 0
fi
exec "$program" uninstall "$@"
