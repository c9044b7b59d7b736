import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { checkPassword, hashPassword, newToken, storedToken } from './password.ts'
import { seal, secretKey, unseal, useSecretKey } from './secret.ts'

describe('platform: what is kept secret', () => {
  const key = secretKey(mkdtempSync(path.join(tmpdir(), 'melayani-key-')))

  it('comes back from its seal, which is another each time', () => {
    useSecretKey(key)
    assert.equal(unseal(seal('3510 0101 é')), '3510 0101 é')
    assert.notEqual(seal('x'), seal('x'))
  })
  it('does not come back when a byte was changed or the key is another', () => {
    useSecretKey(key)
    const sealed = Buffer.from(seal('rahasia'), 'base64')
    for (const at of [0, 12, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      assert.throws(() => unseal(changed.toString('base64')))
    }
    useSecretKey(secretKey(mkdtempSync(path.join(tmpdir(), 'melayani-key-'))))
    assert.throws(() => unseal(sealed.toString('base64')))
  })
  it('is made once for a data folder, readable by its owner alone', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'melayani-key-'))
    const made = secretKey(folder)
    assert.deepEqual(secretKey(folder), made)
    assert.equal(statSync(path.join(folder, 'secret.key')).mode & 0o777, 0o600)
    assert.ok(!readFileSync(path.join(folder, 'secret.key')).equals(made))
  })

  it('a password is kept as argon2id with 19 MiB, two passes and its own salt', async () => {
    const stored = await hashPassword('kuda laut biru 7')
    assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/=]{24}\$[\w+/=]{44}$/)
    assert.notEqual(await hashPassword('kuda laut biru 7'), stored)
    assert.equal(await checkPassword('kuda laut biru 7', stored), true)
    assert.equal(await checkPassword('kuda laut biru 8', stored), false)
    assert.equal(await checkPassword('kuda laut biru 7', null), false)
    assert.equal(await checkPassword('', 'nonsense'), false)
  })
  it('a password typed with composed or separate accents is the same', async () => {
    assert.equal(await checkPassword('cafe\u0301 di kota', await hashPassword('caf\u00e9 di kota')), true)
  })
  it('a token is 256 bits and is kept as its hash', () => {
    const { token, stored } = newToken()
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    assert.deepEqual(storedToken(token), stored)
    assert.ok(!stored.equals(Buffer.from(token, 'base64url')))
  })
})
