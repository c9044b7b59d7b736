import { type ElectionPackage, hashOf, shortHash } from '../../format/index.ts'
import type { Block, Paper, PaperKind, PaperLang } from '../paper.ts'
import { practiceMark } from './slip.ts'
import { type DocumentWords, dayInWords, documentWords } from './words.ts'

/** What every paper of officers is made from. `text` is the package's, as it was signed. */
export type Place = { readonly package: ElectionPackage; readonly text: string; readonly lang: PaperLang }

/** Who signs: the role as people say it, and the name. */
export type Signer = readonly [role: string, name: string]

/**
 * A paper of officers: title, election, polling place and short hash of the package, its own blocks, and the places to sign. The foot of each
 * A4 page repeats the hashes, of the package and of what the paper is about.
 */
export function officersPaper(
  { package: content, text, lang }: Place,
  kind: PaperKind,
  title: (words: DocumentWords) => string,
  own: (words: DocumentWords) => readonly Block[],
  { signers = [], hash }: { signers?: readonly Signer[]; hash?: string } = {},
): Paper {
  const w = documentWords(lang)
  const packageHash = shortHash(hashOf(text))
  const { village } = content.election
  return {
    kind,
    lang,
    title: title(w),
    foot: [`${w.package} ${packageHash}`, ...(hash ? [`${w.hash} ${shortHash(hash)}`] : [])].join(' · '),
    blocks: [
      ...practiceMark(content, w.practice),
      { text: title(w), size: 2, bold: true, centre: true, heading: 1 },
      { text: content.election.name, centre: true },
      {
        pairs: [
          [w.tps, `${content.tps.number}, ${content.tps.place}`],
          [w.village, [village.name, village.district, village.regency].join(', ')],
          [w.date, dayInWords(lang, content.election.date)],
          [w.package, packageHash],
        ],
      },
      ...own(w),
      ...(signers.length ? [{ signatures: signers }] : []),
      ...practiceMark(content, w.practice),
      { cut: true },
    ],
  }
}

/** A whole hash as people compare it: groups of four, capitals. */
export const wholeHash = (hash: string): string => hash.toUpperCase().match(/.{4}/g)!.join(' ')
