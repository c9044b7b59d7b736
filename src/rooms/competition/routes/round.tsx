import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Action, perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, readForm, sharedPage } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { archiveRound, finishRound } from '../actions/round.ts'
import { closeStage, openStage } from '../actions/stage.ts'
import { ruleChanges } from '../domain/difference.ts'
import type { Round } from '../domain/running-round.ts'
import { RoundPage, type ShownVersion } from '../pages/round.tsx'
import { roundPath } from '../pages/round-parts.tsx'
import { RoundsPage } from '../pages/rounds.tsx'
import { administers, may, writes } from '../permissions.ts'
import { findRound, findRoundByKey, listRounds, listStages } from '../store/round.ts'
import { listVersions, type Version } from '../store/round-version.ts'
import { stagesOf } from '../store/stage.ts'
import { words } from '../text/index.ts'

export const rounds = new Hono<Env>()

rounds.get('/competition', async (c) => {
  const { db, actor } = c.get('ctx')
  const create = may.createRound(actor)
  const shown = await listRounds(db, { drafts: create })
  const stages = await stagesOf(
    db,
    shown.map(({ id }) => id),
  )
  return sharedPage(c, <RoundsPage view={c.get('view')} rounds={shown} stages={stages} create={create} />)
})

/** The round in the address as this person sees it; a draft exists for the secretariat only. */
export async function roundParam(c: C): Promise<Round> {
  const { db, actor } = c.get('ctx')
  const round = found(await findRound(db, idParam(c, 'round')))
  if (round.state === 'draft' && !may.editRound(actor)) throw new HTTPException(404)
  return round
}

/** Each version with what it changed against the one before. */
export function withChanges(versions: readonly Version[]): ShownVersion[] {
  return versions.map((each, index) => ({
    ...each,
    changes: index === 0 ? [] : ruleChanges(versions[index - 1]!.rules, each.rules),
  }))
}

export async function roundPage(c: C, round: Round, refusal?: string) {
  const { db, actor } = c.get('ctx')
  const [stages, versions] = [await listStages(db, round.id), await listVersions(db, round.id)]
  return (
    <RoundPage
      view={c.get('view')}
      round={round}
      stages={stages}
      versions={round.state === 'draft' ? [] : withChanges(versions)}
      powers={{ steer: may.editRound(actor), write: writes(actor), hosted: writes(actor) || administers(actor) }}
      refusal={refusal}
    />
  )
}

rounds.get('/competition/rounds/:round', async (c) => {
  const address = c.req.param('round')
  if (!isId(address)) {
    // An address made by hand carries the round's key: "2025".
    const named = found(await findRoundByKey(c.get('ctx').db, address))
    if (named.state === 'draft' && !may.editRound(c.get('ctx').actor)) throw new HTTPException(404)
    return c.redirect(roundPath(named.id), 303)
  }
  return sharedPage(c, await roundPage(c, await roundParam(c)))
})

/** An act on the round that has a button of its own: back to the round afterwards. */
function buttonAt<Thing, Input, Change, Refusal extends string>(
  path: string,
  action: Action<Thing, Input, Change, Refusal>,
  say: 'stageOpened' | 'stageClosed' | 'roundFinished' | 'roundArchived',
) {
  rounds.post(`/competition/rounds/:round/${path}`, async (c) => {
    if (!c.get('ctx').actor.id) throw new HTTPException(401)
    const id = idParam(c, 'round')
    const { ctx } = await readForm(c)
    const outcome = await perform(action, ctx, id, { seq: c.req.param('seq') })
    if (outcome.kind === 'invalid') throw new HTTPException(404)
    return answer(c, outcome, {
      onDone: roundPath(id),
      say: words(c.get('view').lang)[say],
      again: async (_, refusal) => roundPage(c, await roundParam(c), refusal),
    })
  })
}
buttonAt('stages/:seq/opening', openStage, 'stageOpened')
buttonAt('stages/:seq/closing', closeStage, 'stageClosed')
buttonAt('conclusion', finishRound, 'roundFinished')
buttonAt('archive', archiveRound, 'roundArchived')
