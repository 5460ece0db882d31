/**
 * Names of headers, parameters and JSON members that hold secrets, in any case. Wide on purpose: `tokenType` goes too,
 * which nobody misses.
 */
const SECRET =
  /secret|token|pass(?:word|wd|phrase|code)|\bpwd|assertion|credential|authori[sz]ation|cookie|api.?key|private.?key|signature|code_verifier|^sig$|^code$/i

export function isSecretName(name: string): boolean {
  return SECRET.test(name)
}

/** Words of which a text says with `:` or `=` what they are, by their ends; and those that are told by any part. */
const SAID = /(?:secret|token|pwd|assertion|authori[sz]ation|cookie|key|sig|signature|code)$|pass|credential/i

/** Whether a text says what a secret is, as in `password: …`: the word at most four characters before a `:` or `=`. */
export function tellsSecret(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if ((text[at] === ':' || text[at] === '=') && SAID.test(wordBefore(text, at))) return true
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

/** As `\w` has it. */
function isOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

/** Parameters of Entra's endpoints that hold no secret. The names of all others are not even recorded, unless known. */
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

/** Parameters of Entra's endpoints whose values are kept out, but whose presence a test may want to see. */
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
