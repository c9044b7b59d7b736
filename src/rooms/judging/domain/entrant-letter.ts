import type { HandedIn } from '#competition'

/** An entry that was handed in, with its letters: `feedback` is null until it is sent. */
export type EntrantLetters = HandedIn & { feedback: { at: Date; read: Date | null } | null }

/**
 * Where an entry stands with its last letter: the feedback of an entry that passed, the result of one that failed.
 * `not-given`: it is still owed; `not-read`: no owner has opened it; whoever withdrew an entry is owed nothing.
 */
export type LetterStanding = 'not-given' | 'not-read' | 'read' | 'withdrawn'
export const letterStandings: readonly LetterStanding[] = ['not-given', 'not-read', 'read', 'withdrawn']

export function letterStanding(entry: Pick<EntrantLetters, 'state' | 'result' | 'feedback'>): LetterStanding {
  if (entry.state === 'withdrawn') return 'withdrawn'
  const last = entry.state === 'failed' ? entry.result : entry.feedback
  if (!last) return 'not-given'
  return last.read ? 'read' : 'not-read'
}
