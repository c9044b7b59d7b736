import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { type ImportPlan, type KnownAward, planImport } from '../domain/register.ts'
import { readInnovationText } from '../forms/register.ts'
import { may } from '../permissions.ts'
import { addFresh, holdRegister } from '../store/winner.ts'

/** Load past winners from a file into the register: all of it, or with any problem nothing. */
export const importWinners: Action<
  { known: KnownAward[] },
  { content: string },
  ImportPlan,
  'import-has-problems' | 'import-nothing-new'
> = {
  name: 'competition.winners-imported',
  find: holdRegister,
  may: may.importWinners,
  input: z.object({ content: z.string().min(1).max(10_000_000) }),
  decide: ({ known }, { content }) => {
    const { awards, problems } = readInnovationText(content)
    if (problems.length > 0) return refuse('import-has-problems')
    const plan = planImport(awards, known)
    return plan.fresh.length === 0 ? refuse('import-nothing-new') : decide(plan)
  },
  save: async (tx, _, plan, { actor }) => {
    await addFresh(tx, plan.fresh, actor.id)
  },
  tell: ({ fresh, ...counts }) => ({ ...counts, newAwards: fresh.length }),
  scope: () => null,
}
