import { Problem } from './problem.js'
import type { ControlRoutes } from './control-routes.js'

/** `GET /_mock/ca.pem`: the certificate authority to trust. */
export const caRoutes: ControlRoutes = (control, { certificates }) => {
  control.get('/ca.pem', async (_request, reply) => {
    if (!certificates.issuing) {
      const why = certificates.enabled ? 'the certificate is that of --tls-cert' : 'TLS is off (--tls off)'
      throw new Problem(404, `There is no certificate authority: ${why}.`)
    }
    const { cert } = await certificates.authority()
    return reply.type('application/x-pem-file').send(cert)
  })
}
