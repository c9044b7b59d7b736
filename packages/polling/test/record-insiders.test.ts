import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { platformRandom } from '@melayani/ballot'
import { bytesSource } from '@melayani/ballot/archive'
import { openBooth, sealBallot } from '@melayani/ballot/cast'
import { type Difference, differenceText, resultKind, sign } from '../src/format/index.ts'
import { verifyRecord } from '../src/record/index.ts'
import { type MadeRecord, makeRecord, type RecordMakers, seal } from './recorded.ts'

/**
 * A station and a chair who lie together sign whatever they like: each of these records is whole and every signature in it holds.
 * What is left to contradict them is what they had signed before, what others signed, and the ballots.
 */
let made: MadeRecord
before(() => {
  made = makeRecord()
})
type Entries = Map<string, Uint8Array>
type Json = ReturnType<typeof JSON.parse>
const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const read = (entries: Entries, name: string) => JSON.parse(new TextDecoder().decode(entries.get(name)))
const found = async (record: MadeRecord) => {
  const { findings } = await verifyRecord(bytesSource(record.bytes))
  return [...new Set(findings.map(({ rule, entry, at }) => [rule, entry, at].filter(Boolean).join(' ')))]
}
const altered = (alter: (entries: Entries, makers: RecordMakers) => void) => found(seal(made, alter))
/** A signed document with its content changed, signed again by the same people. */
const again = (
  entries: Entries,
  { signedBy }: RecordMakers,
  name: string,
  kind: string,
  change: (content: Json) => void,
) => {
  const content = JSON.parse(read(entries, name).text)
  change(content)
  entries.set(
    name,
    utf8(signedBy(kind, content, kind === resultKind ? ['chair', 'officer', 'device'] : ['chair', 'device'])),
  )
}
/** An entry put where it belongs: before another. */
const put = (entries: Entries, name: string, body: Uint8Array, where: string) => {
  const all = [...entries]
  entries.clear()
  for (const [each, content] of all) {
    if (each === where) entries.set(name, body)
    entries.set(each, content)
  }
}

test('fewer of anything than the last hourly head had counted is named (T14)', async () => {
  for (const which of ['present', 'issued', 'returned', 'used', 'cast', 'void', 'spoiled', 'reprints'] as const)
    assert.deepEqual(
      await altered((entries, { signedBy }) => {
        const [first, last] = read(entries, 'heads.json')
        const head = JSON.parse(last.text)
        head.counts[which]++
        entries.set('heads.json', utf8([first, signedBy('head/1', head, ['device'])]))
      }),
      [`head.after reconciliation.json counts.${which}`],
    )
})

test('fewer ballots than a head had counted is named although the sheet explains why: each must be shown (T14)', async () => {
  assert.deepEqual(
    await altered((entries, makers) => {
      const [first, last] = read(entries, 'heads.json')
      const head = JSON.parse(last.text)
      head.counts.used++
      head.counts.cast++
      entries.set('heads.json', utf8([first, makers.signedBy('head/1', head, ['device'])]))
      const note = 'Satu surat suara tidak sah.'
      let difference!: Difference
      again(entries, makers, 'reconciliation.json', 'reconciliation/1', (sheet) => {
        difference = { law: 'used', left: ++sheet.counts.used, right: sheet.counts.cast + sheet.counts.void, note }
        sheet.differences = [difference]
      })
      again(entries, makers, 'result-1.json', resultKind, (result) => {
        result.counts.used++
        Object.assign(result, { reconciled: false, differences: [differenceText(difference)] })
      })
    }),
    ['head.after reconciliation.json counts.cast'],
  )
})

test('a zero report of other tokens than were sealed, or of the box of a booth that nobody let join, is refused', async () => {
  const zero = (change: (zero: Json) => void) =>
    altered((entries, makers) => again(entries, makers, 'zero.json', 'zero/1', change))
  assert.deepEqual(await zero((content) => void content.tokens++), ['zero.content zero.json tokens'])
  assert.deepEqual(await zero((content) => void content.boxes.push({ device: 'booth-2', ballots: 0 })), [
    'zero.content zero.json boxes',
  ])
  assert.deepEqual(await zero((content) => void content.boxes.pop()), ['zero.content zero.json boxes'])
})

