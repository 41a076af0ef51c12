import type { KeyPair, SignatureHeaders } from './sign-request.ts'
