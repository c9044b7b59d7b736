import { createHash } from 'node:crypto'
import type { Action } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { askOutside, OutsideError } from '#platform/outside.ts'
import { type Installer, installPackage, limits, type Offer } from '#services'
import type { Offered } from '../domain/catalogue.ts'
import { may } from '../permissions.ts'
import { saveAdoption } from '../store/adoption.ts'
import { findFile, saveFile } from '../store/file.ts'
import type { Peer } from '../store/peer.ts'

/**
 * The sealed file of an offered package: from what was fetched before, or from the other installation. It is kept only
 * when it is, byte for byte, the file that the catalogue names.
 */
export async function fetchFile(
  db: Db,
  { origin }: Pick<Peer, 'origin'>,
  { file }: Offered,
  at: Date,
): Promise<'fetched' | 'file-differs' | 'no-answer'> {
  const sha256 = Buffer.from(file.sha256, 'hex')
  if (await findFile(db, sha256)) return 'fetched'
  const answer = await askOutside(origin + file.path, { most: limits.archive, seconds: 20 }).catch((error: unknown) => {
    if (error instanceof OutsideError) return error
    throw error
  })
  if (answer instanceof OutsideError) return answer.reason === 'answer-too-large' ? 'file-differs' : 'no-answer'
  if (answer.status !== 200) return 'no-answer'
  const bytes = Buffer.from(answer.body)
  if (!createHash('sha256').update(bytes).digest().equals(sha256)) return 'file-differs'
  await saveFile(db, { sha256, bytes, release: null, at })
  return 'fetched'
}

type Installing =
  typeof installPackage extends Action<Installer, Offer, infer Change, infer Refusal>
    ? { change: Change; refusal: Refusal }
    : never

/**
 * Install what another installation offers, or a newer version of it: all that holds for installing (read, verified, its
 * examples rehearsed), and besides it must be what the catalogue said. From then on the service reports to where it came from.
 */
export const adopt = (
  peer: Peer,
  entry: Offered,
): Action<Installer, Offer, Installing['change'], Installing['refusal'] | 'file-differs'> => ({
  ...installPackage,
  name: 'exchange.package-adopted',
  may: may.adopt,
  decide: async (at, offer, when) => {
    const judged = await installPackage.decide(
      { ...at, keys: at.keys.filter((key) => key === entry.publisher.key) },
      offer,
      when,
    )
    if (!judged.ok) return judged
    const { package: id, version, hash } = judged.change
    return id === entry.id && version === entry.version && hash === entry.hash
      ? judged
      : { ok: false, refusal: 'file-differs' }
  },
  save: async (tx, at, change, when) => {
    await installPackage.save(tx, at, change, when)
    const { service, package: id } = change
    await saveAdoption(
      tx,
      { agency: at.agency, service, peer: peer.id, package: id },
      { person: when.actor.id, at: when.now },
    )
    await enqueue(tx, 'exchange.beat', {})
  },
  tell: ({ package: id, version, hash }) => ({ package: id, version, hash, from: peer.name }),
  also: (change, at) => [
    {
      name: installPackage.name,
      subject: change.service,
      scope: at.agency,
      particulars: installPackage.tell(change, at),
    },
  ],
})
