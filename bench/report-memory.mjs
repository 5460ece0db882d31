// Loaded into the server that is measured: each message is answered, with its processor time in milliseconds, or with its
// memory, garbage apart, and open sockets.
process.on('message', (asked) => {
  if (asked === 'time') {
    const { user, system } = process.cpuUsage()
    process.send((user + system) / 1000)
    return
  }
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
  process.send({ heap: heapUsed / 1e6, rss: rss / 1e6, sockets })
})
process.channel.unref()
// Whoever measures may die.
process.on('disconnect', () => process.exit(1))
