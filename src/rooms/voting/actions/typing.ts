import { hashOf } from '@melayani/polling/format'
import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Election } from '../domain/election.ts'
import { type Impossible, isTooEarly } from '../domain/result.ts'
import { judgeTyped, sameSheet, type TypedSheet } from '../domain/typed.ts'
import { continues, knownOf, sameKnown, standingOf } from '../domain/versions.ts'
import { settleForm, sheetForm, tieFactForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { holdElection } from '../store/election.ts'
import { type NewResult, saveStandings } from '../store/result.ts'
import { tieFactsOf } from '../store/shown.ts'
import { holdOffice, insertSettlement, insertTieFacts, markTyped, type OfficeHeld, saveTyped } from '../store/typed.ts'
import { keptOf, saveTaken } from './intake.ts'

type TypedChange = { sheet: string; state: 'waiting' | 'agreed' | 'differs'; with: string | null }
type Held = OfficeHeld & { content?: TypedSheet; made?: NewResult }

/**
 * Type the signed sheet of a polling place that no network reached. One alone changes nothing: when another has typed the same,
 * by the hash on the sheet and number by number, it becomes a version of the result, marked as typed.
 */
export const typeSheet: Action<
  Held,
  z.output<typeof sheetForm>,
  TypedChange,
  Impossible | 'sheet-known' | 'version-gap' | 'too-early'
> = {
  name: 'voting.sheet-typed',
  find: holdOffice,
  may: (actor, { election }) => may.typeSheet(actor, election),
  input: sheetForm,
  decide: (held, { sheet, ...content }, { actor, now }) => {
    const { count, typed } = held
    if (isTooEarly(count, content.present, now)) return refuse('too-early')
    if (count.versions.some((each) => each.sheet === sheet)) return refuse('sheet-known')
    const bounds = { candidates: count.candidates.length, roll: count.voters, pool: count.pool }
    const judged = judgeTyped(content, bounds)
    if (!judged.ok) return judged
    if (!continues(count.versions, content)) return refuse('version-gap')
    held.content = content
    const others = typed.filter((row) => row.sheet === sheet && row.by !== actor.id)
    const same = others.find((row) => sameSheet(row.content, content))
    if (!same) return decide({ sheet, state: others.length > 0 ? 'differs' : 'waiting', with: null })
    const text = canonicalJson({ format: 'melayani-typed-sheet/1', tps: count.tps, sheet, ...content })
    const { version, corrects, reason, present, votes, blank, source, differences } = content
    held.made = {
      hash: hashOf(text),
      sheet,
      how: 'typed',
      text,
      signatures: [],
      station: null,
      valid: judged.change - blank,
      result: {
        version,
        ...(corrects === null ? {} : { corrects: { hash: corrects, reason: reason! } }),
        roll: count.voters,
        present,
        votes: [...votes],
        blank,
        source,
        differences: differences === null ? [] : [differences],
      },
    }
    return decide({ sheet, state: 'agreed', with: same.by })
  },
  save: async (tx, { count, content, made }, { sheet, with: other }, { actor, now }) => {
    await saveTyped(tx, count, { sheet, content: content!, by: actor.id! }, now)
    if (!made || other === null) return
    const standing = standingOf([...count.versions, keptOf(made, now)], count.settled)
    await saveTaken(tx, [{ count, made, standing }], now)
    await markTyped(tx, count.tps, sheet, [actor.id!, other], made.hash)
  },
  tell: ({ sheet, state }, { count }) => ({ tps: count.number, sheet, state }),
  scope: ({ count }) => count.agency,
}

/**
 * Say which of contradicting versions counts. One alone changes nothing: it counts when another of the committee has chosen the
 * same. The others stay; what comes later and is not known yet opens the question again.
 */
export const settleVersions: Action<
  OfficeHeld,
  z.output<typeof settleForm>,
  { sheet: string; reason: string; known: string[]; state: 'waiting' | 'settled' },
  'nothing-to-settle' | 'sheet-unknown' | 'chosen-already'
> = {
  name: 'voting.versions-settled',
  find: holdOffice,
  may: (actor, { election }) => may.settleVersions(actor, election),
  input: settleForm,
  decide: ({ count, choices }, { sheet, reason }, { actor }) => {
    if (count.state !== 'contradicting') return refuse('nothing-to-settle')
    const known = knownOf(count.versions)
    const standing = standingOf(count.versions, { sheet, known })
    if (standing.kind === 'contradicting' || !known.includes(sheet)) return refuse('sheet-unknown')
    const same = choices.filter((each) => each.sheet === sheet && sameKnown(each.known, known))
    if (same.some(({ by }) => by === actor.id)) return refuse('chosen-already')
    return decide({ sheet, reason, known, state: same.length > 0 ? 'settled' : 'waiting' })
  },
  save: async (tx, { count }, { sheet, known, reason, state }, { actor, now }) => {
    await insertSettlement(tx, count, { sheet, known, reason, by: actor.id! }, now)
    if (state === 'settled')
      await saveStandings(tx, [{ count, standing: standingOf(count.versions, { sheet, known }) }], now)
  },
  tell: ({ sheet, reason, state }, { count }) => ({ tps: count.number, sheet, reason, state }),
  scope: ({ count }) => count.agency,
}

type Fact = 'education-level' | 'formal-education-path'
/** Enter what the ladder for equal votes asks of the candidates, in the order of their numbers. Once: it decides who has won. */
export const enterTieFacts: Action<
  { election: Election; facts: Partial<Record<Fact, object>> },
  z.output<typeof tieFactForm>,
  { fact: Fact; values: number[]; source: string },
  'fact-entered'
> = {
  name: 'voting.tie-fact-entered',
  find: async (tx, actor, id) => {
    const election = await holdElection(tx, actor, id)
    return election && { election, facts: await tieFactsOf(tx, id) }
  },
  may: (actor, { election }) => may.enterTieFact(actor, election),
  input: tieFactForm,
  decide: ({ facts }, typed) => (facts[typed.fact] ? refuse('fact-entered') : decide(typed)),
  save: (tx, { election }, change, { actor, now }) => insertTieFacts(tx, election, { ...change, by: actor.id! }, now),
  tell: ({ fact }) => ({ fact }),
  scope: ({ election }) => election.agency,
}
