// One emulator for all workers; it starts once, before them, and outside of Jest's sandbox.
import { startEmulator } from 'ncp-dataflow-emulator'

export default async function setUp() {
  globalThis.dataFlow = await startEmulator({ fixtures: 'none', runTime: 3_600_000 })
  process.env.DATAFLOW_URL = globalThis.dataFlow.url
}
