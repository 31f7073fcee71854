// How somebody shows that a server in the internet is theirs: a token on its web server, fetched over HTTPS with a certificate
// for its name, from the very address that is to get the load. A DNS record would be no consent: anybody can point a name at
// somebody else. Used by the command line before a run.
import { createHmac } from 'node:crypto'
import { createHttp } from '../../clients/http.ts'
import type { Host } from '../../host/host.ts'
import { WireError } from '../../host/wire-error.ts'

export const tokenPath = '/.well-known/chatmail-check-load.txt'

/** Of one host; who sees it learns nothing about the tokens of others. */
export function tokenFor(secret: string, domain: string): string {
  const code = createHmac('sha256', secret).update(domain.toLowerCase()).digest('hex').slice(0, 40)
  return `chatmail-check-load=${code}`
}

/** Undefined when the token is there; otherwise why it is not believed, in words. */
export async function whyNotShown(
  { domain, trust, timing, endpoints }: Pick<Host, 'domain' | 'trust' | 'timing' | 'endpoints'>,
  address: string,
  token: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (trust.mode === 'presented' || trust.mode === 'name-only') {
    return 'its certificate is not verified: name it with --pin or --ca'
  }
  const { name, port } = endpoints.https ?? { name: domain, port: 443 }
  const http = createHttp({
    // Whatever the name leads to by now: the load goes to this address.
    locate: async () => ({ service: 'https', security: 'tls', name, address, port }),
    trust,
    timing,
    signal,
  })
  try {
    const response = await http.request(`https://${name.includes(':') ? `[${name}]` : name}${tokenPath}`, {
      maxBytes: 64 * 1024,
    })
    if (response.status !== 200) return `${tokenPath} is answered with ${response.status}`
    const lines = response.text().split(/\r?\n/)
    return lines.some((line) => line.trim() === token) ? undefined : `${tokenPath} does not hold the token`
  } catch (error) {
    if (error instanceof WireError) return error.message
    throw error
  }
}
