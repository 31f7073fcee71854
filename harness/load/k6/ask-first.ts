// Before an exported script puts load on anything: whoever runs it says again whose server it is, and a server in the internet
// shows that its operator agrees, at the very address that is to get the load. Runs in setup().
import http from 'k6/http'
import { chatmailEnv } from './env.ts'
import type { AskedAddress } from './settings.ts'

/** Why there must be no load, in words; undefined when there may be. */
export function whyNot(asked: readonly AskedAddress[]): string | undefined {
  const operated = (chatmailEnv.I_OPERATE ?? '').split(',').map((name) => name.trim().toLowerCase())
  for (const { label, address, kind, token } of asked) {
    if (kind === 'loopback') continue
    if (!operated.includes(label.toLowerCase())) {
      return `${label} at ${address} gets load only with its operator's word: run k6 with -e I_OPERATE=${label}`
    }
    if (kind !== 'public') continue
    const missing = token === undefined ? 'the export has no token' : whyNotShown(address, token)
    if (missing !== undefined) return `${label} does not show at ${address} that it agrees to load: ${missing}`
  }
  return undefined
}

function whyNotShown(address: string, { line, url }: NonNullable<AskedAddress['token']>): string | undefined {
  const response = http.get(url, { redirects: 0, timeout: '20s' })
  if (response.error) return response.error
  if (response.remote_ip !== address) return `${url} was answered by ${response.remote_ip}`
  if (response.status !== 200) return `${url} is answered with ${response.status}`
  const lines = String(response.body).split(/\r?\n/)
  return lines.some((one) => one.trim() === line) ? undefined : `${url} does not hold the line ${line}`
}
