// For test processes that share an emulator: its control endpoints over HTTP, and an account for each test.

/** Calls a control endpoint of the emulator at `url`; see docs/admin.md. */
export async function control(url, method, path, body) {
  const answer = await fetch(`${url}/__admin${path}`, {
    method,
    headers: body && { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? undefined : answer.json()
}

/** An account that no other test sees: its keys, its faults, its requests. `remove` takes all of it away. */
export async function newAccount(url) {
  const { name, accessKey, secretKey } = await control(url, 'POST', '/accounts')
  return {
    accessKey,
    secretKey,
    addFault: rule => control(url, 'POST', '/faults', { ...rule, account: name }),
    requests: async filter =>
      (await control(url, 'GET', `/requests?${new URLSearchParams({ ...filter, account: name })}`)).requests,
    planRuns: (jobId, plans) => control(url, 'PUT', `/jobs/${jobId}/next-runs?account=${name}`, plans),
    remove: () => control(url, 'DELETE', `/accounts/${name}`),
  }
}
