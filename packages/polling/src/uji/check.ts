import { checkOpening, type OpeningFault } from '@melayani/ballot/cast'
import { joinParts } from '../print/documents/parts.ts'

/** What came of one more code of a sheet. */
export type Heard =
  /** No code of a sheet of UJI, or one of another sheet than those before: it is left out. */
  | { readonly heard: 'form' | 'mixed' }
  /** All are there, and do not fit together: one was read wrong. A code that is scanned again takes the place of what it was. */
  | { readonly heard: 'damaged' }
  | { readonly heard: 'missing'; readonly missing: readonly number[] }
  | { readonly heard: 'whole'; readonly record: string }

/** Takes the codes of one sheet of UJI, in any order and any number of times (R62). */
export function openSheet(): (scanned: string) => Heard {
  const parts: string[] = []
  return (scanned) => {
    // A scanner ends with Enter, and people paste with spaces around; no code begins or ends with one.
    const part = scanned.trim()
    if (!part.startsWith('MLYP:UJI:')) return { heard: 'form' }
    const joined = joinParts([...parts, part])
    if (joined.ok) return { heard: 'whole', record: joined.text }
    if ('wrong' in joined && joined.wrong !== 'damaged') return { heard: joined.wrong }
    parts.push(part)
    return 'missing' in joined ? { heard: 'missing', missing: joined.missing } : { heard: 'damaged' }
  }
}

export type UjiVerdict =
  /** What the booth had encrypted: an answer of the election, "2. Budi Santoso", or blank. */
  | { readonly right: true; readonly chosen: string; readonly trackingCode: string }
  | { readonly right: false; readonly faults: readonly OpeningFault[] }

/** Judges what a sheet holds by the election's own text: the ballot's proofs, and that r and m are what its ciphertexts hold. */
export function judgeUji(electionText: string, record: string): UjiVerdict {
  const verdict = checkOpening(electionText, record)
  if (!('chosen' in verdict)) return { right: false, faults: verdict.faults }
  // The package has one question with exactly one answer or blank (see read-package.ts).
  const [chosen] = verdict.chosen
  return { right: true, chosen: chosen === 'blank' ? chosen : chosen!.join(', '), trackingCode: verdict.trackingCode }
}
