// All metrics of a run: what each is, the samples of the whole and of the parts that thresholds ask for. Lives where the
// samples of all threads come together; used by the run, thresholds and the summary.
import { hasTags, parseMetricName, type Tags } from './metric-name.ts'
import { type AnySink, type MetricKind, newSink } from './sink.ts'

export interface MetricDefinition {
  readonly name: string
  readonly kind: MetricKind
  /** `time`: milliseconds; `data`: octets. */
  readonly contains: 'default' | 'time' | 'data'
}

export interface Metric extends MetricDefinition {
  readonly sink: AnySink
  /** Of a part: samples with these tags. */
  readonly tags?: Tags
}

/** Where the samples of one metric with one set of tags go. */
export interface Series {
  add(value: number): void
}

export class MetricRegistry {
  readonly #metrics = new Map<string, Metric>()
  readonly #parts = new Map<string, Metric[]>()

  /** False when there is one of this name and of another kind. */
  define(definition: MetricDefinition): boolean {
    const known = this.#metrics.get(definition.name)
    if (known === undefined) this.#metrics.set(definition.name, { ...definition, sink: newSink(definition.kind) })
    return known === undefined || (known.kind === definition.kind && known.contains === definition.contains)
  }

  /** A metric, or a part of one, which is kept apart from now on; undefined when there is no such metric. */
  get(name: string): Metric | undefined {
    const parsed = parseMetricName(name)
    const whole = parsed && this.#metrics.get(parsed.metric)
    if (parsed?.tags === undefined || whole === undefined) return whole
    const parts = this.#parts.get(whole.name) ?? []
    const canonical = `${whole.name}{${Object.entries(parsed.tags)
      .map(([key, value]) => `${key}:${value}`)
      .join(',')}}`
    const known = parts.find((part) => part.name === canonical)
    if (known !== undefined) return known
    const part = { ...whole, name: canonical, tags: parsed.tags, sink: newSink(whole.kind) }
    this.#parts.set(whole.name, [...parts, part])
    return part
  }

  /** Puts samples that were collected elsewhere in the place of a metric's own, or of a part's. */
  fill(name: string, sink: AnySink): void {
    const metric = this.get(name)
    if (metric === undefined) throw new Error(`no metric ${name}`)
    const filled = { ...metric, sink }
    const parts = this.#parts.get(metricOf(name)) ?? []
    if (metric.tags === undefined) this.#metrics.set(metric.name, filled)
    else
      this.#parts.set(
        metricOf(name),
        parts.map((part) => (part === metric ? filled : part)),
      )
  }

  /** Parts asked for later do not see what goes this way. */
  series(name: string, tags: Tags): Series {
    const whole = this.#metrics.get(name)
    if (whole === undefined) throw new Error(`no metric ${name}`)
    const parts = (this.#parts.get(name) ?? []).filter((part) => hasTags(tags, part.tags ?? {}))
    if (parts.length === 0) return whole.sink
    const sinks = [whole.sink, ...parts.map((part) => part.sink)]
    return {
      add(value) {
        for (const sink of sinks) sink.add(value)
      },
    }
  }

  /** Wholes and parts that have samples or that thresholds ask for, in the order of their names. */
  all(): readonly Metric[] {
    const parts = [...this.#parts.values()].flat()
    return [...this.#metrics.values(), ...parts].sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}

function metricOf(name: string): string {
  return parseMetricName(name)?.metric ?? name
}
