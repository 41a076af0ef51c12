import { helpText } from '../config/help.ts'

export const help = (): void => void process.stdout.write(helpText())
