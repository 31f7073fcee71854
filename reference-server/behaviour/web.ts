// Decisions about the web pages, /new, autoconfig and the MTA-STS policy. Read by web/.

export interface NewBehaviour {
  readonly status: number
  readonly contentType: string
  /** Names of the two members; null: left out. */
  readonly emailKey: string | null
  readonly passwordKey: string | null
  /** Further members of the object. */
  readonly extra: Readonly<Record<string, string | number | null>>
  /** json: an object; html: a page; form: a page that asks for a name. */
  readonly form: 'json' | 'html' | 'form'
  readonly sameEachTime: boolean
  /** Same name, new password each time. */
  readonly sameNameEachTime: boolean
  readonly createsAccount: boolean
  /** The proposal cannot be used: its password is not that of the account made. */
  readonly passwordIsWrong: boolean
  /** A captcha or token must be in the request. */
  readonly requiresToken: boolean
  readonly requiresContentType: boolean
  readonly localpartLength: number
  readonly passwordLength: number
  readonly passwordAlphabet: string
  /** Domain of the proposed address; `{domain}` is the right one. */
  readonly emailDomain: string
  /** redirect: 301 to dcaccount:; json: as for POST; refuse: 405. */
  readonly get: 'redirect' | 'json' | 'refuse' | 'page'
  /** The same for private names: those that begin with `_`, and addresses. */
  readonly getOnPrivateName: 'redirect' | 'json' | 'refuse' | 'page'
  /** The object has `dclogin_url` as well. */
  readonly loginLink: 'private-names' | 'always' | 'never'
  /** How often `/new`, but not its old path, may be asked; then 503. perSecond 0: no limit. */
  readonly clientLimit: {
    readonly on: 'private-names' | 'always'
    readonly perSecond: number
    /** So many more at once. */
    readonly burst: number
    readonly key: 'address' | 'everybody'
  }
  readonly redirectStatus: number
  readonly redirectTo: string
  readonly delayMs: number
  /** So long after the proposal the account is ready: logins before that wait. */
  readonly usableAfterMs: number
  /** Requests a minute; over it 503; 0: no limit. */
  readonly perMinute: number
  readonly absoluteForm: boolean
  readonly legacyPath: boolean
  /** Paths that begin with /new are /new, as a server matches that goes by prefix. */
  readonly matchesPrefix: boolean
  /** Spaces after colons and commas, as Python writes JSON. */
  readonly jsonStyle: 'python' | 'compact' | 'indented'
}

export interface AutoconfigBehaviour {
  readonly served: boolean
  readonly services: readonly ('imaps' | 'imap' | 'submissions' | 'submission')[]
  readonly hostname: string
  /** Port 443 for both protocols: when it is shared by ALPN, whether or not, or never. */
  readonly listsSharedPort: 'when-shared' | 'always' | 'never'
  /** One listed endpoint that nobody answers at. */
  readonly listsDeadEndpoint: boolean
  /** The ports of a standard deployment instead of the real ones. */
  readonly listsStandardPorts: boolean
  /** SSL and STARTTLS swapped. */
  readonly swapsSecurity: boolean
  readonly username: string
  readonly authentication: string
  readonly contentType: string
  readonly wellFormed: boolean
}

export interface WebBehaviour {
  readonly new: NewBehaviour
  readonly autoconfig: AutoconfigBehaviour
  /** Plain HTTP: redirect to https, serve the pages, or nothing. */
  readonly http: 'redirect' | 'serve' | 'closed'
  readonly landing: boolean
  /** Text of the invite link; `{new}` is `https://DOMAIN/new`; null: no link. */
  readonly invite: string | null
  /** On private names: a login link made with the page, one that a script on the page fetches, or the invite. */
  readonly privateInvite: 'login-link' | 'script' | 'invite'
  /** What the QR code says; null: no picture. */
  readonly qr: string | null
  readonly qrFormat: 'png' | 'svg' | 'broken'
  readonly privacyLink: boolean
  readonly privacyPage: boolean
  readonly infoPage: boolean
  readonly unknownStatus: number
  readonly mtaSts: readonly string[] | null
  readonly headerCase: 'capital' | 'lower'
  /** length: Content-Length; chunked: Transfer-Encoding. */
  readonly framing: 'length' | 'chunked'
  readonly keepAlive: boolean
  readonly wwwRedirects: boolean
}

const lettersAndDigits = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const passwordAlphabets = {
  letters: lettersAndDigits,
  printable: `${lettersAndDigits}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`,
} as const

export const conformingWeb: WebBehaviour = {
  new: {
    status: 200,
    contentType: 'application/json',
    emailKey: 'email',
    passwordKey: 'password',
    extra: {},
    form: 'json',
    sameEachTime: false,
    sameNameEachTime: false,
    createsAccount: false,
    passwordIsWrong: false,
    requiresToken: false,
    requiresContentType: false,
    localpartLength: 9,
    passwordLength: 12,
    passwordAlphabet: passwordAlphabets.printable,
    emailDomain: '{domain}',
    get: 'redirect',
    getOnPrivateName: 'json',
    loginLink: 'private-names',
    clientLimit: { on: 'private-names', perSecond: 2, burst: 5, key: 'address' },
    redirectStatus: 301,
    redirectTo: 'dcaccount:{new}',
    delayMs: 0,
    usableAfterMs: 0,
    perMinute: 0,
    absoluteForm: true,
    legacyPath: true,
    matchesPrefix: false,
    jsonStyle: 'python',
  },
  autoconfig: {
    served: true,
    services: ['imaps', 'imap', 'submissions', 'submission'],
    hostname: '{domain}',
    listsSharedPort: 'when-shared',
    listsDeadEndpoint: false,
    listsStandardPorts: false,
    swapsSecurity: false,
    username: '%EMAILADDRESS%',
    authentication: 'password-cleartext',
    contentType: 'text/xml',
    wellFormed: true,
  },
  http: 'redirect',
  landing: true,
  invite: 'DCACCOUNT:{new}',
  privateInvite: 'login-link',
  qr: 'DCACCOUNT:{new}',
  qrFormat: 'png',
  privacyLink: true,
  privacyPage: true,
  infoPage: true,
  unknownStatus: 404,
  mtaSts: ['version: STSv1', 'mode: enforce', 'mx: {domain}', 'max_age: 2419200'],
  headerCase: 'capital',
  framing: 'length',
  keepAlive: true,
  wwwRedirects: true,
}
