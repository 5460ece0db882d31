import { startGraphMock } from 'msgraph-mock'

/** One server for all test files, which run in processes of their own and so get its URL only. */
export default async function setup({ provide }) {
  const mock = await startGraphMock()
  provide('graphUrl', mock.url)
  return () => mock.close()
}
