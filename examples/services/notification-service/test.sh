#!/bin/sh
# Runs the tests of this service and writes a JUnit report.
cd "$(dirname "$0")" || exit 1
. ../checks.sh
. ./message.sh
begin notification-service

while IFS='|' read -r template expected; do
  expect "the message of \"$template\"" "$expected" \
    "$(render "$template" name=Ada order=A-17 empty= braces='{{name}}' sign='a & b')"
done <<'TABLE'
Hello|Hello
Hello {{name}}|Hello Ada
{{name}}|Ada
{{name}}{{name}}|AdaAda
{{name}}, your order {{order}} was sent.|Ada, your order A-17 was sent.
{{empty}}|
<{{empty}}>|<>
{{unknown}}|{{unknown}}
{{unknown}} and {{name}}|{{unknown}} and Ada
{name}|{name}
{{ name }}|{{ name }}
{{name|{{name
name}}|name}}
{{braces}}|{{name}}
{{sign}}|a & b
{{{name}}}|{Ada}
TABLE

while IFS='|' read -r urgency hour expected; do
  expect "a message that is $urgency at $hour" "$expected" "$(channel "$urgency" "$hour")"
done <<'TABLE'
urgent|3|phone
urgent|12|phone
normal|8|push
normal|19|push
normal|20|mail
normal|7|mail
low|12|mail
unknown|12|mail
TABLE

write_report reports/junit.xml
totals
