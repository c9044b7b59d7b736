import { Readable } from 'node:stream'
import { followBallot, hashOfTrackingCode } from '@melayani/ballot'
import { Hono } from 'hono'
import { type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { fill } from '#platform/text.ts'
import { openArchive, openKept } from '../actions/keeping.ts'
import { compareReadings } from '../domain/reading.ts'
import { isHidden, isOpen, villageResult } from '../domain/village.ts'
import { CheckPage } from '../pages/check.tsx'
import { type Followed, FollowPage } from '../pages/follow.tsx'
import { TpsPage } from '../pages/tps.tsx'
import { proofsOf } from '../store/proof.ts'
import { filesOf } from '../store/record.ts'
import { lastSettlement, readingsOf, signedOf, versionsOf } from '../store/result.ts'
import { findByHash, findExpected, placesOf } from '../store/shown.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

/** The polling place of the address, whether it is hidden or its files may be handed out, and the way back to its village. */
async function placeParam(c: C) {
  const { db, actor } = c.get('ctx')
  const id = idParam(c, 'tps')
  const { expected, election } = found(await findExpected(db, actor, id))
  const places = await placesOf(db, election.id)
  const place = found(places.find((each) => each.id === id))
  const result = villageResult(places, [])
  const [open, hidden] = [isOpen(result, place), isHidden(result, place)]
  const w = words(c.get('view').lang)
  const title = `${fill(w.tpsN, { n: place.number })}, ${election.villageName}`
  const trail = [
    { href: '/voting', label: w.votingTitle },
    {
      href: `/voting/elections/${election.id}/result`,
      label: fill(w.villageResult, { village: election.villageName }),
    },
  ]
  return { id, expected, election, place, open, hidden, title, trail }
}

routes.get('/voting/tps/:tps/result', async (c) => {
  const { db } = c.get('ctx')
  const { id, expected, election, place, hidden, trail } = await placeParam(c)
  const versions = await versionsOf(db, id)
  const head = versions.find(({ hash }) => hash === expected.head)
  const files = await filesOf(db, id)
  const plano = files.findLast(({ kind }) => kind === 'plano')
  const readings = (await readingsOf(db, id)).filter(({ photo }) => photo === plano?.sha256)
  return page(
    c,
    <TpsPage
      view={c.get('view')}
      election={election}
      place={place}
      trail={trail}
      candidates={expected.candidates}
      versions={versions}
      head={expected.head}
      files={files}
      settled={await lastSettlement(db, id)}
      officers={expected.officers}
      open={!hidden}
      packageHash={expected.package}
      unrecorded={(await proofsOf(db, election.id)).find(({ tps }) => tps === id)?.unrecorded ?? null}
      reading={plano && head ? compareReadings(readings, head).kind : null}
    />,
  )
})

/** The signed text with its signatures, as it came: whoever has the keys of the package checks it. */
routes.get('/voting/tps/:tps/sheets/:hash', async (c) => {
  const { id, open } = await placeParam(c)
  const hash = c.req.param('hash')
  const signed = found(/^[0-9a-f]{64}$/.test(hash) && open ? await signedOf(c.get('ctx').db, hash) : undefined)
  found(signed.tps === id && signed.how === 'signed' ? signed : undefined)
  c.header('Content-Disposition', `attachment; filename="hasil-${hash.slice(0, 20)}.json"`)
  return c.json({ text: signed.text, signatures: signed.signatures })
})

const types = { archive: 'application/octet-stream', record: 'application/octet-stream', plano: 'image/jpeg' } as const
const names = { archive: 'bel', record: 'record', plano: 'jpg' } as const

routes.get('/voting/tps/:tps/files/:sha256', async (c) => {
  const { id, open, place } = await placeParam(c)
  const file = found(
    (await filesOf(c.get('ctx').db, id)).find(({ sha256 }) => open && sha256 === c.req.param('sha256')),
  )
  const stream = found(await openKept(c.get('files'), file.sha256))
  const how = file.kind === 'plano' ? 'inline' : 'attachment'
  c.header('Content-Type', types[file.kind])
  c.header('Content-Length', String(file.size))
  c.header('Content-Disposition', `${how}; filename="tps-${place.number}.${names[file.kind]}"`)
  return c.body(Readable.toWeb(stream) as ReadableStream)
})

/** Whether a ballot with this tracking code is in the archive that counts. The code is not kept, and no log has it. */
routes.post('/voting/tps/:tps/follow', async (c) => {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const { id, title, trail } = await placeParam(c)
  const { form } = await readForm(c)
  const code = typeof form.code === 'string' ? form.code.trim().slice(0, 200) : ''
  const shared = { view, tps: id, title, trail }
  c.header('Referrer-Policy', 'no-referrer')
  if (!(await withinLimit(db, `voting:follow:${c.get('address')}`, 60, 3600)))
    return page(c, <FollowPage {...shared} refusal="follow-too-many" />, 429)
  if (hashOfTrackingCode(code) === undefined)
    return page(c, <FollowPage {...shared} typed={code} followed={{ kind: 'not-a-code' }} />, 422)
  return page(c, <FollowPage {...shared} followed={await follow(c, id, code)} />)
})

async function follow(c: C, tps: string, code: string): Promise<Followed> {
  const { db } = c.get('ctx')
  const archive = (await filesOf(db, tps)).findLast(({ kind }) => kind === 'archive')
  if (!archive || !(await openKept(c.get('files'), archive.sha256))) return { kind: 'no-archive' }
  const source = await openArchive(c.get('files'), archive.sha256)
  try {
    const { number, count } = await followBallot(source, code)
    if (number === undefined) return { kind: 'not-recorded', count }
    return { kind: 'recorded', number, count, sound: archive.verdict === 'sound' }
  } finally {
    await source.close()
  }
}

routes.get('/voting/check', async (c) => {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const typed = (c.req.query('hash') ?? '').slice(0, 200)
  const digits = typed.replace(/[\s-]/g, '').toLowerCase()
  if (digits === '') return page(c, <CheckPage view={view} typed="" found={undefined} />)
  if (!/^[0-9a-f]{20,64}$/.test(digits))
    return page(c, <CheckPage view={view} typed={typed} found={undefined} problem={true} />, 422)
  return page(c, <CheckPage view={view} typed={typed} found={await findByHash(db, digits)} />)
})
