import { type Entry, ownersOf } from '#competition'
import type { Action } from '#platform/action.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import type { LetterContent } from '../domain/letter.ts'
import { areResultsPublic, type PanelRound } from '../domain/panel.ts'
import { nothingTyped } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { holdForLetter, holdOwnLetter, type LetterHeld, saveLetter, saveLetterReader } from '../store/letter.ts'
import { feedbackLetter } from './letters.ts'

/**
 * Release the letter of one entry and write to its owners. `letters` were written from what no longer changes once the
 * results are public: released scores, closed sheets, decisions in force.
 */
export const releaseLetter = (
  round: PanelRound,
  letters: ReadonlyMap<string, LetterContent>,
): Action<
  { entry: Entry; released: boolean },
  object,
  { content: LetterContent },
  'letter-there' | 'results-not-public' | 'not-of-this-round'
> => ({
  name: 'judging.letter-released',
  find: holdForLetter,
  may: mayPanel.releaseLetters,
  input: nothingTyped,
  decide: ({ entry, released }) => {
    if (released) return refuse('letter-there')
    if (!areResultsPublic(round)) return refuse('results-not-public')
    const content = letters.get(entry.id)
    return content ? decide({ content }) : refuse('not-of-this-round')
  },
  save: async (tx, { entry }, { content }, { actor, now }) => {
    await saveLetter(tx, entry, content, actor.id!, now)
    const owners = await ownersOf(tx, entry)
    await post(
      tx,
      owners.map((owner) => feedbackLetter(owner, { title: entry.title, round: content.round.name, id: entry.id })),
    )
  },
  tell: () => ({}),
  scope: ({ entry }) => entry.agency,
})

/** An owner opens the letter for the first time; the secretariat sees which entrants have it in hand. */
export const openLetter: Action<LetterHeld, object, object, 'letter-read-already'> = {
  name: 'judging.letter-opened',
  find: holdOwnLetter,
  may: mayPanel.openLetter,
  input: nothingTyped,
  decide: ({ read }) => (read ? refuse('letter-read-already') : decide({})),
  save: (tx, letter, _, { actor, now }) => saveLetterReader(tx, letter, actor.id!, now),
  tell: () => ({}),
  scope: ({ agency }) => agency,
}
