import type { Lang } from '#platform/text.ts'
import * as adopting from './adopting.ts'
import * as effect from './effect.ts'
import * as heartbeat from './heartbeat.ts'
import * as hub from './hub.ts'
import * as lineage from './lineage.ts'
import * as overview from './overview.ts'
import * as paper from './paper.ts'
import * as process from './process.ts'
import * as shown from './shown.ts'

const id = {
  ...shown.id,
  ...adopting.id,
  ...process.id,
  ...lineage.id,
  ...heartbeat.id,
  ...paper.id,
  ...hub.id,
  ...overview.id,
  ...effect.id,
}
export type ReplicationWords = typeof id
const en: ReplicationWords = {
  ...shown.en,
  ...adopting.en,
  ...process.en,
  ...lineage.en,
  ...heartbeat.en,
  ...paper.en,
  ...hub.en,
  ...overview.en,
  ...effect.en,
}

export const words = (lang: Lang): ReplicationWords => (lang === 'en' ? en : id)
