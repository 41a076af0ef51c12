// Bundles what the emulator loads at start into few files: most of a start is otherwise spent on finding modules.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/library/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'linked',
  // Native, loaded only when used, or shipping files of their own: these stay packages.
  external: ['better-sqlite3', '@faker-js/faker', '@fastify/swagger', '@fastify/swagger-ui', 'pino-pretty', 'yaml'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
