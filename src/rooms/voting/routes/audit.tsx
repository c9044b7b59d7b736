import { chanceToMeet, marginOf, slipsOf } from '@melayani/polling/audit'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Action, perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { confirmAdoption, writeAdoption } from '../actions/audit/adopt.ts'
import { countSlips, readSlips } from '../actions/audit/count.ts'
import { confirmDice, countAll, drawMore, endAudit, enterDice, planAudit } from '../actions/audit/plan.ts'
import {
  type AuditPile,
  announcedBy,
  auditRules,
  countedPlaces,
  countsAll,
  nextCount,
  pileShown,
  pilesOf,
  planOf,
  reads,
  sameNumbers,
  slipsShown,
  standingOf,
  verdictOf,
} from '../domain/audit.ts'
import type { Election } from '../domain/election.ts'
import { isHidden, villageResult } from '../domain/village.ts'
import { AuditPage } from '../pages/audit/audit.tsx'
import { ActPart, PlanPart, type Size } from '../pages/audit/own.tsx'
import { auditPaper } from '../pages/audit/paper.ts'
import type { AuditShown } from '../pages/audit/shown.ts'
import { PilePage, SlipsPage } from '../pages/audit/slips.tsx'
import type { Again } from '../pages/parts.tsx'
import { may } from '../permissions.ts'
import * as store from '../store/audit.ts'
import { committeeOf } from '../store/election.ts'
import { placesOf } from '../store/shown.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/audit'

async function auditParam(c: C): Promise<store.HeldAudit> {
  const { db, actor } = c.get('ctx')
  return found(await store.findAudit(db, actor, idParam(c, 'election')))
}

/** The same for those who count; for others there is nothing at this address. */
async function ownParam(c: C): Promise<store.HeldAudit & { person: string }> {
  const actor = signedIn(c)
  const held = await auditParam(c)
  if (!may.countSlips(actor, held.election)) throw new HTTPException(404)
  return { ...held, person: actor.id }
}

/** Of a place that its result page hides the public reads no figure here either; those who count it know them. */
async function hiddenOf(c: C, { election }: store.HeldAudit): Promise<ReadonlySet<number>> {
  const { db, actor } = c.get('ctx')
  if (may.countSlips(actor, election)) return new Set()
  const places = await placesOf(db, election.id)
  const result = villageResult(places, [])
  return new Set(places.flatMap((place) => (isHidden(result, place) ? [place.number] : [])))
}

function shownOf(audit: store.AuditWork, { now }: store.HeldAudit, hidden: ReadonlySet<number>): AuditShown {
  const { counts, readings } = audit
  const places = new Set(countedPlaces(audit))
  return {
    ...audit,
    slips: pilesOf(audit).reduce((sum, { slips }) => sum + slips, 0),
    verdict: verdictOf(audit, counts, readings).kind,
    piles: audit.piles.filter(({ number }) => places.has(number)).map((pile) => pileShown(pile, counts)),
    drawn: slipsShown(audit, readings),
    hidden,
    current: sameNumbers(audit.piles, now.piles),
  }
}

async function auditPage(c: C, again: Again = {}) {
  const held = await auditParam(c)
  const { election, audit, earlier, now } = held
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const names = await store.candidatesAudited(db, election.id)
  const hidden = await hiddenOf(c, held)
  const shown = audit && shownOf(audit, held, hidden)
  const keeps = may.keepAudit(actor, election)
  const size = now.missing.length === 0 && now.piles.length > 0 && sizeOf(now.piles, election)
  const all = now.piles.length
  // What drawing places brings when a tenth of them, at least one, is wrong.
  const wrong = Math.max(1, Math.round(all / 10))
  const chances = [1, 2, 3, 5, 10]
    .filter((drawn) => drawn < all)
    .map((drawn) => ({ drawn, wrong, all, chance: chanceToMeet(all, wrong, drawn) }))
  const standing = standingOf(audit ? [...earlier, audit] : [], now.piles)
  const own = !keeps ? undefined : audit && shown && standing !== 'none' && standing !== 'again' ? (
    <ActPart
      view={view}
      election={election}
      audit={shown}
      all={standing === 'confirmed' && !countsAll(audit)}
      adopts={standing === 'differs' && election.state === 'held'}
      own={audit.dicedById === actor.id}
      ends={may.endAudit(actor, election)}
      waiting={slipsShown(audit, audit.readings).filter((slip) => reads(slip, actor.id!)).length}
      piles={shown.piles.map(({ pile }) => pile).filter((pile) => nextCount(pile, audit.counts, actor.id!))}
      {...again}
    />
  ) : (
    <PlanPart
      view={view}
      election={election}
      missing={now.missing}
      size={size || undefined}
      chances={chances}
      {...again}
    />
  )
  const before = earlier.map((each) => shownOf(each, held, hidden)).reverse()
  return <AuditPage view={view} election={election} names={names} audit={shown} earlier={before} own={own} />
}

