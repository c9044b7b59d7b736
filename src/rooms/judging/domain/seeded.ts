/**
 * 32-bit fingerprint of a text: FNV-1a over UTF-16 code units, then the murmur3 finaliser.
 *
 * Integer operations only, so that it is the same in every engine. It orders things by lot; it protects nothing.
 */
export function fingerprint(text: string): number {
  let h = 0x811c9dc5
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Order of two texts by UTF-16 code unit. `localeCompare` would follow the language data of the machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Order by a lot drawn from the seed: nobody can choose it after the seed is published, anybody can repeat it. */
export function byLot(seed: string): (a: string, b: string) => number {
  return (a, b) => fingerprint(`${seed}\n${a}`) - fingerprint(`${seed}\n${b}`) || byCodeUnit(a, b)
}

/** Uniform numbers in [0, 1) from a seed: the sfc32 generator of PractRand, 32 random bits each. */
export function uniforms(seed: string): () => number {
  let a = fingerprint(`${seed}\na`)
  let b = fingerprint(`${seed}\nb`)
  let c = fingerprint(`${seed}\nc`)
  let counter = 1
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 4294967296
  }
  for (let k = 0; k < 12; k++) next()
  return next
}
