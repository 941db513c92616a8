# Shared by the hooks: what Braid keeps of sessions, and how its daemon is started. Sourced by sh.
# Everything here is a file, so that no hook has to wait for a daemon or start a JVM.

runtime=${CLAUDE_CONFIG_DIR:-${HOME:-/}/.claude}/memory/run/braid

# When process $1 started, in the kernel's words, in $born; empty where only ps knows.
# Fails when the process is gone.
born() {
  born=
  kill -0 "$1" 2>/dev/null || return 1
  # The name of the program stands before the last parenthesis and may hold anything.
  if [ -r "/proc/$1/stat" ] && read -r stat <"/proc/$1/stat"; then
    # shellcheck disable=SC2086 # its fields
    set -- ${stat##*)}
    [ "$1" != Z ] || return 1
    born=${20}
  fi
  return 0
}

# Whether process $1, which started at $2, is there.
alive() {
  born "$1" && { [ -z "${2:-}" ] || [ -z "$born" ] || [ "$2" = "$born" ]; }
}

# This process, by its pid and start, as part of the name of a file.
born $$
me=$$${born:+.$born}

# Prints what is to be told of the session in folder $1, each text once; sets $told when any was.
# Whoever renames a text tells it; one whose taker died before is there again. So the caller removes
# NAME.taken.$me as the last thing that it does: only then does Claude Code take what was printed.
take() {
  for text in "$1"/*.ready "$1"/*.note "$1"/*.taken.*; do
    [ -e "$text" ] || continue
    name=${text##*/}
    what=${name%%.*}
    case $name in
      *.taken.*)
        taker=${name##*.taken.}
        pid=${taker%%.*}
        start=${taker#"$pid"}
        if alive "$pid" "${start#.}"; then continue; fi
        ;;
      *.note) what=$what-note ;;
    esac
    mv "$text" "$1/$what.taken.$me" 2>/dev/null || continue
    cat "$1/$what.taken.$me"
    told=1
  done
}

# Starts the daemon, and does not wait for it.
start_daemon() {
  program=${BRAID_PROGRAM:-${0%/*}/../bin/braid}
  # shellcheck disable=SC2094
  "$program" daemon start </dev/null >/dev/null 2>&1 &
}

# Whether the daemon's process is there; $was_stopped says that nobody wants it. Its port is in $port.
daemon_lives() {
  was_stopped=1
  port=
  [ -r "$runtime/daemon.pid" ] || return 1
  { read -r pid start && { read -r port || :; }; } <"$runtime/daemon.pid" || return 1
  was_stopped=
  alive "$pid" "$start"
}
