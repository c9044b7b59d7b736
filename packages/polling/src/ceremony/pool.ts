import { type Group, platformRandom, type Random, writeCredentials } from '@melayani/ballot'
import { drawCredential, publicCredential, publicCredentials, withCheck } from '@melayani/ballot/cast'

export type Pool = {
  /** With check characters, in the order in which they are printed. Secret: they leave memory on paper only. */
  readonly tokens: readonly string[]
  /** Text of the sorted public halves. */
  readonly credentials: string
}

/**
 * Draws the tokens of one polling place. The public halves are sorted, the private ones shuffled after they were drawn: no
 * place in the list, on the sheets or in the generator's stream says anything about another.
 */
export function drawPool<E>(group: Group<E>, uuid: string, size: number, random: Random = platformRandom): Pool {
  const drawn = Array.from({ length: size }, () => drawCredential(random))
  const credentials = writeCredentials(
    publicCredentials(
      group,
      drawn.map((each) => ({ element: publicCredential(group, uuid, each), weight: 1n })),
    ),
  )
  return { tokens: shuffled(drawn.map(withCheck), random), credentials }
}

/** Fisher and Yates, each order equally likely. */
export function shuffled<T>(list: readonly T[], random: Random = platformRandom): T[] {
  const mixed = [...list]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = below(at + 1, random)
    const held = mixed[at]!
    mixed[at] = mixed[other]!
    mixed[other] = held
  }
  return mixed
}

/** A whole number from 0, below a limit of at most 2^32; numbers that would favour the low ones are thrown away. */
function below(limit: number, random: Random): number {
  const fair = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const [a, b, c, d] = random(4)
    const value = a! * 2 ** 24 + b! * 2 ** 16 + c! * 2 ** 8 + d!
    if (value < fair) return value % limit
  }
}
