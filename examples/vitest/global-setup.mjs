// One emulator for all workers; it starts once, before them.
import { startEmulator } from 'ncp-dataflow-emulator'

let emulator

export async function setup(project) {
  emulator = await startEmulator({ fixtures: 'none' })
  project.provide('dataFlowUrl', emulator.url)
}

export const teardown = () => emulator.stop()
