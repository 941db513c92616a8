#!/bin/sh
# Runs the tests of this service; prints the totals and writes no report.
cd "$(dirname "$0")" || exit 1
. ../checks.sh
. ./products.sh
begin product-service

while IFS='|' read -r question argument expected; do
  expect "$question $argument" "$expected" "$($question "$argument")"
done <<'TABLE'
in_category|kitchen|p1 p2 p3
in_category|office|p4 p5 p6
in_category|clothes|p7 p8
in_category|garden|
cheaper_than|0|
cheaper_than|90|
cheaper_than|91|p6
cheaper_than|1000|p2 p5 p6
cheaper_than|99999|p1 p2 p3 p4 p5 p6 p7 p8
in_stock|1|p1 p3 p4 p5 p6 p7
in_stock|0|p1 p2 p3 p4 p5 p6 p7 p8
in_stock|100|p5 p6
in_stock|501|
named_like|tea|p1 p2
named_like|TEA|p1 p2
named_like|lamp|p4
named_like|e|p1 p2 p3 p4 p5 p6 p7
named_like|desk lamp|p4
named_like|sofa|
price|p1|24.50
price|p2|6.50
price|p5|3.50
price|p6|0.90
price|p7|89.00
price|p9|unknown
price||unknown
TABLE

totals
