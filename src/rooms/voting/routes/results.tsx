import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type C, type Env, found, page, sharedPage } from '#platform/http.ts'
import { isCode, levelOf, nation } from '../domain/rollup.ts'
import { isHidden, isOpen, villageResult } from '../domain/village.ts'
import { NothingCountedPage, RegionPage, regionTrail } from '../pages/roll-up.tsx'
import { VillagePage } from '../pages/village.tsx'
import { may } from '../permissions.ts'
import { decisionOf } from '../store/decision.ts'
import { nodeOf, nodesBelow, regionLine, yearsCounted } from '../store/node.ts'
import { countObjections, listObjections } from '../store/objection.ts'
import { electionsIn, linesOf, placesOf, tieFactsOf } from '../store/shown.ts'
import { electionParam } from './parts.ts'

export const routes = new Hono<Env>()

routes.get('/voting/results', async (c) => {
  const [latest] = await yearsCounted(c.get('ctx').db)
  if (latest === undefined) return page(c, <NothingCountedPage view={c.get('view')} />)
  return c.redirect(`/voting/results/${latest}`, 302)
})

const yearParam = (c: C): number => {
  const text = c.req.param('year') ?? ''
  if (!/^20\d\d$/.test(text)) throw new HTTPException(404)
  return Number(text)
}

async function regionPage(c: C, year: number, region: string) {
  const { db } = c.get('ctx')
  const line = region === nation ? [] : await regionLine(db, region)
  const sums = await nodeOf(db, year, region)
  const years = await yearsCounted(db)
  // What nobody counts is no page: neither a code that is no region, nor one without an election.
  if (sums.tps === 0 && !(region === nation && years.includes(year))) throw new HTTPException(404)
  const view = c.get('view')
  return (
    <RegionPage
      view={view}
      year={year}
      years={years}
      name={line.at(-1)?.name ?? null}
      trail={regionTrail(view, year, line.slice(0, -1)).slice(0, region === nation ? 1 : undefined)}
      sums={sums}
      below={await nodesBelow(db, year, region)}
    />
  )
}

routes.get('/voting/results/:year', async (c) => sharedPage(c, await regionPage(c, yearParam(c), nation)))

routes.get('/voting/results/:year/:region', async (c) => {
  const year = yearParam(c)
  const region = c.req.param('region')
  if (!isCode(region)) throw new HTTPException(404)
  if (levelOf(region) !== 'village') return sharedPage(c, await regionPage(c, year, region))
  const elections = await electionsIn(c.get('ctx').db, year, region)
  // A village that votes twice in a year: its first election names the others by its wave.
  const last = found(elections.at(-1))
  return c.redirect(`/voting/elections/${last.id}/result`, 302)
})

/** The result of a village: drawn alike for everybody but those who work there. */
routes.get('/voting/elections/:election/result', async (c) => {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const election = await electionParam(c)
  const places = await placesOf(db, election.id)
  const result = villageResult(places, election.profile.rules.tie.value, await tieFactsOf(db, election.id))
  const line = await regionLine(db, election.village)
  const candidates = places.find((place) => place.candidates)?.candidates ?? []
  const decision = await decisionOf(db, election.id)
  const body = (
    <VillagePage
      view={view}
      election={election}
      trail={election.mode === 'real' ? regionTrail(view, Number(election.held.slice(0, 4)), line.slice(0, -1)) : []}
      candidates={candidates}
      places={places}
      result={result}
      objections={await countObjections(db, election.id)}
      decision={decision?.confirmed ? decision : undefined}
      office={may.seeOffice(actor, election)}
    />
  )
  return election.mode === 'real' ? sharedPage(c, body) : page(c, body)
})

/**
 * The same as data, with every version, file, settlement and objection: for mirrors, for whoever compares two views of it, and
 * for the sealed record of the election. Votes of a place so small that they are hidden stand in the sums alone.
 */
routes.get('/voting/elections/:election/result.json', async (c) => {
  const { db } = c.get('ctx')
  const { id, name, village, villageName, held, mode, state, profile } = await electionParam(c)
  const places = await placesOf(db, id)
  const whole = villageResult(places, profile.rules.tie.value, await tieFactsOf(db, id))
  const { shown: _, hamlets, ...result } = whole
  const lines = await linesOf(db, id)
  const decision = await decisionOf(db, id)
  return c.json({
    format: 'melayani-village-result/1',
    election: { id, name, village, villageName, held, mode, state },
    candidates: places.find((place) => place.candidates)?.candidates ?? [],
    ...result,
    hamlets,
    places: places.map((place) => {
      const hidden = isHidden(whole, place)
      return {
        id: place.id,
        number: place.number,
        state: place.state,
        late: place.late,
        questioned: place.questioned,
        voters: place.voters,
        present: place.present,
        votes: hidden ? 'hidden' : place.votes,
        blank: hidden ? 'hidden' : place.blank,
        versions: lines.versions(place.id),
        settled: lines.settled(place.id),
        files: isOpen(whole, place) ? lines.files(place.id) : [],
      }
    }),
    objections: await listObjections(db, id),
    decided: decision?.confirmed
      ? { at: decision.confirmed, outcome: decision.outcome, hash: decision.hash, ...decision.content }
      : null,
  })
})
