/** The headers of the signature scheme, in lower case as Node hands them over. */
export const authHeaderNames = {
  timestamp: 'x-ncp-apigw-timestamp',
  accessKey: 'x-ncp-iam-access-key',
  signature: 'x-ncp-apigw-signature-v2',
  signatureV1: 'x-ncp-apigw-signature-v1',
} as const
