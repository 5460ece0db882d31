import type { FastifyReply } from 'fastify'
import { escapeHtml } from '../lib/html.js'
import type { ResponseMode } from '../identity/authorization-request.js'
import { hiddenInputs, sendPage, sourceOf } from './page.js'

interface Target {
  /** Checked before: see `checkRedirectUri`. */
  readonly redirectUri: string
  readonly mode: ResponseMode
  readonly state: string | undefined
}

/** Sends the answer of the authorization endpoint, good or bad, to the redirect URI. */
export function sendAuthorizationResponse(
  reply: FastifyReply,
  { redirectUri, mode, state }: Target,
  parameters: Readonly<Record<string, string>>
): FastifyReply {
  const all = Object.entries({ ...parameters, ...(state !== undefined && { state }) })
  if (mode === 'form_post') {
    return sendPage(reply, {
      title: 'Back to the application',
      formTarget: sourceOf(redirectUri),
      script: 'document.forms[0].submit()',
      body: `<form method="post" action="${escapeHtml(redirectUri)}">\n${hiddenInputs(all)}\n<noscript><button>Continue</button></noscript>\n</form>`
    })
  }
  const url = new URL(redirectUri)
  if (mode === 'fragment') url.hash = new URLSearchParams(all).toString()
  else for (const [name, value] of all) url.searchParams.append(name, value)
  return reply.redirect(url.href, 302)
}
