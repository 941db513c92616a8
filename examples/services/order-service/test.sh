#!/bin/sh
# Runs the tests of this service, with Node's own runner where there is one.
cd "$(dirname "$0")" || exit 1
. ../checks.sh
begin order-service

if has_node; then
  mkdir -p reports
  exec node --test --test-reporter=junit --test-reporter-destination=reports/junit.xml
fi
check_configuration
totals
