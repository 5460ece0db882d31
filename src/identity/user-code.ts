import type { Random } from '../lib/random.js'

/** Letters and digits that people do not mistake for each other, and no vowels, so that no words come out. */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789'
/** As many as Entra's user codes have (documented example). */
const LENGTH = 9

/** A code for people to type. */
export function newUserCode(random: Random): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random.number() * ALPHABET.length)]).join('')
}

/** What people type: case, blanks and hyphens do not matter. */
export function normaliseUserCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase()
}
