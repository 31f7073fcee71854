import { describe, expect, it } from 'vitest'
import type { Requirement } from '../../catalogue/types.ts'
import { fixFor } from './fix.ts'

const requirement = (fix: Requirement['fix']): Requirement => ({
  level: 'must',
  basis: 'standard',
  impact: 'interop',
  promise: 'interop',
  text: 'Does right.',
  why: 'It is better.',
  sources: [{ title: 'a book' }],
  fix,
})

const guess = (name: 'relay' | 'madmail' | 'unknown', confidence: 'likely' | 'possible' | 'unknown') => ({
  name,
  confidence,
  text: name,
  evidence: [],
})

describe('the fix that is shown', () => {
  const known = requirement({ any: 'Do it.', relay: 'Run it.', 'postfix-dovecot': 'Set it.' })

  it.each([
    ['that of the likely make alone', guess('relay', 'likely'), 'Run it.'],
    [
      'that of the possible make with its name, then what holds of any',
      guess('relay', 'possible'),
      'On a chatmail relay: Run it. Do it.',
    ],
    ['what holds of any where the make has none', guess('madmail', 'likely'), 'Do it.'],
    ['what holds of any where nothing is guessed', guess('unknown', 'unknown'), 'Do it.'],
  ])('is %s', (_, seen, expected) => {
    expect(fixFor(known, seen)).toBe(expected)
  })

  it('names the make where there is none for all', () => {
    const made = requirement({ relay: 'Run it.', madmail: 'Update it.' })
    expect(fixFor(made, guess('unknown', 'unknown'))).toBe('On a chatmail relay: Run it. On madmail: Update it.')
    expect(fixFor(made, guess('madmail', 'possible'))).toBe('On madmail: Update it. On a chatmail relay: Run it.')
    expect(fixFor(requirement({}), guess('unknown', 'unknown'))).toBeUndefined()
  })
})
