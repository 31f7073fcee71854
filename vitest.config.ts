import { defineConfig } from 'vitest/config'

// CI counts the tests from a file, because its last line says how many there were.
const report = process.env.TEST_REPORT

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    ...(report ? { reporters: ['default', ['json', { outputFile: report }]] } : {}),
  },
})
