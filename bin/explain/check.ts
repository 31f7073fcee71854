// `explain` of a check: what it tries, when it runs and what it takes; its requirement follows.
import { block, type Page } from '../../reports/page.ts'
import { conditionsOf, type KnownCheck } from './known-checks.ts'

export function ofCheck(out: Page, known: KnownCheck): void {
  const { check, needs } = known
  out.raw(`${out.paint.bold(check.id)}  (${check.observes ? 'an observation' : 'a check'})`)
  out.add(4, check.title)
  if (check.observes)
    block(out, 'judges', 'nothing: it tells what the server does, and counts neither for nor against it')
  block(out, 'runs', conditionsOf(known).join('; '))
  block(out, 'try', `chatmail-check HOST --only ${check.id}${needs.cost === 'intrusive' ? ' --i-operate HOST' : ''}`)
  block(out, '', '(HOST: the name of the server)')
}
