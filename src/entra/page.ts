import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { escapeHtml } from '../lib/html.js'

export interface Page {
  readonly title: string
  /** HTML; every text in it escaped. */
  readonly body: string
  /** Where its form may lead, beside this server: a source expression of CSP. */
  readonly formTarget?: string
  /** The only script that runs. */
  readonly script?: string
}

const STYLE = `body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
fieldset { margin: 1rem 0; padding: .5rem 1rem } label { display: block; padding: .25rem 0 } button, input { font: inherit; padding: .25rem 1rem }`

/** Sends a page that needs no other resources, and no script but its own. */
export function sendPage(reply: FastifyReply, { title, body, formTarget, script }: Page): FastifyReply {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(STYLE)}'`,
    ...(script === undefined ? [] : [`script-src '${digest(script)}'`]),
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'"
  ].join('; ')
  return reply.type('text/html; charset=utf-8').headers({
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff'
  }).send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} - msgraph-mock</title>
<style>${STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</html>
`)
}

/** The redirect URI as a source expression of CSP, for `formTarget`: browsers check redirects after a form too. */
export function sourceOf(uri: string): string {
  const { protocol, host } = new URL(uri)
  const isPlain = /^[a-z\d.:-]+$/.test(host)
  return /^https?:$/.test(protocol) && isPlain ? `${protocol}//${host}` : protocol
}

export function hiddenInputs(values: Iterable<readonly [string, string]>): string {
  return [...values]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('\n')
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
