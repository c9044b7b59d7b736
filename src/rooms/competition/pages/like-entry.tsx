import { fill, formatNumber } from '#platform/text.ts'
import type { Candidate, Winner } from '../domain/identity.ts'
import { admissionWords } from '../text/admission.ts'
import { levelName } from '../text/admission-rule.ts'
import type { EntryPageProps } from './admission-entry.tsx'

export type LikeWinner = Candidate<Winner & { innovation: string; level: string; agencyName: string; source: string }>
export type Alike = {
  id: string
  title: string
  agencyName: string
  year: number | null
  titleLikeness: number
  textLikeness: number | null
}

/** Winners of earlier years that may be the same innovation, and why. */
export function Winners({ view: { lang }, winners }: EntryPageProps) {
  const w = admissionWords(lang)
  const percent = (value: number) => formatNumber(value * 100, lang, 0)
  const words = {
    'same-title': () => w.evidenceSameTitle,
    'near-title': (value: number) => fill(w.evidenceNearTitle, { percent: percent(value) }),
    'same-agency': () => w.evidenceSameAgency,
    'same-start': () => w.evidenceSameStart,
    'shared-text': (value: number) => fill(w.evidenceSharedText, { percent: percent(value) }),
  }
  return (
    <section aria-labelledby="pemenang">
      <h2 id="pemenang">{w.priorWinners}</h2>
      {winners.length === 0 && <p class="soft">{w.priorWinnersEmpty}</p>}
      <ul class="cards">
        {winners.map(({ winner, likeness, relation, evidence }) => (
          <li key={winner.id}>
            <h3>{winner.title}</h3>
            <p class="meta">
              <span>{winner.agencyName}</span>
              <span>
                {levelName(winner.level, lang)} {winner.year || ''}
              </span>
              <span>{fill(w.likePercent, { percent: percent(likeness) })}</span>
            </p>
            <p class="small">
              {w[relation]}: {evidence.map(({ kind, value }) => words[kind](value)).join(', ')}.{' '}
              <span class="soft">{winner.source}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Entries whose title or text is like this one's. */
export function AlikeList({ view: { lang }, alike, round, entry }: EntryPageProps) {
  const w = admissionWords(lang)
  return (
    <section aria-labelledby="mirip">
      <h2 id="mirip">{w.likeTitle}</h2>
      {alike.length === 0 && <p class="soft">{w.likeEmpty}</p>}
      <ul class="cards">
        {alike.map((other) => (
          <li key={other.id}>
            <h3>{other.title}</h3>
            <p class="meta">
              <span>{other.agencyName}</span>
              {other.year && <span>{other.year}</span>}
              <span>
                {fill(w.likePercent, {
                  percent: formatNumber(Math.max(other.titleLikeness, other.textLikeness ?? 0) * 100, lang, 0),
                })}
              </span>
            </p>
            <p>
              <a href={`/competition/rounds/${round.id}/admission/${entry.id}/beside/${other.id}`}>
                {w.compareSideBySide}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
