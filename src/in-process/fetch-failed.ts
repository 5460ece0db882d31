/** What `fetch` rejects with where no answer comes; its cause says why, with a code as of Node. */
export function fetchFailed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}

/** What reading a body rejects with where only a part of it came. */
export function terminated(cause: unknown): TypeError {
  return new TypeError('terminated', { cause })
}

/** A TCP packet RST, as Node tells it. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { errno: -104, code: 'ECONNRESET', syscall: 'read' })
}

/** A connection that ended in good order before the answer did, as Node's `fetch` tells it. */
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
