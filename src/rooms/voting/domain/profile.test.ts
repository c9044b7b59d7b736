import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultsOfRules } from '@melayani/polling/format'
import batanghari from '../data/profiles/batanghari.json' with { type: 'json' }
import boyolali from '../data/profiles/boyolali.json' with { type: 'json' }
import sleman from '../data/profiles/sleman.json' with { type: 'json' }
import { pollingRules } from './package.ts'
import { profileShape, type Rules, withRules } from './profile.ts'

const shipped = { sleman, boyolali, batanghari }

describe('voting: legal profiles', () => {
  it('are three that are shipped, and each becomes the rules that a polling place takes', () => {
    const copies = ['Ketua KPPS', 'Panitia pemilihan', 'BPD', 'Pengawas', 'Saksi calon 1']
    const shared = {
      ...{ opens: '08:00', closes: '13:00', zone: 'Asia/Jakarta', copies },
      ...{ tokenMinutes: 30, smallGroup: 30, cutOff: 'own-share', slipSeconds: 3 },
    }
    const made = Object.values(shipped).map((content) => {
      const rules = pollingRules(profileShape.parse(content), ['Saksi calon 1'])
      assert.deepEqual(faultsOfRules(rules), [])
      return rules
    })
    assert.deepEqual(made, [
      { ...shared, name: 'Sleman 2020', quorum: [2, 3], extensions: [60] },
      { ...shared, name: boyolali.name, extensions: [] },
      { ...shared, name: batanghari.name, quorum: [1, 2], extensions: [60, 60] },
    ])
  })

  it('say what holds for candidates, for a single one and for equal votes, each its own', () => {
    const of = (content: unknown) => {
      const { rules } = profileShape.parse(content)
      return [rules.minCandidates.value, rules.maxCandidates.value, rules.single.value, rules.tie.value]
    }
    assert.deepEqual(Object.values(shipped).map(of), [
      [2, 5, 'deliberation', ['largest-tps', 'largest-hamlet']],
      [2, 5, 'empty-box', ['largest-tps', 'largest-hamlet']],
      [2, 5, 'deliberation', ['largest-tps', 'largest-hamlet', 're-vote']],
    ])
  })

  it('are refused with a rule that a polling place would refuse, by its name', () => {
    const wrong = (rules: Partial<Record<keyof Rules, unknown>>, more: object = {}) => {
      const changed = Object.entries(rules).map(([name, value]) => [
        name,
        { ...sleman.rules[name as keyof Rules], value },
      ])
      const read = profileShape.safeParse({
        ...sleman,
        ...more,
        rules: { ...sleman.rules, ...Object.fromEntries(changed) },
      })
      return read.error?.issues.map(({ path }) => path.join('.')) ?? []
    }
    assert.deepEqual(wrong({}), [])
    assert.deepEqual(wrong({ quorum: [3, 2] }), ['rules.quorum'])
    assert.deepEqual(wrong({ quorum: [2, 2] }), [])
    assert.deepEqual(wrong({ opens: '13:00' }), ['rules.closes'])
    assert.deepEqual(wrong({ minCandidates: 6 }), ['rules.maxCandidates'])
    const typed = withRules(profileShape.parse(sleman), { quorum: '3/2', tie: '2, 2' }, 'Perbup')
    assert.deepEqual(typed, { ok: false, wrong: ['tie', 'quorum'] })
  })
})
