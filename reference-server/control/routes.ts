// All routes of the control, in the order of the OpenAPI file.
import { accountRoutes } from './accounts.ts'
import { clockRoutes } from './clock.ts'
import { journalRoutes } from './journal.ts'
import { messageRoutes } from './messages.ts'
import { queueRoutes } from './queue.ts'
import type { Route } from './route.ts'
import { sendingRoutes } from './sending.ts'
import { stateRoutes } from './state.ts'
import { troubleRoutes } from './trouble.ts'
import { wholeRoutes } from './whole.ts'

export const routes: readonly Route[] = [
  ...wholeRoutes,
  ...accountRoutes,
  ...messageRoutes,
  ...sendingRoutes,
  ...queueRoutes,
  ...clockRoutes,
  ...troubleRoutes,
  ...stateRoutes,
  ...journalRoutes,
]
