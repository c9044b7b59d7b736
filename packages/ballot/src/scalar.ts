/** Arithmetic modulo q. Numbers are BigInt; what is secret is never branched on, but BigInt itself is not constant-time. */
export const modulo = (value: bigint, order: bigint): bigint => {
  const rest = value % order
  return rest < 0n ? rest + order : rest
}

/** value^-1 modulo a prime, by Fermat: value^(p-2). */
export const inverseModulo = (value: bigint, prime: bigint): bigint =>
  powerModulo(modulo(value, prime), prime - 2n, prime)

export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}
