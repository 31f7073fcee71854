# What the testbeds begin with: words on stderr with an exit code, the folder of one, and the Dovecot that they are made for.
# Sourced by plain-mail.sh and chatmail.sh.

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
fail() { say "$*"; exit 1; }
cannot() { say "$*"; exit 77; }
misuse() { say "$*"; exit 2; }

# Sets $dir.
folder() {
  [ -n "${1:-}" ] || misuse 'which DIR?'
  case $1 in -*) misuse "which DIR? got $1" ;; esac
  dir=$(realpath -m -- "$1")
  # It goes into configuration files and sed unquoted, and unix sockets end at 107 bytes.
  case $dir in *[!A-Za-z0-9._/-]*) misuse "$dir: only letters, digits and ._-/ in the name of the folder" ;; esac
  [ ${#dir} -le 60 ] || misuse "$dir: longer than 60 bytes, unix sockets would not fit"
  [ "$dir" != / ] || misuse 'not /'
}

right_dovecot() {
  case $(dovecot --version) in
    2.3.*) ;;
    *) cannot "the configuration here is for Dovecot 2.3, this is $(dovecot --version)" ;;
  esac
}
