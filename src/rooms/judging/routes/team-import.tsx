import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { sniff } from '#platform/files.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { readSheet, writeCsv, writeXlsx, xlsxType } from '#platform/sheet.ts'
import { fill } from '#platform/text.ts'
import { checkTeamImport, confirmTeamImport } from '../actions/team-import.ts'
import { checkTeam, readTeamRows, type TeamRow, teamColumns } from '../domain/team-import.ts'
import { TeamImportPage, TeamPreviewPage } from '../pages/team-import.tsx'
import { may } from '../permissions.ts'
import { findReading } from '../store/reading.ts'
import { findPresent, findTeamImport } from '../store/team-import.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()
const place = '/judging/rounds/:round/evaluators/import'

/** The round, for those who manage its evaluators; for others it is not there. */
async function managed(c: C) {
  const { db, actor } = c.get('ctx')
  return found(may.manageEvaluators(actor) ? await findReading(db, idParam(c, 'round')) : undefined)
}

routes.get(place, async (c) => {
  const { round } = await managed(c)
  return page(c, <TeamImportPage view={c.get('view')} round={round} />)
})

for (const end of ['csv', 'xlsx'])
  routes.get(`${place}/template.${end}`, async (c) => {
    const { round } = await managed(c)
    const [first, second] = round.rules.categories.map((category) => category.label.id)
    const rows = [
      [...teamColumns],
      [
        'Nama Evaluator',
        'evaluator@contoh.ac.id',
        'Universitas Contoh',
        '35.10',
        [first, second].filter(Boolean).join('; '),
        first ?? '',
        '',
        '20',
        '60',
      ],
    ]
    c.header('Content-Type', end === 'csv' ? 'text/csv; charset=utf-8' : xlsxType)
    c.header('Content-Disposition', `attachment; filename="contoh-evaluator.${end}"`)
    return c.body(end === 'csv' ? writeCsv(rows) : new Uint8Array(await writeXlsx(rows)))
  })

/** The rows of the uploaded table, or why there are none. */
async function readUpload(
  c: C,
): Promise<{ file: string; rows: TeamRow[] } | { refusal: string; columns?: readonly string[] }> {
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0) return { refusal: 'file-needed' }
  const content = Buffer.from(await file.arrayBuffer())
  const type = await sniff(content, file.name)
  const table = type === 'text/csv' || type === xlsxType ? await readSheet(content, type) : undefined
  if (!table) return { refusal: 'file-unreadable' }
  const read = readTeamRows(table)
  if (read.ok) return { file: file.name.replace(/^.*[/\\]/, '').slice(0, 200), rows: read.change }
  return 'columns' in read ? { refusal: read.refusal, columns: read.columns } : { refusal: read.refusal }
}

routes.post(place, async (c) => {
  const { ctx } = await readForm(c)
  const { round } = await managed(c)
  const upload = await readUpload(c)
  const view = c.get('view')
  if ('refusal' in upload) return page(c, <TeamImportPage view={view} round={round} {...upload} />, 422)
  return answer(c, await perform(checkTeamImport, ctx, round.id, upload), {
    onDone: ({ id }) => `/judging/rounds/${round.id}/evaluators/import/${id}`,
    again: (_, refusal) => <TeamImportPage view={view} round={round} refusal={refusal ?? 'file-unreadable'} />,
  })
})

async function previewPage(c: C, refusal?: string) {
  const { round } = await managed(c)
  const { db, actor } = c.get('ctx')
  const { id, file, rows, done } = found(await findTeamImport(db, actor, round.id, idParam(c, 'import')))
  const checked = checkTeam(rows, await findPresent(db, round, rows))
  const shown = { id, file, checked, done: done !== null, refusal }
  return <TeamPreviewPage view={c.get('view')} round={round} {...shown} />
}

routes.get(`${place}/:import`, async (c) => page(c, await previewPage(c)))

routes.post(`${place}/:import`, async (c) => {
  const { ctx } = await readForm(c)
  const round = idParam(c, 'round')
  const outcome = await perform(confirmTeamImport(round), ctx, idParam(c, 'import'), {})
  const { joined = 0, invited = 0 } = outcome.kind === 'done' ? outcome.change : {}
  return answer(c, outcome, {
    onDone: `/judging/rounds/${round}/evaluators`,
    say: fill(words(c.get('view').lang).teamImported, { joined, invited }),
    again: (_, refusal) => previewPage(c, refusal),
  })
})
