import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { type Actor, perform } from '#platform/action.ts'
import { filesOf as filesOfProgram, inFiles, packageOf, small } from '../../../test/packages.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { installLocal } from './actions/local.ts'
import { examineContent } from './domain/local.ts'
import type { Package } from './domain/package/format/index.ts'
import { compareVersions } from './domain/package/format/manifest.ts'
import { asJson, readPackage } from './domain/package/read.ts'
import { publicKeyText, sealed } from './domain/package/seal.ts'
import { filesOf } from './domain/package/write.ts'

const key = generateKeyPairSync('ed25519')

/** The small package in this version, sealed. */
function fileOf(version: string, change: Record<string, string> = {}): File {
  const texts = {
    ...small,
    'package.yaml': small['package.yaml']!.replace('version: 1.2.0', `version: ${version}`),
    ...change,
  }
  const bytes = sealed(
    asJson(inFiles(texts)),
    { id: 'id.contoh.kursi-roda', version, publisher: 'Dinas Contoh' },
    key.privateKey,
  )
  return new File([new Uint8Array(bytes)], 'kursi.melayani')
}

/** The same package with one label changed. */
function relabelled(pkg: Package, label: string): Package {
  const copy = structuredClone(pkg)
  copy.forms[0]!.fields[0]!.label = { id: label }
  return copy
}

describe('services: versions', () => {
  const version = fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(12), fc.nat(12))
    .map(([a, b, c, local]) => `${a}.${b}.${c}${local > 0 ? `+local.${local}` : ''}`)

  it('stand in one order: each local one behind what it was made from and before the next', () => {
    assert.deepEqual(
      ['1.3.0', '1.2.0+local.10', '1.2.0', '1.2.1', '1.2.0+local.2', '1.10.0'].toSorted(compareVersions),
      ['1.2.0', '1.2.0+local.2', '1.2.0+local.10', '1.2.1', '1.3.0', '1.10.0'],
    )
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) || 0)
        assert.equal(compareVersions(a, b) === 0, a === b)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0)
      }),
    )
  })

  it('are written as files and read back as the same package', () => {
    for (const name of ['laskar-penjaja-sayur', 'garda-ampuh']) {
      const pkg = packageOf(filesOfProgram(name))
      const read = readPackage(filesOf(pkg))
      assert.ok(read.ok)
      assert.equal(JSON.stringify(read.value), JSON.stringify(pkg))
    }
  })

  it('are not read from a file when they call themselves local', () => {
    const pkg = packageOf(inFiles(small))
    const read = readPackage(filesOf({ ...pkg, manifest: { ...pkg.manifest, version: '1.2.0+local.1' } }))
    assert.deepEqual(
      read.problems.map(({ rule, at }) => [rule, at]),
      [['not-the-schema', 'version']],
    )
  })
})

