export default () => globalThis.dataFlow.stop()
