# Makes the text of a message, to be sourced.

# render TEMPLATE [NAME=VALUE]...: puts values in place of {{NAME}}; what has no value stays.
render() {
  printf '%s\n' "$1" | {
    shift
    awk '
      BEGIN {
        for (i = 1; i < ARGC; i++) {
          at = index(ARGV[i], "=")
          values[substr(ARGV[i], 1, at - 1)] = substr(ARGV[i], at + 1)
        }
        ARGC = 1
      }
      {
        out = ""
        while (match($0, /[{][{][a-z_]+[}][}]/)) {
          name = substr($0, RSTART + 2, RLENGTH - 4)
          out = out substr($0, 1, RSTART - 1)
          out = out (name in values ? values[name] : substr($0, RSTART, RLENGTH))
          $0 = substr($0, RSTART + RLENGTH)
        }
        print out $0
      }' "$@"
  }
}

# channel URGENCY HOUR: how a message is sent; only what is urgent wakes people.
channel() {
  case $1 in
    urgent) echo phone ;;
    normal) if [ "$2" -ge 8 ] && [ "$2" -lt 20 ]; then echo push; else echo mail; fi ;;
    *) echo mail ;;
  esac
}
