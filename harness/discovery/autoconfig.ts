// Reads the mail settings a host publishes (config-v1.1.xml, the Thunderbird autoconfig format). Used by discovery and
// by the check that tries every listed endpoint.
import { isIP } from 'node:net'
import type { Security, Service } from '../host/host.ts'
import { toAscii } from '../host/host-name.ts'
import { parseXml, type XmlElement } from './xml.ts'

export interface AutoconfigServer {
  readonly protocol: 'imap' | 'smtp'
  /** Lower-case ASCII name or IP address. */
  readonly hostname: string
  readonly port: number
  readonly socketType: 'SSL' | 'STARTTLS' | 'plain'
  readonly service: Service
  readonly security: Security
  /** `%EMAILADDRESS%` for the whole address. */
  readonly username: string
  readonly authentication: readonly string[]
}

export const autoconfigPath = '/.well-known/autoconfig/mail/config-v1.1.xml'

const most = 32

/**
 * The IMAP and SMTP servers in the order listed, `%EMAILDOMAIN%` replaced; entries that make no sense are left out.
 * Throws WireError `protocol` when it is no such document.
 */
export function parseAutoconfig(xml: string, domain: string): readonly AutoconfigServer[] {
  const root = parseXml(xml, 'autoconfig')
  const providers = root.children.filter(({ name }) => name === 'emailProvider')
  return providers
    .flatMap((provider) => provider.children)
    .filter(({ name }) => name === 'incomingServer' || name === 'outgoingServer')
    .map((element) => readServer(element, domain))
    .filter((server) => server !== undefined)
    .slice(0, most)
}

function readServer(element: XmlElement, domain: string): AutoconfigServer | undefined {
  const value = (name: string) => element.children.find((child) => child.name === name)?.text ?? ''
  const protocol = element.attributes.type?.toLowerCase()
  const hostname = readHostname(value('hostname').replaceAll('%EMAILDOMAIN%', domain))
  const port = /^\d{1,5}$/.test(value('port')) ? Number(value('port')) : 0
  const socketType = (['SSL', 'STARTTLS', 'plain'] as const).find(
    (type) => type.toLowerCase() === value('socketType').toLowerCase(),
  )
  const matches = element.name === 'incomingServer' ? protocol === 'imap' : protocol === 'smtp'
  if (!matches || (protocol !== 'imap' && protocol !== 'smtp')) return undefined
  if (hostname === undefined || port < 1 || port > 65_535 || socketType === undefined) return undefined
  const authentication = element.children.filter(({ name }) => name === 'authentication').map(({ text }) => text)
  return {
    protocol,
    hostname,
    port,
    socketType,
    ...mapped(protocol, socketType),
    username: value('username'),
    authentication,
  }
}

function mapped(protocol: 'imap' | 'smtp', socketType: AutoconfigServer['socketType']) {
  const security: Security = socketType === 'SSL' ? 'tls' : socketType === 'STARTTLS' ? 'starttls' : 'none'
  const service: Service =
    protocol === 'imap' ? (security === 'tls' ? 'imaps' : 'imap') : security === 'tls' ? 'submissions' : 'submission'
  return { service, security }
}

function readHostname(text: string): string | undefined {
  const bare = text.replace(/^\[(?:ipv6:)?(.*)\]$/i, '$1')
  return isIP(bare) === 0 ? toAscii(text) : bare
}
