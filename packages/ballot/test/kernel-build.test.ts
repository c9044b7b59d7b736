import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { asFile, compile, fileOf, kernels } from '../tools/build-kernel.ts'

describe('the kernels in WebAssembly', () => {
  for (const kernel of kernels) {
    it(`${kernel.name} is, byte for byte, what its source gives`, async () => {
      const committed = readFileSync(fileOf(kernel), 'utf8')
      assert.equal(asFile(await compile(kernel)), committed)
    })

    it(`${kernel.name} asks its surroundings for nothing`, async () => {
      const { wasm } = (await import(fileOf(kernel))) as { wasm: string }
      const bytes = Buffer.from(wasm, 'base64')
      const said = /sha-256 ([0-9a-f]{64})/.exec(readFileSync(fileOf(kernel), 'utf8'))?.[1]
      assert.equal(createHash('sha256').update(bytes).digest('hex'), said)
      assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(bytes)), [])
    })
  }
})
