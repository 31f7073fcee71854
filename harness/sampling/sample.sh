# What a server's machine says of itself, one line of JSON a second: for `chatmail-check --sample ssh:USER@HOST`, which pipes it to
# `sh -s` there. POSIX sh and awk; it writes nothing, needs no root, and ends when nobody listens any more.
# SAMPLE_ROOT stands before every path, for tests.
root=${SAMPLE_ROOT-}

# The value of a file in one line, without what JSON would stumble over.
word() {
  [ -r "$1" ] && tr -d '\000"\\' <"$1" 2>/dev/null | tr -c '[:print:]' ' ' | sed 's/ *$//'
}

# Where mail is kept, if it is where relays have it.
place=$root/
for folder in /var/mail /var/vmail /home/vmail; do
  [ -d "$root$folder" ] && place=$root$folder
done

# The disk that the mail is on: its name, and what kind of thing it is.
storage() {
  device=$(df -P "$place" 2>/dev/null | awk 'NR == 2 { sub(".*/", "", $1); print $1 }')
  [ -n "$root" ] && device=$(word "$root/etc/storage-device")
  [ "$device" = root ] && device=$(ls "$root/sys/block" 2>/dev/null | grep -m 1 '^mmcblk[0-9]*$')
  case $device in
    mmcblk*)
      disk=${device%p[0-9]*}
      case $(word "$root/sys/block/$disk/device/type") in
        SD) echo "$disk (SD card)" ;;
        MMC) echo "$disk (eMMC)" ;;
        *) echo "$disk" ;;
      esac ;;
    nvme*) echo "${device%p[0-9]*} (NVMe)" ;;
    *) echo "$device" ;;
  esac
}

# The firmware's bits: under-voltage, frequency capped, throttled, soft temperature limit; now, and (16 bits up) since boot.
throttle_bits() {
  if [ -x "$root/usr/bin/vcgencmd" ]; then
    "$root/usr/bin/vcgencmd" get_throttled 2>/dev/null | sed -n 's/^throttled=0x\([0-9a-fA-F]*\).*/\1/p'
  else
    word "$root/sys/devices/platform/soc/soc:firmware/get_throttled"
  fi
}

describe() {
  model=$(word "$root/proc/device-tree/model")
  [ -n "$model" ] || model=$(sed -n 's/^model name[^:]*: *//p' "$root/proc/cpuinfo" 2>/dev/null | head -n 1)
  printf '{"board":{"model":"%s","kernel":"%s","governor":"%s","storage":"%s"}}\n' \
    "$(printf %s "$model" | tr -d '"\\')" "$(word "$root/proc/sys/kernel/osrelease")" \
    "$(word "$root/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")" "$(storage)"
}

line() {
  free=$(df -kP "$place" 2>/dev/null | awk 'NR == 2 { print $4 }')
  heat=$(word "$root/sys/class/thermal/thermal_zone0/temp")
  bits=$(throttle_bits)
  case $bits in '' | *[!0-9a-fA-F]*) bits=none ;; *) bits=$((0x$bits)) ;; esac
  # Not every kernel has it, and some have a file that cannot be read.
  pressure=$root/proc/pressure/io
  cat "$pressure" >/dev/null 2>&1 || pressure=
  awk -v ticks="$ticks" -v free="$free" -v heat="$heat" -v bits="$bits" '
    FILENAME ~ /stat$/ && $1 == "cpu" { cpu = ($2 + $3 + $4 + $7 + $8) / ticks; wait = $6 / ticks }
    FILENAME ~ /stat$/ && $1 ~ /^cpu[0-9]/ { cpus++ }
    $1 == "MemTotal:" { total = $2 * 1024 }
    $1 == "MemAvailable:" { available = $2 * 1024 }
    FILENAME ~ /diskstats$/ && $3 ~ /^([shv]d[a-z]+|xvd[a-z]+|nvme[0-9]+n[0-9]+|mmcblk[0-9]+)$/ {
      written += $10 * 512
      if ($13 / 1000 > busy) busy = $13 / 1000
    }
    FILENAME ~ /loadavg$/ { load = $1 }
    FILENAME ~ /pressure\/io$/ && $1 == "full" { sub(".*total=", ""); stalled = $0 / 1000000 }
    END {
      printf "{\"cpuSeconds\":%.2f,\"ioWait\":%.2f,\"cpus\":%d,\"resident\":%.0f,\"memoryTotal\":%.0f,\"memoryAvailable\":%.0f", cpu, wait, cpus, total - available, total, available
      printf ",\"written\":%.0f,\"diskBusy\":%.3f,\"load1\":%s", written, busy, (load == "" ? 0 : load)
      if (stalled != "") printf ",\"diskStalled\":%.3f", stalled
      if (free ~ /^[0-9]+$/) printf ",\"diskFree\":%.0f", free * 1024
      if (heat ~ /^[0-9]+$/) printf ",\"celsius\":%.1f", heat / 1000
      if (bits ~ /^[0-9]+$/) printf ",\"throttleBits\":%d,\"throttled\":%s", bits, (bits % 16 > 0 ? "true" : "false")
      print "}"
    }' "$root/proc/stat" "$root/proc/meminfo" "$root/proc/diskstats" "$root/proc/loadavg" $pressure 2>/dev/null
}

sample() {
  export LC_ALL=C
  ticks=$(getconf CLK_TCK 2>/dev/null || echo 100)
  describe || exit
  seconds=${1:-86400}
  while [ "$seconds" -gt 0 ]; do
    told=$(line)
    printf '%s\n' "$told" 2>/dev/null || exit
    seconds=$((seconds - 1))
    [ "$seconds" -gt 0 ] && sleep 1
  done
}

sample "$@"
exit 0
