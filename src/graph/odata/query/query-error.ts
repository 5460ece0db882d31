/**
 * A query option that Graph refuses: 400 with code `BadRequest` and this message.
 *
 * The messages are those of Microsoft's OData library, which Graph's gateway runs on. *Captured* ones say where; the
 * rest is *assumed* from the library's resource texts (OData/odata.net, SRResources.resx).
 */
export class QueryError extends Error {
  /** Where in the text of its option (of the nested option, within `$expand`) the mistake is; counted from 0. */
  readonly position: number | undefined

  constructor(message: string, position?: number) {
    super(message)
    this.name = 'QueryError'
    this.position = position
  }
}

/** How Graph begins the message of a mistake, by the outermost option that it is in. */
const PREFIXES: Readonly<Record<string, string>> = {
  // Captured: msgraph-beta-sdk-python#828, microsoft-graph-explorer-v4#3227.
  $filter: 'Invalid filter clause: ',
  // Captured: microsoft-graph-docs#9988, msgraph-sdk-javascript#466.
  $select: 'Parsing OData Select and Expand failed: ',
  $expand: 'Parsing OData Select and Expand failed: '
  // None for $orderby (captured: pnp/pnpjs#2316) and $search (captured: msgraph-sdk-powershell#402).
}

/**
 * Runs what reads or checks an option, so that a mistake in it begins as Graph begins it.
 *
 * @param option with `$`, such as `$filter`
 * @throws QueryError
 */
export function inOption<T>(option: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    const prefix = PREFIXES[option]
    if (prefix === undefined || !(error instanceof QueryError)) throw error
    throw new QueryError(`${prefix}${error.message}`, error.position)
  }
}

/** Captured: microsoft-graph-explorer-v4#3227. The position is the one behind the token that does not fit. */
export function syntaxError(position: number, text: string): QueryError {
  return new QueryError(`Syntax error at position ${position} in '${text}'.`, position)
}

/** Captured: pnp/pnpjs#2316, AzureAD/MSIdentityTools#54. */
export function invalidCharacter(character: string, position: number, text: string): QueryError {
  return new QueryError(
    `Syntax error: character '${character}' is not valid at position ${position} in '${text}'.`,
    position
  )
}

/** `what` expected, such as `Expression`, `'('` or `')' or ','`. */
export function expected(what: string, position: number, text: string): QueryError {
  return new QueryError(`${what} expected at position ${position} in '${text}'.`, position)
}

export function identifierExpected(position: number): QueryError {
  return new QueryError(`An identifier was expected at position ${position}.`, position)
}

/** Nested more deeply than any parser here follows. */
export function tooDeep(position: number): QueryError {
  return new QueryError('Recursion depth exceeded allowed limit.', position)
}

/** Captured: microsoft-graph-docs#8881. */
export function unbalancedBrackets(position: number): QueryError {
  return new QueryError('Found an unbalanced bracket expression.', position)
}

/** Captured: msgraph-sdk-javascript#466, msgraph-sdk-dotnet#2376. */
export function invalidTerm(term: string, position: number): QueryError {
  return new QueryError(`Term '${term}' is not valid in a $select or $expand expression.`, position)
}

/** Captured: msgraph-beta-sdk-python#828 ($filter), microsoft-graph-docs#9988 ($select). */
export function unknownProperty(name: string, type: string, position: number): QueryError {
  return new QueryError(`Could not find a property named '${name}' on type '${type}'.`, position)
}

export function unknownFunction(name: string, position: number): QueryError {
  return new QueryError(
    `An unknown function with name '${name}' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed.`,
    position
  )
}

/** Captured: msgraph-sdk-java#336, GearPlug/microsoftgraph-python#26. */
export function givenTwice(option: string, position?: number): QueryError {
  return new QueryError(
    `Query option '$${option}' was specified more than once, but it must be specified at most once.`,
    position
  )
}
