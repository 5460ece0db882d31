import t from 'tap'
import { SETTINGS, testApp } from '../../helper.js'

t.test('parentheses of a call are another spelling of the same path', async (t) => {
  const { mock, call } = await testApp(t)
  const statusOf = async (method: string, url: string) => {
    const { access_token: token } = await mock.mintToken({ tenantId: mock.random.uuid() })
    return (await call(method, url, { token })).statusCode
  }
  for (const [method, url, status] of [
    ['POST', `${SETTINGS}/sync()`, 204],
    ['POST', `${SETTINGS}/microsoft.graph.sync()`, 204],
    ['POST', `${SETTINGS.toUpperCase().replace('/BETA', '/Beta')}/graph.sync%28%29?x=(`, 204],
    ['GET', `${SETTINGS}?$select=id&x=f(y)`, 200],
    ['GET', `${SETTINGS}/sync()`, 400],
    ['POST', `${SETTINGS}/sync(x)`, 400],
    ['POST', `${SETTINGS}/sync(`, 400],
    ['POST', `${SETTINGS}/sync()%E0%A4%A`, 400],
    ['POST', "/v1.0/deviceManagement/windowsAutopilotSettings('x')/sync()", 400]
  ] as const) {
    t.equal(await statusOf(method, url), status, `${method} ${url}`)
  }
})
