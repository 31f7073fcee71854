#!/bin/bash
# Runs a command where the kernel tells of no changes in folders, as on a machine that has used up fs.inotify.max_user_instances:
# that limit can be set in a user namespace alone. Used by a broken setting; root only.
set -u
case ${1:-} in
  mapped)
    shift
    echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"
    ;;
  waiting)
    shift
    until grep -q . /proc/self/gid_map; do sleep 0.05; done
    exec "$0" mapped "$@"
    ;;
  *)
    # Ports of the network namespace belong to those outside.
    echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
    unshare --user -- "$0" waiting "$@" &
    for _ in $(seq 100); do
      { echo 0 0 65536 >"/proc/$!/uid_map"; } 2>/dev/null && break
      sleep 0.05
    done
    echo 0 0 65536 >"/proc/$!/gid_map"
    wait $!
    ;;
esac
