import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import type { Problems } from '#platform/problems.ts'
import { readerMark, readPhoto } from '../actions/reading.ts'
import { enterTieFacts, settleVersions, typeSheet } from '../actions/typing.ts'
import { sameSheet } from '../domain/typed.ts'
import { knownOf, sameKnown, standingOf } from '../domain/versions.ts'
import { isOpen, villageResult } from '../domain/village.ts'
import { CountPage } from '../pages/count.tsx'
import { PhotoPage } from '../pages/photo.tsx'
import { SheetPage, type TypedShown } from '../pages/sheet.tsx'
import { may } from '../permissions.ts'
import { findPhoto, type PhotoToRead, photosToRead } from '../store/photo.ts'
import { versionsOf } from '../store/result.ts'
import { findExpected, placesOf, tieFactsOf } from '../store/shown.ts'
import { choicesOf, type TypedRow, typedOf } from '../store/typed.ts'
import { words } from '../text/index.ts'
import { officeParam, signedIn } from './parts.ts'

export const routes = new Hono<Env>()
type Again = { typed?: Form; problems?: Problems; refusal?: string | undefined }
const factSteps = ['education-level', 'formal-education-path'] as const

async function countPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  if (!may.typeSheet(actor, election)) throw new HTTPException(404)
  const places = await placesOf(db, election.id)
  const entered = await tieFactsOf(db, election.id)
  return (
    <CountPage
      view={c.get('view')}
      election={election}
      places={places}
      candidates={places.find((place) => place.candidates)?.candidates ?? []}
      facts={factSteps.filter((step) => election.profile.rules.tie.value.includes(step) && !entered[step])}
      serves={may.enterTieFact(actor, election)}
      {...again}
    />
  )
}

routes.get('/voting/elections/:election/count', async (c) => page(c, await countPage(c)))

routes.post('/voting/elections/:election/count', async (c) => {
  const election = await officeParam(c)
  if (!may.enterTieFact(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(enterTieFacts, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/count`,
    say: words(c.get('view').lang).factsSaved,
    again: (problems, refusal) => countPage(c, { typed: form, problems, refusal }),
  })
})

/** What was typed of each sheet, as this reader may know it: that others typed, and whether all typed the same. */
function typedShown(rows: readonly TypedRow[], own: string): TypedShown[] {
  return [...Map.groupBy(rows, ({ sheet }) => sheet)].map(([sheet, same]) => ({
    sheet,
    own: same.some(({ by }) => by === own),
    result: same.some(({ result }) => result),
    others: same.filter(({ by }) => by !== own).length,
    alike: same.every(({ content }) => sameSheet(content, same[0]!.content)),
  }))
}

async function sheetParam(c: C) {
  const { db } = c.get('ctx')
  const actor = signedIn(c)
  const id = idParam(c, 'tps')
  const { expected, election } = found(await findExpected(db, actor, id))
  if (!may.typeSheet(actor, election)) throw new HTTPException(404)
  return { id, expected, election, actor }
}

async function sheetPage(c: C, again: Again = {}) {
  const { db } = c.get('ctx')
  const { id, expected, election, actor } = await sheetParam(c)
  const places = await placesOf(db, election.id)
  const versions = await versionsOf(db, id)
  const standing = standingOf(versions)
  const known = knownOf(versions)
  const place = found(places.find((each) => each.id === id))
  return (
    <SheetPage
      view={c.get('view')}
      election={election}
      title={{ number: place.number, id }}
      candidates={expected.candidates}
      contradicting={place.state === 'contradicting' && standing.kind === 'contradicting' ? standing.heads : []}
      settles={may.settleVersions(actor, election)}
      choices={(await choicesOf(db, id)).flatMap(({ by, sheet, reason, ...choice }) =>
        sameKnown(choice.known, known) ? [{ sheet, reason, own: by === actor.id }] : [],
      )}
      typedBefore={typedShown(await typedOf(db, id), actor.id)}
      {...again}
    />
  )
}

routes.get('/voting/tps/:tps/sheet', async (c) => page(c, await sheetPage(c)))

routes.post('/voting/tps/:tps/sheet', async (c) => {
  const { id } = await sheetParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(typeSheet, ctx, id, form)
  const w = words(c.get('view').lang)
  if (outcome.kind === 'done') flash(c, w[`typed-${outcome.change.state}`])
  const said = (refusal?: string) => (refusal && `take-${refusal}` in w ? `take-${refusal}` : refusal)
  return answer(c, outcome, {
    onDone: `/voting/tps/${id}/sheet`,
    again: (problems, refusal) => sheetPage(c, { typed: form, problems, refusal: said(refusal) }),
  })
})

routes.post('/voting/tps/:tps/settle', async (c) => {
  const { id, election, actor } = await sheetParam(c)
  if (!may.settleVersions(actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(settleVersions, ctx, id, form)
  const waits = outcome.kind === 'done' && outcome.change.state === 'waiting'
  const w = words(c.get('view').lang)
  return answer(c, outcome, {
    onDone: `/voting/tps/${id}/${waits ? 'sheet' : 'result'}`,
    say: waits ? w['settled-waiting'] : w.settled,
    again: (problems, refusal) => sheetPage(c, { typed: form, problems, refusal }),
  })
})

/** The first of these whose polling place may be shown alone, among a few. */
async function openPhoto(db: Db, photos: readonly PhotoToRead[]): Promise<PhotoToRead | undefined> {
  for (const photo of photos.slice(0, 8)) {
    const places = await placesOf(db, photo.election)
    const place = places.find(({ id }) => id === photo.tps)
    if (place && isOpen(villageResult(places, []), place)) return photo
  }
  return undefined
}

routes.get('/voting/planos', async (c) => {
  const { db } = c.get('ctx')
  const photos = await photosToRead(db, (sha256) => readerMark(c.get('address'), sha256), randomBytes(32))
  return page(c, <PhotoPage view={c.get('view')} photo={await openPhoto(db, photos)} />)
})

routes.post('/voting/planos/:photo', async (c) => {
  const sha256 = c.req.param('photo')
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new HTTPException(404)
  const { form, ctx } = await readForm(c)
  const view = c.get('view')
  const photo = found(await findPhoto(ctx.db, sha256))
  if (!(await withinLimit(ctx.db, `voting:photos:${c.get('address')}`, 200, 3600)))
    return page(c, <PhotoPage view={view} photo={photo} typed={form} refusal="photo-too-many" />, 429)
  const outcome = await perform(readPhoto(sha256, readerMark(c.get('address'), sha256)), ctx, photo.tps, form)
  return answer(c, outcome, {
    onDone: '/voting/planos',
    say: words(view.lang).photoThanks,
    again: (problems, refusal) => (
      <PhotoPage view={view} photo={photo} typed={form} problems={problems} refusal={refusal} />
    ),
  })
})
