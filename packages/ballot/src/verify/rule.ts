/**
 * What a broken rule means for the whole archive:
 *
 * - `refused`: the archive is not what it claims to be. Nobody should rely on its result.
 * - `not-canonical`: sound, and Belenios accepts it, but written in another way than the format's. The votes are not
 *   altered; a voter may have left a message on the board, for instance a receipt for somebody who buys votes.
 * - `profile`: sound, but not what was demanded beyond the format (`--profile`, `--final`).
 * - `unusable`: this verifier cannot judge it.
 */
export type RuleClass = 'refused' | 'not-canonical' | 'profile' | 'unusable'

/** One sentence for each language: what must hold, and what it means for a witness. */
export type Sentence = { readonly id: string; readonly en: string }

export interface Rule {
  readonly class: RuleClass
  readonly says: Sentence
  /** Section of the Belenios specification (2.0 unless it says 3.x), or "own": a rule of ours. */
  readonly source: string
}

const rule =
  (ruleClass: RuleClass) =>
  (source: string, en: string, id: string): Rule => ({ class: ruleClass, says: { id, en }, source })

export const refused = rule('refused')
export const notCanonical = rule('not-canonical')
export const profile = rule('profile')
export const unusable = rule('unusable')
