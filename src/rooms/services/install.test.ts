import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { inFiles, packageOf, small } from '../../../test/packages.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { asJson } from './domain/package/read.ts'
import { publicKeyText, sealed } from './domain/package/seal.ts'

const key = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519')

/** The small package in this version, sealed. */
function fileOf(version: string, by = key, change: Record<string, string> = {}): File {
  const texts = {
    ...small,
    'package.yaml': small['package.yaml']!.replace('version: 1.2.0', `version: ${version}`),
    ...change,
  }
  const files = asJson(inFiles(texts))
  const bytes = sealed(files, { id: 'id.contoh.kursi-roda', version, publisher: 'Dinas Contoh' }, by.privateKey)
  return new File([new Uint8Array(bytes)], 'kursi.melayani')
}

describe('services: a sealed package', () => {
  let world: World
  let agency: string
  let admin: string
  before(async () => {
    world = await aWorld(new Date('2026-03-02T09:00:00+07:00'))
    agency = await world.anAgency()
    admin = await world.aPerson('local-admin', { agency })
    packageOf(inFiles(small))
  })
  after(() => world.drop())

  async function upload(file?: File) {
    const body = new FormData()
    if (file) body.append('file', file)
    const response = await (await world.as(admin)).send('POST', `/services/agencies/${agency}/upload`, body)
    return { status: response.status, text: await response.text() }
  }
  const running = () =>
    world.db
      .selectFrom('services.installation as i')
      .innerJoin('services.release as r', 'r.hash', 'i.release')
      .select(['r.version'])
      .orderBy('i.at')
      .orderBy('r.version')
      .execute()

  it('is refused with the reason until its publisher is trusted', async () => {
    assert.equal((await upload()).status, 422)
    const refused = await upload(fileOf('1.2.0'))
    assert.equal(refused.status, 409)
    assert.ok(refused.text.includes('publisher-unknown'))
    assert.deepEqual(await running(), [])
    const national = await world.as(await world.aPerson('national-admin'))
    const trust = () =>
      national.post('/services/publishers', { name: 'Dinas Contoh', key: publicKeyText(key.privateKey) })
    assert.equal((await (await world.as(admin)).post('/services/publishers', {})).status, 403)
    assert.deepEqual((await Promise.all([trust(), trust()])).map(({ status }) => status).sort(), [303, 409])
    assert.equal((await upload(fileOf('1.2.0'))).status, 303)
  })

  it('is installed once, newer ones after it, and no older, no other key, no changed content', async () => {
    assert.equal((await upload(fileOf('1.2.0'))).status, 409)
    assert.equal((await upload(fileOf('1.3.0'))).status, 303)
    const reasons = {
      older: await upload(fileOf('1.2.0')),
      'other key': await upload(fileOf('2.0.0', stranger)),
      broken: await upload(new File(['PK'], 'x.melayani')),
      'example that fails': await upload(
        fileOf('1.4.0', key, {
          'examples/pinjam.yaml': small['examples/pinjam.yaml']!.replace('total: 6', 'total: 7'),
        }),
      ),
    }
    assert.deepEqual(
      Object.entries(reasons).map(([name, { status, text }]) => [
        name,
        status,
        /version-downgraded|publisher-unknown|not-a-zip|example-failed/.exec(text)?.[0],
      ]),
      [
        ['older', 409, 'version-downgraded'],
        ['other key', 409, 'publisher-unknown'],
        ['broken', 409, 'not-a-zip'],
        ['example that fails', 409, 'example-failed'],
      ],
    )
    assert.deepEqual(await running(), [{ version: '1.2.0' }, { version: '1.3.0' }])
  })
})
