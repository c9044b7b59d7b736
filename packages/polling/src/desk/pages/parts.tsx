import { readFileSync } from 'node:fs'
import { encode } from 'uqr'
import type { Voter } from '../../format/index.ts'
import { addAsset, assetPath, fill, type Lang, type ScreenProps } from '../../screen/index.ts'
import type { DeskService } from '../service.ts'
import { deskWords } from '../words/index.ts'

addAsset('desk.css', readFileSync(new URL('../desk.css', import.meta.url)), 'text/css; charset=utf-8')
export const styles = () => [assetPath('desk.css')]

/** What every page of a desk needs to draw its frame. */
export type Frame = Pick<ScreenProps, 'lang' | 'path' | 'status'>
export const frameOf = (service: DeskService, lang: Lang, path: string): Frame => ({
  lang,
  path,
  status: service.status(),
})

export type Tone = 'in' | 'care' | 'no' | 'ask'
const marks: Record<Tone, string> = {
  in: 'M4 13l5 5L20 6',
  care: 'M12 3v11M12 19v2',
  no: 'M5 5l14 14M19 5L5 19',
  ask: 'M12 4v12M6 11l6 6 6-6M5 21h14',
}

/** One clear word with its mark and colour: readable across the table. */
export function Verdict({ tone, children }: { tone: Tone; children: string }) {
  return (
    <p class={`verdict ${tone}`} role="status">
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="3.2"
        stroke-linecap="round"
        aria-hidden="true"
      >
        <path d={marks[tone]} />
      </svg>
      {children}
    </p>
  )
}

const dataUrl = (photo: string) => `data:image/jpeg;base64,${photo}`

/** The photographs of the card and of the roll, side by side where there are both. */
export function Faces({
  lang,
  voter,
  card,
}: {
  lang: Lang
  voter?: Voter | undefined
  card?: { name: string; photo?: string } | undefined
}) {
  const words = deskWords(lang)
  const name = voter?.name ?? card?.name ?? ''
  const pictures = [
    ...(card?.photo ? [[words.photoCard, card.photo] as const] : []),
    ...(voter?.photo ? [[words.photoRoll, voter.photo] as const] : []),
  ]
  return (
    <div class="faces">
      {pictures.map(([caption, photo]) => (
        <figure class="face" key={caption}>
          <img src={dataUrl(photo)} alt={fill(words.photoOf, { name })} width={300} height={400} />
          <figcaption>{caption}</figcaption>
        </figure>
      ))}
      {pictures.length === 0 && (
        <div class="face">
          <span class="none">{words.noPhoto}</span>
        </div>
      )}
    </div>
  )
}

export function VoterFacts({ lang, voter, cardName }: { lang: Lang; voter: Voter; cardName?: string | undefined }) {
  const words = deskWords(lang)
  const rows: [string, string][] = [
    ...(cardName && cardName !== voter.name ? ([[words.cardName, cardName]] as [string, string][]) : []),
    [words.address, voter.address],
    ...(voter.born ? ([[words.born, voter.born]] as [string, string][]) : []),
    [words.last4, voter.last4],
  ]
  return (
    <dl class="facts">
      {rows.map(([label, value]) => [<dt key={label}>{label}</dt>, <dd key={`${label}-value`}>{value}</dd>])}
      {voter.additional && <dd>{words.additional}</dd>}
    </dl>
  )
}

/** "Nomor 12 · Siti" */
export const voterTitle = (lang: Lang, voter: Voter): string =>
  `${fill(deskWords(lang).number, { no: voter.no })} · ${voter.name}`

/** Black on white in every theme, so that a camera reads it. */
export function Square({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2, ecc: 'M' })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <div class="stamp-square">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
        <path d={dark.join('')} fill="#000" />
      </svg>
    </div>
  )
}
