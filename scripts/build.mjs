// Bundles the emulator and what it needs into few files: most of a start is otherwise spent on finding modules, and whoever
// installs the package installs better-sqlite3 alone. docs/decisions/0001-bundled-dist.md says more.
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { licenseNotices } from './license-notices.mjs'

rmSync('dist', { recursive: true, force: true })

const common = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Half the bytes to parse at every start. Names stay, for readable stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
}

const program = {
  ...common,
  // Every server of ours brings its own compilers (src/schema/no-compilers.ts), so nothing calls these.
  alias: {
    '@fastify/ajv-compiler': './scripts/unused-compiler.cjs',
    '@fastify/fast-json-stringify-compiler': './scripts/unused-compiler.cjs',
    // Fastify loads both at every start: a tenth of it.
    'node:http2': './scripts/unused-http2.cjs',
    'node:https': './scripts/lazy-https.cjs',
  },
  // The place of the module, also where a user's bundler has turned the file into the other module system.
  define: { 'import.meta.url': '__moduleUrl' },
  inject: ['scripts/real-timers.mjs'],
}

const commonJs = {
  ...program,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
}

// What a start seldom needs, in files of their own. They share nothing with the rest, so that no module exists twice.
const seldom = {
  faker: '@faker-js/faker/locale/en',
  'pino-pretty': 'pino-pretty',
  swagger: '@fastify/swagger',
  'swagger-ui': '@fastify/swagger-ui',
  yaml: 'yaml',
}
const besideProgram = {
  name: 'beside-program',
  setup({ onResolve }) {
    for (const [name, specifier] of Object.entries(seldom)) {
      onResolve({ filter: new RegExp(`^${specifier}$`) }, ({ kind }) =>
        kind === 'entry-point' ? undefined : { path: `./${name}.cjs`, external: true },
      )
    }
  },
}

// The command line: one file, since Node takes longer to find and link forty files than to read one.
const commands = await build({
  ...commonJs,
  entryPoints: { commands: 'src/cli/commands.ts' },
  plugins: [besideProgram],
})
const beside = await build({ ...commonJs, entryPoints: seldom })
const hashOf = file => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 32)
const cli = await build({
  ...common,
  entryPoints: { cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'node14.18',
  define: { __commandsHash: JSON.stringify(hashOf('dist/commands.cjs')) },
  plugins: [
    {
      name: 'built-commands',
      setup({ onResolve }) {
        onResolve({ filter: /^\.\/commands\.ts$/ }, () => ({ path: resolve('scripts/built-commands.mjs') }))
      },
    },
  ],
})

const library = await build({
  ...program,
  entryPoints: { index: 'src/library/index.ts' },
  format: 'esm',
  splitting: true,
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { dirname as __pathDirname } from 'node:path';",
      "import { fileURLToPath as __toPath, pathToFileURL as __toUrl } from 'node:url';",
      'const __moduleUrl = import.meta.url ?? __toUrl(__filename).href;',
      'const require = __createRequire(__moduleUrl), __dirname = __pathDirname(__toPath(__moduleUrl));',
    ].join(' '),
  },
})

// The console in the browser: loaded by nobody until it is opened.
const consolePages = await build({
  metafile: true,
  entryPoints: { main: 'src/console/main.tsx', boot: 'src/console/boot.js', console: 'src/console/console.css' },
  outdir: 'dist/console',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  logLevel: 'warning',
})
for (const name of ['index.html', 'icon.svg']) copyFileSync(`src/console/${name}`, `dist/console/${name}`)

// For `require`: Jest does not load ES modules, neither by `require` nor by `import()`.
const required = await build({
  ...commonJs,
  entryPoints: { index: 'src/library/index.ts' },
  plugins: [besideProgram],
})

// The pages of Swagger UI, which its plugin reads from a folder.
const swaggerUi = dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui'))
mkdirSync('dist/swagger-ui')
cpSync(join(swaggerUi, 'static'), 'dist/swagger-ui', {
  recursive: true,
  // Two copies of the page's own program, which it does not load.
  filter: file => !/swagger-ui(-es-.*)?\.js$/.test(file),
})

const inputs = [commands, beside, cli, library, required, consolePages].flatMap(({ metafile }) =>
  Object.keys(metafile.inputs),
)
writeFileSync(
  'dist/THIRD-PARTY-LICENSES.txt',
  licenseNotices([...inputs, 'node_modules/@fastify/swagger-ui/static/swagger-ui-bundle.js']),
)
