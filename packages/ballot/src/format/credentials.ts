import { FormatError, list, readText, type Shape } from './shape.ts'

/** One line of the roll of allowed ballots: str(g^s), and a weight when it is not left out. */
export type PublicCredential = { readonly element: string; readonly weight: bigint }

const credential: Shape<PublicCredential> = (value, at) => {
  const match = typeof value === 'string' ? /^([0-9a-f]+)(?:,(0|[1-9]\d{0,77}))?$/.exec(value) : null
  if (!match) throw new FormatError(at, 'a public credential, or one with a comma and a weight')
  return { element: match[1]!, weight: BigInt(match[2] ?? 1) }
}

export const readCredentials = (source: string): PublicCredential[] => readText(list(credential), source)

/** `weighted`: write each weight, also 1, as Belenios does when an election has weights. */
export const writeCredentials = (credentials: readonly PublicCredential[], weighted = false): string =>
  JSON.stringify(
    credentials.map(({ element, weight }) => (weighted || weight !== 1n ? `${element},${weight}` : element)),
  )
