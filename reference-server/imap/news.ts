// Tells a session what has changed in its mailbox: EXPUNGE, EXISTS, RECENT, FETCH FLAGS.
import { flagList } from './flags.ts'
import type { Session } from './session.ts'

const miscount: Readonly<Record<string, number>> = { 'one-low': -1, 'one-high': 1 }

/** Answers whether anything was told. */
export function writeNews(session: Session, options: { readonly expunges: boolean }): boolean {
  const { view, behaviour } = session
  if (view === undefined || !view.hasNews) return false
  const { updates, expunge, wording } = behaviour
  const news = view.collect({ expunges: options.expunges, unadjusted: expunge.numbers === 'unadjusted' })
  session.announced.set(view.mailbox, view.knownUidNext)
  let told = false
  const tell = (text: string) => {
    session.untagged(text)
    told = true
  }
  if (updates.expunges === 'told') for (const number of news.expunged) tell(`${number} EXPUNGE`)
  if (news.arrived) {
    const exists = `${view.count + (miscount[updates.exists] ?? 0)} EXISTS`
    const recent = `${view.recentCount} RECENT`
    if (wording.recentBeforeExists && updates.recent === 'shown') tell(recent)
    if (updates.exists !== 'absent') tell(exists)
    if (!wording.recentBeforeExists && updates.recent === 'shown') tell(recent)
  } else if (news.expunged.length > 0 && updates.recent === 'shown') {
    tell(`${view.recentCount} RECENT`)
  }
  for (const { number, message, uid } of news.changed) {
    const modseq = session.condstore ? ` MODSEQ (${message.modseq})` : ''
    const shown = updates.flags === 'of-next' ? number + 1 : number
    tell(`${shown} FETCH (UID ${uid}${modseq} FLAGS (${flagList(view, message)}))`)
  }
  return told
}
