/** Exponents that are lifted modulo the order, as the sum of many multiples wants them. */

/** q, the order of the subgroup, in words of 32 bits. */
const ORDER: usize = memory.data<u32>([0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de, 0, 0, 0, 0x10000000], 8)

/**
 * For each of `count` exponents z, 32 bytes at the front of `bytes` (a multiple of 8): writes z + q r + H over them. r is
 * the number of the lowest `bits` bits at `lifts`, which lie `liftBytes` (a multiple of 8) apart; H has `bytes` bytes.
 * The sums are below 2^(8 bytes).
 */
export function lift(
  exponents: usize, bytes: usize, lifts: usize, liftBytes: usize, bits: i32, half: usize, count: i32,
): void {
  for (let i = 0; i < count; i++) {
    memory.fill(exponents + 32, 0, bytes - 32)
    for (let at: usize = 0; at < bytes; at += 4) {
      const left = bits - <i32>at * 8
      if (left <= 0) break
      const word = <u64>load<u32>(lifts + at) & (left < 32 ? ((<u64>1) << left) - 1 : 0xffffffff)
      addProduct(exponents + at, bytes - at, word)
    }
    let carry: u64 = 0
    for (let at: usize = 0; at < bytes; at += 4) {
      carry += <u64>load<u32>(exponents + at) + load<u32>(half + at)
      store<u32>(exponents + at, <u32>carry)
      carry >>= 32
    }
    exponents += bytes
    lifts += liftBytes
  }
}

/** Adds q times a word of 32 bits to a number of `bytes` bytes. */
@inline
function addProduct(number: usize, bytes: usize, word: u64): void {
  let carry: u64 = 0
  for (let at: usize = 0; at < bytes; at += 4) {
    if (at >= 32 && carry == 0) break
    carry += <u64>load<u32>(number + at)
    if (at < 32) carry += word * load<u32>(ORDER + at)
    store<u32>(number + at, <u32>carry)
    carry >>= 32
  }
}
