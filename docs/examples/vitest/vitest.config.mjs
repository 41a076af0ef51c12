import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['*.test.mjs'],
    globalSetup: './global-setup.mjs',
    // For this repository alone, where the emulator is no installed package: Vitest would transform it.
    server: { deps: { external: [/\/dist\//] } },
  },
})
