import type { Db, Tx } from '#platform/db.ts'
import { admissionFindings } from '../domain/admission.ts'
import type {
  AdmissionFacts,
  AdmissionProposal,
  EvidenceItem,
  Likeness as LikeFact,
} from '../domain/admission-finding.ts'
import { comparedText } from '../domain/compared-text.ts'
import { typedAnswers } from '../domain/draft.ts'
import { type Candidate, rankWinners, type Winner } from '../domain/identity.ts'
import { invitedGroups, isInvited } from '../domain/invitation.ts'
import { awardsOf, innovationsHeld } from '../domain/prior-award.ts'
import { statementKey } from '../domain/proposal.ts'
import { questionsFor } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { commonShingles, shingles, signature as sign, without } from '../domain/similarity.ts'
import { compareTitles } from '../domain/title.ts'
import * as duplicate from '../store/duplicate.ts'
import * as examination from '../store/examination.ts'
import { standing } from '../store/invitation.ts'
import { findRound } from '../store/round.ts'

/** Submissions that are compared in one transaction. */
const portion = 100
/** Fewer texts than this teach nothing of the form's wording: three copies would count as wording. */
const fewestToLearn = 100
const mostToLearn = 300

type Submitted = examination.Submitted

/**
 * Sign these submissions, find what they are like and examine them and those they are like in their round. Enqueued in
 * the transaction of a submission, and run for a whole round by `compareRound`.
 */
export async function compareSubmissions(db: Db, ids: readonly string[], at: Date): Promise<void> {
  for (let from = 0; from < ids.length; from += portion)
    await db.transaction().execute(async (tx) => {
      await duplicate.holdComparing(tx)
      const found = await examination.listSubmitted(tx, ids.slice(from, from + portion))
      for (const [round, entries] of await byRound(tx, found)) {
        const signed = await signEntries(tx, round, entries, at)
        const touched = await findLikenesses(tx, round, entries, signed, at)
        await examineEntries(tx, round, touched, at)
      }
    })
}

/**
 * Compare and examine a whole round anew. Learns the form's wording once, as soon as there are enough texts, and then
 * signs every text of every year again, because signatures made with different lists cannot be compared.
 */
export async function compareRound(db: Db, round: string, at: Date): Promise<void> {
  const ids = await examination.listSubmittedIds(db, round)
  await learnWording(db, round, ids, at)
  await signAll(db, at)
  await duplicate.forgetLikenesses(db, round)
  await compareSubmissions(db, ids, at)
}

async function learnWording(db: Db, id: string, ids: readonly string[], at: Date) {
  const round = await findRound(db, id)
  if (!round || ids.length < fewestToLearn || (await duplicate.isLearnt(db, id))) return
  const every = Math.max(1, Math.floor(ids.length / mostToLearn))
  const sample = ids.filter((_, i) => i % every === 0).slice(0, mostToLearn)
  const texts = await examination.listSubmitted(db, sample)
  const sets = texts.map((entry) => shingles(textOf(round, entry)))
  await duplicate.addWording(db, { round: id, shingles: commonShingles(sets), texts: sets.length, at })
}

async function signAll(db: Db, at: Date) {
  for (;;) {
    const left = await db.transaction().execute(async (tx) => {
      await duplicate.holdComparing(tx)
      const wording = await duplicate.wordingInForce(tx, at)
      const ids = await duplicate.listUnsigned(tx, wording.id, portion)
      for (const [round, entries] of await byRound(tx, await examination.listSubmitted(tx, ids)))
        await signEntries(tx, round, entries, at)
      return ids.length
    })
    if (left < portion) return
  }
}

async function byRound(db: Db | Tx, entries: readonly Submitted[]): Promise<[Round, Submitted[]][]> {
  const groups: [Round, Submitted[]][] = []
  for (const [id, members] of Map.groupBy(entries, (entry) => entry.round)) {
    const round = await findRound(db, id)
    if (round) groups.push([round, members])
  }
  return groups
}

const textOf = ({ rules }: Round, entry: Pick<Submitted, 'group' | 'content'>) =>
  comparedText(rules, entry.group, entry.content.answers).text

