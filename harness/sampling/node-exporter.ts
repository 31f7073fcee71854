// Reads the metrics page of Prometheus's node_exporter into a reading. Pure but for the request. Used by open-sampler.
import type { Reading } from './reading.ts'

/** Octets of a page; it has about a hundred thousand. */
const largest = 5_000_000

/** Throws when the page is not there, or is another one. */
export async function readNodeExporter(url: string, signal: AbortSignal): Promise<Reading> {
  const response = await fetch(url, { signal, redirect: 'error' })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  const text = await response.text()
  if (text.length > largest) throw new Error(`${url} is too long`)
  return fromMetrics(text)
}

const busyModes = ['user', 'nice', 'system', 'irq', 'softirq']
const disks = /^(?:[shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/
/** Where mail is kept, the best place first. */
const places = ['/home/vmail', '/home', '/var/vmail', '/var/mail', '/var', '/']

/** Throws when it is not what node_exporter says. */
export function fromMetrics(text: string): Reading {
  const samples = [...text.matchAll(/^(node_\w+)(?:\{([^}]*)\})? ([0-9.eE+-]+)$/gm)].map(
    ([, name = '', labels = '', value]) => ({
      name,
      labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, label]) => [key, label ?? ''])),
      value: Number(value),
    }),
  )
  const all = (name: string) => samples.filter((sample) => sample.name === name)
  const one = (name: string) => all(name)[0]?.value
  const sum = (list: readonly { readonly value: number }[]) => list.reduce((total, { value }) => total + value, 0)
  const seconds = all('node_cpu_seconds_total')
  const total = one('node_memory_MemTotal_bytes')
  const available = one('node_memory_MemAvailable_bytes')
  if (seconds.length === 0 || total === undefined || available === undefined) {
    throw new Error('this is no page of node_exporter')
  }
  const onDisks = (name: string) => all(name).filter(({ labels }) => disks.test(labels.device ?? ''))
  const free = all('node_filesystem_avail_bytes')
  const place = places.find((path) => free.some(({ labels }) => labels.mountpoint === path))
  const room = free.find(({ labels }) => labels.mountpoint === place)
  const stalled = one('node_pressure_io_stalled_seconds_total')
  const heat = one('node_thermal_zone_temp')
  const load1 = one('node_load1')
  return {
    cpuSeconds: sum(seconds.filter(({ labels }) => busyModes.includes(labels.mode ?? ''))),
    ioWait: sum(seconds.filter(({ labels }) => labels.mode === 'iowait')),
    cpus: new Set(seconds.map(({ labels }) => labels.cpu)).size,
    resident: total - available,
    memoryTotal: total,
    memoryAvailable: available,
    written: sum(onDisks('node_disk_written_bytes_total')),
    diskBusy: Math.max(0, ...onDisks('node_disk_io_time_seconds_total').map(({ value }) => value)),
    ...(room === undefined ? {} : { diskFree: room.value }),
    ...(stalled === undefined ? {} : { diskStalled: stalled }),
    ...(heat === undefined ? {} : { celsius: heat }),
    ...(load1 === undefined ? {} : { load1 }),
  }
}
