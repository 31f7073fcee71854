// Delta Chat core, which nobody here wrote, gets accounts from the server of this namespace by name alone, and chats.
// Run by `namespace.sh run`; prints one JSON line of what happened.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startCore } from './core.ts'

const domain = process.env.DOMAIN ?? ''

/** What the page of the server gives apps to log in with. */
function loginLink(): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: domain, path: '/new', rejectUnauthorized: false }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk))
      response.on('end', () => resolve(JSON.parse(body).dclogin_url))
    })
    outgoing.on('error', reject).end()
  })
}

/** TCP connections to a port of 127.0.0.1 that stand in this namespace. */
async function connectionsTo(port: number): Promise<number> {
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 01 `
  return (await readFile('/proc/net/tcp', 'latin1')).split('\n').filter((line) => line.includes(` ${remote}`)).length
}

const folder = await mkdtemp(path.join(tmpdir(), 'onboard-'))
const core = startCore(folder)
try {
  const byName = await core.account(`dcaccount:${domain}`)
  const byAddress = await core.account(`dcaccount:https://${domain}/new`)
  const byLink = await core.account(await loginLink())
  const before = await connectionsTo(443)
  const at443 = `&ih=${domain}&ip=443&is=ssl&sh=${domain}&sp=443&ss=ssl&ic=1`
  const by443 = await core.account(`dclogin:shared443@${domain}?p=correct-horse-battery&v=1${at443}`)
  const texts = [
    await core.chat(byName, byAddress, 'by name'),
    await core.chat(byLink, by443, 'to 443'),
    await core.chat(by443, byName, 'from 443'),
  ]
  console.log(JSON.stringify({ texts, connectionsTo443: (await connectionsTo(443)) - before }))
} finally {
  await core.close()
  await rm(folder, { recursive: true, force: true })
}
