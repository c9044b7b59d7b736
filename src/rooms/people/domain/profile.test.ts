import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { changedParts, judgeClosing, readPhone } from './profile.ts'

describe('people: a profile', () => {
  it('takes a telephone number as people write it, and keeps one form', () => {
    for (const typed of [
      '0812-3456-7890',
      '+62 812 3456 7890',
      '(0812) 34567890',
      '6281234567890',
      '+62.812.3456.7890',
    ])
      assert.equal(readPhone(typed), '+6281234567890', typed)
    assert.equal(readPhone('+44 20 7946 0958'), '+442079460958')
    for (const wrong of ['', '0812', 'kantor', '00812345678', '+0812345678', '1'.repeat(16), '0812x3456789'])
      assert.equal(readPhone(wrong), undefined, wrong)
  })

  it('reads a number that it has written itself as the same number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+0-9 ().-]{1,24}$/), (typed) => {
        const read = readPhone(typed)
        if (read !== undefined) assert.equal(readPhone(read), read)
      }),
    )
  })

  it('tells which parts changed, and no more', () => {
    const before = { name: 'Dewi', lang: 'id' as const, phone: null }
    assert.deepEqual(changedParts(before, { ...before }), [])
    assert.deepEqual(changedParts(before, { name: 'Dewi L', lang: 'en', phone: '+62812345678' }), [
      'name',
      'lang',
      'phone',
    ])
  })

  it('is closed by everybody but the last national admin and a local admin in office', () => {
    const judged = (nationals: number, ...roles: Parameters<typeof judgeClosing>[0][number]['role'][]) => {
      const decision = judgeClosing(
        roles.map((role) => ({ role })),
        nationals,
      )
      return decision.ok ? 'ok' : decision.refusal
    }
    assert.equal(judged(1), 'ok')
    assert.equal(judged(1, 'deputy', 'unit', 'evaluator', 'panel'), 'ok')
    assert.equal(judged(2, 'national-admin'), 'ok')
    assert.equal(judged(1, 'national-admin'), 'last-national')
    assert.equal(judged(2, 'unit', 'local-admin'), 'hand-over-first')
  })
})
