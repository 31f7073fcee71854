// Many messages of our peer in one go, each well or badly made: those that are to be refused must not arrive, those that are to
// be taken must. Used by the batches of this area.
import type { RequirementId } from '../../catalogue/index.ts'
import { accepted, holds, isFalse, isTrue, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { BatchContext, CheckContext, CheckMeta, Profile } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import type { Peer } from '../../harness/peer/peer.ts'
import { arrivals } from '../arrivals.ts'
import { chosenOf } from '../chosen.ts'
import { fromPeer, handover } from './scene.ts'

export interface Member extends CheckMeta {
  make(t: CheckContext, peer: Peer, bob: Account): Promise<Mail>
}

export const member = (
  rule: string,
  requirement: RequirementId,
  title: string,
  make: Member['make'],
  profile: Profile = 'list',
): Member => ({ id: `inbound/${rule}`, requirement, title, profile, make })

/** One session after the other on port 25; a good message at the end shows that those before it would have come by then. */
export async function judge(
  t: BatchContext,
  chosen: readonly CheckMeta[],
  { refused, taken }: { readonly refused: readonly Member[]; readonly taken: readonly Member[] },
): Promise<void> {
  const [bob] = await t.accounts(1)
  const peer = await t.peer()
  const port25 = handover(t, peer)
  const sent = new Map<string, Mail>()
  for (const one of chosenOf(refused, chosen)) {
    const mail = await one.make(t, peer, bob)
    t.member(one.id).expect('it is refused', await port25.send(mail), refusedOrClosed)
    sent.set(one.id, mail)
  }
  const welcome = new Map<string, Mail>()
  for (const one of chosenOf(taken, chosen)) {
    const mail = await one.make(t, peer, bob)
    const outcome = await port25.send(mail)
    t.member(one.id).expect('it is taken', outcome, accepted)
    if (outcome.accepted) welcome.set(one.id, mail)
  }
  const sentinel = peer.sign(await fromPeer(t, peer, bob))
  t.control('a well signed message is taken', await port25.send(sentinel), accepted, {
    coveredBy: 'inbound/accepts-signed-mail',
  })
  await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
  const there = await arrivals(t, bob, [...welcome.values()])
  for (const [id, mail] of welcome) t.member(id).expect('it arrives', there.has(mail.messageId), isTrue)
  for (const [id, mail] of sent) t.member(id).expect('it arrives', there.has(mail.messageId), isFalse)
}
