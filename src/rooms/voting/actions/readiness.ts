import type { z } from 'zod'
import { isLocalAdminOf } from '#people'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { allMet, type Readiness, readinessHash } from '../domain/readiness.ts'
import { readinessForm, signForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/readiness.ts'

/** What the committee says to each condition. Every change is a new version, which must be signed anew. */
export const answerReadiness: Action<
  store.Answered,
  z.output<typeof readinessForm>,
  { version: number; content: () => Readiness; hash: string; met: number },
  'not-preparing' | 'readiness-same'
> = {
  name: 'voting.readiness-answered',
  find: store.holdAnswered,
  may: may.answerReadiness,
  input: readinessForm,
  decide: ({ id, state, readiness }, content) => {
    if (state !== 'preparing') return refuse('not-preparing')
    const hash = readinessHash(id, content)
    if (readiness?.hash === hash) return refuse('readiness-same')
    const met = Object.values(content).filter((answer) => answer.met).length
    return decide({ version: (readiness?.version ?? 0) + 1, content: () => content, hash, met })
  },
  save: (tx, election, { version, content, hash }, { actor, now }) =>
    store.insertReadiness(tx, election, { version, content: content(), hash }, { person: actor.id!, at: now }),
  tell: ({ version, hash, met }) => ({ version, hash, met }),
  scope: ({ agency }) => agency,
}

/** The chair of the committee for the village, the regency for its devices and people; never one person for both. */
export const signReadiness: Action<
  store.Answered,
  z.output<typeof signForm>,
  { version: number; side: 'committee' | 'regency'; hash: string },
  | 'not-preparing'
  | 'readiness-none'
  | 'readiness-changed'
  | 'readiness-unmet'
  | 'readiness-signed'
  | 'readiness-same-person'
> = {
  name: 'voting.readiness-signed',
  find: store.holdAnswered,
  may: may.signReadiness,
  input: signForm,
  decide: ({ agency, member, state, readiness }, { hash }, { actor }) => {
    if (state !== 'preparing') return refuse('not-preparing')
    if (!readiness) return refuse('readiness-none')
    if (readiness.hash !== hash) return refuse('readiness-changed')
    if (!allMet(readiness.content)) return refuse('readiness-unmet')
    if (readiness.signatures.some(({ person }) => person === actor.id)) return refuse('readiness-same-person')
    const side =
      member === 'chair' && !readiness.signatures.some((each) => each.side === 'committee')
        ? 'committee'
        : isLocalAdminOf(actor, agency)
          ? 'regency'
          : 'committee'
    if (readiness.signatures.some((each) => each.side === side)) return refuse('readiness-signed')
    return decide({ version: readiness.version, side, hash })
  },
  save: (tx, election, { version, side }, { actor, now }) =>
    store.insertSignature(tx, election, { version, side }, { person: actor.id!, at: now }),
  tell: ({ version, side, hash }) => ({ version, side, hash }),
  scope: ({ agency }) => agency,
}
