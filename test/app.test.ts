import t from 'tap'
import { PAGE, SETTINGS, testApp } from './helper.js'

t.test("the API page's request gives the API page's response", async (t) => {
  const { call } = await testApp(t)
  const answer = await call('PATCH', SETTINGS, { body: PAGE.request })
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), PAGE.response)
})
