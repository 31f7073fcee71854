// The project's own use of `chatmail-check/vitest`: every check of the full profile on the reference server, as a test each.
import { describeHost } from '../bin/vitest.ts'

// The area deltachat has a run of its own: deltachat/deltachat.test.ts.
describeHost('@reference', {
  skip: ['deltachat/*'],
  profile: 'full',
  costs: ['bulk', 'intrusive'],
  iOperate: true,
  failOn: 'may',
})
