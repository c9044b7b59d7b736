import { openGroup, readElection } from '@melayani/ballot'
import { publicCredential } from '@melayani/ballot/cast'
import { type ElectionPackage, readToken, type StampFault } from '../format/index.ts'

/** Why a token opens no ballot. Each has a sentence of its own on the screen (R6). */
export type TokenProblem =
  /** Neither a token nor its 24 characters. */
  | 'unreadable'
  /** The check characters do not fit: one was mistyped. */
  | 'mistyped'
  /** A token of the village's polling place `tps`. */
  | 'other-place'
  | 'other-election'
  /** No token of this polling place's pool. */
  | 'unknown'
  /** It opened a ballot already, here or at another booth. */
  | 'used'
  | `stamp-${StampFault}`

export type TokenRead =
  | { readonly credential: string }
  | { readonly problem: Exclude<TokenProblem, 'other-place'> }
  | { readonly problem: 'other-place'; readonly tps: number }

/** Reads what a scanner or a person typed. The credential comes without its check characters: it is a secret. */
export function tokenOf(content: Pick<ElectionPackage, 'pool' | 'otherPools'>, typed: string): TokenRead {
  const read = readToken(typed)
  if ('fault' in read) return { problem: read.fault === 'check' ? 'mistyped' : 'unreadable' }
  const { pool, credential } = read
  if (pool === undefined || content.pool.hash.startsWith(pool)) return { credential }
  const other = content.otherPools?.find(({ hash }) => hash.startsWith(pool))
  return other ? { problem: 'other-place', tps: other.tps } : { problem: 'other-election' }
}

/** The public half under which a token's ballots are known. */
export function publicHalf(electionText: string, credential: string): string {
  const election = readElection(electionText)
  return publicCredential(openGroup(election.group), election.uuid, credential)
}
