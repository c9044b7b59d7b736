import { Hono } from 'hono'
import { type Env, page } from '#platform/http.ts'
import { PanelPage } from '../pages/panel.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { findBundle } from '../store/bundle.ts'
import { countLettersOwed } from '../store/letter.ts'
import { listNominees } from '../store/nominee.ts'
import { bundles } from './bundle.tsx'
import { decrees } from './decree.tsx'
import { finalists } from './finalists.tsx'
import { panelRoundOf } from './gate.ts'
import { interests } from './interest.tsx'
import { interviews } from './interview.tsx'
import { letters } from './letter.tsx'
import { nominee } from './nominee.tsx'
import { nominees } from './nominees.tsx'
import { objections } from './objection.tsx'
import { panelReadings } from './panel-reading.tsx'
import { places } from './places.tsx'
import { plenaries } from './plenary.tsx'
import { ratings } from './rating.tsx'
import { verifications } from './verification.tsx'

/** The panel's half of the room. */
export const panel = new Hono<Env>()

panel.get('/judging/rounds/:round/panel', async (c) => {
  const round = await panelRoundOf(c)
  const { db } = c.get('ctx')
  const nominees = (await listNominees(db, round.id)).filter((nominee) => !nominee.removed).length
  const lettersOwed = await countLettersOwed(db, round.id)
  const recomputable = (await findBundle(db, round.id)) !== undefined
  return page(
    c,
    <PanelPage
      view={c.get('view')}
      round={round}
      nominees={nominees}
      lettersOwed={lettersOwed}
      recomputable={recomputable}
      mayDeclare={mayPanel.declareInterest(c.get('ctx').actor)}
      mayRun={mayPanel.runPlenary(c.get('ctx').actor)}
    />,
  )
})
panel.route('/', places)
panel.route('/', nominees)
panel.route('/', nominee)
panel.route('/', plenaries)
panel.route('/', finalists)
panel.route('/', decrees)
panel.route('/', objections)
panel.route('/', panelReadings)
panel.route('/', interests)
panel.route('/', interviews)
panel.route('/', bundles)
panel.route('/', letters)
panel.route('/', verifications)
panel.route('/', ratings)
