// LOGIN, AUTHENTICATE PLAIN and STARTTLS (RFC 3501 6.2, RFC 4959, RFC 4616).
import { bad, type Handler, no, type Outcome, ok } from '../outcome.ts'
import type { Session } from '../session.ts'
import { keywordOf, stringOf, utf8Of } from '../tokens.ts'

export const login: Handler = async (session, { args }) => {
  const user = stringOf(args[0])
  const password = stringOf(args[1])
  if (user === undefined || password === undefined || args.length !== 2) {
    return bad('Error in IMAP command LOGIN: Missing or extra arguments.')
  }
  return enter(session, utf8Of(user), utf8Of(password))
}

export const authenticate: Handler = async (session, { args }) => {
  const { behaviour, connection } = session
  const mechanism = keywordOf(args[0])
  if (mechanism === undefined) return bad('Error in IMAP command AUTHENTICATE: Missing mechanism.')
  if (mechanism !== 'PLAIN' && behaviour.authenticate.others === 'refused') {
    return no('Unsupported authentication mechanism.', 'ALERT')
  }
  if (cleartextRefused(session)) return refuseCleartext(session)
  let response = behaviour.authenticate.initialResponse === 'accepted' ? stringOf(args[1]) : undefined
  if (response === undefined) {
    if (behaviour.authenticate.continuation === 'refused') return bad('Initial response required.')
    connection.write('+ \r\n')
    connection.flush()
    const line = await connection.reader.line(behaviour.limits.lineBytes)
    if (line === 'ended' || line === 'endless') {
      connection.destroy()
      return { ...bad('Connection closed.'), silent: true }
    }
    if ('tooLong' in line) return bad('Too long response.')
    response = line.toString('latin1')
  }
  if (response === '*') return bad('Authentication aborted by client.')
  // Lines that only fill up the exchange must be base64 (RFC 4648 4).
  if (!/^(?:[A-Za-z0-9+/]*={0,2}|=)$/.test(response)) return bad('Invalid base64 data in continued response.')
  const [identity, user, password, ...more] = Buffer.from(response, 'base64').toString('utf8').split('\0')
  if (user === undefined || password === undefined || more.length > 0) return refuseLogin(session, '?')
  const foreign = identity !== '' && identity?.toLowerCase() !== user.toLowerCase()
  if (foreign && behaviour.authenticate.foreignIdentity === 'refused') return refuseLogin(session, '?')
  return enter(session, user, password, identity)
}

async function enter(session: Session, name: string, password: string, actFor?: string): Promise<Outcome> {
  const { behaviour, options } = session
  if (cleartextRefused(session)) return refuseCleartext(session)
  const { login: how } = behaviour
  const counted = how.passwordCutAt > 0 ? password.slice(0, how.passwordCutAt) : password
  const stuck = how.afterFailure === 'sticks' && session.failedLogins > 0
  const user = stuck ? undefined : await options.authenticate(name, counted, 'imap', actFor)
  if (user === undefined) return refuseLogin(session, name)
  const { logins } = session.registry
  const open = logins.get(user.store) ?? 0
  const { sessionsPerAccount } = behaviour.limits
  if (sessionsPerAccount > 0 && open >= sessionsPerAccount) {
    return no('Maximum number of connections from user+IP exceeded.', 'UNAVAILABLE')
  }
  await session.pause(how.delayMs)
  if (session.connection.closed) return { ...no('Connection closed.'), silent: true }
  logins.set(user.store, open + 1)
  session.user = user
  session.failedLogins = 0
  for (const mailbox of behaviour.list.precreated) user.store.create(mailbox)
  for (const mailbox of user.store.list()) session.atLogin.set(mailbox, mailbox.uidNext)
  options.journal.add('imap', `login of ${user.address} from ${session.connection.remote}`)
  const list = `CAPABILITY ${session.capabilities.join(' ')}`
  const { inLoginReply } = behaviour.capabilities
  if (inLoginReply === 'untagged') session.untagged(list)
  return ok(behaviour.wording.loggedIn, inLoginReply === 'code' ? list : undefined)
}

async function refuseLogin(session: Session, name: string): Promise<Outcome> {
  const { login: how } = session.behaviour
  session.failedLogins++
  session.options.journal.add('imap', `refused login of ${JSON.stringify(name.slice(0, 100))}`)
  await session.pause(how.authFailureDelayMs)
  const tooMany = how.failuresUntilBye > 0 && session.failedLogins >= how.failuresUntilBye
  if (how.failure === 'bye' || tooMany) {
    return { ...failed(how.failureCode), afterwards: () => session.bye('Authentication failed.') }
  }
  return how.failure === 'bad' ? bad('Authentication failed.') : failed(how.failureCode)
}

function failed(code: string): Outcome {
  return no('Authentication failed.', code === '' ? undefined : code)
}

function cleartextRefused(session: Session): boolean {
  return !session.secured && session.behaviour.login.overCleartext === 'refused'
}

function refuseCleartext(session: Session): Outcome {
  session.untagged('BAD [ALERT] Plaintext authentication not allowed without TLS: the password was exposed.')
  return no('Plaintext authentication disallowed on non-secure (SSL/TLS) connections.', 'PRIVACYREQUIRED')
}

export const starttls: Handler = (session) => {
  if (session.secured) return bad('TLS is already active.')
  return {
    ...ok('Begin TLS negotiation now.'),
    afterwards: async () => {
      const early = session.connection.reader.takeAll()
      // The answer goes out in clear, whatever it had to wait for.
      await session.connection.drained()
      session.secured = await session.connection.secure(session.options.tls(), session.behaviour.handshake)
      if (!session.secured) session.connection.destroy()
      else if (session.behaviour.starttls.injected === 'executed') session.connection.reader.push(early)
    },
  }
}