async function signEntries(tx: Tx, round: Round, entries: readonly Submitted[], at: Date) {
  const wording = await duplicate.wordingInForce(tx, at)
  const signed = entries.map((entry) => {
    const set = without(shingles(textOf(round, entry)), wording.shingles)
    return { agency: entry.agency, proposal: entry.id, round: round.id, signature: sign(set), words: set.length }
  })
  await duplicate.saveSignatures(tx, signed, wording.id, at)
  return { wording: wording.id, signatures: new Map(signed.map((each) => [each.proposal, each.signature])) }
}

/** Finds and keeps what each entry is like; returns the ids whose findings this may change. */
async function findLikenesses(
  tx: Tx,
  { id: round, rules }: Round,
  entries: readonly Submitted[],
  signed: Awaited<ReturnType<typeof signEntries>>,
  at: Date,
): Promise<string[]> {
  const touched = new Set(entries.map(({ id }) => id))
  const titles = Map.groupBy(
    await duplicate.titlesNear(
      tx,
      entries.map(({ title }) => title),
    ),
    (match) => match.asked,
  )
  for (const entry of entries) {
    const asked = { signature: signed.signatures.get(entry.id)!, wording: signed.wording, not: entry.id }
    const texts = await duplicate.textsLike(tx, asked, rules.duplicates.textSimilarity)
    const near = new Set([
      ...texts.map(({ proposal }) => proposal),
      ...(titles.get(entry.title) ?? [])
        .filter(
          (match) => compareTitles(entry.title, match.title, rules.duplicates.titleSimilarity).rule !== 'different',
        )
        .map(({ proposal }) => proposal),
    ])
    near.delete(entry.id)
    const others = await duplicate.listOthers(tx, [...near])
    const found = mostAlike(
      [...others.values()]
        // A later year's proposal is that year's finding, not ours.
        .filter((other) => other.round === round || (other.year ?? 0) < rules.year)
        .map((other) => ({
          agency: entry.agency,
          proposal: entry.id,
          other_agency: other.agency,
          other: other.id,
          title: compareTitles(entry.title, other.title, rules.duplicates.titleSimilarity).similarity,
          text: texts.find(({ proposal }) => proposal === other.id)?.likeness ?? null,
          sameRound: other.round === round,
        })),
    )
    await duplicate.saveLikenesses(tx, found, at)
    for (const each of found) if (each.sameRound) touched.add(each.other)
  }
  return [...touched]
}

/** Of an entry that is like hundreds (one directive, many agencies) the nearest in text and in title, this many of each. */
const mostOfEach = 20

function mostAlike<Found extends { title: number; text: number | null }>(found: readonly Found[]): Found[] {
  const byText = found.filter(({ text }) => text !== null).sort((a, b) => b.text! - a.text!)
  const byTitle = found.toSorted((a, b) => b.title - a.title)
  return [...new Set([...byText.slice(0, mostOfEach), ...byTitle.slice(0, mostOfEach)])]
}

/** Apply the round's rules to these entries and keep the findings: a fixed number of queries for any number of entries. */
export async function examineEntries(tx: Tx, round: Round, ids: readonly string[], at: Date): Promise<void> {
  const entries = await examination.listSubmitted(tx, ids)
  const files = entries.flatMap(({ content }) =>
    Object.values(content.evidence ?? {})
      .flat()
      .flatMap((item) => (item.file ? [item.file] : [])),
  )
  const sizes = await examination.fileSizes(tx, files)
  const likenesses = await duplicate.listLikenesses(tx, ids)
  const others = await duplicate.listOthers(
    tx,
    likenesses.map(({ other }) => other),
  )
  const likenessesOf = Map.groupBy(likenesses, ({ proposal }) => proposal)
  const candidates = await winnersLike(tx, round, entries)
  const named = entries.flatMap((entry) => [entry.winner, entry.source]).filter((id) => id !== null)
  const innovations = await examination.innovationsOf(tx, named)
  const held = new Map(
    entries.map((entry) => [
      entry.id,
      innovationsHeld(entry.winner && (innovations.get(entry.winner) ?? null), candidates.get(entry.id) ?? []),
    ]),
  )
  const wanted = new Set([...innovations.values(), ...[...held.values()].flatMap((set) => [...set])])
  const register = await examination.awardsOfInnovations(tx, [...wanted])

  const invitations = invitedGroups(round.rules).length > 0 ? await standing(tx, round.id) : []

  const examined = entries.map((entry) => {
    const own = likenessesOf.get(entry.id) ?? []
    const source = entry.source && innovations.get(entry.source)
    const facts: AdmissionFacts = {
      submission: { startedAt: entry.begun, arrivedAt: entry.arrived },
      extensions: round.extensions,
      othersOfAgency: entry.earlier,
      awards: awardsOf(register, held.get(entry.id)!),
      sourceAwards: source ? awardsOf(register, new Set([source])) : [],
      invited: isInvited(invitations, entry, held.get(entry.id)!),
      similar: [
        ...own.flatMap(({ other, title, text }): LikeFact[] => {
          const known = others.get(other)
          if (!known || known.state === 'withdrawn') return []
          // An agency may enter again what won nothing; its awards are looked up in the register.
          if (known.round !== round.id && known.agency === entry.agency) return []
          const sameAgency = known.agency === entry.agency
          return [{ proposal: other, title: known.title, sameAgency, titleSimilarity: title, textSimilarity: text }]
        }),
        ...likeWinners(candidates.get(entry.id) ?? [], new Set(own.map(({ other }) => other))),
      ],
    }
    const findings = admissionFindings(round.rules, frozen(round, entry, sizes), facts)
    return { agency: entry.agency, proposal: entry.id, round: round.id, version: round.version, findings }
  })
  await examination.saveExaminations(tx, examined, at)
}

