import { defineConfig } from 'vitest/config'

// CI counts the tests from a file, because its last line says how many there were.
const report = process.env.TEST_REPORT
// What takes many minutes is for the night: `npm run nightly`.
const nightly = process.env.NIGHTLY !== undefined

export default defineConfig({
  test: {
    include: [nightly ? '**/*.nightly.ts' : '**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Most of the time tests wait for something: more of them at once than processors.
    maxWorkers: 3,
    // Real servers and programs on a busy machine: in CI what fails is tried once more, and shows as flaky.
    retry: process.env.CI ? 1 : 0,
    ...(report ? { reporters: ['default', ['json', { outputFile: report }]] } : {}),
  },
})
