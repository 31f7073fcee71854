// The metrics that every run has, by k6's names where k6 has them, and those that the chatmail module measures.
import type { MetricDefinition } from './registry.ts'
import type { MetricKind } from './sink.ts'

const define = (kind: MetricKind, contains: MetricDefinition['contains'], ...names: readonly string[]) =>
  names.map((name): MetricDefinition => ({ name, kind, contains }))

/** Counters of what must not happen begin with a sample of 0: that nothing was seen is then known. */
export const countedFromZero = [
  'dropped_iterations',
  'limits_hit',
  'messages_lost',
  'messages_duplicated',
  'messages_leaked',
  'messages_corrupted',
  'messages_reordered',
  'messages_late',
] as const

export const engineMetrics: readonly MetricDefinition[] = [
  ...define('counter', 'default', 'iterations', 'dropped_iterations'),
  ...define('gauge', 'default', 'vus', 'vus_max', 'driver_event_loop_utilization'),
  ...define('gauge', 'default', 'driver_cpu_utilization', 'driver_cpu_wait'),
  ...define('rate', 'default', 'checks', 'iteration_failed'),
  ...define('trend', 'time', 'iteration_duration', 'iteration_response', 'group_duration'),
  ...define('trend', 'time', 'driver_start_lag', 'driver_event_loop_delay'),
]

export const chatmailMetrics: readonly MetricDefinition[] = [
  ...define('counter', 'default', 'messages_due', 'messages_sent', 'messages_received', 'limits_hit'),
  ...define('counter', 'default', 'messages_lost', 'messages_duplicated', 'messages_leaked', 'messages_corrupted'),
  ...define('counter', 'default', 'messages_reordered', 'messages_late'),
  ...define('rate', 'default', 'smtp_submit_failed', 'delivery_failed'),
  ...define('trend', 'time', 'smtp_connecting', 'smtp_tls_handshaking', 'smtp_auth_duration', 'smtp_submit_duration'),
  ...define('trend', 'time', 'imap_connecting', 'imap_tls_handshaking', 'imap_login_duration', 'imap_fetch_duration'),
  ...define('trend', 'time', 'imap_idle_notify_duration', 'delivery_duration', 'catch_up_duration'),
  ...define('trend', 'time', 'account_create_duration'),
  ...define('rate', 'default', 'account_create_failed'),
  ...define('gauge', 'default', 'imap_idlers'),
  ...define('counter', 'data', 'data_sent', 'data_received'),
  ...define('trend', 'time', 'delivery_duration_closed'),
]
