/**
 * Names of headers, parameters and JSON members that hold secrets, in any case. Broad on purpose: that it also hides
 * `tokenType` does no harm.
 */
const SECRET =
  /secret|token|pass(?:word|wd|phrase|code)|\bpwd|assertion|credential|authori[sz]ation|cookie|api.?key|private.?key|signature|code_verifier|^sig$|^code$/i

export function isSecretName(name: string): boolean {
  return SECRET.test(name)
}

/** Words that announce a secret before `:` or `=`: by how they end, or (`pass`, `credential`) by any part. */
const ANNOUNCES_SECRET =
  /(?:secret|token|pwd|assertion|authori[sz]ation|cookie|key|sig|signature|code)$|pass|credential/i

/** Whether a text gives away a secret, as in `password: …`: such a word at most four characters before `:` or `=`. */
export function tellsSecret(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if ((text[at] === ':' || text[at] === '=') && ANNOUNCES_SECRET.test(wordBefore(text, at))) return true
  }
  return false
}

function wordBefore(text: string, at: number): string {
  let end = at
  while (end > 0 && end > at - 4 && !isOfWord(text.charCodeAt(end - 1))) end--
  let start = end
  while (start > 0 && isOfWord(text.charCodeAt(start - 1))) start--
  return text.slice(start, end)
}

/** As `\w` matches. */
function isOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

/** The allowlist: parameters of Entra's endpoints that hold no secret. */
const HARMLESS_PARAMETERS = new Set([
  'grant_type',
  'client_id',
  'scope',
  'resource',
  'audience',
  'response_type',
  'response_mode',
  'redirect_uri',
  'post_logout_redirect_uri',
  'prompt',
  'login_hint',
  'domain_hint',
  'username',
  'client_assertion_type',
  'requested_token_use',
  'code_challenge_method',
  'client_info',
  'client-request-id',
  'x-client-sku',
  'x-client-ver',
  'x-client-os',
  'x-client-cpu',
  'api-version',
  'mock_decision',
  'mock_user'
])

/** Parameters of Entra's endpoints whose values are secret, but whose names are shown. All other names are hidden. */
const KNOWN_PARAMETERS = new Set([
  'client_secret',
  'client_assertion',
  'assertion',
  'password',
  'code',
  'code_verifier',
  'code_challenge',
  'refresh_token',
  'device_code',
  'user_code',
  'id_token_hint',
  'state',
  'nonce',
  'claims'
])

export function isHarmlessParameter(name: string): boolean {
  return HARMLESS_PARAMETERS.has(name.toLowerCase())
}

export function isKnownParameter(name: string): boolean {
  return KNOWN_PARAMETERS.has(name.toLowerCase())
}
