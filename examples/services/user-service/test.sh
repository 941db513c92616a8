#!/bin/sh
# Runs the tests of this service and writes a JUnit report.
cd "$(dirname "$0")" || exit 1
. ../checks.sh
. ./users.sh
begin user-service

while IFS='|' read -r text expected; do
  expect "the address \"$text\"" "$expected" "$(normal_email "$text")"
done <<'TABLE'
ada@example.com|ada@example.com
 ada@example.com |ada@example.com
ADA@Example.COM|ada@example.com
ada.lovelace@example.com|ada.lovelace@example.com
ada+list@example.com|ada+list@example.com
a_b-c@sub.example.org|a_b-c@sub.example.org
ada@example|refused
ada|refused
@example.com|refused
ada@|refused
a b@example.com|refused
ada@exam ple.com|refused
ada@@example.com|refused
a..b@example.com|refused
.ada@example.com|refused
ada.@example.com|refused
|refused
TABLE

while IFS='|' read -r first last expected; do
  expect "the name of \"$first\" \"$last\"" "$expected" "$(display_name "$first" "$last")"
done <<'TABLE'
Ada|Lovelace|Ada Lovelace
Ada||Ada
|Lovelace|Lovelace
||Guest
TABLE

while IFS='|' read -r role action expected; do
  expect "may a $role $action" "$expected" "$(may "$role" "$action")"
done <<'TABLE'
admin|read|yes
admin|write|yes
admin|delete|yes
editor|read|yes
editor|write|yes
editor|delete|no
reader|read|yes
reader|write|no
nobody|read|no
TABLE

write_report reports/junit.xml
totals
