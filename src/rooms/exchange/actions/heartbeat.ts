import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Heartbeat, type HeartbeatRefusal, judgeHeartbeat } from '../domain/heartbeat.ts'
import { readSigned, type Signed } from '../domain/signed.ts'
import { may } from '../permissions.ts'
import * as heartbeats from '../store/heartbeat.ts'
import { wasOffered } from '../store/offer.ts'
import * as peers from '../store/peer.ts'
import { type Self, selfOf } from '../store/self.ts'

/** Installations that nobody has verified, at most: strangers cannot fill the house. */
const mostStrangers = 1000

type Meeting = peers.Meeting & {
  self: Self
  strangers: number
  offered: boolean
  received: { last: number; same: Signed | null }
}
export type ReceiveRefusal =
  | HeartbeatRefusal
  | 'package-unknown'
  | 'key-changed'
  | 'received-already'
  | 'sequence-used'
  | 'too-many-strangers'

/** Keep what a service elsewhere tells of a package of ours. Taken twice it is kept once. */
export const receiveHeartbeat = (
  text: string,
): Action<Meeting, unknown, { peer: string; fresh: boolean; said: Heartbeat }, ReceiveRefusal> => ({
  name: 'exchange.heartbeat-received',
  find: async (tx, _actor, _id, now) => {
    const self = await selfOf(tx, now)
    const judged = judgeHeartbeat(text, { own: self.key, now })
    const none = {
      byKey: undefined,
      byOrigin: undefined,
      strangers: 0,
      offered: false,
      received: { last: 0, same: null },
    }
    if (!judged.ok) return { self, ...none }
    const { from, service, sequence, package: name } = judged.change
    const met = await peers.holdMeeting(tx, { key: from.key, origin: from.address })
    const received = met.byKey
      ? await heartbeats.findReceived(tx, met.byKey.id, service, sequence)
      : { last: 0, same: null }
    return { self, ...met, received, strangers: await peers.countStrangers(tx), offered: await wasOffered(tx, name) }
  },
  may: may.receiveHeartbeat,
  input: z.unknown(),
  decide: ({ self, byKey, byOrigin, received, strangers, offered }, _, { now }) => {
    const judged = judgeHeartbeat(text, { own: self.key, now })
    if (!judged.ok) return judged
    if (!offered) return refuse('package-unknown')
    if (byOrigin && byOrigin.key !== judged.change.from.key) return refuse('key-changed')
    if (received.same)
      return refuse(
        canonicalJson(received.same) === canonicalJson(readSigned(text)) ? 'received-already' : 'sequence-used',
      )
    if (!byKey && strangers >= mostStrangers) return refuse('too-many-strangers')
    return decide({ peer: byKey?.id ?? peers.peerId(), fresh: !byKey, said: judged.change })
  },
  save: async (tx, _, { peer, fresh, said }, { now }) => {
    const { key, address: origin, name } = said.from
    if (fresh) {
      await peers.newPeer(tx, { id: peer, key, origin, name }, now)
      // Whose key it is, we ask at the address that it names.
      await enqueue(tx, 'exchange.look', { peer })
    }
    await heartbeats.saveHeartbeat(tx, peer, said, text, now)
  },
  tell: ({ said: { package: name, version, stage, agency, service } }) => ({
    package: name,
    version,
    stage,
    agency: agency.name,
    service,
  }),
  scope: () => null,
  subject: ({ peer }) => peer,
})
