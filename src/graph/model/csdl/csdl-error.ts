/** What is wrong with a CSDL document, in one line, with its place. */
export class CsdlError extends Error {
  override readonly name = 'CsdlError'
}
