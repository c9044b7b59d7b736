import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesOf, packageOf } from '../../../../test/packages.ts'
import { rolesIn, sightOf } from './held.ts'
import { nationalHolidays } from './holidays.ts'
import { putTogether, takeApart } from './record.ts'
import { rehearse } from './rehearsal.ts'
import { answersOf, typedOf } from './typed.ts'

const hide = (number: string) => `hidden:${[...number].reverse().join('')}`
const show = (text: string) => [...text.slice('hidden:'.length)].reverse().join('')

for (const name of ['laskar-penjaja-sayur', 'garda-ampuh']) {
  const pkg = packageOf(filesOf(name))
  const cases = rehearse(pkg, nationalHolidays()).flatMap((one) => one.cases)

  describe(`services: every example case of ${name}`, () => {
    it('is kept in parts and comes back the same', () => {
      assert.ok(cases.length > 5)
      for (const it of cases) {
        const { number, flow, state, openedAt, closedAt } = it
        const head = { number, flow, state, openedAt, ...(closedAt === undefined ? {} : { closedAt }) }
        const filed = JSON.parse(JSON.stringify(takeApart(pkg, it, hide))) as ReturnType<typeof takeApart>
        assert.deepEqual(putTogether(pkg, head, filed, show), JSON.parse(JSON.stringify(it)))
      }
    })

    it('keeps no NIK or KK that can be read, and no value in its life', () => {
      for (const it of cases) {
        const filed = takeApart(pkg, it, hide)
        const numbers = [...JSON.stringify(it.data).matchAll(/"(\d{16})"/g)].map(([, number]) => number!)
        for (const number of numbers) assert.ok(!JSON.stringify(filed).includes(`"${number}"`))
        assert.deepEqual(Object.keys(filed.life).sort(), ['clocks', 'consents', 'entered', 'history'])
      }
    })

    it('is known to nobody but the roles that its flow names, wherever they are', () => {
      for (const it of cases) {
        const flow = pkg.flows.find(({ id }) => id === it.flow)!
        const posts = pkg.roles.map(({ id }) => ({ role: id, area: '' }))
        const roles = rolesIn(pkg, it, { area: '3510202001', openedBy: 'p', openedAs: '' }, 'p', posts)
        assert.deepEqual(
          roles.toSorted(),
          (flow.only.length > 0 ? [...flow.only] : pkg.roles.map(({ id }) => id)).toSorted(),
        )
        const far = rolesIn(
          pkg,
          it,
          { area: '3510202001', openedBy: 'p', openedAs: '' },
          'q',
          posts.map((post) => ({ ...post, area: '3510202099' })),
        )
        const everywhere = pkg.roles.filter(
          ({ id, reach }) => reach === 'all' && (flow.only.length === 0 || flow.only.includes(id)),
        )
        assert.deepEqual(far.toSorted(), everywhere.map(({ id }) => id).toSorted())
        assert.equal(sightOf(pkg, it, []), undefined)
      }
    })

    it('is drawn into a form and read back as the same answers', () => {
      const seen = new Set(['photo', 'voice', 'signature', 'nik', 'kk', 'calculated', 'hidden', 'date', 'group'])
      for (const it of cases)
        for (const form of pkg.forms) {
          const plain = form.fields.filter(({ type }) => !seen.has(type))
          const asked = { ...form, fields: plain }
          const known = Object.fromEntries(
            plain.flatMap(({ id }) => (it.data[id] === undefined ? [] : [[id, it.data[id]]])),
          )
          const answers = answersOf(asked, typedOf(asked, it.data))
          for (const [id, value] of Object.entries(known)) assert.deepEqual(answers[id], value, `${form.id}.${id}`)
        }
    })
  })
}
