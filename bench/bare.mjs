// The yardstick: a Fastify server that checks nothing, stores nothing and answers with the bytes of a file.
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'

const body = readFileSync(process.argv[2])
const app = Fastify()
app.get('/api/v1/jobs', (_request, reply) => reply.header('content-type', 'application/json;charset=UTF-8').send(body))
console.log(`bare Fastify listens on ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
