import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { draft, reworded, written } from '../../../../test/synthetic-proposals.ts'
import { type Described, normaliseAgency, overlapFor, rankWinners, textOverlap, type Winner } from './identity.ts'
import { shingles } from './similarity.ts'

const text = (number: number, share = 0) => shingles(written(reworded(draft(number), share, number)))
const winner = (id: string, more: Partial<Winner> = {}): Winner => ({
  id,
  year: 2019,
  title: `Inovasi ${id}`,
  agency: 'Dinas Dukcapil Kab. Gresik',
  ...more,
})
const kakekku = winner('k', { title: 'Kakekku Datang (Kartu Keluargaku Data Ulang)', startedOn: '2017-01-01' })
const kinds = (proposal: Described, register: Winner[]) =>
  rankWinners(proposal, register).map((candidate) => [
    candidate.winner.id,
    candidate.relation,
    ...candidate.evidence.map(({ kind }) => kind),
  ])

describe('the winners a proposal is like', () => {
  it('are named with the reasons, the most alike first', () => {
    const register = [
      winner('other', { shingles: text(3) }),
      winner('copied', { shingles: text(4), agency: 'Pemkot Surabaya' }),
      kakekku,
    ]
    const proposal = { title: 'Kakekku Datang', agency: 'Kota Palu', startedOn: '2021-05-01', shingles: text(4, 0.1) }
    const [first, second, ...rest] = rankWinners(proposal, register)
    assert.equal(rest.length, 0)
    assert.equal(first!.winner.id, 'copied')
    assert.equal(first!.relation, 'replication')
    assert.deepEqual(
      first!.evidence.map(({ kind }) => kind),
      ['shared-text'],
    )
    assert.ok(first!.likeness > 0.7 && first!.likeness < 0.9, `${first!.likeness}`)
    assert.equal(second!.winner, kakekku)
    assert.equal(second!.likeness, 0.7)
  })
  it("are the agency's own when it enters a winner again", () => {
    const agency = 'Dinas Kependudukan dan Pencatatan Sipil Kabupaten Gresik'
    const proposal = { title: kakekku.title, agency, startedOn: '2017-01-01' }
    assert.deepEqual(kinds(proposal, [kakekku]), [['k', 'own-winner', 'same-title', 'same-agency', 'same-start']])
  })
  it("are the agency's own when the register names its unit alone", () => {
    const polres = winner('p', { title: 'Panic Button on Hand', agency: 'Polres Malang Kota' })
    const farm = winner('f', { title: 'PanganKu', agency: 'Dinas Pertanian dan Pangan Kab. Kulon Progo' })
    const police = { title: 'Panic Button on Hand', agency: 'Kepolisian Negara Republik Indonesia' }
    const progo = { title: 'PanganKu', agency: 'Pemkab Kulon Progo' }
    const [own, others] = [
      ['own-winner', 'same-title', 'same-agency'],
      ['replication', 'same-title'],
    ]
    assert.deepEqual(kinds({ ...police, unit: 'Polres Malang Kota' }, [polres]), [['p', ...own]])
    assert.deepEqual(kinds({ ...police, unit: 'Polres Malang' }, [polres]), [['p', ...others]])
    assert.deepEqual(kinds(police, [polres]), [['p', ...others]])
    assert.deepEqual(kinds({ ...progo, unit: 'Dinas Pertanian dan Pangan' }, [farm]), [['f', ...own]])
    assert.deepEqual(kinds({ ...progo, agency: 'Pemkab Sleman', unit: 'Dinas Pertanian dan Pangan' }, [farm]), [
      ['f', ...others],
    ])
    assert.deepEqual(kinds({ title: 'PanganKu', agency: '', unit: '' }, [{ ...farm, agency: '-' }]), [['f', ...others]])
  })
  it('are not copied by what began before them', () => {
    const proposal = { title: kakekku.title, agency: 'Kota Palu', startedOn: '2016-12-31' }
    assert.deepEqual(kinds(proposal, [kakekku]), [['k', 'begun-earlier', 'same-title']])
  })
  it('are not named for their agency alone', () => {
    assert.deepEqual(kinds({ title: 'Desa Cerdas', agency: kakekku.agency, startedOn: '2017-01-01' }, [kakekku]), [])
  })
  it('count less for a title that the texts contradict', () => {
    const register = [{ ...kakekku, shingles: text(1) }]
    const likeness = (own?: Uint32Array) =>
      rankWinners({ title: 'Kakekku Datang', agency: 'x', shingles: own }, register)[0]!.likeness
    assert.ok(likeness(text(2)) < likeness() && likeness() < likeness(text(1, 0.1)))
  })
  it('stand in one order, whatever the order of the register', () => {
    const register = [winner('a'), winner('b'), winner('c', { year: 2021 }), kakekku]
    fc.assert(
      fc.property(fc.shuffledSubarray(register, { minLength: 4 }), (shuffled) => {
        const same = shuffled.map((one) => (one.id === 'k' ? one : { ...one, title: 'Desa Cerdas' }))
        const ranked = rankWinners({ title: 'desa cerdas', agency: '-' }, same)
        assert.deepEqual(
          ranked.map((candidate) => candidate.winner.id),
          ['c', 'a', 'b'],
        )
      }),
    )
  })
  it('have a likeness from 0 to 1 that more evidence only raises', () => {
    const titles = fc.constantFrom(kakekku.title, 'Kakekku Datang', 'Kartu Keluarga Data Ulang', 'Lain')
    const texts = fc.constantFrom(undefined, text(1), text(1, 0.2))
    fc.assert(
      fc.property(titles, titles, texts, (title, theirs, own) => {
        const register = [winner('w', { title: theirs, agency: 'A', shingles: own && text(1) })]
        const [apart] = rankWinners({ title, agency: 'B', shingles: own }, register)
        const [together] = rankWinners({ title, agency: 'A', shingles: own }, register)
        assert.equal(apart === undefined, together === undefined)
        if (apart === undefined || together === undefined) return
        assert.ok(apart.likeness > 0 && together.likeness <= 1 && apart.likeness <= together.likeness)
      }),
    )
  })
})

describe('what they are compared by', () => {
  it('writes agencies out', () => {
    assert.equal(normaliseAgency('Disdukcapil Kab. Gresik'), 'dinas kependudukan pencatatan sipil kabupaten gresik')
    assert.equal(normaliseAgency('constructor'), 'constructor')
  })
  it('measures the overlap by the shorter text, if it is long enough', () => {
    const whole = written(draft(1))
    assert.equal(textOverlap(shingles(whole.slice(0, whole.indexOf('\n'))), shingles(whole)), 1)
    assert.equal(textOverlap(shingles('satu dua tiga'), shingles(whole)), undefined)
    assert.equal(textOverlap(undefined, shingles(whole)), undefined)
  })
  it('takes the overlap that equals the Jaccard threshold for texts of one length', () => {
    assert.ok(Math.abs(overlapFor(0.2) - 1 / 3) < 1e-12)
  })
})
