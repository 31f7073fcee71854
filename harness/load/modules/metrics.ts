// What a scenario file gets for `import ... from 'k6/metrics'`: metrics of its own. One for each virtual user.
import type { MetricKind } from '../metrics/sink.ts'
import type { VirtualUser } from '../thread/virtual-user.ts'

export function metricsModule(vu: VirtualUser) {
  const metricOf = (kind: MetricKind) =>
    class {
      readonly name: string

      constructor(name: string, isTime = false) {
        if (!vu.inInit) throw new Error(`metric ${name}: metrics are made outside of functions, when the file is read`)
        if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) throw new Error(`"${name}" is no name for a metric`)
        this.name = name
        vu.recorder.define({ name, kind, contains: isTime ? 'time' : 'default' })
      }

      add(value: number | boolean, tags?: Record<string, string>): void {
        const number = Number(value)
        if (Number.isNaN(number)) throw new TypeError(`metric ${this.name}: ${String(value)} is no number`)
        vu.add(this.name, number, tags)
      }
    }
  const module = {
    Counter: metricOf('counter'),
    Gauge: metricOf('gauge'),
    Rate: metricOf('rate'),
    Trend: metricOf('trend'),
  }
  return { ...module, default: module }
}
