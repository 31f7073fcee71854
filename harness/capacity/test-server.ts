// A reference server in a process of its own, so that it and the driver do not share a thread: prints its host as a line of JSON, and
// ends with its standard input. The overrides of its behaviour are the only argument. Used by the tests of the capacity run.
import { startReference } from '../../reference-server/index.ts'

const reference = await startReference({ overrides: JSON.parse(process.argv[2] ?? '{}') })
const { endpoints, trust, policy, domain } = reference.host()
process.stdout.write(`${JSON.stringify({ endpoints, trust, policy, domain })}\n`)
process.stdin.resume()
process.stdin.once('end', () => void reference.close())
