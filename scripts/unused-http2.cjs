// Stands in for node:http2 in the bundle: Fastify loads it at every start, and no server of ours speaks HTTP/2.
