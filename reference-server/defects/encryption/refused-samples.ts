// The checks that send a readable or fake message and want it refused: what fails when a filter lets most things pass.
const samples = [
  'large-text',
  'html',
  'multipart-signed',
  'armour-in-text-plain',
  'read-receipt',
  'bounce-by-user',
  'setup-message-to-others',
  'securejoin-other-body',
  'securejoin-more-body',
  'securejoin-header-only',
  'securejoin-extra-attachment',
  'securejoin-later-step',
  'only-in-name',
  'cleartext-octet-stream',
  'second-part-text',
  'third-part',
  'nested-multipart',
  'html-with-encrypted-attachment',
  'version-with-text',
  'multipart-mixed',
  'swapped-parts',
  'version-2',
  'text-before-begin-line',
  'text-after-end-line',
  'cleartext-in-armour',
  'garbage-base64',
  'empty-payload',
  'public-key-block',
  'armour-header-comment',
  'armour-header-version',
  'gnupg-version-line',
  'gnupg-comment-line',
  'gnupg-clear-signed',
  'gnupg-detached-signature',
  'gnupg-public-key',
  'gnupg-signed',
  'gnupg-signed-uncompressed',
  'gnupg-stored',
  'literal-in-armour',
  'compressed-in-armour',
  'signed-only',
  'leading-literal',
  'trailing-packet',
  'garbage-octets',
  'pkesk-only',
  'truncated-packet',
  'sed-with-pkesk',
  'sed-with-skesk',
] as const

type RefusedSample = (typeof samples)[number]

export const refusedSamples: readonly string[] = samples.map((sample) => `encryption/refuses-${sample}`)

/** All but those that a defect still refuses. */
export function refusedSamplesBut(...still: readonly RefusedSample[]): readonly string[] {
  return samples
    .filter((sample) => !(still as readonly string[]).includes(sample))
    .map((sample) => `encryption/refuses-${sample}`)
}

/** The checks that do so as another server. A Version line passes there. */
export const refusedFromOthers: readonly string[] = samples
  .filter((sample) => sample !== 'armour-header-version' && sample !== 'gnupg-version-line')
  .map((sample) => `inbound/refuses-${sample}`)
