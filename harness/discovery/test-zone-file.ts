// Reads the lines of a zone file as people publish them, for a test name server. For tests only.
import type { Zone } from './test-dns-server.ts'

/** What is not a record is passed over. */
export function readZoneLines(text: string): Record<string, Zone> {
  const zones: Record<string, { A?: string[]; MX?: [number, string][]; TXT?: string[][] }> = {}
  for (const line of text.split('\n')) {
    const [, name = '', type, data = ''] = /^\s*(\S+)\. IN (A|MX|TXT) (.*)$/.exec(line) ?? []
    if (type === undefined) continue
    zones[name] ??= {}
    const zone = zones[name]
    if (type === 'A') zone.A = [...(zone.A ?? []), data]
    if (type === 'MX') {
      const [preference, exchange = ''] = data.split(' ')
      zone.MX = [...(zone.MX ?? []), [Number(preference), exchange]]
    }
    if (type === 'TXT') zone.TXT = [...(zone.TXT ?? []), [...data.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part)]
  }
  return zones
}
