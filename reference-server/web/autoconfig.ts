// Writes the autoconfig file that mail programs fetch: the real names and ports. Used by the router.
import type { AutoconfigBehaviour } from '../behaviour/web.ts'
import { webName } from '../domain-name.ts'

export type ListedPorts = Readonly<Record<'imaps' | 'imap' | 'submissions' | 'submission' | 'https', number>>

const standardPorts: ListedPorts = { imaps: 993, imap: 143, submissions: 465, submission: 587, https: 443 }
/** Port 1 of a loopback address: nobody has listened there since tcpmux. */
const deadPort = 1

/** `shared`: mail is served on 443, too. */
export function autoconfig(domain: string, rules: AutoconfigBehaviour, real: ListedPorts, shared: boolean): string {
  const ports = rules.listsStandardPorts ? standardPorts : real
  const name = escapeXml(rules.hostname.replaceAll('{domain}', webName(domain)))
  const server = (service: AutoconfigBehaviour['services'][number], port: number) => {
    const incoming = service.startsWith('imap')
    const implicit = service.endsWith('s') !== rules.swapsSecurity
    const element = incoming ? 'incomingServer' : 'outgoingServer'
    return [
      `    <${element} type="${incoming ? 'imap' : 'smtp'}">`,
      `      <hostname>${name}</hostname>`,
      `      <port>${port}</port>`,
      `      <socketType>${implicit ? 'SSL' : 'STARTTLS'}</socketType>`,
      `      <authentication>${escapeXml(rules.authentication)}</authentication>`,
      `      <username>${escapeXml(rules.username)}</username>`,
      `    </${element}>`,
    ]
  }
  const listsShared = rules.listsSharedPort === 'always' || (rules.listsSharedPort === 'when-shared' && shared)
  // The shared port comes last: it is for networks that let nothing else through.
  const listed = (protocol: 'imap' | 'submission') => {
    const own = rules.services.filter((service) => service.startsWith(protocol))
    const last = own.length > 0 && listsShared ? server(`${protocol}s`, ports.https) : []
    return [...own.flatMap((service) => server(service, ports[service])), ...last]
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<clientConfig version="1.1">',
    `  <emailProvider id="${escapeXml(domain)}">`,
    `    <domain>${escapeXml(domain)}</domain>`,
    `    <displayName>${escapeXml(domain)} chatmail</displayName>`,
    `    <displayShortName>${escapeXml(domain)}</displayShortName>`,
    ...listed('imap'),
    ...listed('submission'),
    ...(rules.listsDeadEndpoint ? server('imaps', deadPort) : []),
    '  </emailProvider>',
    ...(rules.wellFormed ? ['</clientConfig>'] : ['</clientConf']),
    '',
  ].join('\n')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
