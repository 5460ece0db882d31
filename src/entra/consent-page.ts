import { escapeHtml } from '../lib/html.js'
import type { AuthorizationRequest } from '../identity/authorization-request.js'
import type { User } from '../identity/directory-schema.js'
import type { Form } from '../identity/form.js'
import { accountPicker, permissionList } from './account-picker.js'
import { hiddenInputs, sourceOf, type Page } from './page.js'

/** The page to pick an account and to consent. Its form repeats the request, with the choice added. */
export function consentPage(
  { client, permissions, redirectUri, loginHint }: AuthorizationRequest,
  form: Form,
  users: readonly User[],
  path: string
): Page {
  const sent = [...form].filter(([name]) => !name.startsWith('mock_'))
  return {
    title: 'Pick an account',
    formTarget: sourceOf(redirectUri),
    body: `<p>Sign in to <strong>${escapeHtml(client.displayName)}</strong> (${escapeHtml(client.appId)}).</p>
<form method="post" action="${escapeHtml(path)}">
${hiddenInputs(sent)}
${accountPicker(users, loginHint)}
${permissionList(permissions)}
<button name="mock_decision" value="accept">Accept</button>
<button name="mock_decision" value="cancel">Cancel</button>
</form>`
  }
}
