import type { Behaviour } from '../support/behaviour.js'
import { SupportTable } from '../support/support-table.js'
import { authenticationSupport } from './gateway/authenticate.js'
import { conditions } from './services/intune/conditions/conditions.js'
import { errorSupport } from './gateway/error-response.js'
import { headerSupport } from './gateway/headers.js'
import { queryOptionSupport } from './odata/select.js'
import { validationSupport } from './odata/validation.js'
import { permissionSupport } from './gateway/permissions.js'
import { throttlingSupport } from './gateway/throttle.js'

/** The support table as far as it speaks of no single route, in the order in which a request meets these steps. */
export function supportOfEveryRequest(): SupportTable {
  const table = new SupportTable()
  table.add('every request', [...headerSupport, ...authenticationSupport, ...permissionSupport, ...errorSupport])
  table.add('bodies', validationSupport)
  table.add('query options', queryOptionSupport)
  for (const [name, condition] of Object.entries<Behaviour>(conditions)) table.add(`condition: ${name}`, [condition])
  table.add('throttling', throttlingSupport)
  return table
}
