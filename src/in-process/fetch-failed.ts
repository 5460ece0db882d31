/** The rejection of `fetch` without an answer; its cause has Node's `code`. */
export function fetchFailed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}

/** The rejection of reading a body that is incomplete. */
export function terminated(cause: unknown): TypeError {
  return new TypeError('terminated', { cause })
}

/** Node's error for a TCP RST. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { errno: -104, code: 'ECONNRESET', syscall: 'read' })
}

/** The error of Node's `fetch` for a connection that ended in good order before the answer was complete. */
export function otherSideClosed(): Error {
  return Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' })
}

export function connectionRefused(host: string): Error {
  return Object.assign(new Error(`connect ECONNREFUSED ${host}: the mock is closed`), { code: 'ECONNREFUSED' })
}

export function hostNotFound(host: string, answered: readonly string[]): Error {
  return Object.assign(
    new Error(
      `getaddrinfo ENOTFOUND ${host}: mock.fetch sends nothing elsewhere; it answers for ${answered.join(', ')}`
    ),
    { code: 'ENOTFOUND', hostname: host }
  )
}
