// Takes addresses out of the texts of a result that anybody may read: accounts, the tester's place, files. Used by for-public.ts.
import { isIP } from 'node:net'
import type { Result } from '../../harness/result/schema.ts'

/** Longer texts are cut: nobody's public report needs more of a stranger's words. */
const most = 1_000

const account = '<account>'
const place = '<address>'

// The lengths are bounded, so that no text of a server makes the search slow (RFC 5321, 4.5.3.1).
const mailAddress =
  /(?:"(?:[^"\\]|\\.){1,64}"|[^\s<>()[\]:;,@"'`=/]{1,64})(?:@|%40)(?:\[[^\]]{1,64}\]|[\p{L}\p{N}._-]{1,255})/giu
const loginLink = /\bdc(?:login|account):[^\s"'<>]{1,2000}/gi
const testName = /\bci-[a-z0-9]{6}\b/gi
// As Postfix and Received fields write a client: `name.isp.example[192.0.2.1]`, `name.isp.example ([192.0.2.1])`.
const namedClient = /[\w.-]{1,255}\s?\(?\[((?:IPv6:)?[0-9a-f:.]{2,45})\]\)?/gi
const ipv4 = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g
const ipv6 = /(?<![\w:.])(?=[0-9a-f]{0,4}:)[0-9a-f:]{2,40}(?:(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi
// Names that providers make of an address: `host-192-0-2-1.isp.example`.
const numberedName = /[\w-]{0,60}?\d{1,3}(?:[.-]\d{1,3}){3}[\w.-]{0,250}/g
const file = /(?:file:\/\/)?(?<![\w.])\/(?:home|Users|root|tmp|var|opt|srv|usr)\/[^\s"'()]{1,500}/g

/** What a host may be called in public: its own addresses, and loopback. All others are somebody's. */
export function scrubber(result: Result): (text: string) => string {
  const known = new Set(result.hosts.flatMap((host) => host.endpoints.map(({ address }) => address)))
  for (const { domain } of result.hosts) known.add(domain.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1'))
  const isKnown = (text: string): boolean => {
    const bare = text.replace(/^IPv6:|^::ffff:/i, '')
    return known.has(bare) || bare.startsWith('127.') || bare === '::1' || bare === '::'
  }
  const names = accountNames(result)
  return (text) => {
    let shown = text
      .slice(0, most)
      .replace(loginLink, (link) => `${link.slice(0, link.indexOf(':'))}:...`)
      .replace(mailAddress, account)
      .replace(testName, account)
    for (const name of names) shown = shown.replace(name, account)
    return shown
      .replace(namedClient, (all, address: string) =>
        isIP(address.replace(/^IPv6:/i, '')) === 0 || isKnown(address) ? all : place,
      )
      .replace(ipv4, (address) => (isIP(address) === 0 || isKnown(address) ? address : place))
      .replace(ipv6, (address) => (isIP(address) === 0 || isKnown(address) ? address : place))
      .replace(numberedName, (name) => (/^[\d.]+$/.test(name) ? name : place))
      .replace(file, '<file>')
  }
}

/** Names of accounts that show anywhere in the result with their domain: a server may repeat them without it. */
function accountNames(result: Result): readonly RegExp[] {
  const names = new Set<string>()
  const domains = new Set(result.hosts.map(({ domain }) => domain.toLowerCase()))
  const look = (text: string | undefined): void => {
    for (const [, name = '', domain = ''] of (text ?? '')
      .slice(0, most)
      .matchAll(/([a-z0-9._-]{3,64})@(\[[^\]]{1,64}\]|[\w.-]{1,255})/gi))
      if (domains.has(domain.toLowerCase().replace(/\.$/, ''))) names.add(name.toLowerCase())
  }
  for (const { reason, notes, evidence, expectations } of result.findings) {
    look(reason)
    for (const note of notes) look(note)
    for (const { text } of evidence) look(text)
    for (const { what, wanted, got } of expectations) for (const text of [what, wanted, got]) look(text)
  }
  // The names of roles are words of every report.
  for (const role of ['mailer-daemon', 'postmaster', 'admin', 'root', 'user', 'privacy']) names.delete(role)
  return [...names].map((name) => new RegExp(`(?<![\\w-])${name.replace(/[.]/g, '\\.')}(?![\\w-])`, 'gi'))
}
