import { z } from 'zod'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { joinExpected } from './actions/team-import.ts'
import { forgetImports } from './store/team-import.ts'

const taken = z.object({ person: z.guid(), role: z.string(), at: z.coerce.date() })

export const jobs: Jobs = {
  'judging.join-expected': async (payload, { db }) => {
    const { person, role, at } = taken.parse(payload)
    if (role === 'evaluator') await joinExpected(db, person, at)
  },
  'judging.forget': (_, { db }) => forgetImports(db, new Date(Date.now() - 7 * 86_400_000)),
}

export const crons: Cron[] = [{ task: 'judging.forget', pattern: '25 19 * * *' }]
