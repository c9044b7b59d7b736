import { createHash, randomBytes } from 'node:crypto'
import { type Element, mod, type PlainGroup, plainGroup } from '../../src/reference/groups.ts'
import { readSecrets, type Secrets } from './read.ts'

/** What somebody who holds the secrets of an archive can sign and prove. 3.x credentials, Ed25519. */
const hashNumber = (text: string) => BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
export const base64Hash = (text: string) => createHash('sha256').update(text).digest('base64').slice(0, 43)

export const ed: PlainGroup = plainGroup('Ed25519')!
const { q, g } = ed
const nonce = () => mod(BigInt(`0x${randomBytes(48).toString('hex')}`), q)

export type ProofText = { challenge: string; response: string }

/** Knowledge of `secret`: A = g^w, challenge = HZ(prefix A), response = w - secret·challenge. */
export function prove(secret: bigint, prefix: string): ProofText {
  const w = nonce()
  const challenge = mod(hashNumber(`${prefix}${g.power(w).text}`), q)
  return { challenge: `${challenge}`, response: `${mod(w - secret * challenge, q)}` }
}

/** alpha^x and its proof. */
export function decrypt(secret: bigint, phi: string, alpha: Element): { factor: string; proof: ProofText } {
  const w = nonce()
  const [A, B] = [g.power(w), alpha.power(w)]
  const challenge = mod(hashNumber(`decrypt|${phi}|${g.power(secret).text}|${A.text},${B.text}`), q)
  const proof = { challenge: `${challenge}`, response: `${mod(w - secret * challenge, q)}` }
  return { factor: alpha.power(secret).text, proof }
}

export type Forger = {
  /** The ballot with a signature by its own credential, over whatever its text now is. */
  sign(text: string): string
  /** A trustee's key with its proof. */
  key(secret: bigint): { pok: ProofText; public_key: string }
  /** Signs a message of the key generation as the trustee with this verification key. */
  signMessage(verification: string, text: string): ProofText
  single: bigint
}

export function forger(name: string, uuid: string): Forger {
  const secrets: Secrets = readSecrets(name)
  const byPublic = (secret: bigint): [string, bigint] => [g.power(secret).text, secret]
  // hex(derive_credential|uuid|0|cred) ‖ hex(derive_credential|uuid|1|cred)
  const credentials = new Map(
    secrets.credentials.map((credential) => {
      const half = (k: number) => hashNumber(`derive_credential|${uuid}|${k}|${credential}`)
      return byPublic(mod((half(0) << 256n) + half(1), q))
    }),
  )
  const signers = new Map(secrets.seeds.map((seed) => byPublic(mod(hashNumber(`sk|${seed}`), q))))
  return {
    sign(text) {
      const at = text.lastIndexOf(',"signature":')
      const unsigned = `${at < 0 ? text.slice(0, -1) : text.slice(0, at)}}`
      // Not by JSON.parse: the answers may be anything.
      const [, credential] = /"credential":"([0-9a-f]+)"/.exec(unsigned)!
      const hash = base64Hash(unsigned)
      const proof = prove(credentials.get(credential!)!, `sig|${hash}|`)
      return `${unsigned.slice(0, -1)},"signature":${JSON.stringify({ hash, proof })}}`
    },
    key(secret) {
      const { text } = g.power(secret)
      return { pok: prove(secret, `pok|Ed25519|${text}|`), public_key: text }
    },
    signMessage: (verification, text) => prove(signers.get(verification)!, `sigmsg|${text}|`),
    single: BigInt(secrets.singles[0]!),
  }
}
