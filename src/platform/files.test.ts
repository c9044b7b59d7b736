import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Hono } from 'hono'
import { type Fresh, freshDatabase } from '../../test/database.ts'
import { addToUpload, beginUpload, type FileKind, findFile, readWhole, storeWhole } from './files.ts'
import { type C, type Env, fileAnswer } from './http.ts'
import { newId } from './ids.ts'

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('platform: uploads', () => {
  let fresh: Fresh
  const files = { folder: mkdtempSync(path.join(tmpdir(), 'melayani-files-')) }
  const owner = newId()
  before(async () => {
    fresh = await freshDatabase()
  })
  after(() => fresh.drop())

  const put = (id: string, offset: number, bytes: Buffer, accept: FileKind[] = ['pdf'], who: string | null = owner) =>
    addToUpload(fresh.db, files, { id, owner: who, offset, bytes, accept })
  const stored = () =>
    readdirSync(files.folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).length

  it('are whole after pieces, and another piece changes nothing', async () => {
    const id = await beginUpload(fresh.db, owner, { name: 'bukti.pdf', size: pdf.length })
    assert.deepEqual(await put(id, 0, pdf.subarray(0, 10)), { got: 10, done: false })
    assert.deepEqual(await put(id, 10, pdf.subarray(10)), { got: pdf.length, done: true })
    assert.deepEqual(await put(id, 0, Buffer.from('x')), { got: pdf.length, done: true })
    assert.deepEqual(await readWhole(files, id), pdf)
    assert.equal((await findFile(fresh.db, id))?.type, 'application/pdf')
  })

  it('go on where the row says after a cut in the middle of a piece', async () => {
    const id = await beginUpload(fresh.db, owner, { name: 'bukti.pdf', size: pdf.length })
    await put(id, 0, pdf.subarray(0, 10))
    // The machine stopped after bytes reached the disk and before the row said so.
    await truncate(path.join(files.folder, id.slice(-2), id), 25)
    assert.deepEqual(await put(id, 25, pdf.subarray(25)), { refusal: 'upload-out-of-step', got: 10 })
    assert.deepEqual(await put(id, 10, pdf.subarray(10)), { got: pdf.length, done: true })
    assert.deepEqual(await readWhole(files, id), pdf)
  })

  it('take a piece that arrives twice at once only once', async () => {
    const id = await beginUpload(fresh.db, owner, { name: 'bukti.pdf', size: pdf.length })
    const both = await Promise.all([put(id, 0, pdf.subarray(0, 10)), put(id, 0, pdf.subarray(0, 10))])
    assert.deepEqual(
      new Set(both.map((b) => JSON.stringify(b))),
      new Set(['{"got":10,"done":false}', '{"refusal":"upload-out-of-step","got":10}']),
    )
    await put(id, 10, pdf.subarray(10))
    assert.deepEqual(await readWhole(files, id), pdf)
  })

  it('take no more than was announced', async () => {
    const id = await beginUpload(fresh.db, owner, { name: 'bukti.pdf', size: 20 })
    assert.deepEqual(await put(id, 0, pdf), { refusal: 'upload-too-long' })
  })

  it("are their owner's alone until they are done", async () => {
    const id = await beginUpload(fresh.db, owner, { name: 'bukti.pdf', size: pdf.length })
    assert.deepEqual(await put(id, 0, pdf, ['pdf'], newId()), { refusal: 'upload-gone' })
    assert.deepEqual(await put(id, 0, pdf, ['pdf'], null), { refusal: 'upload-gone' })
    assert.equal(await findFile(fresh.db, id), undefined)
  })

  it('are gone when the disk lost them, and say so', async () => {
    const id = await beginUpload(fresh.db, owner, { name: 'bukti.pdf', size: pdf.length })
    await put(id, 0, pdf.subarray(0, 10))
    const { rm } = await import('node:fs/promises')
    await rm(path.join(files.folder, id.slice(-2), id))
    assert.deepEqual(await put(id, 10, pdf.subarray(10)), { refusal: 'upload-gone' })
  })

  const names: [given: string, kept: string][] = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\bukti.pdf', 'bukti.pdf'],
    ['..', '..'],
    ['a\u0000b\u202Efdp.exe', 'abfdp.exe'],
    ['', 'berkas'],
    ['/', 'berkas'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ]
  for (const [given, kept] of names)
    it(`keep of the name ${JSON.stringify(given.slice(0, 20))} only ${JSON.stringify(kept.slice(0, 20))}, and never a path`, async () => {
      const before = stored()
      const done = await storeWhole(fresh.db, files, owner, given, pdf, ['pdf'])
      assert.ok('id' in done)
      assert.equal((await findFile(fresh.db, done.id))?.name, kept)
      assert.equal(stored(), before + 1)
      assert.ok(existsSync(path.join(files.folder, done.id.slice(-2), done.id)))
    })

  const html = Buffer.from('<!doctype html><script>alert(1)</script>')
  const wolves: [what: string, name: string, bytes: Buffer, accept: FileKind[]][] = [
    ['HTML as a PDF', 'bukti.pdf', html, ['pdf']],
    ['a program as a PDF', 'bukti.pdf', Buffer.concat([Buffer.from('MZ\u0090\0'), Buffer.alloc(200)]), ['pdf']],
    [
      'an ELF program as a photo',
      'foto.jpg',
      Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(200)]),
      ['photo'],
    ],
    [
      'SVG as a photo',
      'foto.png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      ['photo'],
    ],
    [
      'SVG with its XML head as a photo',
      'foto.svg',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      ['photo'],
    ],
    ['HTML that hides a PDF further down', 'bukti.pdf', Buffer.concat([html, pdf]), ['pdf']],
    ['a PDF where a photo is asked', 'foto.png', pdf, ['photo']],
    ['a photo where a PDF is asked', 'bukti.pdf', png, ['pdf']],
    ['a ZIP as a table', 'tabel.xlsx', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), ['table']],
    ['bytes as a CSV', 'tabel.csv', Buffer.from([1, 0, 2, 0]), ['table']],
    [
      'a GIF, which nobody asked for',
      'foto.gif',
      Buffer.from('GIF89a\u0001\0\u0001\0\0\0\0;', 'latin1'),
      ['photo', 'pdf', 'table'],
    ],
    ['nothing at all', 'bukti.pdf', Buffer.alloc(0), ['pdf']],
  ]
  for (const [what, name, bytes, accept] of wolves)
    it(`refuse ${what}, and keep nothing of it`, async () => {
      const before = stored()
      assert.deepEqual(await storeWhole(fresh.db, files, owner, name, bytes, accept), {
        refusal: 'upload-not-that-type',
      })
      assert.equal(stored(), before)
    })

  it('that begin as a PDF and go on as HTML are given back as a PDF, which no browser runs', async () => {
    const polyglot = Buffer.concat([pdf, html])
    const done = await storeWhole(fresh.db, files, owner, 'bukti "x"\u00e9;.html', polyglot, ['pdf'])
    assert.ok('id' in done)
    const app = new Hono<Env>()
    app.get('/', async (c) => {
      c.set('files', files)
      return fileAnswer(c as C, (await findFile(fresh.db, done.id))!)
    })
    const response = await app.request('/')
    assert.equal(response.headers.get('content-type'), 'application/pdf')
    assert.equal(
      response.headers.get('content-disposition'),
      `inline; filename="bukti _x___.html"; filename*=UTF-8''bukti%20%22x%22%C3%A9%3B.html`,
    )
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), polyglot)
  })
})
