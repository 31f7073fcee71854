// AUTH PLAIN can name somebody to act for (RFC 4616). One's own password must open nobody else's account that way; a server may
// refuse such a login, or let the user in as himself.
import { batch } from '../../harness/check/define.ts'
import { attempt, imapOk, isFalse, isTrue, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { CheckMeta } from '../../harness/check/types.ts'
import { nameRecipient } from '../throttled.ts'
import { letIn, loginByImap } from './login.ts'
import { putMarker, removeMarker, seesMarker } from './mailbox.ts'

const refuses: CheckMeta = {
  id: 'onboarding/refuses-acting-for-others',
  requirement: 'onboarding.refuses-wrong-password',
  title: 'lets nobody act for another user with a password of his own',
  profile: 'list',
}

/** A batch, because those come last: two more failed logins would try a server's patience before the others. */
export const actingForOthersBatch = batch({
  id: 'onboarding/acting-for-others',
  needs: { accounts: 2, risky: true },
  members: [refuses],
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { client: owner } = await loginByImap(t, bob)
    const marker = await putMarker(t, owner, bob)
    t.control('the owner sees his message', await seesMarker(owner, marker), isTrue)

    const one = t.member(refuses.id)
    const { client: submission } = await t.submission()
    const bySmtp = await attempt(submission.authPlain(alice.address, alice.password, bob.address))
    if (letIn.matches(bySmtp)) {
      const asked = await nameRecipient(submission, bob.address, alice.address)
      one.expect('mail of the other user, after AUTH PLAIN that names him', asked, refusedOrClosed)
    }
    const client = await t.imap()
    const byImap = await attempt(client.authenticatePlain(alice.address, alice.password, bob.address))
    const sees = imapOk.matches(byImap) && (await seesMarker(client, marker))
    one.expect('his message is seen after AUTHENTICATE PLAIN that names him', sees, isFalse)
    await removeMarker(owner, marker)
  },
})
