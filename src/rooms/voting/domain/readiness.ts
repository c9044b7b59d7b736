import { createHash } from 'node:crypto'
import { canonicalJson } from '#platform/canonical.ts'

/**
 * The cumulative conditions of MK 147/PUU-VII/2009 (30 March 2010) for a vote with machines, as newspapers report the ruling
 * (R29): direct, general, free, secret, honest and fair, and a region that is ready in technology, funding, people, software and
 * community.
 */
export const conditions = ['luber', 'jurdil', 'technology', 'funding', 'people', 'software', 'community'] as const
export type Condition = (typeof conditions)[number]

/** What the committee says to each condition, and on what ground. */
export type Readiness = Record<Condition, { met: boolean; ground: string }>

/** What is signed: the answers of this election, and nothing else. */
export const readinessHash = (election: string, readiness: Readiness): string =>
  createHash('sha256').update(canonicalJson({ election, readiness })).digest('hex')

export const allMet = (readiness: Readiness): boolean => conditions.every((condition) => readiness[condition].met)

export type SignedReadiness = {
  version: number
  id: string
  content: Readiness
  hash: string
  made: Date
  signatures: { side: 'committee' | 'regency'; person: string; name: string; at: Date }[]
}

/** Signed by both sides, two persons, with every condition met. */
export const isReady = (readiness: SignedReadiness | undefined): boolean =>
  readiness !== undefined &&
  allMet(readiness.content) &&
  new Set(readiness.signatures.map(({ side }) => side)).size === 2 &&
  new Set(readiness.signatures.map(({ person }) => person)).size === 2
