import { version } from '../package.ts'
import { print } from './output.ts'

export const printVersion = (): void => print(version())
