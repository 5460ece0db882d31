// Loaded into the server whose steps are measured: 'start' begins a CPU profile, 'stop' sends it.
import { Session } from 'node:inspector/promises'

const session = new Session()
session.connect()
process.on('message', async (message) => {
  if (message === 'start') {
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 200 })
    await session.post('Profiler.start')
    process.send('started')
  } else {
    const { profile } = await session.post('Profiler.stop')
    process.send(profile)
  }
})
process.channel.unref()
process.on('disconnect', () => process.exit(1))
