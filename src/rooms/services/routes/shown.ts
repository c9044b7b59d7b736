import type { Db } from '#platform/db.ts'
import { tellEvent } from '#platform/events.ts'
import type { View } from '#platform/http.ts'
import { historyOf } from '#platform/log.ts'
import { masked } from '#platform/nik.ts'
import { unseal } from '#platform/secret.ts'
import { fill, formatDateTime, type Lang } from '#platform/text.ts'
import { assignableBy } from '../domain/assigning.ts'
import { fieldOf } from '../domain/case.ts'
import { knowsFlow, mayKnowOthers, mayMerge, movesFrom, say, sightOf, tellsOfHidden } from '../domain/held.ts'
import { readsMessage } from '../domain/inbox.ts'
import { alike } from '../domain/merging.ts'
import type { Privacy } from '../domain/package/format/role.ts'
import { explain } from '../domain/rule.ts'
import { isOutside, regionsIn, shownClocks, shownFiles, shownValues, stateName } from '../domain/showing.ts'
import { events } from '../events/index.ts'
import type { CaseShown } from '../pages/case.tsx'
import { casesAlike } from '../store/duplicate.ts'
import { type Held, postsIn } from '../store/held.ts'
import { mergesInto } from '../store/merge.ts'
import { inChargeOf, offersOf } from '../store/offer.ts'
import { regionNames } from '../store/place.ts'
import { aroundCase } from '../store/worklist.ts'
import { words } from '../text/index.ts'

/** The values that somebody sees; through a case that was merged only what both hold alike. */
export function seenOf({ pkg, it, roles, through }: Held): Record<string, unknown> {
  const { data } = sightOf(pkg, it, roles)!
  return through ? alike(data, sightOf(pkg, through.it, roles)?.data ?? {}) : data
}

/** What tells that there is another case; only those are told who work with cases of others. */
const ofOthers = new Set([
  'services.cases-merged',
  'services.case-merged-away',
  'services.cases-parted',
  'services.case-back',
  'services.duplicate-ruled-out',
  'services.case-offered',
  'services.offer-answered',
])

/** How a message fares, in words. */
export function messageState(
  { lang, zone }: Pick<View, 'lang' | 'zone'>,
  { state, why, due }: { state: string | null; why: string | null; due: Date | null },
): string {
  const w = words(lang) as Record<string, string>
  const named = w[`m-${state ?? 'inside'}`]!
  const key = why === null ? '' : w[`why-${why}`] ? why : due ? 'again' : ''
  return key ? `${named} (${fill(w[`why-${key}`]!, { at: due ? formatDateTime(due, lang, zone) : '' })})` : named
}

