// The encryption corpus as mail of another server: signed by our peer, so that nothing but its content can be the reason for a
// refusal. What a sample meets on this way stands in the sample.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import type { Sample } from '../../harness/mail/mail.ts'
import { corpus, type SampleId } from '../encryption/corpus/index.ts'
import { judge, type Member, member } from './members.ts'
import { asPeer } from './scene.ts'

/** Sent by checks of their own. */
const elsewhere: readonly SampleId[] = ['text-plain', 'securejoin-vc-request', 'pkesk-v6-seipd-v2']

const samples = (Object.entries(corpus) as [SampleId, Sample][]).filter(
  ([id, { bulk, toSelf, level }]) => !elsewhere.includes(id) && !bulk && !toSelf && level !== undefined,
)

/** Members for the samples that get this answer. Mail by HTTPS is judged by the same ones. */
export const meeting = (answer: 'accepted' | 'refused'): readonly Member[] =>
  samples
    // `may` and accepted: only some servers read it; that is observed on the way out.
    .filter(([, sample]) => expectedOf(sample) === answer && !(answer === 'accepted' && sample.level === 'may'))
    .map(([id, sample]) => {
      const verb = answer === 'accepted' ? 'accepts' : 'refuses'
      return member(
        `${verb}-${id}`,
        requirementOf(id, sample),
        `${verb} ${id} from other servers: ${sample.why}`,
        async (t, peer, bob) => peer.sign(await t.mail.sample(sample, peer.address('someone'), bob)),
        'full',
      )
    })

function expectedOf({ expect, inbound }: Sample): Sample['expect'] {
  return inbound ?? expect
}

function requirementOf(id: SampleId, sample: Sample): RequirementId {
  if (id === 'securejoin-vg-request') return 'inbound.accepts-securejoin'
  const must = sample.level === 'must'
  if (expectedOf(sample) === 'accepted') return must ? 'inbound.accepts-encrypted' : 'inbound.accepts-any-form'
  // Who lets other servers report in clear may be less strict about whom the report is of.
  return must && id !== 'bounce-by-user' ? 'inbound.refuses-fakes' : 'inbound.refuses-odd-forms'
}

const refused = meeting('refused')
const taken = meeting('accepted')

export const corpusOfOthers = batch({
  id: 'inbound/corpus',
  needs: { ...asPeer, accounts: 1, messages: 1, deadline: 240_000 },
  members: [...refused, ...taken],
  run: (t, chosen) => judge(t, chosen, { refused, taken }),
})
