// Injected into every file of the bundle in place of the globals: timers of Node itself, as they are when the package is
// loaded. Jest replaces the globals of a test file, with `enableGlobally` before it loads the package; the timers of the
// module stay. Date is not among them: the emulator follows the time of the test that runs it, as its clients do.
import timers from 'node:timers'
import { callbackify } from 'node:util'

const {
  setTimeout: keptSetTimeout,
  clearTimeout: keptClearTimeout,
  setInterval: keptSetInterval,
  clearInterval: keptClearInterval,
  setImmediate: keptSetImmediate,
  clearImmediate: keptClearImmediate,
} = timers

/** Whether a function is a fake of Jest: `clock` is a mark of its timers, the other one of its legacy timers. */
const isFake = known => 'clock' in known || '_isMockFunction' in known

// No module has these two. Node itself calls back in a tick of its own, which is soon enough for both.
const afterTick = callbackify(async () => {})
const soon = (task, ...args) => afterTick(() => task(...args))
const unlessFake = known => (isFake(known) ? soon : known)
const keptNextTick = unlessFake(globalThis.process.nextTick)
const keptQueueMicrotask = unlessFake(globalThis.queueMicrotask)

export {
  keptClearImmediate as clearImmediate,
  keptClearInterval as clearInterval,
  keptClearTimeout as clearTimeout,
  keptNextTick as 'process.nextTick',
  keptQueueMicrotask as queueMicrotask,
  keptSetImmediate as setImmediate,
  keptSetInterval as setInterval,
  keptSetTimeout as setTimeout,
}
