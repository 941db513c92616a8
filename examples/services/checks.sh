# Tests in plain shell, to be sourced: counts checks, prints totals, writes a JUnit report.

passed=0
failed=0
cases=

# expect NAME EXPECTED ACTUAL: one test.
expect() {
  name=$(printf '%s' "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/"/\&quot;/g')
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
    cases="$cases<testcase name=\"$name\" classname=\"$suite\"/>
"
  else
    failed=$((failed + 1))
    cases="$cases<testcase name=\"$name\" classname=\"$suite\"><failure/></testcase>
"
    printf 'FAILED %s: expected "%s", not "%s"\n' "$1" "$2" "$3" >&2
  fi
}

# begin SUITE: the first call of a test file.
begin() {
  suite=$1
}

# totals: the last call; its status says whether all passed.
totals() {
  printf '%s: %d passed, %d failed\n' "$suite" "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

# write_report FILE: what CI servers read.
write_report() {
  mkdir -p "$(dirname "$1")"
  printf '<testsuite name="%s" tests="%d" failures="%d">\n%s</testsuite>\n' \
    "$suite" $((passed + failed)) "$failed" "$cases" >"$1"
}

# Whether there is a Node whose test runner writes JUnit reports.
has_node() {
  case $(node --version 2>/dev/null) in
    v2[0-9].* | v[3-9][0-9].*) return 0 ;;
    *) return 1 ;;
  esac
}

# What can be tested of a service in JavaScript without Node: its configuration.
check_configuration() {
  echo "no Node 20 or newer: only the configuration of $suite is tested"
  for file in application*.yml; do
    expect "$file names the service" "  name: $suite" "$(grep '^  name:' "$file")"
  done
}
