import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { decodeJwt } from '../../src/identity/jwt.js'
import type { Options } from '../../src/options.js'
import { DEFAULT_TENANT, testApp, type TestApp } from '../helper.js'

export const TENANT = DEFAULT_TENANT
export const GRAPH = 'https://graph.microsoft.com'
export const READ_WRITE = `${GRAPH}/DeviceManagementServiceConfig.ReadWrite.All`
export const ADELE = 'adele.vance@contoso.example'
/** The application that the default fixture registers. */
export const CONTOSO = { client_id: '11112222-bbbb-3333-cccc-4444dddd5555', client_secret: 'contoso-autopilot-secret' }
/** An application that nobody registered, with a secret that nobody knows. */
export const UNKNOWN = { client_id: '0f0f0f0f-1111-4222-8333-444455556666', client_secret: 'whatever' }
/** The same without a secret. */
export const PUBLIC = { client_id: UNKNOWN.client_id }

export type Form = Readonly<Record<string, string>> | string

export interface TestAuthority extends TestApp {
  /** POST of a form, to a path below the tenant. */
  readonly post: (
    path: string,
    form: Form,
    headers?: Record<string, string>,
    tenant?: string
  ) => Promise<LightMyRequestResponse>
  /** POST to the token endpoint of v2. */
  readonly token: (form: Form, tenant?: string) => Promise<LightMyRequestResponse>
}

export async function testAuthority(
  t: Test,
  options: Partial<Options> = {},
  now?: () => number
): Promise<TestAuthority> {
  const testing = await testApp(t, options, now)
  const post: TestAuthority['post'] = (path, form, headers = {}, tenant = TENANT) =>
    testing.app.inject({
      method: 'POST',
      url: path.startsWith('/') ? path : `/${tenant}/${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: typeof form === 'string' ? form : new URLSearchParams(form).toString()
    })
  return { ...testing, post, token: (form, tenant) => post('oauth2/v2.0/token', form, {}, tenant) }
}

export function claimsOf(token: unknown): Record<string, unknown> {
  return { ...decodeJwt(String(token)).claims }
}

/** A refusal in Entra's shape: number, `error` and status. */
export function refused(
  t: Test,
  answer: LightMyRequestResponse,
  status: number,
  error: string,
  number: number,
  reason = /./
): void {
  const body = answer.json<Record<string, unknown>>()
  t.equal(answer.statusCode, status, JSON.stringify(body))
  t.equal(body['error'], error)
  t.strictSame(body['error_codes'], [number])
  t.match(
    body['error_description'],
    new RegExp(
      `^AADSTS${number}: .+ Trace ID: [\\da-f-]{36} Correlation ID: [\\da-f-]{36} Timestamp: [\\d-]+ [\\d:]+Z$`
    ),
    'one line'
  )
  t.match(decodeURIComponent(String(answer.headers['x-mock-reason'])), reason)
}

/** Writes a fixture: the default one's tenant, and what is given. */
export function fixtureFile(t: Test, members: object): string {
  const dir = t.testdir({})
  const file = join(dir, 'fixture.json')
  writeFileSync(file, JSON.stringify({ defaultTenant: TENANT, ...members }))
  return file
}
