// What goes wrong with the core: its "no" to a call, which is a value for checks, and its end, which is our own trouble.

/** The core answered a call with an error: a server did not let it in, a QR code is of no use. */
export class CoreRefusal extends Error {
  readonly method: string

  constructor(method: string, message: string) {
    super(message)
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
