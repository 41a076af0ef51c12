// The code under test: a small client of Data Flow, as it might stand in your program. It knows nothing of the emulator.
import { createHmac } from 'node:crypto'

const jobCondition = { nrn: 'nrn:PUB:role', scriptPath: 'bucket/scripts', logPath: 'bucket/logs' }

/** Calls Data Flow at `url`. A read that the gateway answers with a 5xx is tried again, three times in all. */
export function dataFlow({ url, accessKey, secretKey }) {
  function signature(method, target) {
    const timestamp = String(Date.now())
    const text = `${method} ${target}\n${timestamp}\n${accessKey}`
    return {
      'x-ncp-apigw-timestamp': timestamp,
      'x-ncp-iam-access-key': accessKey,
      'x-ncp-apigw-signature-v2': createHmac('sha256', secretKey).update(text).digest('base64'),
    }
  }

  async function call(method, target, body) {
    for (let tries = method === 'GET' ? 3 : 1; ; tries--) {
      const headers = { ...signature(method, target), 'content-type': 'application/json' }
      const answer = await fetch(url + target, { method, headers, body: body && JSON.stringify(body) })
      if (answer.status >= 500 && tries > 1) continue
      if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    }
  }

  return {
    jobs: () => call('GET', '/api/v1/jobs?page=0&limit=20'),
    createJob: name => call('POST', '/api/v1/jobs', { name, nodes: [] }),
    runJob: jobId => call('POST', `/api/v1/jobs/${jobId}/executions`, { jobCondition }),
    newestRun: async jobId => (await call('GET', `/api/v1/jobs/${jobId}/executions?limit=1`)).list[0],
  }
}
