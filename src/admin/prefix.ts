export const adminPrefix = '/__admin'

/** Below the prefix. */
export const healthPath = '/health'
