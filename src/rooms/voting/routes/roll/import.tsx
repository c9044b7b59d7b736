import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { sniff } from '#platform/files.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { readSheet, writeCsv, writeXlsx, xlsxType } from '#platform/sheet.ts'
import { fill } from '#platform/text.ts'
import { checkRollImport, confirmRollImport } from '../../actions/roll/import.ts'
import { localDay } from '../../domain/roll/day.ts'
import { checkRoll, readRollRows, rollColumns } from '../../domain/roll/row.ts'
import { RollImportPage, RollImportResultPage } from '../../pages/roll/import.tsx'
import { findRollImport } from '../../store/roll/import.ts'
import { placesOf, placesWithVoters } from '../../store/roll/voter.ts'
import { words } from '../../text/index.ts'
import { logRefusal, rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll/import'

routes.get(at, async (c) => page(c, <RollImportPage view={c.get('view')} election={await rollParam(c)} />))

/** A made-up person: no NIK begins with 99. */
const example = ['9999994112800001', 'Nama Pemilih', '01-12-1980', 'P', 'S', 'Jalan Melati 1', 'Krajan', '1', '2', '1']

/** A table to keep. It carries people's particulars, so that no cache keeps it too. */
export async function table(c: C, name: string, rows: (readonly (string | number | null)[])[]) {
  const csv = name.endsWith('.csv')
  c.header('Content-Type', csv ? 'text/csv; charset=utf-8' : xlsxType)
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  c.header('Cache-Control', 'no-store')
  return c.body(csv ? writeCsv(rows) : new Uint8Array(await writeXlsx(rows)))
}

for (const end of ['csv', 'xlsx'])
  routes.get(`${at}/template.${end}`, async (c: C) => {
    await rollParam(c)
    return table(c, `contoh-daftar-pemilih.${end}`, [[...rollColumns], example])
  })

/** The name of a file without folders and without signs that nobody sees. */
const nameOf = ({ name }: File) =>
  name
    .replace(/^.*[/\\]/, '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 200)

async function readUpload(c: C) {
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0) return { refusal: 'file-needed' }
  const content = Buffer.from(await file.arrayBuffer())
  const type = await sniff(content, file.name)
  const rows =
    type === 'text/csv' || type === xlsxType ? await readSheet(content, type, { emptyLines: true }) : undefined
  if (!rows) return { refusal: 'file-unreadable' }
  const read = readRollRows(rows)
  if (read.ok) return { file: nameOf(file), rows: read.change }
  return { refusal: read.refusal, ...('columns' in read && { columns: read.columns }) }
}

routes.post(at, async (c) => {
  const { ctx } = await readForm(c)
  const election = await rollParam(c)
  const upload = await readUpload(c)
  const view = c.get('view')
  if (!('rows' in upload)) return page(c, <RollImportPage view={view} election={election} {...upload} />, 422)
  const outcome = await perform(checkRollImport, ctx, election.id, upload)
  await logRefusal(c, election.id, 'import', outcome)
  return answer(c, outcome, {
    onDone: ({ id }) => `/voting/elections/${election.id}/roll/import/${id}`,
    again: (_, refusal) => <RollImportPage view={view} election={election} refusal={refusal ?? 'file-unreadable'} />,
  })
})

async function checkedParam(c: C) {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const held = found(await findRollImport(db, election.id, idParam(c, 'import')))
  const places = await placesWithVoters(db, election.id)
  const niks = held.rows.map(({ nik }) => nik.replace(/\D/g, ''))
  const known = { tps: places.map(({ number }) => number), listed: await placesOf(db, election.id, niks) }
  const checked = checkRoll(held.rows, known, localDay(c.get('view').now, election.profile.zone))
  return { election, held, checked }
}

async function resultPage(c: C, refusal?: string) {
  const { election, held, checked } = await checkedParam(c)
  return (
    <RollImportResultPage
      view={c.get('view')}
      election={election}
      id={held.id}
      file={held.file}
      takes={checked.entries.length}
      known={checked.known}
      problems={checked.problems}
      taken={held.taken}
      refusal={refusal}
    />
  )
}

routes.get(`${at}/:import`, async (c) => page(c, await resultPage(c)))

/** Each row that is left out, once, with all that is wrong with it: to be mended and brought again as it is. */
for (const end of ['csv', 'xlsx'])
  routes.get(`${at}/:import/left-out.${end}`, async (c: C) => {
    const { held, checked } = await checkedParam(c)
    const w = words(c.get('view').lang)
    const wrong = Map.groupBy(checked.problems, ({ row }) => row)
    return table(c, `baris-ditinggalkan.${end}`, [
      [w.row, w.column, w.rowProblem, ...rollColumns],
      ...held.rows.flatMap((row) => {
        const own = wrong.get(row.row)
        if (!own) return []
        const why = own.map((problem) => fill(w[problem.code], { with: problem.with ?? '' })).join(' ')
        return [[row.row, own.map(({ column }) => column).join(' '), why, ...rollColumns.map((column) => row[column])]]
      }),
    ])
  })

routes.post(`${at}/:import`, async (c) => {
  const { ctx } = await readForm(c)
  const { election, held } = await checkedParam(c)
  const outcome = await perform(confirmRollImport, ctx, held.id, {})
  await logRefusal(c, election.id, 'import', outcome)
  const { taken = 0, left = 0 } = outcome.kind === 'done' ? outcome.change : {}
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll`,
    say: fill(words(c.get('view').lang).rollImported, { taken, left }),
    again: (_, refusal) => resultPage(c, refusal),
  })
})
