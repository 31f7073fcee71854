// Delta Chat core, which nobody here wrote, gets accounts from the server of this namespace by name alone, and chats.
// Run by `namespace.sh run`; prints one JSON line of what happened.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { StdioDeltaChat } from '@deltachat/jsonrpc-client'
import { getRPCServerPath } from '@deltachat/stdio-rpc-server'

const domain = process.env.DOMAIN ?? ''
const patienceMs = 30_000
const self = 1

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
const child = spawn(getRPCServerPath(), { env: { DC_ACCOUNTS_PATH: folder }, stdio: ['pipe', 'pipe', 'inherit'] })
const ended = new Promise<never>((_, reject) => {
  child.once('exit', (code) => reject(new Error(`core ended with ${code}`)))
  setTimeout(() => reject(new Error('core is not done in time')), patienceMs).unref()
})
ended.catch(() => {})
child.stdout.setEncoding('utf8')
const core = new StdioDeltaChat(child.stdin, child.stdout, true)

async function account(invite: string): Promise<number> {
  const id = await core.rpc.addAccount()
  await core.rpc.setConfig(id, 'bot', '1')
  await core.rpc.addTransportFromQr(id, invite)
  return id
}

/** Sends a text, encrypted with the key of the recipient's card; what arrives there. */
async function chat(from: number, to: number, text: string): Promise<string | null> {
  const arrived = new Promise<number>((resolve) => {
    core.getContextEvents(to).on('IncomingMsg', ({ msgId }) => resolve(msgId))
  })
  const [contact = 0] = await core.rpc.importVcardContents(from, await core.rpc.makeVcard(to, [self]))
  await core.rpc.miscSendTextMessage(from, await core.rpc.createChatByContactId(from, contact), text)
  return (await core.rpc.getMessage(to, await arrived)).text
}

async function everything(): Promise<object> {
  const byName = await account(`dcaccount:${domain}`)
  const byAddress = await account(`dcaccount:https://${domain}/new`)
  const byLink = await account(await loginLink())
  const before = await connectionsTo(443)
  const at443 = `&ih=${domain}&ip=443&is=ssl&sh=${domain}&sp=443&ss=ssl&ic=1`
  const by443 = await account(`dclogin:shared443@${domain}?p=correct-horse-battery&v=1${at443}`)
  const texts = [
    await chat(byName, byAddress, 'by name'),
    await chat(byLink, by443, 'to 443'),
    await chat(by443, byName, 'from 443'),
  ]
  return { texts, connectionsTo443: (await connectionsTo(443)) - before }
}

try {
  const done = await Promise.race([everything(), ended])
  console.log(JSON.stringify(done))
} finally {
  child.stdin.end()
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(undefined)))
  await rm(folder, { recursive: true, force: true })
}
