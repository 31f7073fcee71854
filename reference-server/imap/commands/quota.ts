// QUOTA (RFC 2087): one root for the account, STORAGE in units of 1024 octets.
import { bad, type Handler, no, ok } from '../outcome.ts'
import { astring, string } from '../quoting.ts'
import type { Session } from '../session.ts'
import { stringOf } from '../tokens.ts'
import { findMailbox } from './mailbox-name.ts'

export const getQuotaRoot: Handler = (session, { args }) => {
  const { quota, wording } = session.behaviour
  const name = stringOf(args[0])
  if (name === undefined) return bad('Error in IMAP command GETQUOTAROOT: Missing mailbox.')
  if (findMailbox(session, name) === undefined && quota.missingMailbox === 'refused') {
    return no("Mailbox doesn't exist.", 'NONEXISTENT')
  }
  if (quota.answers !== 'nothing') {
    session.untagged(`QUOTAROOT ${astring(name, wording.mailboxNames)} ${string(quota.root)}`)
  }
  if (quota.answers === 'root-and-quota' || quota.answers === 'no-limit') session.untagged(quotaLine(session))
  return ok('Getquotaroot completed.')
}

export const getQuota: Handler = (session, { args }) => {
  const { quota } = session.behaviour
  const root = stringOf(args[0])
  if (root === undefined) return bad('Error in IMAP command GETQUOTA: Missing root.')
  if (root !== quota.root) return no('Quota root does not exist.', 'NONEXISTENT')
  if (quota.answers === 'root-and-quota' || quota.answers === 'no-limit') session.untagged(quotaLine(session))
  return ok('Getquota completed.')
}

export const setQuota: Handler = () => no('Quota can be changed only by the administrator.', 'NOPERM')

function quotaLine(session: Session): string {
  const { quota } = session.behaviour
  if (quota.answers === 'no-limit') return `QUOTA ${string(quota.root)} ()`
  const bytes = session.user?.store.usageBytes ?? 0
  const usage = { right: Math.ceil(bytes / 1024), zero: 0, full: quota.limitKib, 'in-bytes': bytes }[quota.usage]
  const limit = quota.usage === 'in-bytes' ? quota.limitKib * 1024 : quota.limitKib
  return `QUOTA ${string(quota.root)} (STORAGE ${usage} ${limit})`
}
