import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// CI counts the tests from a file, because its last line says how many there were.
const report = process.env.TEST_REPORT
// What takes many minutes is for the night: `npm run nightly`.
const nightly = process.env.NIGHTLY !== undefined

/** Short files that take long. Vitest begins with large ones: without this, these would be left over at the end. */
const long =
  /\/(suites|testbeds)\/|\/(watch|kill|hundred-days|oracle|scenarios|run-capacity|guides|fuzz|bench)\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [first, then]: [TestSpecification[], TestSpecification[]] = [[], []]
    for (const file of await super.sort(files)) (long.test(file.moduleId) ? first : then).push(file)
    return [...first, ...then]
  }
}

export default defineConfig({
  test: {
    include: [nightly ? '**/*.nightly.ts' : '**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Most of the time tests wait for something: more of them at once than processors.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Real servers and programs on a busy machine: in CI what fails is tried once more, and shows as flaky.
    retry: process.env.CI ? 1 : 0,
    ...(report ? { reporters: ['default', ['json', { outputFile: report }]] } : {}),
  },
})
