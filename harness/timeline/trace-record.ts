// Makes the record of a trace of its parts. Pure. Used by the trace command, while it runs and at its end.
import type { Trace, TracedMessage } from '../result/trace.ts'
import { traceFormat } from '../result/trace.ts'
import { diagnose } from './diagnose.ts'
import type { MailLog } from './mail-log.ts'
import { networkRoundTrip } from './timeline.ts'

export interface TraceParts {
  readonly version: string
  readonly started: Date
  readonly complete: boolean
  readonly reference: boolean
  readonly from: Trace['from']
  readonly to: Trace['to']
  readonly messages: readonly TracedMessage[]
  readonly log: MailLog | undefined
  readonly notes: readonly string[]
}

export function traceRecord({ version, started, messages, log, notes, ...parts }: TraceParts): Trace {
  const from = withFastest(
    parts.from,
    messages.flatMap(({ stages }) => stages),
  )
  const to = withFastest(
    parts.to,
    messages.flatMap(({ reader }) => reader),
  )
  const side = ({ roundTrip }: Trace['from']) => networkRoundTrip(roundTrip === undefined ? [] : [roundTrip])
  return {
    format: traceFormat,
    tool: { name: 'chatmail-check', version },
    started: started.toISOString(),
    complete: parts.complete,
    reference: parts.reference,
    from,
    to,
    messages: messages.map((message) => ({ ...message, log: [...(log?.entries(message.messageId) ?? [])] })),
    diagnosis: diagnose(messages, { sender: side(from), reader: side(to) }),
    notes: [...notes],
  }
}

/** The network alone is the fastest connect of all, those of the sessions included. */
function withFastest(end: Trace['from'], stages: TracedMessage['stages']): Trace['from'] {
  const connects = stages.filter(({ name }) => name === 'tcp').map(({ started, ended }) => ended - started)
  const known = [...connects, ...(end.roundTrip === undefined ? [] : [end.roundTrip])]
  return known.length === 0 ? end : { ...end, roundTrip: Math.round(Math.min(...known) * 100) / 100 }
}
