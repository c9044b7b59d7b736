import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { backupCard, isOpen, type OpenFileCard, openReader, restoreCard } from '../../src/card/index.ts'
import { opensWithout, TallyOpening } from '../../src/ceremony/index.ts'
import { openMedium } from '../../src/media/medium.ts'
import { insertCard, quickWork, testPin, writeTestCards } from '../cards.ts'
import { tallied } from '../tallied.ts'
import { makeTps } from '../village.ts'

const root = mkdtempSync(path.join(tmpdir(), 'melayani-backup-'))
after(() => rmSync(root, { recursive: true, force: true }))
const opened = (folder: string, pin = testPin): OpenFileCard => {
  const card = openReader(folder).card()!.open(pin)
  if (!isOpen(card)) throw new Error(JSON.stringify(card))
  return card
}

test('a drill of R71: three of five cards are lost, one comes back from its backup, and the tally opens', () => {
  const made = makeTps({ voters: 3, reserve: 0, threshold: { needed: 3, of: 5 }, candidates: ['Ani', 'Budi'] })
  const [cards, reader, spare] = ['cards', 'reader', 'spare'].map((name) => path.join(root, name)) as [
    string,
    string,
    string,
  ]
  const { trustees } = writeTestCards(made, cards)
  insertCard(cards, reader, trustees[5])
  const backup = backupCard(opened(reader))
  const { order } = tallied(made, [1, 1, 2])
  const texts = { election: order.election, trustees: order.trustees, tally: order.tally, ballots: 3 }

  // Owners 4, 5 and 6 are gone: two of the five are left, and the paper would have to be counted.
  deepEqual(opensWithout(texts.trustees, [4, 5]), [])
  deepEqual(opensWithout(texts.trustees, [4, 5, 6]), [{ needed: 1, from: [4, 5, 6] }])
  const opening = new TallyOpening(texts)
  for (const id of trustees.slice(0, 3)) {
    insertCard(cards, reader, id)
    ok('owner' in opening.present(opened(reader)))
  }
  deepEqual(opening.result(), { state: 'missing', missing: [{ needed: 1, from: [4, 5, 6] }] })

  const medium = openMedium('spare', spare)
  equal(
    restoreCard(medium, 'again.card.json', backup.text, backup.code.replaceAll('-', ' '), '918273', quickWork),
    undefined,
  )
  const again = opened(spare, '918273')
  equal(again.key, made.officers.find(({ id }) => id === trustees[5])!.key)
  deepEqual(opening.present(again), { owner: 6 })
  deepEqual(opening.result(), { state: 'result', votes: [2, 1], blank: 0, text: '{"result":[[0,2,1]]}' })
  throws(() => restoreCard(medium, 'again.card.json', backup.text, backup.code, '918273', quickWork), /already/)
})

test('a backup without its code is worth nothing, and a wrong code is told from a broken file', () => {
  const made = makeTps({ voters: 1, reserve: 0, candidates: ['Ani', 'Budi'] })
  const [cards, reader] = [path.join(root, 'cards-2'), path.join(root, 'reader-2')]
  const { trustees } = writeTestCards(made, cards)
  insertCard(cards, reader, trustees[1])
  const { text, code } = backupCard(opened(reader))
  const other = backupCard(opened(reader))
  equal(text.includes(made.rollKey) || text.includes(`${made.trusteeSecrets[1]!.exponent}`), false)
  equal(text.includes(code.slice(0, 5)), false)
  const medium = openMedium('spare', path.join(root, 'spare-2'))
  const fault = (file: string, typed: string) =>
    restoreCard(medium, 'x.card.json', file, typed, testPin, quickWork)?.fault
  equal(fault(text, other.code), 'other-code')
  equal(fault(text, `${code.slice(0, -1)}${code.at(-1) === '1' ? '2' : '1'}`), 'code')
  equal(fault(text, code.slice(0, -3)), 'code')
  equal(fault('{}', code), 'form')
  equal(fault(JSON.stringify({ ...JSON.parse(text), name: 'Orang lain' }), code), 'broken')
  equal(fault(JSON.stringify({ ...JSON.parse(text), sealed: JSON.parse(other.text).sealed }), code), 'broken')
  equal(medium.read('x.card.json'), undefined)
  equal(fault(text, code), undefined)
  equal(JSON.parse(readFileSync(path.join(root, 'spare-2', 'x.card.json'), 'utf8')).role, 'chair')
})
