import { editions } from '../api/editions/editions.ts'
import type { CommandLine } from '../config/command-line.ts'
import { openApiDocument } from '../http/document.ts'

export async function openapi({ config }: CommandLine): Promise<void> {
  process.stdout.write(await openApiDocument(editions[config.edition], config.assume))
}