const sizeOf = (piles: readonly AuditPile[], { profile }: Election): Size => {
  const announced = announcedBy(piles)
  const { risk, fullBelow } = auditRules(profile.rules)
  const plan = planOf(piles, { risk, fullBelow })
  return { slips: slipsOf(announced), margin: marginOf(announced), risk, below: fullBelow, plan }
}

routes.get(at, async (c) => page(c, await auditPage(c)))

routes.get(`${at}/minutes.pdf`, async (c) => {
  const held = await auditParam(c)
  const { db } = c.get('ctx')
  const version = c.req.query('version')
  const audit = version ? held.earlier.find((each) => String(each.version) === version) : undefined
  const shown = shownOf(found(audit ?? held.audit), held, await hiddenOf(c, held))
  const names = await store.candidatesAudited(db, held.election.id)
  const paper = await auditPaper(c.get('view'), held.election, names, shown, await committeeOf(db, held.election.id))
  return c.body(paper, 200, paperHeaders(`BA-hitung-struk-${held.election.villageName}`))
})

/** An act on the audit page itself, whatever its form: done, it comes back there with what happened. */
function acts<Held extends store.HeldAudit, Input, Change, Refusal extends string>(
  path: string,
  action: Action<Held, Input, Change, Refusal>,
  said:
    | 'auditPlanned'
    | 'diceEntered'
    | 'diceConfirmed'
    | 'auditMored'
    | 'auditAlled'
    | 'auditEnded'
    | 'adoptWritten'
    | 'adopted',
) {
  routes.post(`${at}${path}`, async (c: C) => {
    const { election } = await ownParam(c)
    const { form, ctx } = await readForm(c)
    return answer(c, await perform(action, ctx, election.id, form), {
      onDone: `/voting/elections/${election.id}/audit`,
      say: words(c.get('view').lang)[said],
      again: (problems, refusal) => auditPage(c, { typed: form, problems, refusal }),
    })
  })
}
acts('', planAudit, 'auditPlanned')
acts('/dice', enterDice, 'diceEntered')
acts('/dice/confirm', confirmDice, 'diceConfirmed')
acts('/more', drawMore, 'auditMored')
acts('/all', countAll, 'auditAlled')
acts('/end', endAudit, 'auditEnded')
acts('/adopt', writeAdoption, 'adoptWritten')
acts('/adopt/confirm', confirmAdoption, 'adopted')

async function pilePage(c: C, again: Again = {}) {
  const { election, audit, person } = await ownParam(c)
  const tps = idParam(c, 'tps')
  const pile = found(audit?.piles.find((each) => each.tps === tps))
  if (!audit || !countedPlaces(audit).includes(pile.number)) throw new HTTPException(404)
  const names = await store.candidatesAudited(c.get('ctx').db, election.id)
  const shown = { election, names, pile, counts: nextCount(pile, audit.counts, person) !== undefined }
  return <PilePage view={c.get('view')} {...shown} {...again} />
}

routes.get(`${at}/piles/:tps`, async (c) => page(c, await pilePage(c)))

routes.post(`${at}/piles/:tps`, async (c) => {
  const { election, audit } = await ownParam(c)
  const { form, ctx } = await readForm(c)
  const votes = (audit?.announced.votes ?? [0]).map((_, of) => form[`votes.${of}`] || undefined)
  const raw = { votes, blank: form.blank || undefined, unreadable: form.unreadable || undefined }
  return answer(c, await perform(countSlips(idParam(c, 'tps')), ctx, election.id, raw), {
    onDone: `/voting/elections/${election.id}/audit`,
    say: words(c.get('view').lang).pileSaved,
    again: (problems, refusal) => pilePage(c, { typed: form, problems, refusal }),
  })
})

/** So many are read at one go. */
const most = 40

async function slipsPage(c: C, again: Again = {}) {
  const { election, person, ...held } = await ownParam(c)
  const audit = found(held.audit)
  const slips = slipsShown(audit, audit.readings)
    .filter((slip) => reads(slip, person))
    .sort((a, b) => a.tps - b.tps || a.position - b.position || a.n - b.n)
    .slice(0, most)
  const names = await store.candidatesAudited(c.get('ctx').db, election.id)
  return <SlipsPage view={c.get('view')} election={election} names={names} slips={slips} {...again} />
}

routes.get(`${at}/slips`, async (c) => page(c, await slipsPage(c)))

routes.post(`${at}/slips`, async (c) => {
  const { election } = await ownParam(c)
  const { form, ctx } = await readForm(c)
  const readings = Object.entries(form).flatMap(([name, reading]) => {
    const [, n] = /^slip-(\d{1,7})$/.exec(name) ?? []
    return n !== undefined && reading !== '' ? [{ n, reading }] : []
  })
  return answer(c, await perform(readSlips, ctx, election.id, { readings }), {
    onDone: `/voting/elections/${election.id}/audit/slips`,
    say: fill(words(c.get('view').lang).slipsSaved, { n: readings.length }),
    again: (problems, refusal) => slipsPage(c, { problems, refusal }),
  })
})
