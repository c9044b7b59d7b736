import type { ElectionPackage } from '@melayani/polling/format'
import { stockOf } from '@melayani/polling/print'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import * as act from '../actions/place.ts'
import type { Election } from '../domain/election.ts'
import { handoverOf } from '../domain/handover.ts'
import { handoverReport } from '../pages/handover-paper.ts'
import { OfficersPage } from '../pages/officer.tsx'
import type { Again } from '../pages/parts.tsx'
import { PlacePage, PlacesPage } from '../pages/place.tsx'
import { may } from '../permissions.ts'
import { candidatesOf, isFixed } from '../store/candidate.ts'
import { findPackage, packagesOf } from '../store/package.ts'
import { officersOf, placesOf } from '../store/place.ts'
import { words } from '../text/index.ts'
import { officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election'

const keepsOf = async (c: C, election: Election) =>
  may.keepPlace(c.get('ctx').actor, election) &&
  (election.state === 'preparing' || election.state === 'sealed') &&
  !(await isFixed(c.get('ctx').db, election.id))

async function keeperParam(c: C): Promise<Election> {
  const election = await officeParam(c)
  if (!may.keepPlace(c.get('ctx').actor, election)) throw new HTTPException(403)
  return election
}

async function placesPage(c: C, again: Again = {}) {
  const election = await officeParam(c)
  const { db } = c.get('ctx')
  const packages = await packagesOf(db, election.id)
  const sealed = new Set(packages.flatMap(({ tps, superseded }) => (superseded ? [] : [tps])))
  return (
    <PlacesPage
      view={c.get('view')}
      election={election}
      places={await placesOf(db, election.id)}
      sealed={sealed}
      keeps={await keepsOf(c, election)}
      {...again}
    />
  )
}

routes.get(`${at}/places`, async (c) => page(c, await placesPage(c)))

routes.post(`${at}/places`, async (c) => {
  const election = await keeperParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.addPlace, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/places`,
    say: words(c.get('view').lang).placeAdded,
    again: (problems, refusal) => placesPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/places/shape`, async (c) => {
  const election = await keeperParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.addPlaces, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/places`,
    say: words(c.get('view').lang).placesAdded,
    again: (problems, refusal) => placesPage(c, { typed: form, problems, refusal }),
  })
})

async function placePage(c: C, again: Again = {}) {
  const election = await keeperParam(c)
  const id = idParam(c, 'tps')
  const place = found((await placesOf(c.get('ctx').db, election.id)).find((one) => one.id === id))
  return <PlacePage view={c.get('view')} election={election} place={place} {...again} />
}

routes.get(`${at}/places/:tps`, async (c) => page(c, await placePage(c)))

routes.post(`${at}/places/:tps`, async (c) => {
  const election = await keeperParam(c)
  await placePage(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.changePlace(idParam(c, 'tps')), ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/places`,
    say: words(c.get('view').lang).placeChanged,
    again: (problems, refusal) => placePage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/places/:tps/remove`, async (c) => {
  const election = await keeperParam(c)
  await placePage(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(act.removePlace(idParam(c, 'tps')), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/places`,
    say: words(c.get('view').lang).placeRemoved,
    again: (_, refusal) => placePage(c, { refusal }),
  })
})

/** What is handed to a polling place, from the package that holds there. */
routes.get(`${at}/places/:tps/handover.pdf`, async (c) => {
  const { db } = c.get('ctx')
  const election = await officeParam(c)
  const tps = idParam(c, 'tps')
  const held = found((await packagesOf(db, election.id)).find((each) => each.tps === tps && !each.superseded))
  const content = JSON.parse(found(await findPackage(db, election.id, tps, held.version)).text) as ElectionPackage
  const { lang, demo } = c.get('view')
  const paper = await handoverReport(
    { lang, demo, election },
    handoverOf(content, await officersOf(db, election.id), stockOf(content)),
    held,
  )
  return c.body(paper, 200, paperHeaders(`serah-terima-tps-${held.number}`))
})

async function officersPage(c: C, again: Again = {}) {
  const { db } = c.get('ctx')
  const election = await officeParam(c)
  return (
    <OfficersPage
      view={c.get('view')}
      election={election}
      officers={await officersOf(db, election.id)}
      places={await placesOf(db, election.id)}
      candidates={(await candidatesOf(db, election.id)).flatMap(({ number, name, emptyBox }) =>
        number === null || emptyBox ? [] : [{ number, name }],
      )}
      keeps={await keepsOf(c, election)}
      {...again}
    />
  )
}

routes.get(`${at}/officers`, async (c) => page(c, await officersPage(c)))

routes.post(`${at}/officers`, async (c) => {
  const election = await keeperParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.addOfficer, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/officers`,
    say: words(c.get('view').lang).officerAdded,
    again: (problems, refusal) => officersPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/officers/:officer/remove`, async (c) => {
  const election = await keeperParam(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(act.removeOfficer(idParam(c, 'officer')), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/officers`,
    say: words(c.get('view').lang).officerRemoved,
    again: (_, refusal) => officersPage(c, { refusal }),
  })
})
