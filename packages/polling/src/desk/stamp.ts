import { type SigningKey, sign } from '../format/index.ts'

const stepMinutes = 5

/**
 * What makes a sealed token open a booth for a while: `S.<five-minute step>.<desk number>.<signature>`. The desk signs the
 * package and the step, nothing of the voter and nothing of the token, which it never reads: all stamps of a desk in the same
 * five minutes are one text (T17, T22).
 */
export function stampText(packageHash: string, desk: number, key: SigningKey, now: Date): string {
  const step = Math.floor(now.getTime() / (stepMinutes * 60_000))
  const { signature } = sign(
    'stamp/1',
    `${packageHash}/${step}`,
    { role: 'device', signer: `desk-${desk}` },
    key.secret,
  )
  return `S.${step}.${desk}.${Buffer.from(signature, 'hex').toString('base64url')}`
}
