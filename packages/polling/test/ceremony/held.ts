import { mkdtempSync, readdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isOpen, openReader, type Reader } from '../../src/card/index.ts'
import { Ceremony, type CeremonyRefusal } from '../../src/ceremony/ceremony.ts'
import { newBox } from '../../src/ceremony/index.ts'
import { type CeremonyOrder, readOrder } from '../../src/ceremony/order.ts'
import { countPool, printPool } from '../../src/ceremony/pools.ts'
import { type Cut, openMedium } from '../../src/media/medium.ts'
import { quickWork } from '../cards.ts'

/** The centre's, for tests. */
export const testBox = newBox()

/** An order for one polling place, or one for each pool size given. */
export function testOrder({
  pools = [6],
  inside = 3,
  needed = 2,
  village = false,
  group = 'Ed25519',
}: {
  pools?: readonly number[]
  inside?: number
  needed?: number
  village?: boolean
  group?: CeremonyOrder['group']
} = {}): CeremonyOrder {
  const places = pools.map((pool, at) => ({ id: `tps-${at + 1}`, number: at + 1, pool }))
  const witnesses = Array.from({ length: village ? inside : inside - 1 }, (_, at) => ({
    id: `saksi-${at + 1}`,
    name: `Saksi ${at + 1}`,
    role: 'witness' as const,
    candidate: (at % 3) + 1,
  }))
  return {
    format: 'melayani-ceremony-order/1',
    mode: 'real',
    election: {
      id: '0199a3a0-0000-7000-8000-000000000001',
      name: 'Pemilihan Kepala Desa Percontohan',
      village: 'Percontohan',
    },
    group,
    centre: { name: 'Kabupaten Contoh', box: testBox.box },
    candidates: [
      { number: 1, name: 'Sari Wulandari' },
      { number: 2, name: 'Budi Santoso' },
      { number: 3, name: 'Made Artana' },
    ],
    tps: places,
    trustees: [
      { name: 'Dinas PMD', outside: true },
      ...(village
        ? []
        : places.map(({ id, number }) => ({ name: `Ketua ${number}`, officer: `ketua-${number}`, tps: id }))),
      ...witnesses.map(({ name }) => ({ name })),
    ],
    threshold: { needed, of: inside },
    officers: [
      { id: 'panitia', name: 'Panitia Percontohan', role: 'committee' },
      ...places.map(({ id, number }) => ({
        id: `ketua-${number}`,
        name: `Ketua ${number}`,
        role: 'chair' as const,
        tps: id,
      })),
      ...witnesses,
    ],
  }
}

export const pinOf = (id: string) =>
  `1${[...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 99991, 7)}${'7293'}`.slice(0, 8)

/** A room with a laptop, a reader and a table for cards, under one folder. */
export function room(folder = mkdtempSync(path.join(tmpdir(), 'melayani-ceremony-'))) {
  const table = path.join(folder, 'table')
  const slot = path.join(folder, 'reader')
  openMedium('table', table)
  return {
    folder,
    table,
    slot,
    laptop: path.join(folder, 'laptop'),
    prints: path.join(folder, 'prints'),
    reader: (cut?: Cut): Reader => openReader(slot, cut ? { cut } : {}),
    /** Everything that lies in the reader goes back to the table, then one card into it. */
    insert(id?: string) {
      openReader(slot)
      for (const file of readdirSync(slot))
        if (file.endsWith('.card.json')) renameSync(path.join(slot, file), path.join(table, file))
      if (id) renameSync(path.join(table, `${id}.card.json`), path.join(slot, `${id}.card.json`))
    },
  }
}
export type Room = ReturnType<typeof room>

export function openCeremony(place: Room, order: CeremonyOrder, cut?: Cut): Ceremony {
  const text = JSON.stringify(order)
  const read = readOrder(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return new Ceremony(read, openMedium('laptop', place.laptop, cut), { work: quickWork })
}

const sure = (refusal: CeremonyRefusal | undefined) => {
  if (refusal) throw new Error(JSON.stringify(refusal))
}

/** One round, each card in its turn. */
export function round(place: Room, ceremony: Ceremony): void {
  const phase = ceremony.phase()
  for (const { holder, done } of ceremony.steps(phase)) {
    if (done) continue
    if (phase === 'cards') {
      place.insert()
      sure(ceremony.makeCard(place.reader(), holder.id, pinOf(holder.id)))
      continue
    }
    if (phase === 'sign' && ceremony.signedEnough()) return
    sure(presentCard(place, ceremony, holder.id))
  }
}

export function presentCard(place: Room, ceremony: Ceremony, id: string, cut?: Cut): CeremonyRefusal | undefined {
  place.insert(id)
  const open = place.reader(cut).card()!.open(pinOf(id))
  if (!isOpen(open)) throw new Error(JSON.stringify(open))
  return ceremony.present(open)
}

/** All rounds up to the pools. */
export function makeKeys(place: Room, order: CeremonyOrder): Ceremony {
  const ceremony = openCeremony(place, order)
  for (let at = 0; at < 4; at++) round(place, ceremony)
  return ceremony
}

/** The tokens as they lie on the table after cutting: read back from the sheets' text, as people would from paper. */
export function countAll(place: Room, ceremony: Ceremony): void {
  for (const { id, pool } of ceremony.order.tps) {
    const refusal = countPool(ceremony, { folder: place.prints }, id, pool)
    if (refusal) throw new Error(JSON.stringify(refusal))
  }
}

/** The whole ceremony. */
export async function hold(place: Room, order: CeremonyOrder): Promise<{ ceremony: Ceremony; answer: string }> {
  const ceremony = makeKeys(place, order)
  for (const { id } of order.tps) await printPool(ceremony, { folder: place.prints }, id)
  countAll(place, ceremony)
  for (const id of ['panitia', 'ketua-1']) sure(presentCard(place, ceremony, id))
  return { ceremony, answer: ceremony.answerText()! }
}
