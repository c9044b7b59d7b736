import type { Actor } from '#platform/action.ts'
import { gridOf, here, inStates } from '#platform/grid.ts'
import { type Move, movesOf, type ProposalState, proposalStates, type Side } from './domain/draft.ts'
import { may, sidesOf } from './permissions.ts'

const things = inStates(proposalStates, (state) => ({ ...here, state }))

/** Tried by everybody on the own proposal in each state; the table of moves says when it is possible. */
const moving = (move: Move) => ({
  things: inStates(proposalStates, (state) => (actor: Actor) => ({ ...here, state, sides: sidesOf(actor, here) })),
  possible: (thing: unknown) => {
    const { sides, state } = thing as { sides: Side[]; state: ProposalState }
    return movesOf(sides, state).includes(move)
  },
})

export const grid = gridOf('competition', may, {
  createRound: 'everywhere',
  editRound: 'everywhere',
  publishRound: 'everywhere',
  changeRound: 'everywhere',
  extendRound: 'everywhere',
  moveStage: 'everywhere',
  inviteToGroup: 'everywhere',
  withdrawInvitation: 'everywhere',
  endRound: 'everywhere',
  readForAdmission: 'everywhere',
  examineRound: 'everywhere',
  importWinners: 'everywhere',
  startProposal: { things: { 'own unit': here } },
  editProposal: moving('edit'),
  sendProposal: moving('send'),
  recallProposal: moving('recall'),
  commentProposal: moving('comment'),
  settleComment: { things },
  returnProposal: moving('return'),
  submitProposal: moving('submit'),
  withdrawProposal: moving('withdraw'),
  openResult: { things: { 'own entry': here } },
  readProposal: { things },
})
