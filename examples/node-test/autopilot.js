// The code under test: all it knows of the mock is the URL.
const PATH = '/beta/deviceManagement/windowsAutopilotSettings'

/** @param {{ url: string, token: string }} graph */
export async function startSync({ url, token }) {
  const answer = await fetch(`${url}${PATH}/sync`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.json()).error.code}`)
}

/** @param {{ url: string, token: string }} graph */
export async function syncStatus({ url, token }) {
  const answer = await fetch(`${url}${PATH}`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.json()).error.code}`)
  return (await answer.json()).syncStatus
}
