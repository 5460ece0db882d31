import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { GenericContainer, Wait } from 'testcontainers'

// No image is published, so it is built from the sources; layers that did not change are taken from the last time.
const sources = process.env['MSGRAPH_MOCK_SOURCES'] ?? fileURLToPath(new URL('../..', import.meta.url))
const image = await GenericContainer.fromDockerfile(sources).build('msgraph-mock:testcontainers', {
  deleteOnExit: false
})
const container = await image.withExposedPorts(8365).withWaitStrategy(Wait.forHealthCheck()).start()
after(() => container.stop())

test('Graph answers', async () => {
  const url = `http://${container.getHost()}:${container.getMappedPort(8365)}`
  const answer = await fetch(`${url}/beta/deviceManagement/windowsAutopilotSettings`, {
    headers: { authorization: 'Bearer readwrite' }
  })
  assert.equal(answer.status, 200)
})
