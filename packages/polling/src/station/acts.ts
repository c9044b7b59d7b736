import type { Act, Signature } from '../format/index.ts'
import type { ActDone, Lang, Need, PendingAct } from '../screen/index.ts'
import type { Refusal } from './law.ts'
import type { Station } from './station.ts'
import { stationWords } from './words/index.ts'

/** Chair and one more officer of the polling place: opening, closing, and whatever cannot be undone. */
export const chairAndOfficer: Need = { count: 2, roles: ['chair', 'officer'] }

/** The chair and one officer more: the result, which counts by these cards at the centre too. */
export const chairWithOfficer: Need = { ...chairAndOfficer, among: 'chair' }

export const refusalOf = (name: Refusal) => ({ refusal: (lang: Lang) => stationWords(lang).refusals[name] })

/**
 * An act of two officers that becomes a line of the station's log: both sign that very line. `check` is asked before anybody
 * signs and again when all have; `also` is done before the line is written, so that a line never names what is not there, `after`
 * once it is.
 */
export function logged(
  station: Station,
  {
    act,
    title,
    detail,
    back = '/',
    to = '/',
    need = chairAndOfficer,
    check = () => undefined,
    also = () => {},
    after = () => {},
  }: {
    act: () => Act
    title: PendingAct['title']
    detail?: PendingAct['detail']
    back?: string
    to?: string
    need?: Need
    check?: () => Refusal | undefined
    also?: () => void
    after?: () => void
  },
): PendingAct {
  // The act is made once: what the second officer signs is what the first has signed.
  const content = act()
  return {
    title,
    ...(detail ? { detail } : {}),
    need,
    back,
    documents: () => [{ kind: 'act/1', text: station.chain.textOf(content) }],
    run(agreed): ActDone {
      const refusal = check()
      if (refusal) return refusalOf(refusal)
      also()
      station.append(
        content,
        agreed.map(({ signatures }) => signatures[0]!),
      )
      after()
      return { to }
    },
  }
}

/** A document that one person or several sign with their cards; `keep` stores it and writes its line. */
export function signedDocument({
  kind,
  text,
  title,
  detail,
  need,
  back = '/',
  to = '/',
  check = () => undefined,
  keep,
}: {
  kind: string
  text: string
  title: PendingAct['title']
  detail?: PendingAct['detail']
  need: Need
  back?: string
  to?: string
  check?: () => Refusal | undefined
  keep: (signatures: readonly Signature[]) => void
}): PendingAct {
  return {
    title,
    ...(detail ? { detail } : {}),
    need,
    back,
    documents: () => [{ kind, text }],
    run(agreed): ActDone {
      const refusal = check()
      if (refusal) return refusalOf(refusal)
      keep(agreed.flatMap(({ signatures }) => signatures))
      return { to }
    },
  }
}