describe('services: a local version', () => {
  let world: World
  let agency: string
  let person: string
  let service: string
  let admin: Actor
  before(async () => {
    world = await aWorld(new Date('2026-03-02T09:00:00+07:00'))
    agency = await world.anAgency()
    person = await world.aPerson('local-admin', { agency })
    admin = {
      id: person,
      name: '',
      offices: [{ role: 'local-admin', agency, unit: null }],
      secondFactor: true,
    }
    const national = await world.as(await world.aPerson('national-admin'))
    await national.post('/services/publishers', { name: 'Dinas Contoh', key: publicKeyText(key.privateKey) })
    const sent = await upload(fileOf('1.2.0'))
    service = sent.headers.get('location')!.split('/')[2]!
  })
  after(() => world.drop())

  async function upload(file: File) {
    const body = new FormData()
    body.append('file', file)
    return (await world.as(person)).send('POST', `/services/agencies/${agency}/upload`, body)
  }
  const running = () =>
    world.db
      .selectFrom('services.service as s')
      .innerJoin('services.release as r', 'r.hash', 's.release')
      .innerJoin('services.installation as i', (join) =>
        join.onRef('i.service', '=', 's.id').onRef('i.release', '=', 's.release'),
      )
      .leftJoin('services.release as b', 'b.hash', 'i.base')
      .select(['r.hash', 'r.version', 'r.content', 'b.version as base', 'i.key'])
      .where('s.id', '=', service)
      .executeTakeFirstOrThrow()
  const now = async () => {
    const row = await running()
    return { from: row.hash.toString('hex'), pkg: row.content as unknown as Package }
  }
  const install = async (given: unknown, actor = admin) => {
    const outcome = await perform(installLocal, { db: world.db, clock: world.clock, actor }, service, given)
    return outcome.kind === 'refused' ? outcome.refusal : outcome.kind
  }
  async function report() {
    const sent = await (await world.as()).post(`/services/${service}/report`, {
      nama: 'Budi',
      umur: '70',
      desa: '3510202001',
      setuju: 'tidak',
    })
    assert.ok([200, 303].includes(sent.status), await sent.text())
  }
  const versions = () =>
    world.db
      .selectFrom('services.case as c')
      .innerJoin('services.release as r', 'r.hash', 'c.release')
      .select('r.version')
      .orderBy('c.number')
      .execute()

  it('holds for new cases, running ones keep theirs, and it says from whose release it was made', async () => {
    await report()
    const { from, pkg } = await now()
    assert.equal(await install({ from, content: relabelled(pkg, 'Nama lengkap') }), 'done')
    await report()
    assert.deepEqual(
      (await versions()).map(({ version }) => version),
      ['1.2.0', '1.2.0+local.1'],
    )
    const row = await running()
    assert.deepEqual([row.version, row.base, row.key], ['1.2.0+local.1', '1.2.0', publicKeyText(key.privateKey)])
    const page = await (await (await world.as()).get(`/services/${service}/report`)).text()
    assert.ok(page.includes('Nama lengkap'))
  })

  it('is changed again into the next one, from files too; of two at once one is done and the other is told', async () => {
    const { from, pkg } = await now()
    const both = await Promise.all(
      ['Nama pemohon', 'Nama peminjam'].map((label) =>
        install({
          from,
          content: filesOf({ ...relabelled(pkg, label), manifest: { ...pkg.manifest, version: '1.2.0+local.1' } }),
        }),
      ),
    )
    assert.deepEqual(both.sort(), ['base-moved', 'done'])
    const row = await running()
    assert.deepEqual([row.version, row.base], ['1.2.0+local.2', '1.2.0'])
  })

  it('is refused when it is not the agency’s to make, breaks a rule, fails an example, or changes nothing', async () => {
    const { from, pkg } = await now()
    const spoilt = (spoil: (copy: Package) => void) => {
      const copy = structuredClone(pkg)
      spoil(copy)
      return { from, content: copy }
    }
    const stranger = {
      ...admin,
      id: await world.aPerson(),
      offices: [{ role: 'local-admin', agency: await world.anAgency(), unit: null }],
    }
    const base = packageOf(inFiles(small))
    const tries: [string, string][] = [
      ['forbidden', await install({ from, content: relabelled(pkg, 'X') }, stranger)],
      ['not JSON', await install({ from })],
      ['a release that was never installed', await install({ from: 'ab'.repeat(32), content: relabelled(pkg, 'X') })],
      [
        'another agency as its origin',
        await install(
          spoilt((p) => {
            p.manifest.origin.agency = 'Kami sendiri'
          }),
        ),
      ],
      [
        'another package',
        await install(
          spoilt((p) => {
            p.manifest.id = 'id.kami.kursi-roda'
          }),
        ),
      ],
      [
        'a contributor of its own',
        await install(
          spoilt((p) => {
            p.manifest.contributors = [{ agency: 'Kami', version: '1.2.0', change: 'Semua' }]
          }),
        ),
      ],
      ['nothing', await install({ from, content: pkg })],
      ['what the publisher had', await install({ from, content: base })],
      ['a script in words', await install({ from, content: relabelled(pkg, '<script>alert(1)</script>') })],
      [
        'a way out of the package',
        await install(
          spoilt((p) => {
            p.forms[0]!.id = '../../x'
          }),
        ),
      ],
      [
        'two forms of one name',
        await install(
          spoilt((p) => {
            p.forms.push(structuredClone(p.forms[0]!))
          }),
        ),
      ],
      [
        'a bomb',
        await install(
          spoilt((p) => {
            p.rules = Array.from({ length: 500 }, (_, i) => ({ ...p.rules[0]!, id: `r${i}` }))
          }),
        ),
      ],
      [
        'an example that fails',
        await install(
          spoilt((p) => {
            p.rules[0]!.versions[0] = { ...(p.rules[0]!.versions[0] as object), base: 2 } as never
          }),
        ),
      ],
    ]
    assert.deepEqual(tries, [
      ['forbidden', 'forbidden'],
      ['not JSON', 'invalid'],
      ['a release that was never installed', 'base-unknown'],
      ['another agency as its origin', 'origin-changed'],
      ['another package', 'origin-changed'],
      ['a contributor of its own', 'origin-changed'],
      ['nothing', 'nothing-changed'],
      ['what the publisher had', 'nothing-changed'],
      ['a script in words', 'package-refused'],
      ['a way out of the package', 'package-refused'],
      ['two forms of one name', 'package-refused'],
      ['a bomb', 'package-refused'],
      ['an example that fails', 'package-refused'],
    ])
    assert.deepEqual(
      examineContent(relabelled(pkg, '<b>x</b>'), '1.2.0').problems.map(({ rule, file }) => [rule, file]),
      [['markup', 'forms/permohonan.json']],
    )
  })

  it('is not run over by a newer version, and does not forget whose key its release bore', async () => {
    const body = async (file: File) => {
      const sent = await upload(file)
      return [
        sent.status,
        /publisher-unknown|Anda ubah sendiri|version-reused|version-downgraded/.exec(await sent.text())?.[0],
      ]
    }
    assert.deepEqual(await body(fileOf('1.3.0')), [409, 'Anda ubah sendiri'])
    const other = small['package.yaml']!.replace('Gratis', 'Bayar')
    assert.deepEqual(await body(fileOf('1.2.0', { 'package.yaml': other })), [409, 'version-reused'])
    assert.deepEqual(await body(fileOf('1.1.0')), [409, 'version-downgraded'])
  })
})
