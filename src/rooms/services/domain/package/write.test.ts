import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { filesOf as shipped } from '../../../../../test/packages.ts'
import { hashOf } from '../installing.ts'
import { readPackage, readSealed } from './read.ts'
import { publicKeyText, sealed } from './seal.ts'
import { filesOf } from './write.ts'

describe('services: a package written out again', () => {
  for (const name of ['laskar-penjaja-sayur', 'garda-ampuh'])
    it(`${name} is read back as the same, also from a sealed file, which has the same bytes each time`, () => {
      const read = readPackage(shipped(name))
      assert.ok(read.ok)
      const again = readPackage(filesOf(read.value))
      assert.ok(again.ok)
      assert.deepEqual(again.value, read.value)
      assert.equal(hashOf(again.value), hashOf(read.value))
      const { privateKey } = generateKeyPairSync('ed25519')
      const { id, version } = read.value.manifest
      const file = () => sealed(filesOf(read.value), { id, version, publisher: 'Contoh' }, privateKey)
      assert.deepEqual(file(), file())
      const opened = readSealed(file(), { keys: new Set([publicKeyText(privateKey)]) })
      assert.ok(opened.ok)
      assert.equal(hashOf(opened.value.pkg), hashOf(read.value))
    })
})
