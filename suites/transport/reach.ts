// Checks of where a server can be reached: its ports, the addresses of its name, names that apps guess.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { type Endpoint, type Service, standardPorts } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { placeOf } from '../places.ts'
import { exists, fromDns } from './names.ts'
import { answerAt, clientServices, endUnseen, inWords, nameOf } from './scene.ts'

const answersOnClientPorts = check({
  id: 'transport/answers-on-client-ports',
  requirement: 'transport.answers-on-client-ports',
  title: 'answers on 143, 443, 465, 587 and 993',
  profile: 'list',
  needs: { connections: clientServices.length },
  async run(t) {
    const places = clientServices.map((service) => knownPlace(t, service)).filter((place) => place !== undefined)
    const outcomes = await Promise.all(places.map(async (place) => ({ place, outcome: await answerAt(t, place) })))
    for (const { place, outcome } of outcomes) {
      if (outcome !== undefined) t.expect(nameOf(place), outcome, equals<string>('answers'))
    }
    endUnseen(
      t,
      outcomes.filter(({ outcome }) => outcome === undefined).map(({ place }) => nameOf(place)),
    )
  },
})

/** Also where it was found closed. */
function knownPlace(t: CheckContext, service: Service): Endpoint | undefined {
  const candidates = t.host.candidates.filter(({ endpoint }) => endpoint.service === service)
  const refusing = candidates.find(({ endpoint, outcome }) => outcome === 'refused' && endpoint.address)
  const address = refusing?.endpoint.address
  return placeOf(t, service) ?? (refusing && address ? { ...refusing.endpoint, address } : undefined)
}

const answersAtEveryAddress = check({
  id: 'transport/answers-at-every-address',
  requirement: 'transport.answers-at-every-address',
  title: 'answers at every address that DNS has for it',
  profile: 'list',
  needs: { dns: true, connections: 6 },
  async run(t) {
    const place = placeOf(t, 'imaps') ?? placeOf(t, 'imap')
    if (place === undefined) return t.inconclusive('there is no IMAP server to look for')
    const addresses = await fromDns(t, t.host.resolver.addresses(place.name, t.signal))
    t.expect(`addresses of ${place.name}`, addresses, some)
    const unseen: string[] = []
    for (const address of addresses.slice(0, 6)) {
      const outcome = await answerAt(t, { ...place, address })
      if (outcome === undefined) unseen.push(address)
      else t.expect(`${nameOf(place)} at ${address}`, outcome, equals<string>('answers'))
    }
    endUnseen(t, unseen)
  },
})

const some: Matcher<readonly string[]> = satisfies(
  'at least one',
  (list) => list.length > 0,
  (list) => list.join(', ') || 'none',
)

/** What Delta Chat and other programs try where no autoconfig tells them. */
const guesses = [
  ['imap', 'imaps'],
  ['mail', 'imaps'],
  ['smtp', 'submissions'],
] as const

const hasNoDeadNames = check({
  id: 'transport/has-no-dead-mail-names',
  requirement: 'transport.has-no-dead-mail-names',
  title: 'has no imap., smtp. or mail. names that lead astray',
  profile: 'list',
  needs: { dns: true, certificate: 'named', connections: guesses.length },
  async run(t) {
    const known = await Promise.all(
      guesses.map(async ([label, service]) => {
        const name = `${label}.${t.host.domain}`
        return { name, service, there: await exists(t, name) }
      }),
    )
    const there = known.filter((one) => one.there)
    if (there.length === 0) t.expect('names that lead astray', 0, equals(0))
    for (const { name, service } of there) {
      const endpoint = await t.endpoint(service, name, standardPorts[service], 'tls')
      const seen = await attempt(t.tls(endpoint))
      t.expect(`${name} (${service})`, seen instanceof WireError ? failing(seen) : bearing(seen.nameMatches), harmless)
    }
  },
})

const works = 'works'
const refusesAtOnce = 'refuses connections at once'

function bearing(itsName: boolean): string {
  return itsName ? works : 'shows a certificate for other names'
}

function failing(error: WireError): string {
  return error.code === 'refused' ? refusesAtOnce : inWords(error)
}

const harmless: Matcher<string> = satisfies(
  'a service of that name, or nothing that listens',
  (outcome) => outcome === works || outcome === refusesAtOnce,
)

export const reachChecks = [answersOnClientPorts, answersAtEveryAddress, hasNoDeadNames]
