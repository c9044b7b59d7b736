import type { Cron, Jobs } from '#platform/jobs.ts'
import { forget } from './store/forget.ts'

export const jobs: Jobs = {
  'people.forget': (_, { db }) => forget(db, new Date()),
}

export const crons: Cron[] = [{ task: 'people.forget', pattern: '20 19 * * *' }]
