// Defects of /new: what it proposes, and how it answers.
import type { Defect } from '../types.ts'

export const onboardingNewDefects = {
  'asks-for-token': {
    violates: 'onboarding.new-proposes-credentials',
    title: 'refuses POST /new without a token',
    behaviour: { web: { new: { requiresToken: true } } },
  },
  'asks-for-name': {
    violates: 'onboarding.new-proposes-credentials',
    title: 'answers POST /new with a form to fill in',
    behaviour: { web: { new: { form: 'form' } } },
  },
  'renames-proposal': {
    violates: 'onboarding.new-proposes-credentials',
    title: 'calls the address of a proposal "address" instead of "email"',
    behaviour: { web: { new: { emailKey: 'address' } } },
  },
  'breaks-new': {
    violates: 'onboarding.new-proposes-credentials',
    title: 'answers POST /new with status 500',
    behaviour: { web: { new: { status: 500 } } },
  },
  'demands-content-type': {
    violates: 'onboarding.new-proposes-credentials',
    title: 'refuses POST /new that has no Content-Type',
    behaviour: { web: { new: { requiresContentType: true } } },
  },
  'proposes-foreign-domain': {
    violates: 'onboarding.new-proposes-credentials',
    title: 'proposes addresses under the name of its mail host',
    alsoFails: ['onboarding/new-proposal-works'],
    behaviour: { web: { new: { emailDomain: 'mail.{domain}' } } },
  },
  'repeats-proposal': {
    violates: 'onboarding.new-proposals-differ',
    title: 'proposes the same credentials to everybody, as behind a cache',
    behaviour: { web: { new: { sameEachTime: true } } },
  },
  'repeats-proposed-password': {
    violates: 'onboarding.new-proposals-differ',
    title: 'proposes the same password to everybody',
    behaviour: { web: { new: { passwordAlphabet: 'x' } } },
  },
  'proposes-refused-names': {
    violates: 'onboarding.new-proposal-works',
    title: 'proposes names that are longer than it takes',
    behaviour: { web: { new: { localpartLength: 12, createsAccount: false } } },
  },
  'proposes-refused-passwords': {
    violates: 'onboarding.new-proposal-works',
    title: 'proposes passwords that are shorter than it takes',
    behaviour: { web: { new: { passwordLength: 8, createsAccount: false } } },
  },
  'proposes-other-password': {
    violates: 'onboarding.new-proposal-works',
    title: 'makes an account at /new with another password than it says',
    behaviour: { web: { new: { createsAccount: true, passwordIsWrong: true } } },
  },
  'refuses-get-new': {
    violates: 'onboarding.new-redirects-browsers',
    title: 'answers GET /new with status 405',
    behaviour: { web: { new: { get: 'refuse' } } },
  },
  'shows-page-at-new': {
    violates: 'onboarding.new-redirects-browsers',
    title: 'shows browsers at /new a page that leads nowhere',
    behaviour: { web: { new: { get: 'page' } } },
  },
  'redirects-new-to-web': {
    violates: 'onboarding.new-redirects-browsers',
    title: 'redirects browsers at /new to its front page',
    behaviour: { web: { new: { redirectTo: 'https://{domain}/' } } },
  },
  'refuses-absolute-form': {
    violates: 'onboarding.new-takes-absolute-form',
    title: 'answers a request that names the whole URL with status 400',
    behaviour: { web: { new: { absoluteForm: false } } },
  },
  'drops-legacy-path': {
    violates: 'onboarding.new-at-legacy-path',
    title: 'does not know /cgi-bin/newemail.py',
    behaviour: { web: { new: { legacyPath: false } } },
  },
  'opens-slowly': {
    violates: 'onboarding.is-ready-in-seconds',
    title: 'takes more than five seconds until a proposed account can be used',
    behaviour: { web: { new: { delayMs: 300, usableAfterMs: 6_000 } } },
  },
} as const satisfies Record<string, Defect>
