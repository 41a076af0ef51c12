// Takes the place of Fastify's default schema compilers in the bundle: they bring Ajv, which no server of ours uses.
module.exports = () => {
  throw new Error('this build has no schema compilers: give the Fastify instance `schemaController.compilersFactory`')
}
