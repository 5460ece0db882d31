/** Milliseconds that requests in flight get at a close before their connections are cut. */
export const GRACE = 5000
