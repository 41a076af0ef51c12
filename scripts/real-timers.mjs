// Injected into every file of the bundle in place of the globals: timers as they are when the package is loaded.
// A test that replaces the globals afterwards (jest.useFakeTimers() and the like) does not stop the emulator.
// Date is not among them: the emulator follows the time of the test that runs it, as its clients do.
const keptSetTimeout = globalThis.setTimeout
const keptClearTimeout = globalThis.clearTimeout
const keptSetInterval = globalThis.setInterval
const keptClearInterval = globalThis.clearInterval
const keptSetImmediate = globalThis.setImmediate
const keptClearImmediate = globalThis.clearImmediate
const keptQueueMicrotask = globalThis.queueMicrotask
const keptNextTick = globalThis.process.nextTick

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
