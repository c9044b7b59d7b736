import type { Db, Tx } from '#platform/db.ts'
import { comparedText } from '../domain/compared-text.ts'
import type { Candidate } from '../domain/identity.ts'
import type { Round } from '../domain/running-round.ts'
import { shingles, signature, without } from '../domain/similarity.ts'
import { compareTitles } from '../domain/title.ts'
import * as duplicate from '../store/duplicate.ts'
import { type PriorWinner, winnersLike } from './examination.ts'

/** A draft as its owners are writing it. */
export type Draft = {
  agency: string
  id: string
  title: string
  group: string
  startedOn: string | null
  agencyName: string
  unitName: string
  answers: Readonly<Record<string, string>>
}

/**
 * A submission that a draft is like. Its agency is named only when it is the draft's own or the submission is a later
 * published matter; the title of a submission of this round may be told, because a title counts once.
 */
export type SimilarProposal = {
  id: string
  title: string
  agencyName: string | null
  sameAgency: boolean
  sameRound: boolean
  year: number | null
  titleLikeness: number
  textLikeness: number | null
}

export type Similar = { winners: Candidate<PriorWinner>[]; proposals: SimilarProposal[] }

/**
 * What a draft is like now: earlier winners, and submissions of this round and earlier years, by the trigram and the
 * band index. Six queries at most, a few milliseconds; nothing is stored.
 */
export async function similarNow(db: Db | Tx, draft: Draft, round: Round, at: Date): Promise<Similar> {
  const { titleSimilarity, textSimilarity } = round.rules.duplicates
  const content = { title: draft.title, group: draft.group, answers: draft.answers }
  const winners = await winnersLike(db, round, [{ ...draft, content: content as never }])
  const wording = await duplicate.wordingInForce(db, at)
  const set = shingles(comparedText(round.rules, draft.group, draft.answers).text)
  const asked = { signature: signature(without(set, wording.shingles)), wording: wording.id, not: draft.id }
  const texts = await duplicate.textsLike(db, asked, textSimilarity)
  const titles = await duplicate.titlesNear(db, draft.title.trim() === '' ? [] : [draft.title])
  const others = await duplicate.listOthers(db, [
    ...texts.map(({ proposal }) => proposal),
    ...titles.map(({ proposal }) => proposal).filter((id) => id !== draft.id),
  ])
  const proposals = [...others.values()]
    .filter((other) => other.state !== 'withdrawn')
    .filter((other) => other.round === round.id || (other.year ?? 0) < round.rules.year)
    .map((other): SimilarProposal & { near: boolean } => {
      const title = compareTitles(draft.title, other.title, titleSimilarity)
      const textLikeness = texts.find(({ proposal }) => proposal === other.id)?.likeness ?? null
      const sameAgency = other.agency === draft.agency
      return {
        id: other.id,
        title: other.title,
        agencyName: sameAgency || other.published ? other.agencyName : null,
        sameAgency,
        sameRound: other.round === round.id,
        year: other.year,
        titleLikeness: title.similarity,
        textLikeness,
        near: title.rule !== 'different' || textLikeness !== null,
      }
    })
    .filter(({ near }) => near)
    .map(({ near: _, ...rest }) => rest)
    .sort((a, b) => strength(b) - strength(a) || (a.id < b.id ? -1 : 1))
  return { winners: winners.get(draft.id) ?? [], proposals }
}

const strength = (of: SimilarProposal) => Math.max(of.titleLikeness, of.textLikeness ?? 0)
