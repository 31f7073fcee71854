// The suite of the area push: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { notifyingChecks } from './notifying.ts'
import { troubleChecks } from './trouble.ts'

export const pushSuite = suite('push', { checks: [...notifyingChecks, ...troubleChecks] })
