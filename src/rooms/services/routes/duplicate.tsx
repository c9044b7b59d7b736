import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { mergeCases, pairRefusal, partCases, ruleOutDuplicate } from '../actions/duplicate.ts'
import { seesField, seesLikeness } from '../domain/duplicate.ts'
import { mayMerge, say, sightOf } from '../domain/held.ts'
import { differences, undoable } from '../domain/merging.ts'
import { regionsIn, shownValues, stateName } from '../domain/showing.ts'
import { DuplicatesPage, MergePage, MergeWithPage } from '../pages/duplicate.tsx'
import { casesAlike, pairsAlike } from '../store/duplicate.ts'
import { findCase, findKnown, type Held, postsIn } from '../store/held.ts'
import { findNumbered } from '../store/merge.ts'
import { packagesOf } from '../store/package.ts'
import { regionNames } from '../store/place.ts'
import { words } from '../text/index.ts'
import { casePage } from './case.tsx'
import { signedIn } from './parts.ts'
import { reachesOf } from './reach.ts'

export const routes = new Hono<Env>()

const most = 50

routes.get('/services/duplicates', async (c) => {
  const { db } = c.get('ctx')
  const { lang, ...view } = c.get('view')
  const { reaches } = await reachesOf(db, signedIn(c).id)
  const rows = await pairsAlike(
    db,
    reaches.filter(({ own, kinds }) => !own && kinds.length > 0),
    most + 1,
  )
  const packages = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  const shown = rows.slice(0, most).map(({ first, second, release, kinds }) => {
    const pkg = packages.get(release.toString('hex'))!
    const side = (one: typeof first) => ({
      id: one.id,
      number: one.number,
      state: stateName(pkg, one.flow, one.state, lang),
      area: one.areaName ?? one.area,
      opened: new Date(one.opened),
    })
    return { first: side(first), second: side(second), service: say(pkg.manifest.names, lang), kinds }
  })
  return page(c, <DuplicatesPage view={{ lang, ...view }} rows={shown} more={rows.length > most} />)
})

/** A case that this person may merge with another. */
async function mergeable(c: C): Promise<Held> {
  const held = found(await findCase(c.get('ctx').db, signedIn(c), idParam(c, 'case')))
  return found(mayMerge(held.pkg, held.roles) && !held.through ? held : undefined)
}

routes.get('/services/cases/:case/merge', async (c) => {
  const held = await mergeable(c)
  return page(c, <MergeWithPage view={c.get('view')} at={`/services/cases/${held.id}`} number={held.it.number} />)
})

routes.post('/services/cases/:case/merge', async (c) => {
  const held = await mergeable(c)
  const { form, ctx } = await readForm(c)
  const number = String(form.number ?? '')
    .trim()
    .toUpperCase()
    .slice(0, 60)
  const at = `/services/cases/${held.id}`
  const again = (code: string) =>
    page(
      c,
      <MergeWithPage
        view={c.get('view')}
        at={at}
        number={held.it.number}
        typed={number}
        problems={{ number: { code } }}
      />,
      422,
    )
  if (!number) return again('required')
  const row = await findNumbered(ctx.db, held.service, number)
  const other = row && (await findKnown(ctx.db, ctx.actor, row.id))
  if (!other || !mayMerge(other.pkg, other.roles)) return again('mergeUnknown')
  return pairRefusal(held, other) ? again(pairRefusal(held, other)!) : c.redirect(`${at}/merge/${other.id}`, 303)
})

/** Both cases of the address, which this person may merge. */
async function pair(c: C): Promise<{ one: Held; other: Held }> {
  const { db } = c.get('ctx')
  const actor = signedIn(c)
  const one = found(await findKnown(db, actor, idParam(c, 'case')))
  const other = found(await findKnown(db, actor, idParam(c, 'other')))
  return found(mayMerge(one.pkg, one.roles) && mayMerge(other.pkg, other.roles) ? { one, other } : undefined)
}

async function mergePage(
  c: C,
  { one, other }: { one: Held; other: Held },
  typed: Form = {},
  problems: Problems = {},
  refusal: string | undefined = pairRefusal(one, other),
) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const { lang } = view
  const w = words(lang)
  const [mine, theirs] = [one, other].map(({ pkg, it, roles }) => sightOf(pkg, it, roles)!.data) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const regions = await regionNames(db, [...regionsIn(one.pkg, mine), ...regionsIn(one.pkg, theirs)])
  const reading = { lang, yes: w.yes, no: w.no, regions }
  const differs = differences(one.pkg, one.it, other.it)
    .filter(({ field }) => seesField(one.pkg, one.roles, field) && seesField(other.pkg, other.roles, field))
    .map(({ field }) => {
      const shown = (data: Record<string, unknown>) =>
        data[field] === undefined ? [] : shownValues(one.pkg, { [field]: data[field] }, reading)
      const [a, b] = [shown(mine)[0], shown(theirs)[0]]
      return { field, label: (a ?? b)?.[0] ?? field, first: a?.[1] ?? '', second: b?.[1] ?? '' }
    })
  const side = ({ id, pkg, it, area }: Held) => ({
    id,
    number: it.number,
    state: stateName(pkg, it.flow, it.state, lang),
    area,
    opened: new Date(it.openedAt),
  })
  const posts = await postsIn(db, c.get('ctx').actor, one.service)
  const alike = (await casesAlike(db, one, signedIn(c).id, posts)).find(({ id }) => id === other.id)
  const kinds = alike && seesLikeness(one.pkg, one.roles, alike.kinds) ? alike.kinds : []
  return (
    <MergePage
      view={view}
      at={`/services/cases/${one.id}/merge/${other.id}`}
      first={side(one)}
      second={side(other)}
      kinds={kinds}
      differs={differs}
      typed={typed}
      problems={problems}
      refusal={refusal}
    />
  )
}

routes.get('/services/cases/:case/merge/:other', async (c) => page(c, await mergePage(c, await pair(c))))

routes.post('/services/cases/:case/merge/:other', async (c) => {
  const both = await pair(c)
  const { form, ctx } = await readForm(c)
  const takes = (from: string) =>
    Object.entries(form).flatMap(([key, value]) => (key.startsWith('take.') && value === from ? [key.slice(5)] : []))
  const numbers = [both.one.it.number, both.other.it.number]
  const keep = numbers.includes(String(form.keep)) ? String(form.keep) : ''
  const raw = { keep, first: takes('first'), second: takes('second') }
  const { lang, zone, now } = c.get('view')
  const outcome = await perform(mergeCases(both.other.id), ctx, both.one.id, raw)
  return answer(c, outcome, {
    onDone: ({ kept }) => `/services/cases/${kept}`,
    say: fill(words(lang).merged, { until: formatDateTime(new Date(now.getTime() + undoable), lang, zone) }),
    again: (problems, refusal) => mergePage(c, both, form, problems, refusal),
  })
})

routes.post('/services/cases/:case/merge/:other/different', async (c) => {
  const both = await pair(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(ruleOutDuplicate(both.other.id), ctx, both.one.id, {})
  return answer(c, outcome, {
    onDone: `/services/cases/${both.one.id}`,
    say: words(c.get('view').lang).ruledOut,
    again: (problems, refusal) => mergePage(c, both, {}, problems, refusal),
  })
})

routes.post('/services/cases/:case/merges/:merge/undo', async (c) => {
  const held = await mergeable(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(partCases(idParam(c, 'merge')), ctx, held.id, {})
  return answer(c, outcome, {
    onDone: `/services/cases/${held.id}`,
    say: words(c.get('view').lang).parted,
    again: (_, refusal) => casePage(c, held, refusal),
  })
})
