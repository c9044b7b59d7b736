import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { sniff } from '#platform/files.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { readSheet, writeCsv, writeXlsx, xlsxType } from '#platform/sheet.ts'
import { fill } from '#platform/text.ts'
import { checkImport, confirmImport } from '../actions/import.ts'
import { checkRows, importColumns, kindWords, readRows } from '../domain/import.ts'
import { ImportPage, ImportPreviewPage } from '../pages/import.tsx'
import { may } from '../permissions.ts'
import { exportAgencies } from '../store/agency.ts'
import { findImport, findRegistered } from '../store/import.ts'
import { words } from '../text/index.ts'
import { only, signedIn } from './parts.ts'

export const imports = new Hono<Env>()

type Rows = (readonly (string | null)[])[]

/** A table as a file to keep. */
export async function download(c: C, name: string, rows: Rows) {
  const csv = name.endsWith('.csv')
  const body = csv ? writeCsv(rows) : new Uint8Array(await writeXlsx(rows))
  c.header('Content-Type', csv ? 'text/csv; charset=utf-8' : xlsxType)
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  return c.body(body)
}

const template: Rows = [
  [...importColumns],
  ['35.10', 'kabupaten', 'Pemerintah Kabupaten Banyuwangi', '35.10', 'Nama Admin Lokal', 'admin.lokal@contoh.go.id'],
  ['KEM-CONTOH', 'kementerian', 'Kementerian Contoh', '', '', ''],
]

imports.get('/people/agencies/import', (c) => {
  only(c, may.importAgencies)
  return page(c, <ImportPage view={c.get('view')} />)
})

for (const end of ['csv', 'xlsx']) {
  imports.get(`/people/agencies/import/template.${end}`, (c) => {
    only(c, may.importAgencies)
    return download(c, `contoh-instansi.${end}`, template)
  })

  imports.get(`/people/agencies/export.${end}`, async (c) => {
    const actor = only(c, may.seeAgencies)
    const agencies = await exportAgencies(c.get('ctx').db, actor)
    const rows = agencies.map((a) => [a.code, kindWords[a.kind], a.name, a.region, a.admin, a.email])
    return download(c, `instansi.${end}`, [[...importColumns], ...rows])
  })
}

type Read<Row> = { ok: true; change: Row[] } | { ok: false; refusal: string; columns?: readonly string[] }

/** The rows of the uploaded table as `read` finds them, or why there are none. */
export async function readUpload<Row>(
  c: C,
  read: (table: string[][]) => Read<Row>,
): Promise<{ file: string; rows: Row[] } | { refusal: string; columns?: readonly string[] }> {
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0) return { refusal: 'file-needed' }
  const content = Buffer.from(await file.arrayBuffer())
  const type = await sniff(content, file.name)
  const table = type === 'text/csv' || type === xlsxType ? await readSheet(content, type) : undefined
  if (!table) return { refusal: 'file-unreadable' }
  const found = read(table)
  if (found.ok) return { file: file.name.replace(/^.*[/\\]/, '').slice(0, 200), rows: found.change }
  return { refusal: found.refusal, ...(found.columns && { columns: found.columns }) }
}

imports.post('/people/agencies/import', async (c) => {
  const { ctx } = await readForm(c)
  const actor = signedIn(c)
  const upload = may.importAgencies(actor) ? await readUpload(c, readRows) : { file: '', rows: [] }
  if ('refusal' in upload) return page(c, <ImportPage view={c.get('view')} {...upload} />, 422)
  const outcome = await perform(checkImport, ctx, actor.id, upload)
  return answer(c, outcome, {
    onDone: ({ id }) => `/people/agencies/import/${id}`,
    again: () => <ImportPage view={c.get('view')} refusal="file-unreadable" />,
  })
})

async function previewPage(c: C, refusal?: string) {
  const { actor, db } = c.get('ctx')
  const { id, file, rows, done } = found(await findImport(db, actor, idParam(c, 'import')))
  const checked = checkRows(rows, await findRegistered(db, rows))
  const shown = { id, file, checked, done: done !== null, ...(refusal && { refusal }) }
  return <ImportPreviewPage view={c.get('view')} {...shown} />
}

imports.get('/people/agencies/import/:import', async (c) => {
  signedIn(c)
  return page(c, await previewPage(c))
})

imports.post('/people/agencies/import/:import', async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(confirmImport, ctx, idParam(c, 'import'), {})
  const { agencies: n = 0, invited = 0 } = outcome.kind === 'done' ? outcome.change : {}
  return answer(c, outcome, {
    onDone: '/people/agencies',
    say: fill(words(c.get('view').lang).imported, { n, invited }),
    again: (_, refusal) => previewPage(c, refusal),
  })
})
