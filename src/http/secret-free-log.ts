import type { Log } from '../log.ts'

/** The value with all of its texts changed. Errors stay as they are. */
function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(each => changed(each, change))
  if (typeof value !== 'object' || value === null || value instanceof Error) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, change)]))
}

export function secretFreeLog(log: Log, hide: () => (text: string) => string): Log {
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (facts: object, sentence: string): void => {
      if (log.isLevelEnabled?.(level) === false) return
      const change = hide()
      log[level](changed(facts, change) as object, change(sentence))
    }
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    isLevelEnabled: level => log.isLevelEnabled?.(level) !== false,
  }
}
