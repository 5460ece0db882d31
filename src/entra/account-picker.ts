import { escapeHtml } from '../lib/html.js'
import type { User } from '../identity/directory-schema.js'

/** Radio buttons, one for each user of the fixture. */
export function accountPicker(users: readonly User[], hint: string | undefined): string {
  const hinted = users.findIndex(({ userPrincipalName }) => userPrincipalName.toLowerCase() === hint?.toLowerCase())
  const choices = users.map(
    ({ userPrincipalName, displayName }, at) =>
      `<label><input type="radio" name="mock_user" value="${escapeHtml(userPrincipalName)}"${at === Math.max(hinted, 0) ? ' checked' : ''}> ${escapeHtml(displayName)}, ${escapeHtml(userPrincipalName)}</label>`
  )
  return `<fieldset>\n<legend>Account</legend>\n${choices.join('\n')}\n</fieldset>`
}

/** What the user consents to. */
export function permissionList(permissions: readonly string[]): string {
  if (permissions.length === 0) return '<p>It asks for nothing but to know who you are.</p>'
  return `<p>It asks for:</p>\n<ul>\n${permissions.map((name) => `<li>${escapeHtml(name)}</li>`).join('\n')}\n</ul>`
}
