import type { Cron, Jobs } from '#platform/jobs.ts'

export const jobs: Jobs = {}
export const crons: readonly Cron[] = []
