// Checks of /new: what an app gets there that scanned an invite.
import { check } from '../../harness/check/define.ts'
import { equals, imapOk, isTrue, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { controlOrdinaryNames, letIn, loginByImap, loginBySmtp } from './login.ts'
import { type Asked, ask, describeAnswer, jsonOf, proposal, proposes } from './proposal.ts'

const proposesCredentials = check({
  id: 'onboarding/new-proposes-credentials',
  requirement: 'onboarding.new-proposes-credentials',
  title: 'proposes an address and a password at POST /new',
  needs: { reach: ['https'] },
  async run(t) {
    const asked = await ask(t)
    t.expect('the answer to an empty POST /new', asked, proposes)
    if (asked.credentials === undefined) return
    const domain = asked.credentials.address.split('@').at(-1)?.toLowerCase()
    t.expect('the domain of the address', domain, equals<string | undefined>(t.host.domain.toLowerCase()))
  },
})

const proposalsDiffer = check({
  id: 'onboarding/new-proposals-differ',
  requirement: 'onboarding.new-proposals-differ',
  title: 'proposes something else each time',
  needs: { reach: ['https'] },
  async run(t) {
    const first = await proposal(t)
    const second = await proposal(t)
    t.expect('the second address is another one', first.address !== second.address, isTrue)
    t.expect('the second password is another one', first.password !== second.password, isTrue)
  },
})

const proposalWorks = check({
  id: 'onboarding/new-proposal-works',
  requirement: 'onboarding.new-proposal-works',
  title: 'lets in who comes with proposed credentials',
  profile: 'list',
  needs: { creates: 1, reach: ['https'] },
  async run(t) {
    const credentials = await proposal(t)
    const { reply } = await loginByImap(t, credentials)
    if (!imapOk.matches(reply)) await controlOrdinaryNames(t)
    t.expect('LOGIN with what /new proposed', reply, imapOk)
    if (!imapOk.matches(reply)) return
    await t.made(credentials)
    t.expect('AUTH with what /new proposed', await loginBySmtp(t, credentials), letIn)
  },
})

const redirectsBrowsers = check({
  id: 'onboarding/new-redirects-browsers',
  requirement: 'onboarding.new-redirects-browsers',
  title: 'sends browsers at /new on to the app',
  needs: { reach: ['https'] },
  async run(t) {
    t.expect('the answer to GET /new', await ask(t, { method: 'GET' }), leadsToApp)
  },
})

/** A redirect into the app; or, from servers that sign their own certificate, JSON for the script of the page. */
const leadsToApp: Matcher<Asked> = satisfies(
  'a redirect to dcaccount:, or JSON with a login link',
  ({ answer, credentials }) => {
    if (answer instanceof WireError) return false
    const location = answer.headers.location ?? ''
    if (answer.status >= 300 && answer.status <= 399) return /^(dcaccount|dclogin):/i.test(location)
    return credentials !== undefined || typeof jsonOf(answer)?.dclogin_url === 'string'
  },
  ({ answer }) => describeAnswer(answer),
)

const takesAbsoluteForm = check({
  id: 'onboarding/new-takes-absolute-form',
  requirement: 'onboarding.new-takes-absolute-form',
  title: 'answers POST /new written with the whole URL',
  needs: { reach: ['https'] },
  async run(t) {
    await proposal(t)
    t.expect('the answer to POST with the whole URL', await ask(t, { absoluteForm: true }), proposes)
  },
})

const answersAtLegacyPath = check({
  id: 'onboarding/new-at-legacy-path',
  requirement: 'onboarding.new-at-legacy-path',
  title: 'proposes credentials at the old path, too',
  profile: 'list',
  needs: { reach: ['https'] },
  async run(t) {
    await proposal(t)
    t.expect('the answer to POST /cgi-bin/newemail.py', await ask(t, { path: '/cgi-bin/newemail.py' }), proposes)
  },
})

export const newChecks = [
  proposesCredentials,
  proposalsDiffer,
  proposalWorks,
  redirectsBrowsers,
  takesAbsoluteForm,
  answersAtLegacyPath,
]