test('a difference on the sheet that the result keeps silent about is named', async () => {
  const sheetOf = (left: number) =>
    altered((entries, makers) =>
      again(entries, makers, 'reconciliation.json', 'reconciliation/1', (sheet) => {
        sheet.replaced++
        sheet.differences = [{ law: 'reprints', left, right: 0, note: 'Satu kertas lebih.' }]
      }),
    )
  const silent = ['result.sum result-1.json reconciled', 'result.sum result-1.json differences']
  assert.deepEqual(await sheetOf(1), silent)
  // What was explained were other numbers.
  assert.deepEqual(await sheetOf(2), ['reconciliation.law reconciliation.json reprints', ...silent])
})

test('a void slip that the booths printed and that is not in its envelope is a law that does not hold', async () => {
  assert.deepEqual(
    await altered((entries, makers) =>
      again(entries, makers, 'reconciliation.json', 'reconciliation/1', (sheet) => {
        sheet.counts.slipsVoid++
      }),
    ),
    ['reconciliation.law reconciliation.json slips-kept', 'result.sum result-1.json counts'],
  )
})

test('an entry at which nobody would look has no place in a record', async () => {
  const secret = { voter: 7, chose: 1 }
  assert.deepEqual(await altered((entries) => put(entries, 'hand-count.json', utf8(secret), 'objections.json')), [
    'entry.form hand-count.json text',
  ])
  assert.deepEqual(await altered((entries) => put(entries, 'election.hints', utf8(secret), 'decryption.json')), [
    'record.name election.hints',
  ])
  for (const name of ['result-3.json', 'plano-2.jpg'])
    assert.deepEqual(await altered((entries) => void entries.set(name, utf8(secret))), [`record.name ${name}`])
})

test('one text that two readers read differently is refused: a member that stands twice', async () => {
  assert.deepEqual(
    await altered((entries, { officers, station }) => {
      const { text } = read(entries, 'result-1.json') as { text: string }
      const twice = text.replace('"votes":', '"votes":[5,0,0],"votes":')
      const chair = officers.find(({ role }) => role === 'chair')!
      const officer = officers.find(({ role }) => role === 'officer')!
      const signatures = [
        sign(resultKind, twice, { role: 'chair', signer: chair.name }, chair.secret),
        sign(resultKind, twice, { role: 'officer', signer: officer.name }, officer.secret),
        sign(resultKind, twice, { role: 'device', signer: 'station' }, station.secret),
      ]
      entries.set('result-1.json', utf8({ text: twice, signatures }))
    }),
    ['entry.form result-1.json text'],
  )
})

test('an invented challenged ballot, of no token of this polling place, is named', async () => {
  const invented = sealBallot(
    openBooth(made.makers.package.ballot.election).encrypt('11111-222222-33333-444444', [[0, 1, 0, 0]], platformRandom),
  ).spoil()
  assert.deepEqual(await altered((entries) => void entries.set('spoiled.json', utf8([invented]))), [
    'spoiled.credential spoiled.json 0',
  ])
})

test('a challenged ballot whose opening holds is not hidden among those that do not', async () => {
  const hidden = (change: (opening: string) => string) =>
    altered((entries, makers) => {
      const [record] = read(entries, 'spoiled.json') as [string]
      const { ballot, opening } = JSON.parse(record)
      entries.set('spoiled.json', utf8([]))
      const refused = [{ why: 'opening', ballot, opening: change(JSON.stringify(opening)) }]
      put(entries, 'refused.json', utf8(refused), 'incidents.json')
      again(entries, makers, 'reconciliation.json', 'reconciliation/1', (sheet) => void sheet.counts.spoiled--)
      again(entries, makers, 'result-1.json', resultKind, (result) => void result.counts.spoiled--)
    })
  assert.deepEqual(await hidden((opening) => opening), ['refused.good refused.json 0'])
  assert.deepEqual(await hidden((opening) => opening.replace(/"m":0/, '"m":1')), [])
})

test('T23: a ballot that counts and has the ciphertexts of an opened one is named: everybody could read that vote', async () => {
  assert.deepEqual(await found(makeRecord({ twin: true })), ['spoiled.cast spoiled.json 0'])
})

