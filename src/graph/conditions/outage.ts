import { GraphError } from '../errors.js'
import { because, isWrite, ofIntune } from './condition.js'

/** The page that HTTP.sys answers for a stopped application pool of IIS; its head and one sentence are captured. */
const PAGE = [
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">',
  '<HTML><HEAD><TITLE>Service Unavailable</TITLE>',
  '<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>',
  '<BODY><h2>Service Unavailable</h2>',
  '<hr><p>HTTP Error 503. The service is unavailable.</p>',
  '</BODY></HTML>',
  ''
].join('\r\n')

const source = 'raw HTML captured from Intune in 2026; its wording is that of HTTP.sys'

export const unavailable = ofIntune(
  { behaviour: 'Service unavailable: 503 with the HTML page of IIS', evidence: 'observed', source },
  () => serviceUnavailable(because('unavailable', 'the service is down'))
)

export const readOnly = ofIntune(
  { behaviour: 'Outage of writes: reads work, a write gets that 503', evidence: 'assumed', source },
  (request) => (isWrite(request) ? serviceUnavailable(because('readOnly', 'only reads work')) : undefined)
)

function serviceUnavailable(reason: string): GraphError {
  return new GraphError({ status: 503, code: 'ServiceUnavailable', message: '', html: PAGE, reason })
}
