// The suite of the area delivery: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { allowanceChecks } from './allowances.ts'
import { deliverySpeed } from './arrives-under-a-second.ts'
import { contentChecks } from './content.ts'
import { waitsBeforeGreeting } from './greeting.ts'
import { stillNotifiesAfterIdling, wakesEveryDevice } from './idle.ts'
import { largeChecks } from './large.ts'
import { manyMessages, messagesOutOfOrder } from './many.ts'
import { oddTextBatch } from './odd-texts.ts'
import { recipientChecks } from './recipients.ts'
import { returnChecks } from './returns.ts'
import { sessionChecks } from './sessions.ts'

export const deliverySuite = suite('delivery', {
  checks: [
    waitsBeforeGreeting,
    stillNotifiesAfterIdling,
    wakesEveryDevice,
    ...recipientChecks,
    ...contentChecks,
    ...largeChecks,
    ...sessionChecks,
    ...returnChecks,
    ...allowanceChecks,
    messagesOutOfOrder,
  ],
  batches: [deliverySpeed, oddTextBatch, manyMessages],
})
