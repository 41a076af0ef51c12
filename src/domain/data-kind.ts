export const dataKinds = ['jobs', 'executions', 'workflows', 'triggers'] as const
export type DataKind = (typeof dataKinds)[number]
