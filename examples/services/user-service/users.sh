# What is accepted as a user, to be sourced.

# normal_email TEXT: the address as it is stored, or "refused".
normal_email() {
  printf '%s\n' "$1" | LC_ALL=C awk '
    {
      gsub(/^[ \t]+|[ \t]+$/, "")
      address = tolower($0)
      ok = address ~ /^[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/ && address !~ /\.\.|^\.|\.@/
      print ok ? address : "refused"
    }'
}

# display_name FIRST LAST: how a user is called on a page.
display_name() {
  case $1,$2 in
    ,) echo Guest ;;
    ,*) echo "$2" ;;
    *,) echo "$1" ;;
    *) echo "$1 $2" ;;
  esac
}

# may ROLE ACTION: yes or no.
may() {
  case $1:$2 in
    admin:* | editor:read | editor:write | reader:read) echo yes ;;
    *) echo no ;;
  esac
}
