import type { Random } from '../lib/random.js'

/** Letters and digits that are not easily confused; no vowels, so that no words appear. */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789'
/** As many as Entra's user codes have (documented example). */
const LENGTH = 9

/** A code for a person to type. */
export function newUserCode(random: Random): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random.number() * ALPHABET.length)]).join('')
}

/** The code as it was typed, without blanks and hyphens, in upper case. */
export function normaliseUserCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase()
}