/** A case as its page draws it for these roles. `at`: where its moves are made; a follower gets no links to other cases. */
export async function caseShown(db: Db, view: View, held: Held, at: string, follower = false): Promise<CaseShown> {
  const { pkg, it, here, roles, through } = held
  const { lang } = view
  const w = words(lang)
  const seen = { ...sightOf(pkg, it, roles)!, data: seenOf(held) }
  const knows = mayKnowOthers(pkg, roles)
  const outside = isOutside(pkg, roles)
  const flow = pkg.flows.find(({ id }) => id === it.flow)!
  const around = await aroundCase(db, held)
  const regions = await regionNames(db, regionsIn(pkg, seen.data))
  // A message may tell a value of any kind.
  const readsMessages = !through && pkg.roles.some(({ id, sees }) => roles.includes(id) && sees.length === 3)
  const moves = it.merged ? [] : movesFrom(pkg, it.flow, it.state)
  const roleName = (id: string) => {
    const role = pkg.roles.find((one) => one.id === id)
    return role ? say(role.names, lang) : id
  }
  const told = (await historyOf(db, through?.id ?? held.id))
    .filter(({ name }) => knows || !ofOthers.has(name))
    .filter(({ particulars }) => !tellsOfHidden(pkg, it.flow, particulars as Record<string, unknown>, roles))
  const history = told.map((event) => {
    const on = (event.particulars as { on?: string } | null)?.on
    const sentence = tellEvent(events, event, lang)
    return {
      at: event.at,
      who: event.actor,
      what: on ? `${sentence} (${fill(w.onTime, { at: formatDateTime(new Date(on), lang, view.zone) })})` : sentence,
    }
  })
  const recipient = (message: (typeof around.messages)[number]) =>
    message.to_role ? roleName(message.to_role) : message.to_phone ? masked(unseal(message.to_phone)) : '–'
  const textOf = (message: (typeof around.messages)[number]) => {
    const texts = Object.values((message.text ?? {}) as Record<string, string>)
    return texts[0] ?? (message.why === 'no-number' ? w.noNumber : w.messageGone)
  }
  const merges = knows && !follower && mayMerge(pkg, roles)
  const tells = knows && !follower && !held.partOf
  const posts = tells && view.actor.id ? await postsIn(db, view.actor, held.service) : []
  const same = tells && view.actor.id ? await casesAlike(db, held, view.actor.id, posts) : []
  const merged = merges ? await mergesInto(db, held) : []
  // Whoever follows a case reads what was written to him, and nothing that was written to others.
  const readable = around.messages.filter((message) =>
    follower
      ? message.text !== null && roles.some((role) => readsMessage(pkg, it.flow, role, message.message))
      : readsMessages,
  )
  const inside = knows && !follower
  const charges = inside ? await inChargeOf(db, held) : []
  const offers = inside && view.actor.id ? await offersOf(db, held) : []
  return {
    charges: charges.map(({ role, name }) => ({ role: roleName(role), name })),
    assigns:
      inside && it.closedAt === undefined && !held.partOf
        ? assignableBy(pkg, roles).map(({ id, names }) => ({ role: id, name: say(names, lang) }))
        : [],
    offered: offers.filter(
      ({ answer, person, until }) => answer === null && person === view.actor.id && until > view.now,
    ),
    alike: same.map(({ id, number, flow: other, state, closed, kinds }) => ({
      ...{
        id,
        number,
        kinds,
        state: stateName(pkg, other, state, lang),
        open: merges && !closed && it.closedAt === undefined,
      },
    })),
    merges: merged.map(({ id, at: when, until, number, before }) => ({
      ...{ id, at: when, until, number, undoable: before !== null && until > view.now },
    })),
    mergesWith: merges && !held.partOf && it.closedAt === undefined,
    mergedAway: it.merged !== undefined,
    number: (through?.it ?? it).number,
    at,
    service: { href: `/services/${held.service}`, name: say(pkg.manifest.names, lang) },
    state: stateName(pkg, it.flow, it.state, lang, outside),
    final: it.closedAt !== undefined,
    stuck: held.stuck,
    facts: shownValues(pkg, seen.data, { lang, yes: w.yes, no: w.no, regions }),
    files: follower
      ? []
      : shownFiles(pkg, seen.data, lang).map(({ hash, label, kind }) => ({
          ...{ label, kind, href: `/services/cases/${held.id}/media/${hash}` },
        })),
    results: (through ? [] : Object.values(seen.results)).flatMap((result) => {
      const rule = pkg.rules.find(({ id }) => id === result.rule)
      return rule ? [{ name: say(rule.names, lang), text: explain(rule, result, lang, w), trial: result.trial }] : []
    }),
    moves: moves
      .filter((move) => move.roles.some((role) => roles.includes(role)))
      .map(({ id, names }) => ({ id, name: say(names, lang) })),
    others: outside
      ? []
      : moves
          .filter((move) => !move.roles.some((role) => roles.includes(role)))
          .map(({ names, roles: who }) => ({ name: say(names, lang), roles: who.map(roleName).join(', ') })),
    clocks: outside || through ? [] : shownClocks(pkg, here, it, lang),
    tasks: around.tasks
      .filter(({ role }) => roles.includes(role))
      .map(({ task }) => {
        const known = flow.tasks.find(({ id }) => id === task)
        return known ? say(known.label, lang) : task
      }),
    parts:
      follower || through
        ? []
        : around.parts
            .filter((part) => knowsFlow(pkg, part.flow, roles))
            .map((part) => ({
              href: `/services/cases/${part.id}`,
              number: part.number,
              state: stateName(pkg, part.flow, part.state, lang, outside),
            })),
    partOf: held.partOf && !follower && !through ? { href: `/services/cases/${held.partOf}` } : null,
    consents: outside
      ? []
      : pkg.purposes.flatMap(({ id, names }) => {
          const given = through && !through.it.consents[id] ? undefined : it.consents[id]
          return given ? [{ id, name: say(names, lang), given: given.given, at: new Date(given.at) }] : []
        }),
    messages: readable.map((message) => ({
      at: message.at,
      to: recipient(message),
      text: textOf(message),
      state: messageState(view, message),
    })),
    // What happened inside is told by states that outsiders do not know.
    history: outside || through ? history.slice(-1) : history,
    gaps: gapsSeen(held, lang),
    messagesTitle: follower ? w.messagesForYou : w.messages,
    completes: completesBy(held)?.id ?? null,
  }
}

/** The move by which these roles complete what is missing. */
const completesBy = ({ pkg, it, roles }: Held) =>
  it.gaps &&
  movesFrom(pkg, it.flow, it.state).find((move) => move.completes && move.roles.some((role) => roles.includes(role)))

/** What is missing: all of it for whoever may complete the case, and else of the fields that one sees. */
function gapsSeen(held: Held, lang: Lang): CaseShown['gaps'] {
  const { pkg, it, roles } = held
  const completes = completesBy(held) !== undefined
  const sees = ({ privacy, only }: { privacy: Privacy; only: readonly string[] }) =>
    pkg.roles.some(
      ({ id, sees: kinds }) =>
        roles.includes(id) && kinds.includes(privacy) && (only.length === 0 || only.includes(id)),
    )
  return Object.entries(it.gaps?.fields ?? {}).flatMap(([id, says]) => {
    const field = fieldOf(pkg, id)
    return field && (completes || sees(field)) ? [{ label: say(field.label, lang), says }] : []
  })
}
