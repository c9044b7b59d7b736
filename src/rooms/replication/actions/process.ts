import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide } from '#platform/result.ts'
import type { PaperContent } from '../domain/paper.ts'
import { yearOf } from '../domain/paper.ts'
import { judgeMove, type Move, type Moved, type MoveRefusal } from '../domain/process.ts'
import { named } from '../domain/shown.ts'
import { moveForm } from '../forms.ts'
import { may, sidesOf } from '../permissions.ts'
import { savePaper } from '../store/paper.ts'
import * as store from '../store/process.ts'

const about = {
  verify: { name: 'replication.interest-verified', may: may.verifyInterest },
  sign: { name: 'replication.agreement-signed', may: may.signAgreement },
  approve: { name: 'replication.replication-approved', may: may.approveReplication },
  begin: { name: 'replication.implementation-begun', may: may.beginImplementation },
  certify: { name: 'replication.certificate-given', may: may.certifyReplication },
  decline: { name: 'replication.replication-declined', may: may.declineReplication },
  end: { name: 'replication.replication-ended', may: may.endReplication },
} as const satisfies Record<Move, { name: `${string}.${string}`; may: unknown }>

type Change = { state: Moved['state']; what: () => Moved & { begins: string | null } }

/** One move of a replication: who may, from where, and what it needs stand in the table of moves. */
export const moveProcess = (move: Move): Action<store.Held, z.output<typeof moveForm>, Change, MoveRefusal> => ({
  name: about[move].name,
  find: store.holdProcess,
  may: about[move].may,
  input: moveForm,
  decide: (held, { note, begins }, { actor }) => {
    const judged = judgeMove(held.standing, move, sidesOf(actor, held), note)
    if (!judged.ok) return judged
    return decide({ state: judged.change.state, what: () => ({ ...judged.change, begins }) })
  },
  save: async (tx, held, { what }, { actor, now }) => {
    const by = { person: actor.id, at: now }
    const moved = what()
    await store.saveMove(tx, held, { move, ...moved }, by)
    const kind = move === 'certify' ? 'certificate' : moved.state === 'agreed' ? 'agreement' : null
    if (kind) await savePaper(tx, held, { kind, year: yearOf(now), content: await contentOf(tx, held, now) }, by)
  },
  tell: ({ state }, { innovation }) => ({ innovation, state }),
  scope: ({ agency }) => agency,
})

/** What the paper says, from the rows as they are. */
async function contentOf(
  tx: Parameters<typeof store.holdProcess>[0],
  held: store.Held,
  now: Date,
): Promise<PaperContent> {
  const running = await store.runningFor(tx, held)
  return {
    innovation: { code: held.innovation, name: held.innovationName },
    owner: named({ agencyName: held.ownerName, unitName: held.ownerUnitName }),
    adopter: named(held),
    area: held.areaName,
    expansion: held.expansion,
    signedOwner: (held.agreedOwner ?? now).toISOString(),
    signedAdopter: (held.agreedAdopter ?? now).toISOString(),
    begins: held.begins,
    package: running
      ? {
          id: running.package,
          version: running.version,
          installed: running.installed.toISOString(),
          firstCase: running.firstCase?.toISOString() ?? null,
        }
      : null,
    demo: held.demo,
  }
}
