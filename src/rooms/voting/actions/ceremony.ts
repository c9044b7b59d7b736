import {
  type CeremonyAnswer,
  checkCeremony,
  newBox,
  openBox,
  readAnswer,
  rollKeyAbout,
} from '@melayani/polling/ceremony'
import { hashOf } from '@melayani/polling/format'
import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { orderOf } from '../domain/ceremony.ts'
import { gapsBefore } from '../domain/preparation.ts'
import { fileForm, nothing, reasonForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/ceremony.ts'
import { rollKeysOf } from '../store/roll/fixed.ts'
import { versionsOf } from '../store/versions.ts'

type Moving = 'not-preparing'
const moves = ({ state }: store.Ordered) => state === 'preparing' || state === 'sealed'

/** The order for the key ceremony: from now on candidates, polling places and officers stay as they are. */
export const orderCeremony: Action<
  store.Ordered,
  Record<string, never>,
  { version: number; hash: string; order: () => { text: string; box: string } },
  Moving | 'order-stands' | 'not-ready' | 'no-ballot'
> = {
  name: 'voting.ceremony-ordered',
  find: store.holdOrdered,
  may: may.orderCeremony,
  input: nothing,
  decide: async (ordered) => {
    const { tx, prepared, ...election } = ordered
    if (!moves(ordered)) return refuse('not-preparing')
    if (election.kind === 'deliberation') return refuse('no-ballot')
    if (prepared.order) return refuse('order-stands')
    if (gapsBefore(prepared, 'order').length > 0) return refuse('not-ready')
    const box = newBox()
    const text = JSON.stringify(
      orderOf({
        ...prepared,
        voters: new Map(prepared.roll!.map(({ tps, count }) => [tps, count])),
        rollKeys: await rollKeysOf(tx, election),
        centre: { name: election.agencyName, box: box.box },
      }),
    )
    const version = (await versionsOf(tx, 'voting.ceremony_order', election.id)) + 1
    return decide({ version, hash: hashOf(text), order: () => ({ text, box: box.secret }) })
  },
  save: (tx, election, { version, hash, order }, { actor, now }) =>
    store.insertOrder(tx, election, { version, hash, ...order() }, { person: actor.id!, at: now }),
  tell: ({ version, hash }) => ({ version, hash }),
  scope: ({ agency }) => agency,
}

/** Something must be changed after all. What was sealed stays in force until new packages take its place. */
export const withdrawOrder: Action<
  store.Ordered,
  z.output<typeof reasonForm>,
  { version: number; reason: string },
  Moving | 'order-none'
> = {
  name: 'voting.order-withdrawn',
  find: store.holdOrdered,
  may: may.orderCeremony,
  input: reasonForm,
  decide: (ordered, { reason }) => {
    if (!moves(ordered)) return refuse('not-preparing')
    const { order } = ordered.prepared
    return order ? decide({ version: order.version, reason }) : refuse('order-none')
  },
  save: (tx, election, { version, reason }, { actor, now }) =>
    store.saveWithdrawn(tx, election, version, reason, { person: actor.id!, at: now }),
  tell: ({ version }) => ({ version }),
  scope: ({ agency }) => agency,
}

/** Whether the chairs' cards hold the keys under which the rolls were fixed. */
export function rollKeysFit(order: { text: string; box: string }, answer: CeremonyAnswer): boolean {
  const asked = JSON.parse(order.text) as { election: { id: string }; tps: { id: string; rollKey?: string }[] }
  return asked.tps.every(({ id, rollKey }) => {
    const sealed = answer.tps.find((each) => each.id === id)?.rollKey
    return sealed !== undefined && openBox(order.box, sealed, rollKeyAbout(asked.election.id, id)) === rollKey
  })
}

/** What the ceremony made, believed only after all of it was checked: keys and their proofs, pools, officers, signatures. */
export const takeCeremony: Action<
  store.Ordered,
  z.output<typeof fileForm>,
  { version: number; made: () => { text: string; answer: CeremonyAnswer }; hash: string },
  Moving | 'order-none' | 'ceremony-taken' | 'ceremony-wrong' | 'ceremony-roll-key' | 'ceremony-used'
> = {
  name: 'voting.ceremony-taken',
  find: store.holdOrdered,
  may: may.takeCeremony,
  input: fileForm,
  decide: async (ordered, { text }) => {
    if (!moves(ordered)) return refuse('not-preparing')
    const order = await store.standingOrder(ordered.tx, ordered.id)
    if (!order) return refuse('order-none')
    if (ordered.prepared.ceremony) return refuse('ceremony-taken')
    if ((await checkCeremony(order.text, text)).length > 0) return refuse('ceremony-wrong')
    const { answer } = readAnswer(text)!
    if (!rollKeysFit(order, answer)) return refuse('ceremony-roll-key')
    const pools = answer.tps.map(({ pool }) => pool.hash)
    if (await store.poolsKnown(ordered.tx, pools)) return refuse('ceremony-used')
    return decide({ version: order.version, made: () => ({ text, answer }), hash: hashOf(text) })
  },
  save: (tx, election, { version, made }, { actor, now }) =>
    store.insertAnswer(tx, election, { version, ...made() }, { person: actor.id!, at: now }),
  tell: ({ version, hash }) => ({ version, hash }),
  scope: ({ agency }) => agency,
}
