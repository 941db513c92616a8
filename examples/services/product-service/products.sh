# Questions to the catalogue, to be sourced. Answers are ids on one line.

# select_products AWK-CONDITION: of name, category, cents and stock.
select_products() {
  awk -F, '
    NR > 1 {
      name = tolower($2); category = $3; cents = $4; stock = $5
      if ('"$1"') { found = found (found == "" ? "" : " ") $1 }
    }
    END { print found }' catalogue.csv
}

in_category() { select_products "category == \"$1\""; }
cheaper_than() { select_products "cents < $1"; }
in_stock() { select_products "stock >= $1"; }
named_like() { select_products "index(name, \"$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]')\") > 0"; }

# price ID: with a point, as shown on a page.
price() {
  awk -F, -v id="$1" '
    $1 == id { printf "%d.%02d\n", $4 / 100, $4 % 100; found = 1 }
    END { if (!found) print "unknown" }' catalogue.csv
}
