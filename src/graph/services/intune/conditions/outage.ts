import { GraphError } from '../../../errors.js'
import { iisPage } from '../../../iis-page.js'
import { isWrite } from '../../../gateway/throttle.js'
import { because, ofIntune } from './condition.js'

const source = 'raw HTML captured from Intune in 2026; its wording is that of HTTP.sys'

export const unavailable = ofIntune(
  { behaviour: 'Service unavailable: 503 with the HTML page of IIS', evidence: 'observed', source },
  (request) => serviceUnavailable(because('unavailable', request, 'the service is down'))
)

export const readOnly = ofIntune(
  { behaviour: 'Outage of writes: reads work, a write gets that 503', evidence: 'assumed', source },
  (request) => (isWrite(request) ? serviceUnavailable(because('readOnly', request, 'only reads work')) : undefined)
)

function serviceUnavailable(reason: string): GraphError {
  return new GraphError({
    status: 503,
    code: 'ServiceUnavailable',
    message: '',
    body: iisPage(503, 'Service Unavailable'),
    reason
  })
}
