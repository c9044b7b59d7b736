import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { checkUnitImport, confirmUnitImport } from '../actions/unit-import.ts'
import { checkUnits, readUnitRows, unitColumns } from '../domain/unit-import.ts'
import { UnitImportPage, UnitImportPreviewPage } from '../pages/unit-import.tsx'
import { may } from '../permissions.ts'
import { findAgency } from '../store/agency.ts'
import { findUnitImport } from '../store/import.ts'
import { words } from '../text/index.ts'
import { download, readUpload } from './import.tsx'
import { only, signedIn } from './parts.ts'

export const unitImports = new Hono<Env>()
const place = '/people/agencies/:agency/units/import'

/** The agency in the address, for those who import its units; for everybody else there is no such page. */
async function agencyOf(c: C) {
  const actor = signedIn(c)
  const agency = found(await findAgency(c.get('ctx').db, actor, idParam(c, 'agency')))
  only(c, (actor) => may.importUnits(actor, agency))
  return agency
}

unitImports.get(place, async (c) => page(c, <UnitImportPage view={c.get('view')} agency={await agencyOf(c)} />))

for (const end of ['csv', 'xlsx'])
  unitImports.get(`${place}/template.${end}`, async (c: C) => {
    await agencyOf(c)
    return download(c, `contoh-upp.${end}`, [
      [...unitColumns],
      ['RSUD Contoh', 'Nama Pegawai', 'pegawai@contoh.go.id'],
      ['Dinas Contoh', '', ''],
    ])
  })

unitImports.post(place, async (c) => {
  const { ctx } = await readForm(c)
  const agency = await agencyOf(c)
  const upload = await readUpload(c, readUnitRows)
  const view = c.get('view')
  if ('refusal' in upload) return page(c, <UnitImportPage view={view} agency={agency} {...upload} />, 422)
  const outcome = await perform(checkUnitImport, ctx, agency.id, upload)
  return answer(c, outcome, {
    onDone: ({ id }) => `/people/agencies/${agency.id}/units/import/${id}`,
    again: () => <UnitImportPage view={view} agency={agency} refusal="file-unreadable" />,
  })
})

async function previewPage(c: C, refusal?: string) {
  const agency = await agencyOf(c)
  const { db, actor } = c.get('ctx')
  const held = found(await findUnitImport(db, actor, idParam(c, 'import'), agency.id))
  const checked = checkUnits(held.rows, held, c.get('view').now)
  const shown = { agency, id: held.id, file: held.file, checked, done: held.done !== null }
  return <UnitImportPreviewPage view={c.get('view')} {...shown} {...(refusal && { refusal })} />
}

unitImports.get(`${place}/:import`, async (c) => page(c, await previewPage(c)))

unitImports.post(`${place}/:import`, async (c) => {
  const { ctx } = await readForm(c)
  const agency = await agencyOf(c)
  const outcome = await perform(confirmUnitImport, ctx, idParam(c, 'import'), {})
  const { units = [], invited = 0 } = outcome.kind === 'done' ? outcome.change : {}
  return answer(c, outcome, {
    onDone: `/people/agencies/${agency.id}`,
    say: fill(words(c.get('view').lang).importedUnits, { units: units.length, people: invited }),
    again: (_, refusal) => previewPage(c, refusal),
  })
})
