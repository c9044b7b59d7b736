import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, pageNumber, readForm } from '#platform/http.ts'
import { addElection } from '../actions/election.ts'
import { openWave } from '../actions/wave.ts'
import { FrontPage, OpenWavePage } from '../pages/front.tsx'
import type { Again } from '../pages/parts.tsx'
import { WavePage } from '../pages/wave.tsx'
import { may } from '../permissions.ts'
import { electionsOf, ownElections } from '../store/election.ts'
import { findProfile, profiles } from '../store/profile.ts'
import { findWave, listWaves, openers } from '../store/wave.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

routes.get('/voting', async (c) => {
  const { db, actor } = c.get('ctx')
  return page(
    c,
    <FrontPage
      view={c.get('view')}
      waves={await listWaves(db)}
      own={await ownElections(db, actor)}
      agencies={await openers(db, actor)}
    />,
  )
})

async function openWavePage(c: C, again: Again = {}) {
  const { db } = c.get('ctx')
  const id = idParam(c, 'agency')
  const agency = found((await openers(db, signedIn(c))).find((one) => one.id === id))
  return <OpenWavePage view={c.get('view')} agency={agency} profiles={profiles} {...again} />
}

routes.get('/voting/agencies/:agency/waves', async (c) => page(c, await openWavePage(c)))

routes.post('/voting/agencies/:agency/waves', async (c) => {
  signedIn(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(openWave, ctx, idParam(c, 'agency'), form)
  return answer(c, outcome, {
    onDone: ({ id }) => `/voting/waves/${id}`,
    say: words(c.get('view').lang).waveOpened,
    again: (problems, refusal) => openWavePage(c, { typed: form, problems, refusal }),
  })
})

const size = 50

async function wavePage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const wave = found(await findWave(db, idParam(c, 'wave')))
  const at = pageNumber(c)
  const { elections, total } = await electionsOf(db, actor, wave.id, { page: at, size })
  return (
    <WavePage
      view={c.get('view')}
      wave={wave}
      profileName={findProfile(wave.profile)?.name ?? wave.profile}
      elections={elections}
      page={at}
      total={total}
      size={size}
      adds={wave.state !== 'closed' && may.addElection(actor, wave)}
      {...again}
    />
  )
}

routes.get('/voting/waves/:wave', async (c) => page(c, await wavePage(c)))

routes.post('/voting/waves/:wave/elections', async (c) => {
  const actor = signedIn(c)
  const wave = found(await findWave(c.get('ctx').db, idParam(c, 'wave')))
  if (!may.addElection(actor, wave)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(addElection, ctx, wave.id, form)
  return answer(c, outcome, {
    onDone: ({ id }) => `/voting/elections/${id}/committee`,
    say: words(c.get('view').lang).electionAdded,
    again: (problems, refusal) => wavePage(c, { typed: form, problems, refusal }),
  })
})
