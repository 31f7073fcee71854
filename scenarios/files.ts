// Does the server keep up with photos and files, and how long does each kind take? How many MB a second are that?
// Pairs of people send each other texts, photos and now and then a large file; `data_sent` and `data_received` count the octets.
import { openPair, prepare } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

/** Octets of a photo and of a large file. Encrypted, a message has nearly twice as many. */
const photo = Number(__ENV.PHOTO ?? 150_000)
const file = Number(__ENV.FILE ?? 2_000_000)
/** Of the messages of a session, which is what. */
const mix = (__ENV.MIX ?? 'text,photo,text,text,photo,text,file,text,photo,text').split(',')
/** Milliseconds between them. */
const every = Number(__ENV.EVERY ?? 1_500)
/** Milliseconds after which a message counts as lost. */
const patience = Number(__ENV.PATIENCE ?? 30_000)

prepare({ attachments: { text: 0, photo, file } })

export const options: Options = {
  scenarios: {
    files: {
      executor: 'constant-arrival-rate',
      exec: 'chat',
      // `rate` is messages a second.
      rate: 2,
      timeUnit: `${mix.length}s`,
      duration: '40s',
      // A session lasts about fifteen seconds, and three begin in these.
      preAllocatedVUs: 6,
      maxVUs: 8,
    },
  },
  thresholds: {
    'delivery_duration{attachment:text}': ['p(99)<1000'],
    'delivery_duration{attachment:photo}': ['p(99)<3000'],
    'delivery_duration{attachment:file}': ['p(99)<10000'],
    delivery_duration: ['p(99)<10000'],
  },
}

export async function chat() {
  const pair = await openPair({ every })
  try {
    for (const attachment of mix) {
      const sent = await pair.send({ attachment })
      check(sent, { 'message is accepted': ({ accepted, limited }) => accepted || limited })
    }
    check(await pair.settle(patience), { 'everything arrives': ({ lost }) => lost === 0 })
  } finally {
    await pair.close()
  }
}
