export const adminPrefix = '/__admin'

export const healthPath = '/health'
