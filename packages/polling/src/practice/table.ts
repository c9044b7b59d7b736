import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tokenText } from '../format/index.ts'
import { insertCard, writePracticeCards } from './cards.ts'
import { type MadeTps, makeTps } from './make-tps.ts'

/** Devices of the practice, in the order in which they stand on the table. */
export type PracticeDevice = {
  readonly name: string
  readonly as: 'station' | 'desk' | 'booth'
  readonly screens: readonly string[]
}
export type PracticePaper = { readonly device: string; readonly file: string; readonly text: string }

const stateFile = 'practice.json'
/** The secrets of the cards are on the cards alone. */
type Kept = {
  made: Omit<MadeTps, 'trusteeSecrets' | 'centre' | 'committee'>
  trustees: readonly string[]
  drawn: number
}

/**
 * Everything that lies on the table of a practice polling place, in one folder: cards, readers, identity cards, tokens and the
 * paper that the printers gave. `voices`: the candidates' names as spoken. Always of mode "practice": nothing of it enters a real tally (R69).
 */
export function openTable(folder: string, voters: number, voices: readonly (string | undefined)[] = []) {
  const at = (...names: string[]) => path.join(folder, ...names)
  const kept = existsSync(at(stateFile)) ? (JSON.parse(readFileSync(at(stateFile), 'utf8')) as Kept) : begin()
  const save = () => writeFileSync(at(stateFile), JSON.stringify(kept))

  function begin(): Kept {
    mkdirSync(folder, { recursive: true })
    // Whatever secret an earlier practice left is of keys that nobody uses again.
    const made = makeTps({ voters, reserve: Math.ceil(voters / 4), mode: 'practice', booths: 2, desks: 1, voices })
    const { trustees } = writePracticeCards(made, at('cards'))
    writeFileSync(at('package.json'), JSON.stringify(made.signed))
    const { trusteeSecrets: _, centre: _centre, committee: _committee, ...rest } = made
    const begun: Kept = { made: rest, trustees, drawn: 0 }
    writeFileSync(at(stateFile), JSON.stringify(begun))
    return begun
  }
  const inFolder = (name: string, ends: string) =>
    existsSync(at(name)) ? readdirSync(at(name)).filter((file) => file.endsWith(ends)) : []
  const { made } = kept
  const ektp = at('desk-1', 'ektp')
  const readers = ['station', 'desk-1', 'booth-1', 'booth-2']
  for (const device of readers) mkdirSync(at(device, 'reader'), { recursive: true })
  mkdirSync(ektp, { recursive: true })

  return {
    folder,
    made,
    readers,
    /** Officers' cards, and the outside trustee's. */
    people: [
      ...made.officers.map(({ id, name, role }) => ({ id, name, role })),
      { id: 'kabupaten', name: 'Kabupaten', role: 'committee' as const },
    ],
    trustees: kept.trustees,
    inReader: (device: string): string | undefined =>
      inFolder(path.join(device, 'reader'), '.card.json')[0]?.replace('.card.json', ''),
    /** Takes a card out of wherever it is and puts it into this reader; without an id the reader is emptied. */
    insert(device: string, id: string | undefined): void {
      for (const other of readers)
        if (other === device || inFolder(path.join(other, 'reader'), `${id}.card.json`).length > 0)
          insertCard(at('cards'), at(other, 'reader'), undefined)
      if (id) insertCard(at('cards'), at(device, 'reader'), id)
    },
    onReader: (): number | undefined => {
      const [file] = inFolder(path.join('desk-1', 'ektp'), '.ektp.json')
      return file ? Number(/\d+/.exec(file)![0]) : undefined
    },
    /** Lays a voter's identity card on the desk's reader; `broken`: its chip does not answer. */
    layCard(no: number | undefined, broken: boolean): void {
      for (const file of inFolder(path.join('desk-1', 'ektp'), '.ektp.json')) rmSync(path.join(ektp, file))
      const nik = no === undefined ? undefined : made.niks[no - 1]
      if (!nik) return
      const card = { nik, name: made.roll.voters[no! - 1]!.name, ...(broken ? { broken: true } : {}) }
      writeFileSync(path.join(ektp, `pemilih-${no}.ektp.json`), JSON.stringify(card))
    },
    tokensLeft: () => made.tokens.length - kept.drawn,
    /** Drawn blindly: a random one of those left. Undefined when the box is empty. */
    drawToken(): string | undefined {
      const left = made.tokens.length - kept.drawn
      if (left === 0) return undefined
      const pick = kept.drawn + randomInt(left)
      const { tokens } = made
      ;[tokens[kept.drawn], tokens[pick]] = [tokens[pick]!, tokens[kept.drawn]!]
      kept.drawn++
      save()
      return tokenText(made.package.pool.hash, tokens[kept.drawn - 1]!)
    },
    papers: (): PracticePaper[] =>
      readers.flatMap((device) =>
        inFolder(path.join(device, 'tray'), '.txt').map((file) => ({
          device,
          file,
          text: readFileSync(at(device, 'tray', file), 'utf8'),
        })),
      ),
  }
}
export type Table = ReturnType<typeof openTable>
