import type { Type } from '../schema/json-schema.ts'
import { formatKorean, formatKoreanLocal } from '../time/korean-date.ts'
import { seoulDate, seoulLocalDate } from './vocabulary.ts'

export interface DateStyle {
  readonly schema: ReturnType<typeof Type.String>
  readonly write: (moment: number) => string
}

/** Korean time with offset and seconds: editions from 2025-03 on. */
export const withOffset: DateStyle = { schema: seoulDate, write: formatKorean }

/** Korean time with milliseconds and no offset: edition 2023-10. */
export const local: DateStyle = { schema: seoulLocalDate, write: formatKoreanLocal }
