// Checks of the extensions a server offers: ID, NAMESPACE, CONDSTORE, COMPRESS, QUOTA.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, imapOk, isTrue, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { noLimit, storageOf } from '../quota.ts'
import { numbers, sameOctets } from './expectations.ts'
import { capabilities, fileMail, requireCapability, tryFetch } from './scene.ts'

const answersId = check({
  id: 'imap/answers-id',
  requirement: 'imap.answers-id',
  title: 'answers ID',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'ID')
    const reply = await attempt(client.command('ID ("name" "chatmail-check")'))
    t.expect('ID', reply, imapOk)
    const told = !(reply instanceof WireError) && reply.untagged.some(({ type }) => type === 'ID')
    t.expect('an ID in return', told, isTrue)
  },
})

const showsNamespace = check({
  id: 'imap/shows-namespace',
  requirement: 'imap.shows-namespace',
  title: 'tells the personal namespace',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'NAMESPACE')
    const answer = await attempt(client.namespace())
    t.expect('NAMESPACE', answer instanceof WireError ? answer : answer.reply, imapOk)
    t.expect('the personal namespace', !(answer instanceof WireError) && answer.personal !== undefined, isTrue)
  },
})

const tellsChangesByModseq = check({
  id: 'imap/tells-changes-by-modseq',
  requirement: 'imap.tells-changes-by-modseq',
  title: 'tells by CHANGEDSINCE what changed',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 2)
    await requireCapability(t, client, 'CONDSTORE')
    const [a = 0, b = 0] = filed.map(({ uid }) => uid)
    const selected = await client.select('INBOX', { parameters: 'CONDSTORE' })
    t.expect('SELECT with CONDSTORE', selected.reply, imapOk)
    t.expect('HIGHESTMODSEQ', selected.highestModseq !== undefined, isTrue)
    t.control('a flag is set', await client.uidStore(`${a}`, '+FLAGS', ['\\Flagged']), imapOk)
    const since = `(CHANGEDSINCE ${selected.highestModseq ?? 1})`
    const { reply, messages } = await tryFetch(client, `${a},${b}`, '(FLAGS)', since)
    t.expect('UID FETCH with CHANGEDSINCE', reply, imapOk)
    const uids = messages.map(({ uid = 0 }) => uid)
    t.expect('the messages', uids, numbers(a))
  },
})

const keepsItsWordOnCompression = check({
  id: 'imap/keeps-its-word-on-compression',
  requirement: 'imap.keeps-its-word-on-compression',
  title: 'compresses where it lists COMPRESS=DEFLATE',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    if (!(await capabilities(t, client)).has('COMPRESS=DEFLATE')) {
      t.expect('COMPRESS=DEFLATE is not promised', true, isTrue)
      return
    }
    const uid = filed[0]?.uid ?? 0
    const before = await tryFetch(client, uid, '(BODY.PEEK[])')
    const plain = before.messages[0]?.sections.get('') ?? new Uint8Array()
    t.control('UID FETCH, uncompressed', before.reply, imapOk, { coveredBy: 'imap/returns-exact-bytes' })
    t.expect('COMPRESS DEFLATE', await attempt(client.compress()), imapOk)
    const { reply, messages } = await tryFetch(client, uid, '(BODY.PEEK[])')
    t.expect('UID FETCH, compressed', reply, imapOk)
    t.expect('the message, compressed', messages[0]?.sections.get(''), sameOctets(plain))
  },
})

const showsQuota = check({
  id: 'imap/shows-quota',
  requirement: 'imap.shows-quota',
  title: 'tells how full the mailbox is',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'QUOTA')
    const { reply, storage, unlimited } = await storageOf(client)
    t.expect('GETQUOTAROOT "INBOX"', reply, imapOk)
    if (unlimited) return t.unsupported(noLimit)
    t.expect(
      'STORAGE',
      storage,
      satisfies('what is used and what is allowed', (got) => got !== undefined && got.usage >= 0 && got.limit > 0),
    )
  },
})

const sizeOctets = 200_000

const countsQuota = check({
  id: 'imap/counts-quota',
  requirement: 'imap.counts-quota',
  title: 'counts new mail in the storage used',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'QUOTA')
    const before = await requireStorage(t, client)
    await fileMail(t, account, 1, { size: sizeOctets })
    // Base64 inside armour makes it larger, a server that stores compressed mail smaller; a limit of 0 KiB hides nothing.
    const least = Math.floor(sizeOctets / 2 / 1024)
    const most = Math.ceil((sizeOctets * 3) / 1024)
    await t.eventually(
      `how much STORAGE grew by a message of ${Math.round(sizeOctets / 1024)} KiB`,
      async () => (await requireStorage(t, client)) - before,
      satisfies(`${least} to ${most}`, (growth) => growth >= least && growth <= most, String),
    )
  },
})

async function requireStorage(t: CheckContext, client: ImapClient): Promise<number> {
  const { storage, unlimited } = await storageOf(client)
  if (unlimited) t.unsupported(noLimit)
  t.control('STORAGE is told', storage === undefined ? 'no' : 'yes', equals('yes'), { coveredBy: 'imap/shows-quota' })
  return storage?.usage ?? 0
}

export const extensionChecks = [
  answersId,
  showsNamespace,
  tellsChangesByModseq,
  keepsItsWordOnCompression,
  showsQuota,
  countsQuota,
]
