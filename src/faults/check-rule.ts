import { Type } from '@sinclair/typebox'
import { isDeeperThan } from '../lib/json.js'
import { lazyCheck } from '../lib/lazy-check.js'
import { matchesPattern } from '../lib/path-pattern.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import { MAX_TOKEN_RULES } from './limits.js'
import { FaultRule } from './rule.js'

/** Levels of `respond.body`: four less than a body of `/_mock` may have, so that an export can be imported. */
const MAX_DEPTH = 28

/** Headers that frame an HTTP message: a wrong value would break the connection, which is what `connection` is for. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'trailer', 'upgrade', 'connection', 'keep-alive'])

const FaultRules = Type.Array(FaultRule, { maxItems: MAX_TOKEN_RULES })
const check = lazyCheck(FaultRules)

/**
 * Checks what the schema of a rule cannot.
 *
 * @param operations names of all operations; `undefined` where they are not known yet
 * @returns a sentence that begins with the member; `undefined` for a valid rule
 */
export function ruleMistake(rule: FaultRule, operations?: readonly string[]): string | undefined {
  const { match, respond, delay, connection } = rule
  if (!respond && !delay && !connection) return 'respond, delay and connection are all missing: a rule needs an effect'
  if (respond && connection) return 'respond and connection exclude each other'
  if (isDeeperThan(respond?.body, MAX_DEPTH)) return `respond.body is nested deeper than ${MAX_DEPTH} levels`
  if (delay && 'min' in delay && delay.min > delay.max) return 'delay.min is more than delay.max'
  if (match?.path !== undefined && !/^[/*]/.test(match.path)) {
    return `match.path begins with / or *, such as /beta/deviceManagement/* or */sync, not ${JSON.stringify(match.path)}`
  }
  const framing = Object.keys(respond?.headers ?? {}).find((name) => FRAMING.has(name.toLowerCase()))
  if (framing !== undefined) return `respond.headers.${framing} belongs to the connection, not to an answer`
  const { operation } = match ?? {}
  if (operation === undefined || !operations || operations.some((name) => matchesPattern(operation, name)))
    return undefined
  return `match.operation must be one of ${operations.join(', ')}, or a pattern of them, not ${JSON.stringify(operation)}`
}

/** The same for the claim `mock_faults` of a token, including the check by the schema. */
export function claimMistake(rules: unknown, operations?: readonly string[]): string | undefined {
  if (!check.accepts(rules)) return explainMismatch(check.errors(rules))
  return firstMistake(rules as readonly FaultRule[], operations)
}

/** The first mistake in a list, which begins with the index of the rule. */
export function firstMistake(rules: readonly FaultRule[], operations?: readonly string[]): string | undefined {
  for (const [at, rule] of rules.entries()) {
    const mistake = ruleMistake(rule, operations)
    if (mistake !== undefined) return `${at}.${mistake}`
  }
  return undefined
}
