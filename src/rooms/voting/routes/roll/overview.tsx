import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, page, readForm } from '#platform/http.ts'
import { splitRoll } from '../../actions/roll/split.ts'
import { suggestPlaces } from '../../domain/roll/change.ts'
import { type Again, typedText } from '../../pages/parts.tsx'
import { RollPage } from '../../pages/roll/overview.tsx'
import { SplitPage, type SplitRow } from '../../pages/roll/split.tsx'
import { changesOf } from '../../store/roll/change.ts'
import { fixedOf } from '../../store/roll/fixed.ts'
import { questionsIn } from '../../store/roll/question.ts'
import { groupsOf, placesWithVoters } from '../../store/roll/voter.ts'
import { words } from '../../text/index.ts'
import { logRefusal, rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll'

routes.get(at, async (c) => {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const { open, voters } = await questionsIn(db, election)
  return page(
    c,
    <RollPage
      view={c.get('view')}
      election={election}
      places={await placesWithVoters(db, election.id)}
      unplaced={[...voters.values()].filter(({ tps }) => tps === null).length}
      questions={open.length}
      fixed={await fixedOf(db, election.id)}
      changes={await changesOf(db, election.id, undefined, 20)}
      limit={election.profile.rules.votersPerTps.value}
    />,
  )
})

async function splitPage(c: C, { typed, refusal }: Again = {}) {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const places = await placesWithVoters(db, election.id)
  const groups = Map.groupBy(await groupsOf(db, election.id), ({ hamlet, rw }) => `${hamlet}|${rw}`)
  const numbers = new Map(places.map(({ id, number }) => [id, number]))
  const bare = [...groups.values()].map((parts) => ({
    ...{ hamlet: parts[0]!.hamlet, rw: parts[0]!.rw, parts },
    voters: parts.reduce((sum, { voters }) => sum + voters, 0),
  }))
  const proposed = suggestPlaces(bare, Math.max(1, places.length))
  const rows = bare.map(({ parts, ...group }, at): SplitRow => {
    const now = parts.length === 1 ? parts[0]!.tps : null
    const kept = typedText(typed, `place-${at}`) || (now ?? places[proposed[at]!]?.id ?? '')
    return { ...group, now: now ? numbers.get(now)! : null, mixed: parts.length > 1, proposed: kept }
  })
  return <SplitPage view={c.get('view')} election={election} rows={rows} places={places} refusal={refusal} />
}

routes.get(`${at}/split`, async (c) => page(c, await splitPage(c)))

routes.post(`${at}/split`, async (c) => {
  const election = await rollParam(c)
  const { form, ctx } = await readForm(c)
  const groups = Object.entries(form).flatMap(([name, value]) => {
    const [, n] = /^group-(\d+)$/.exec(name) ?? []
    if (n === undefined || typeof value !== 'string') return []
    const cut = value.lastIndexOf('|')
    return [{ hamlet: value.slice(0, cut), rw: value.slice(cut + 1), tps: form[`place-${n}`] }]
  })
  const outcome = await perform(splitRoll, ctx, election.id, { groups })
  await logRefusal(c, election.id, 'divide', outcome)
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll`,
    say: words(c.get('view').lang).splitSaved,
    again: (_, refusal) => splitPage(c, { typed: form, refusal: refusal ?? 'roll-place-unknown' }),
  })
})
