// Stands in for node:https in the bundle (scripts/build.mjs): loads the module, and TLS with it, at the first use.
const https = () => process.getBuiltinModule('https')

exports.createServer = (...given) => https().createServer(...given)
exports.request = (...given) => https().request(...given)
