/** What lies on the phone lies in boxes: AES-256-GCM with a key that cannot be taken out of the browser. */
export type Box = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

const text = new TextEncoder()
const iterations = 310_000

/** The key for all that belongs to one service, made of the secret that the server gave for it. */
export async function keyOf(secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode('melayani field') },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** A key of this browser alone, which never leaves it: a copy of what is stored cannot be tried against PINs elsewhere. */
export const newOwnKey = () =>
  crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']) as Promise<CryptoKey>

/** The key that locks the secrets: from the PIN (PBKDF2) and the browser's own key. */
export async function lockOf(pin: string, salt: Uint8Array<ArrayBuffer>, own: CryptoKey): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, 256)
  const mixed = await crypto.subtle.sign('HMAC', own, bits)
  return crypto.subtle.importKey('raw', mixed, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function boxed(key: CryptoKey, content: Uint8Array<ArrayBuffer> | string): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bytes = typeof content === 'string' ? text.encode(content) : content
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
}

/** What is in a box; throws with another key, or when it was changed. */
export const unboxed = async (key: CryptoKey, { iv, data }: Box): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data))

export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

export const hexOf = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => hexOf(await crypto.subtle.digest('SHA-256', bytes))

export function base64Of(bytes: Uint8Array): string {
  let plain = ''
  for (let at = 0; at < bytes.length; at += 8192) plain += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(plain)
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

/** PINs that are tried first. */
export function isSimple(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i]))
  const twice = pin.slice(0, 3) === pin.slice(3) || pin.slice(0, 2).repeat(3) === pin
  return new Set(steps).size === 1 || twice
}
