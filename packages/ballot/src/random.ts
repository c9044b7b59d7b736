/** Bytes nobody can foresee. Passed in everywhere, so that the core asks no platform and a test can replay. */
export type Random = (length: number) => Uint8Array

/** The CSPRNG of the platform: Node, browsers and workers have the same one. */
export const platformRandom: Random = (length) => {
  const bytes = new Uint8Array(length)
  // getRandomValues hands out at most 65,536 bytes at a time.
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

/** A number in [0, order), each equally likely: bytes that would favour the low ones are thrown away and drawn anew. */
export function randomScalar(order: bigint, random: Random): bigint {
  const bits = order.toString(2).length
  const length = Math.ceil(bits / 8)
  for (;;) {
    const bytes = random(length)
    bytes[0]! &= 0xff >>> (length * 8 - bits)
    const value = bigEndian(bytes)
    if (value < order) return value
  }
}

export function bigEndian(bytes: Uint8Array): bigint {
  let hex = '0x'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(bytes.length === 0 ? 0 : hex)
}
