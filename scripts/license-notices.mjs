// The licenses of the packages that are bundled into dist, which must accompany their code.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The notices for the packages that these files belong to, by name. */
export function licenseNotices(files) {
  const folders = new Set(files.flatMap(file => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []))
  const notices = [...folders].map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = existsSync(folder) && readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
    const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `License: ${license}`
    return { name, text: `${name} ${version} (${license})\n\n${text}\n` }
  })
  const rule = `\n${'-'.repeat(80)}\n\n`
  return notices
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ text }) => text)
    .join(rule)
}
