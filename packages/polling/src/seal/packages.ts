import { z } from 'zod'
import type { OpenCard } from '../card/index.ts'
import {
  type ElectionPackage,
  hashOf,
  type PackageFault,
  packageKind,
  readPackage,
  type Signature,
  signedShape,
} from '../format/index.ts'

const shape = z.object({ format: z.literal('melayani-packages/1'), packages: z.array(signedShape).min(1).max(1000) })

export type PackageSignatures = {
  readonly format: 'melayani-package-signatures/1'
  readonly signatures: readonly { readonly package: string; readonly signature: Signature }[]
}

export type SealFault =
  | { readonly rule: 'seal.form' | 'seal.card' | 'seal.committee'; readonly at: string }
  | PackageFault

/** A package for somebody who compares it with paper before signing: what must be the same there. */
export type ToSign = {
  readonly hash: string
  readonly mode: 'real' | 'practice'
  readonly election: string
  readonly tps: number
  readonly candidates: readonly { readonly number: number; readonly name: string; readonly photoHash?: string }[]
  readonly roll: { readonly count: number; readonly hash: string }
  readonly centre: string
}

/** The packages that the centre signed, each checked as a polling place would; only the committee's own signature is missing. */
export function readPackages(
  text: string,
): { ok: true; texts: string[]; packages: ToSign[]; committee: string } | { ok: false; faults: SealFault[] } {
  let given: z.infer<typeof shape>
  try {
    given = shape.parse(JSON.parse(text))
  } catch {
    return { ok: false, faults: [{ rule: 'seal.form', at: '' }] }
  }
  const faults: SealFault[] = []
  const committees = new Set<string>()
  const packages = given.packages.flatMap((signed, at): ToSign[] => {
    const read = readPackage(signed)
    if (!read.ok)
      faults.push(
        ...read.faults
          .filter(({ rule }) => rule !== 'signature.committee')
          .map((fault) => ({ ...fault, at: `packages.${at}.${fault.at}` })),
      )
    if (faults.length > 0) return []
    const content = JSON.parse(signed.text) as ElectionPackage
    committees.add(content.committee.key)
    return [
      {
        hash: hashOf(signed.text),
        mode: content.mode,
        election: content.election.name,
        tps: content.tps.number,
        candidates: content.candidates.map(({ number, name, photoHash }) => ({
          number,
          name,
          ...(photoHash && { photoHash }),
        })),
        roll: { count: content.roll.count, hash: content.roll.hash },
        centre: content.centre.key,
      },
    ]
  })
  if (faults.length === 0 && committees.size !== 1) faults.push({ rule: 'seal.committee', at: 'packages' })
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, texts: given.packages.map((each) => each.text), packages, committee: [...committees][0]! }
}

/** The committee's card signs every package. Refused with a card that is not the one they name. */
export function signPackages(
  text: string,
  card: Pick<OpenCard, 'key' | 'sign'>,
): { ok: true; signatures: PackageSignatures } | { ok: false; faults: SealFault[] } {
  const read = readPackages(text)
  if (!read.ok) return read
  if (card.key !== read.committee) return { ok: false, faults: [{ rule: 'seal.card', at: card.key }] }
  const signatures = read.texts.map((each) => ({ package: hashOf(each), signature: card.sign(packageKind, each) }))
  return { ok: true, signatures: { format: 'melayani-package-signatures/1', signatures } }
}