test('an objection that is left out, signed by nobody but the station, or by two as one, is named', async () => {
  assert.deepEqual(await altered((entries) => void entries.delete('objections.json')), ['record.missing'])
  const objection = (roles: readonly ('device' | 'witness')[]) =>
    altered((entries, { signedBy }) => {
      const [{ text }] = read(entries, 'objections.json')
      entries.set('objections.json', utf8([signedBy('objection/1', JSON.parse(text), roles)]))
    })
  assert.deepEqual(await objection(['device']), ['objection.signature objections.json 0'])
  // Three witnesses of three candidates.
  assert.deepEqual(await objection(['witness']), ['objection.signature objections.json 0'])
})

test('a device with another name than its number, with a key of another, or with a log and no certificate is named', async () => {
  const certified = (change: (certificate: Json) => void) =>
    altered((entries, { signedBy }) => {
      const station = read(entries, 'station.json')
      const certificate = JSON.parse(station.devices[1].text)
      change(certificate)
      station.devices[1] = signedBy('device/1', certificate, ['device'])
      entries.set('station.json', utf8(station))
    })
  assert.deepEqual(
    await certified((certificate) => {
      certificate.number = 2
    }),
    ['station.certificate station.json devices.1.device'],
  )
  assert.deepEqual(
    await certified((certificate) => {
      certificate.key = made.makers.station.key
    }),
    ['station.certificate station.json devices.1'],
  )
  assert.deepEqual(
    await altered((entries) => {
      const logs = read(entries, 'logs.json')
      entries.set('logs.json', utf8([...logs, { ...logs[0], device: 'booth-9' }]))
    }),
    ['logs.device logs.json booth-9'],
  )
})

test('a result that the chair alone has signed, with any station, is named', async () => {
  const signedBy = (roles: readonly ('chair' | 'officer' | 'witness' | 'device')[]) =>
    altered((entries, makers) => {
      const { text } = read(entries, 'result-1.json')
      entries.set('result-1.json', utf8(makers.signedBy(resultKind, JSON.parse(text), roles)))
    })
  assert.deepEqual(await signedBy(['chair', 'witness', 'device']), ['result.signature result-1.json'])
  assert.deepEqual(await signedBy(['officer', 'device']), ['result.signature result-1.json'])
  assert.deepEqual(await signedBy(['chair', 'officer', 'device']), [])
})

test('a result from slips needs the hand count of two officers, and is none where the tally opens', async () => {
  const byHand = (
    change: (count: Json) => void = () => undefined,
    roles: readonly ('officer' | 'chair' | 'device')[] = ['officer', 'device'],
  ) =>
    altered((entries, { signedBy, hash }) => {
      const count = { package: hash, votes: [2, 1, 1], blank: 1, unreadable: 0 }
      change(count)
      put(entries, 'hand-count.json', utf8(signedBy('hand-count/1', count, roles)), 'objections.json')
      for (const name of ['election.bel', 'decryption.json']) entries.delete(name)
      const { archive: _, ...result } = JSON.parse(read(entries, 'result-1.json').text)
      entries.set(
        'result-1.json',
        utf8(signedBy(resultKind, { ...result, source: 'slips', unreadable: 0 }, ['chair', 'officer', 'device'])),
      )
    })
  assert.deepEqual(await byHand(), [])
  assert.deepEqual(
    await byHand((count) => {
      count.votes = [3, 0, 1]
    }),
    ['result.votes result-1.json votes'],
  )
  assert.deepEqual(await byHand((count) => void count.unreadable++), [
    'hand-count.sum hand-count.json',
    'result.votes result-1.json votes',
  ])
  assert.deepEqual(await byHand(undefined, ['chair', 'device']), ['hand-count.signature hand-count.json'])
  assert.deepEqual(
    await altered((entries, { signedBy }) => {
      const { archive: _, ...result } = JSON.parse(read(entries, 'result-1.json').text)
      const moved = { ...result, source: 'slips', votes: [3, 0, 1] }
      entries.set('result-1.json', utf8(signedBy(resultKind, moved, ['chair', 'officer', 'device'])))
    }),
    ['record.missing', 'result.archive result-1.json source'],
  )
})
