import { recallMembership } from '../booth/hub-link.ts'
import { type Imported, readBox } from '../media/box.ts'
import type { Medium } from '../media/medium.ts'
import { writeSlot } from '../media/slot.ts'
import { boxPlan } from '../media/slot-size.ts'
import { readCertificate } from '../net/index.ts'
import type { Station } from './station.ts'

/**
 * Takes a booth's box and log from its stick (R54), as often as one likes. A stick that is another booth's, by the certificate on it or
 * because its ballots came under that name, is not taken: `owner` says whose it is. Throws BoxError, MediumLost.
 */
export function takeStick(
  { boxes, logs, key, content, hash }: Station,
  device: string,
  stick: Medium,
): Imported | { readonly owner: string } {
  const { slots } = readBox(stick, boxPlan(content, hash))
  const known = recallMembership([stick])
  const named = known && readCertificate(known.certificate, key.key, hash)?.device
  const owner = named && named !== device ? named : boxes.otherOwner(device, slots)
  if (owner) return { owner }
  // What the booth wrote and could not tell any more.
  const log = stick.read(`${device}.log`)
  if (log) logs.take(new TextDecoder().decode(log).split('\n').slice(0, -1))
  return boxes.take(
    device,
    slots.map((slot) => writeSlot(hash, slot)),
  )
}
