import type { FastifyRequest } from 'fastify'
import type { Handler } from './handler.js'

/** `/common/userrealm/{user}`: MSAL Python, Go and .NET ask it before a password grant. No realm here is federated. */
export const userRealm: Handler = ({ directory }, request: FastifyRequest) => {
  const { '*': path } = request.params as { '*': string }
  const user = path.slice(path.indexOf('/') + 1)
  const domain = user.slice(user.lastIndexOf('@') + 1).toLowerCase()
  const isKnown = directory.knowsDomain(domain) || directory.user(user) !== undefined
  return {
    ver: '1.0',
    account_type: isKnown ? 'Managed' : 'Unknown',
    ...(isKnown && { domain_name: domain }),
    cloud_instance_name: 'microsoftonline.com',
    cloud_audience_urn: 'urn:federation:MicrosoftOnline'
  }
}
