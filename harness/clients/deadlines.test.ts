import { expect, test } from 'vitest'
import { Deadlines } from './deadlines.ts'

/** What passed, in order, and the octets that have moved. */
function watched() {
  const passed: number[] = []
  const line = { moved: 0 }
  const deadlines = new Deadlines(
    () => line.moved,
    (ms) => passed.push(ms),
  )
  return { deadlines, passed, line }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('the earlier of two deadlines passes first, though it was set last', async () => {
  const { deadlines, passed } = watched()
  deadlines.begin(5_000)
  deadlines.begin(20)
  await expect.poll(() => passed).toEqual([20])
  deadlines.end()
})

test('what was cancelled, or came to its end, does not pass; what is set later has all its time', async () => {
  const { deadlines, passed } = watched()
  deadlines.begin(30)()
  await sleep(20)
  // The timer of the one before still runs.
  const cancel = deadlines.begin(200)
  await sleep(40)
  expect(passed).toEqual([])
  cancel()
  deadlines.begin(20)
  deadlines.end()
  await sleep(40)
  expect(passed).toEqual([])
})

test('it is extended while 4 KiB a second move, and no longer', async () => {
  const { deadlines, passed, line } = watched()
  deadlines.begin(50)
  line.moved = 205
  await sleep(75)
  expect(passed).toEqual([])
  await expect.poll(() => passed).toEqual([50])
})
