// The version of this program, from its package.json: one folder up from source, two from the build.
import { readFileSync } from 'node:fs'

export function toolVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'))
      if (name === 'chatmail-check' && typeof version === 'string') return version
    } catch {
      // Not there: the other place has it.
    }
  }
  return 'unknown'
}
