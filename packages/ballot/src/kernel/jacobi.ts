/**
 * The Jacobi symbol (x/n) for odd n > 0 and 0 <= x: 1, -1, or 0 when they have a common factor (Cohen, "A Course in
 * Computational Algebraic Number Theory", Algorithm 1.4.10: Euclid's, with the quadratic law of reciprocity). For a prime
 * n it is x^((n-1)/2), Euler's criterion, and found in a tenth of the time. Variable-time: public values only.
 */
export function jacobi(x: bigint, n: bigint): -1 | 0 | 1 {
  let [a, b] = [x % n, n]
  let isNegative = false
  while (a !== 0n) {
    const twos = trailingZeros(a)
    a >>= BigInt(twos)
    const [lowA, lowB] = [lowBits(a), lowBits(b)]
    // (2/b) = -1 for b = 3, 5 modulo 8; (a/b) = -(b/a) when both are 3 modulo 4.
    if (twos % 2 === 1 && (lowB === 3 || lowB === 5)) isNegative = !isNegative
    if (lowA % 4 === 3 && lowB % 4 === 3) isNegative = !isNegative
    ;[a, b] = [b % a, a]
  }
  if (b !== 1n) return 0
  return isNegative ? -1 : 1
}

const lowBits = (value: bigint): number => Number(BigInt.asUintN(3, value))

/** Of a number that is not 0. */
function trailingZeros(value: bigint): number {
  for (let shift = 0; ; shift += 32) {
    const low = Number(BigInt.asUintN(32, value >> BigInt(shift)))
    if (low !== 0) return shift + 31 - Math.clz32(low & -low)
  }
}
