// The error of the powers for an account, mailbox or snapshot that does not exist. The control turns it into 404.

export class NoSuchThing extends Error {
  readonly code = 'no-such-thing'
}
