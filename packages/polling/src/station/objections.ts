import type { Signed } from '../format/index.ts'
import type { PendingAct } from '../screen/index.ts'
import { readJson } from './files.ts'
import { objectionsFile } from './handing-over.ts'
import type { Station } from './station.ts'
import { stationWords } from './words/index.ts'

/**
 * A witness's objection (keberatan, R35): signed with the witness's own card, kept in the public record, and counted in the log. It
 * can be filed at every stage; what the committee owes to it, and until when, the centre says.
 */
export function fileObjection(station: Station, text: string): PendingAct {
  const document = JSON.stringify({ package: station.hash, step: station.step(), text })
  return {
    title: (lang) => stationWords(lang).day.objectionTitle,
    detail: () => text,
    need: { count: 1, roles: ['witness'] },
    back: '/objections',
    documents: () => [{ kind: 'objection/1', text: document }],
    run(agreed) {
      const [by] = agreed
      const list = readJson<Signed[]>(station.files, objectionsFile) ?? []
      const signed = { text: document, signatures: by!.signatures }
      if (!list.some((each) => each.text === document && each.signatures[0]?.key === signed.signatures[0]?.key))
        station.files.put(objectionsFile, JSON.stringify([...list, signed]))
      station.append({ kind: 'objection', by: by!.id, text })
      return { to: '/objections' }
    },
  }
}