/** The proposal as it was handed in, in the shape the rules are applied to. */
function frozen(round: Round, entry: Submitted, sizes: ReadonlyMap<string, number>): AdmissionProposal {
  const questions = questionsFor(round.rules, entry.group)
  const evidence = Object.fromEntries(
    Object.entries(entry.content.evidence ?? {}).map(([key, items]) => [
      key,
      items.map((item): EvidenceItem => {
        const bytes = item.file ? (sizes.get(item.file) ?? 0) : 0
        return { name: item.label, kind: item.kind, bytes }
      }),
    ]),
  )
  return {
    title: entry.title,
    group: entry.group,
    category: entry.category,
    startedOn: entry.startedOn,
    source: entry.source,
    statement: evidence[statementKey]?.[0] ?? null,
    answers: typedAnswers(questions, entry.content.answers),
    evidence,
  }
}

export type PriorWinner = Winner & examination.NearWinner
/** The earlier winners each of these entries brings to mind, most alike first. */
export async function winnersLike(
  db: Db | Tx,
  round: Round,
  entries: readonly Pick<Submitted, 'id' | 'title' | 'agencyName' | 'unitName' | 'startedOn' | 'group' | 'content'>[],
): Promise<Map<string, Candidate<PriorWinner>[]>> {
  const near = Map.groupBy(
    await examination.winnersNear(db, [...new Set(entries.map(({ title }) => title))], round.rules.year),
    (winner) => winner.asked,
  )
  const { textSimilarity, titleSimilarity } = round.rules.duplicates
  return new Map(
    entries.map((entry) => {
      const winners = (near.get(entry.title) ?? []).map((winner) => ({
        ...winner,
        title: winner.name,
        agency: winner.agencyName,
        year: winner.year ?? 0,
        shingles: shingles(winner.summary),
      }))
      const described = {
        title: entry.title,
        agency: entry.agencyName,
        unit: entry.unitName,
        startedOn: entry.startedOn ?? undefined,
        shingles: shingles(textOf(round, entry)),
      }
      return [entry.id, rankWinners(described, winners, { text: textSimilarity, title: titleSimilarity })]
    }),
  )
}

/** Other agencies' winners as things the entry is like; one whose proposal was compared itself is not told twice. */
function likeWinners(candidates: readonly Candidate<PriorWinner>[], told: ReadonlySet<string>): LikeFact[] {
  return candidates
    .filter(({ relation, winner }) => relation !== 'own-winner' && !(winner.proposal && told.has(winner.proposal)))
    .map(({ winner, evidence }) => ({
      proposal: winner.id,
      title: winner.name,
      sameAgency: false,
      titleSimilarity: evidence.find(({ kind }) => kind === 'same-title' || kind === 'near-title')?.value ?? 0,
      textSimilarity: evidence.find(({ kind }) => kind === 'shared-text')?.value ?? null,
    }))
}
