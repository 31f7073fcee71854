# Installs Debian packages and starts nothing. Sourced by the scripts of the testbeds, which bring `say`, `fail` and `cannot`.

missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
  done
}

# install_packages 'SERVICES' PACKAGE...: what is missing. SERVICES that come with it shall not start at the next boot either;
# one whose package has another name is SERVICE=PACKAGE.
install_packages() {
  local services=$1 missing guard=/usr/sbin/policy-rc.d made='' code=0 name plan
  shift
  command -v apt-get >/dev/null || cannot 'no apt-get: this testbed needs Debian'
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || { say 'all packages are installed'; return 0; }
  [ "$(id -u)" = 0 ] || cannot 'installing packages needs root'

  apt-get update -qq -o DPkg::Lock::Timeout=120 >&2 || say 'apt-get update failed; trying with the package lists there are'
  # shellcheck disable=SC2086
  plan=$(apt-get install -s --no-install-recommends $missing) || fail 'apt-get cannot install the packages'
  # Postfix pushes out any other mail server. That one is somebody's: leave it alone.
  grep '^Remv' <<<"$plan" >&2 && cannot 'installing would remove the packages above'

  # Exit code 101 tells Debian's maintainer scripts to start nothing.
  if [ -e "$guard" ]; then
    "$guard" postfix start >/dev/null 2>&1
    [ $? = 101 ] || cannot "$guard exists and allows services to start"
  else
    made=yes
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    trap 'exit 1' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$guard" && chmod 755 "$guard" || fail "cannot write $guard"
  fi
  grep -qx postfix <<<"$missing" &&
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 $missing </dev/null >&2 || code=1
  [ -z "$made" ] || { rm -f "$guard"; trap - EXIT INT TERM; }
  [ $code = 0 ] || fail 'apt-get install failed'

  # Only where it was us who brought them.
  for name in $services; do
    grep -q "^Inst ${name#*=} " <<<"$plan" && update-rc.d "${name%%=*}" disable >/dev/null 2>&1
  done
  say "installed:" $missing
}
