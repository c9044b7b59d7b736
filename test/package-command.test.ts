import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'

const root = path.join(import.meta.dirname, '..')
const scratch = mkdtempSync(path.join(tmpdir(), 'melayani-package-'))
after(() => rmSync(scratch, { recursive: true }))
const at = (name: string) => path.join(scratch, name)
function run(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'tools/package.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, says: stderr }
}

describe('services: npm run package', () => {
  it('makes a key, signs a package, and verifies it for whoever trusts that key', () => {
    const made = run('new-key', at('agency.pem'))
    assert.equal(made.status, 0)
    const key = /agency: ([\w-]{43})/.exec(made.says)![1]!
    assert.equal(run('new-key', at('agency.pem')).status, 2)
    const signed = run(
      'sign',
      'programs/laskar-penjaja-sayur',
      '--key',
      at('agency.pem'),
      '--publisher',
      'Puskesmas Sempu',
      '--out',
      at('x.melayani'),
    )
    assert.equal(signed.status, 0, signed.says)
    const verified = run('verify', at('x.melayani'), '--trust', key)
    assert.equal(verified.status, 0, verified.says)
    assert.match(
      verified.says,
      /id\.banyuwangi\.laskar-penjaja-sayur 1\.1\.0, published by Puskesmas Sempu: whole, signed, and proven/,
    )
    assert.match(run('verify', at('x.melayani'), '--trust', 'A'.repeat(43)).says, /publisher-unknown/)
    const bytes = readFileSync(at('x.melayani'))
    bytes[200]! ^= 1
    writeFileSync(at('y.melayani'), bytes)
    assert.equal(run('verify', at('y.melayani'), '--trust', key).status, 1)
  })

  it('says where a package is wrong, and does not sign it', () => {
    cpSync(path.join(root, 'programs/laskar-penjaja-sayur'), at('copy'), { recursive: true })
    const rule = at('copy/rules/kspr.yaml')
    writeFileSync(rule, readFileSync(rule, 'utf8').replace('tinggi <= 145', 'tinggi >= 145'))
    const checked = run('check', at('copy'))
    assert.equal(checked.status, 1)
    assert.match(
      checked.says,
      /examples\/jebakan_kspr steps\[4\]\.expect\.rules\.kspr\.total: example-failed: expected 2, and it is 6/,
    )
    assert.equal(
      run('sign', at('copy'), '--key', at('agency.pem'), '--publisher', 'X', '--out', at('z.melayani')).status,
      1,
    )
    assert.equal(run('check', at('nowhere')).status, 2)
    assert.equal(run().status, 2)
  })
})
