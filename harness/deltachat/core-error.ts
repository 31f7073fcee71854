// What goes wrong with the core: its "no" to a call, which is a value for checks, and its end, which is our own trouble.

/** What the core says of a failure at /new quotes the whole answer, with the password in it. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(cannot create account[^:]*:)[\s\S]*$/i, (whole, start: string) => {
      return `${start} <${whole.length - start.length} characters of the answer>`
    })
    .replace(/([?&]p=|password\W{1,8})[^&"\s\\]+/gi, '$1***')
}

/** The core answered a call with an error: a server did not let it in, a QR code is of no use. */
export class CoreRefusal extends Error {
  readonly method: string

  constructor(method: string, message: string) {
    super(withoutSecrets(message))
    this.name = 'CoreRefusal'
    this.method = method
  }
}

/** The core ended, could not be started, or lost events: nothing can be said of any server. */
export class CoreGone extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CoreGone'
  }
}
