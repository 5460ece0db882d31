import { isLocalUri, parseUri } from '../identity/redirect-uri.js'
import { encodeReason, REASON_HEADER } from '../http/reason-header.js'
import { formOf, queryFormOf } from './form.js'
import { sendPage } from './page.js'
import type { Handler } from './handler.js'
import { tenantOf } from './tenant.js'

/** `/{tenant}/oauth2/v2.0/logout`. There are no sessions, so it only redirects, to the same URIs as authorize. */
export const logout: Handler = ({ directory }, request, reply) => {
  const form = request.method === 'POST' ? formOf(request) : queryFormOf(request)
  tenantOf(request, directory)
  const uri = form.get('post_logout_redirect_uri')
  if (uri !== undefined) {
    const url = parseUri(uri)
    if (url && (isLocalUri(uri) || directory.applications.some(({ redirectUris }) => redirectUris?.includes(uri)))) {
      const state = form.get('state')
      if (state !== undefined) url.searchParams.append('state', state)
      return reply.redirect(url.href, 302)
    }
    const reason = `post_logout_redirect_uri is neither on this machine nor a redirect URI of the fixture: ${uri}`
    void reply.header(REASON_HEADER, encodeReason(reason))
  }
  return sendPage(reply, { title: 'You signed out of your account', body: '<p>You may close this window.</p>' })
}
