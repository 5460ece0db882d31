/**
 * Days for which a certificate for names is valid: as many as Apple recommends at most
 * (https://support.apple.com/102028).
 */
export const LEAF_DAYS = 397

/** Milliseconds after which a server that runs on makes a new one, a month before the old one ends. */
export const LEAF_RENEWAL = 365 * 24 * 60 * 60 * 1000
