import { type Command, commandNames, formOf } from './commands.ts'
import { configFlag, type Option, options } from './options.ts'

export const usageOf = ({ flag, value }: Pick<Option<unknown>, 'flag' | 'value'>): string =>
  value === undefined ? `--${flag}` : `--${flag} ${value}`

function flagsOf(command: Command): string {
  const rows = Object.entries(formOf(command).flags ?? {}).map(
    ([flag, { value, help }]) => `  ${usageOf({ flag, ...(value !== undefined && { value }) })}\n      ${help}\n`,
  )
  return rows.length === 0 ? '' : `Flags of ${command}\n${rows.join('')}\n`
}

export function helpText(): string {
  const rows = commandNames.map(name => {
    const { words, help } = formOf(name)
    return `  ${name.padEnd(10)}${words === undefined ? '' : `${words}: `}${help}`
  })
  const flags = Object.values(options).map(
    option => `  ${usageOf(option)}\n      ${option.help}\n      default ${option.shown}, environment ${option.env}`,
  )
  return `ncp-dataflow-emulator: a local emulator of NAVER Cloud Platform's Data Flow API

Usage: ncp-dataflow-emulator [command] [flags]

Commands
${rows.join('\n')}

${commandNames.map(flagsOf).join('')}Flags (they win over the environment, that wins over the config file)
${flags.join('\n')}
  --config FILE
      JSON or YAML file of the options above by their names
      environment ${configFlag.env}
  --help, --version
`
}
