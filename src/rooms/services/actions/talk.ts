import { timingSafeEqual } from 'node:crypto'
import type { Action } from '#platform/action.ts'
import { nobody } from '#platform/action.ts'
import { linkTo } from '#platform/address.ts'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { decide } from '#platform/result.ts'
import { Unsaid, unseal } from '#platform/secret.ts'
import { fill, type Lang } from '#platform/text.ts'
import { type Line, type Say, type Step, step } from '../domain/conversation.ts'
import { movesFrom, say } from '../domain/held.ts'
import { stateName } from '../domain/showing.ts'
import { type IncomingForm, incomingForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/gateway.ts'
import { findByNumber, findFollowed } from '../store/held.ts'
import { addReply } from '../store/outbox.ts'
import { regionsWithin } from '../store/place.ts'
import type { Service } from '../store/service.ts'
import { type ServicesWords, words } from '../text/index.ts'
import { hashOfCode, openCase } from './case.ts'

/** A conversation that nobody goes on with is deleted after this time. */
export const patience = 30 * 60_000

type Opening = NonNullable<Awaited<ReturnType<ReturnType<typeof openCase>['find']>>>
type OpenDecision = Awaited<ReturnType<ReturnType<typeof openCase>['decide']>>
type Opened = Extract<OpenDecision, { ok: true }>['change']

type Heard = {
  gateway: store.Gateway
  service: Opening
  conversation: store.Conversation | undefined
  line: Line
  statusOf: (number: string, code: string, lang: Lang) => Promise<string | undefined>
}
type Change = {
  receipt: string
  did: Step['did'] | 'timed-out'
  kept: Unsaid<{ talk: Step['talk']; opened: Opened | undefined; reply: string }>
}

/** The move by which somebody without an account opens a case here, and its form. */
export function publicOpening({ pkg }: Pick<Service, 'pkg'>) {
  const roles = pkg.roles.filter((role) => role.public).map(({ id }) => id)
  const move = movesFrom(pkg, pkg.manifest.main, '').find((one) => one.roles.some((role) => roles.includes(role)))
  const form = pkg.forms.find(({ id }) => id === move?.form)
  return move && form ? { move, form } : undefined
}

const opening = openCase('public')

/**
 * A message that a gateway brought. One message of a number waits for the other; a case that it opens is opened in the same
 * transaction, so that a message that is brought again finds what the first one did. Nothing of it stands in the log.
 */
export const hearMessage = (incoming: IncomingForm): Action<Heard, IncomingForm, Change, never> => ({
  name: 'services.message-heard',
  find: async (tx, _, id, now) => {
    const gateway = await store.findGateway(tx, id)
    if (!gateway) return undefined
    const conversation = await store.holdConversation(tx, id, incoming.from, now)
    const service = await opening.find(tx, nobody, gateway.service, now)
    const asked = service && publicOpening(service)
    if (!service || !asked) return undefined
    const regions = service.region ? await regionsWithin(tx, service.region) : []
    const line = {
      pkg: service.pkg,
      here: service.here,
      form: asked.form,
      regions,
      now: now.getTime(),
      phone: incoming.from,
    }
    return { gateway, service, conversation, line, statusOf: (...of) => statusOf(tx, service, ...of) }
  },
  may: may.hearMessage,
  input: incomingForm,
  decide: async (heard, { text }, at) => {
    const { conversation, line, service } = heard
    const over = conversation?.over === true
    const next = step(line, over ? null : (conversation?.talk ?? null), text)
    const lang = over ? conversation.talk.lang : next.lang
    const w = words(lang)
    const name = say(service.pkg.manifest.names, lang)
    const link = linkTo(`/services/${service.id}`)
    const said = next.say.map((one) => tell(one, lang, { name, link }))
    let talk = next.talk
    let opened: Opened | undefined
    if (service.retired && next.did === 'began') {
      talk = null
      said.splice(0, said.length, w.talkRetired)
    }
    if (next.open) {
      const raw = { move: publicOpening(service)!.move.id, ...next.open }
      const decided = await opening.decide(service, raw, at)
      if (decided.ok) {
        opened = decided.change
        const { number, code } = JSON.parse(unseal(opened.receipt!)) as Record<'number' | 'code', string>
        said.push(fill(w.talkOpened, { number, code, link: linkTo(`/services/${service.id}/follow`) }))
      } else said.push(fill(w.talkFailed, { link }))
    }
    if (next.status) {
      const state = await heard.statusOf(next.status.number, next.status.code, lang)
      said.push(state ? fill(w.talkStatus, { number: next.status.number, state }) : w.talkStatusWrong)
    }
    if (over && !next.talk) said.unshift(w.talkTimedOut)
    const did = over && next.did === 'helped' ? 'timed-out' : next.did
    return decide({ receipt: newId(), did, kept: new Unsaid({ talk, opened, reply: said.join('\n') }) })
  },
  save: async (tx, heard, { kept, did }, at) => {
    const { gateway, service } = heard
    const { talk, opened, reply } = kept.value
    if (opened) await opening.save(tx, service, opened, at)
    await store.keepConversation(tx, gateway, incoming.from, talk, new Date(at.now.getTime() + patience))
    if (did === 'stopped' || did === 'started')
      await store.keepSilence(tx, gateway.agency, incoming.from, did === 'stopped', at.now)
    await store.countHeard(tx, gateway)
    const to = { agency: gateway.agency, service: gateway.service, phone: incoming.from, channel: incoming.channel }
    await addReply(tx, { ...to, text: reply }, at.now)
  },
  tell: ({ did }, { gateway }) => ({ gateway: gateway.name, did }),
  scope: ({ gateway }) => gateway.agency,
  also: ({ kept }, { service, gateway }) => {
    const { opened } = kept.value
    if (!opened) return []
    const first = { name: opening.name, subject: opened.id, particulars: opening.tell(opened, service) }
    return [{ ...first, scope: gateway.agency }, ...(opening.also?.(opened, service) ?? [])]
  },
})

function tell(one: Say, lang: Lang, values: Record<string, string>): string {
  if ('text' in one) return say(one.text, lang)
  const w = words(lang) as Record<string, string>
  return fill(w[one.word] ?? (w['o-other' satisfies keyof ServicesWords] as string), { ...values, ...one.with })
}

/** What a follower is told of a case in one word, when number and code are right. */
async function statusOf(
  tx: Parameters<typeof findFollowed>[0],
  { id }: Pick<Service, 'id'>,
  number: string,
  code: string,
  lang: Lang,
): Promise<string | undefined> {
  const row = await findByNumber(tx as Db, id, number)
  if (!row?.code || !timingSafeEqual(row.code, hashOfCode(row.id, code))) return undefined
  const held = await findFollowed(tx, row.id)
  // By message only the word for outsiders: whoever reads over a shoulder is one.
  return held && stateName(held.pkg, held.it.flow, held.it.state, lang, true)
}
