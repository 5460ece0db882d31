import { Type } from '@sinclair/typebox'
import type { ControlRoutes } from './control-routes.js'
import { Problem, ProblemDocument } from './problem.js'

/** `GET /_mock/ca.pem`: the certificate authority to trust. */
export const caRoutes: ControlRoutes = (control, { certificates }) => {
  const schema = {
    summary: 'Fetch the certificate authority to trust',
    response: {
      200: { description: 'A certificate in PEM.', content: { 'application/x-pem-file': { schema: Type.String() } } },
      404: ProblemDocument
    }
  }
  control.get('/ca.pem', { schema }, async (_request, reply) => {
    if (!certificates.issuing) {
      const why = certificates.enabled ? 'the certificate is that of --tls-cert' : 'TLS is off (--tls off)'
      throw new Problem(404, `There is no certificate authority: ${why}.`)
    }
    const { cert } = await certificates.authority()
    return reply.type('application/x-pem-file').send(cert)
  })
}
