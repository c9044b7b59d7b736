import assert from 'node:assert/strict'
import { it } from 'node:test'
import { awardLevelOf, shippedInnovations } from '#competition'
import { familyOf } from './domain/innovation.ts'

it('gallery: the award and the Top 99 are the levels that the rules of a round count as such', () => {
  const shipped = shippedInnovations as readonly { level: string }[]
  const levels = new Set(['Top 33', 'Inovasi terpuji', ...shipped.flatMap(({ level }) => level.split(/;\s*/))])
  const differ = [...levels].filter((level) => {
    const [family, counts] = [familyOf(level), awardLevelOf(level)]
    return (family === 'top') !== (counts === 'top') || (family === 'top99' && counts !== 'finalist')
  })
  assert.deepEqual(differ, [])
})
