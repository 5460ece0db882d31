import { redactBody } from '../../src/journal/redact-body.js'
import { redactForm, redactHeaders, redactName, redactQuery, redactText } from '../../src/journal/redact.js'
import { tellsSecret } from '../../src/journal/secret-names.js'
import { holdsCredential, redactCredentials } from '../../src/lib/redact-credentials.js'

/** All that looks for secrets. */
export const redactions: Readonly<Record<string, (text: string) => unknown>> = {
  'secrets by their shape': redactCredentials,
  'the same, of a text that was cut': (text) => redactCredentials(text, true),
  'credentials of a header': (text) => holdsCredential(text),
  'what a text tells': tellsSecret,
  'a name': (text) => redactName(text),
  'a header': (text) => redactHeaders(['x-a', text]),
  'a query string': (text) => redactQuery(text),
  'a form': redactForm,
  'a string': (text) => redactText(text, false),
  'a URL': (text) => redactText(`/a?b=${text}`, true),
  'a body': (text) => redactBody(text, false),
  'a body that was cut': (text) => redactBody(text, true),
  'JSON with the text': (text) => redactBody(JSON.stringify({ token: 1, a: text }), false),
  'JSON with the text, cut': (text) => redactBody(`{"token":1,"a":${JSON.stringify(text).slice(0, -1)}`, true),
  'JSON with the text for a name': (text) => redactBody(JSON.stringify({ token: 1, [text]: 1 }), false),
  'JSON with the text for a secret': (text) => redactBody(JSON.stringify({ token: text }), false)
}
