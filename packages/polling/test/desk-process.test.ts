import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { bookOf } from '../src/desk/book.ts'
import { checkConflict } from '../src/desk/conflict.ts'
import { checkChain } from '../src/media/chain.ts'
import {
  agree,
  type DeskProcess,
  layCard,
  openRollAt,
  openTestHub,
  rowsOf,
  serve,
  startDesk,
  type TestHub,
  until,
} from './desk-rig.ts'
import { makeTps, testNik } from './village.ts'

const root = mkdtempSync(path.join(tmpdir(), 'melayani-desks-'))
const made = makeTps({
  voters: 12,
  desks: 2,
  rules: { cutOff: 'two-officers' },
  elsewhere: [{ nik: testNik(2, 1), tps: 2 }],
})
const cardOf = (no: number) => ({ nik: made.niks[no - 1]!, name: `Pemilih ${no}` })
let hub: TestHub
let one: DeskProcess
let two: DeskProcess
let three: DeskProcess
const started: DeskProcess[] = []
const start = async (name: string, port: number) => {
  const desk = await startDesk(made, { root, name, port, hub: hub.address })
  started.push(desk)
  return desk
}

before(async () => {
  hub = await openTestHub(made, root)
  one = await start('one', 4761)
  two = await start('two', 4762)
  for (const desk of [one, two]) await openRollAt(desk)
})
after(async () => {
  for (const desk of started) await desk.kill()
  await hub.close()
  rmSync(root, { recursive: true, force: true })
})

const reached = (desk: DeskProcess, other: number, state: 'tersambung' | 'tidak menjawab') =>
  until(
    async () => (await desk.get('/')).text.includes(`Meja ${other} ${state}`),
    `${desk.name} sees desk ${other}: ${state}`,
  )

test('voting twice: whoever has a token gets no second one at the other desk, and takes the reason along on paper', async () => {
  await reached(one, 2, 'tersambung')
  const first = await serve(one, cardOf(1))
  assert.equal(first.at, '/token/1')
  assert.match(first.text, /BERI TOKEN/)
  // At the same desk, at the other one, with the invitation, with the number: present is present.
  for (const desk of [one, two]) {
    assert.match((await serve(desk, cardOf(1))).text, /BELUM BISA[\s\S]*Sudah tercatat hadir/)
    layCard(desk, undefined)
    assert.match((await desk.post('/find', { q: '1' })).text, /Sudah tercatat hadir/)
  }
  // Forms that a clever hand sends without the page behind them do nothing either.
  assert.equal((await two.post('/enter')).at, '/voter')
  assert.equal((await two.post('/token', { no: '1' })).at, '/')
  await two.post('/find', { q: '1' })
  const { text } = await two.post('/away')
  assert.match(text, /Alasan sudah dicetak/)
  const paper = path.join(two.folder, 'paper')
  const slip = readdirSync(paper).find((file) => file.startsWith('refusal') && file.endsWith('.txt'))!
  const printed = readFileSync(path.join(paper, slip), 'utf8')
  assert.match(printed, /Sudah tercatat hadir/)
  assert.equal(printed.includes('Pemilih 1'), false)
  assert.equal(rowsOf(two, 'desk-2').filter((row) => row.includes('"turned-away"')).length, 1)
})

test('of another polling place or in no roll: a reason and the way, and no token', async () => {
  assert.match((await serve(one, { nik: testNik(2, 1), name: 'Tetangga' })).text, /BELUM BISA[\s\S]*TPS 2/)
  assert.match((await serve(one, { nik: testNik(7, 7), name: 'Tamu' })).text, /Tidak ada di daftar pemilih desa ini/)
  assert.match((await one.post('/away')).text, /Alasan sudah dicetak/)
})

test('the paper of a desk’s printer: a test is printed, two officers say what they see, and a roll that was changed is tested again (R42)', async () => {
  const faults = (list: readonly object[]) =>
    writeFileSync(path.join(one.folder, 'paper', 'faults.json'), JSON.stringify(list))
  const say = async (readable: boolean) => {
    const { text } = await one.post('/paper')
    assert.match(text, /Lihat kertasnya/)
    await agree(one, (await one.post(readable ? '/paper/good' : '/paper/bad')).at, ['petugas-1', 'petugas-2'])
    return (await one.get('/printer')).text
  }
  assert.match((await one.get('/printer')).text, /Belum diuji/)
  assert.equal((await one.post('/paper/good')).at, '/printer', 'nobody judges a test that was not printed')
  faults([{ kind: 'wrong-paper' }])
  assert.match(await say(false), /Tidak terbaca\. Balik/)
  faults([])
  assert.match(await say(true), /Sudah diuji: terbaca/)
  faults([{ kind: 'paper-out' }])
  assert.match((await one.post('/paper')).text, /Uji kertas tidak tercetak/)
  faults([])
  assert.match((await one.get('/printer')).text, /Belum diuji/)
  await say(true)
  const acts = rowsOf(one, 'desk-1').flatMap((row) => /"act":(\{"kind":"paper[^}]*\})/.exec(row)?.[1] ?? [])
  assert.deepEqual(acts, [
    '{"kind":"paper-tested","readable":false}',
    '{"kind":"paper-tested","readable":true}',
    '{"kind":"paper-changed"}',
    '{"kind":"paper-tested","readable":true}',
  ])
})

test('finger that fails four times, card that is broken, no card: two officers compare, and only then the door opens', async () => {
  layCard(one, { ...cardOf(2), failures: 9 })
  let page = await one.post('/find', { q: '' })
  for (const left of [3, 2, 1]) {
    page = await one.post('/finger')
    assert.match(page.text, new RegExp(`Sisa ${left} percobaan`))
  }
  page = await one.post('/finger')
  assert.match(page.text, /DUA PETUGAS[\s\S]*Jari tidak cocok empat kali/)
  assert.equal(page.text.includes('action="/enter"'), false)
  assert.equal((await one.post('/enter')).at, '/voter')
  const ask = await one.post('/two', { assisted: 'yes' })
  const same = await agree(one, ask.at, ['petugas-2', 'petugas-2'])
  assert.match(same.text, /kartu yang sama/)
  assert.equal((await agree(one, ask.at, ['petugas-3'])).at, '/token/2')
  const line = rowsOf(one, 'desk-1').find((row) => row.includes('"check-in","voter":2'))!
  assert.match(line, /"method":"card-photo","assisted":true/)
  // A card whose chip does not answer.
  layCard(one, { ...cardOf(3), broken: true })
  assert.match((await one.post('/find', { q: '' })).text, /e-KTP tidak terbaca/)
  page = await one.post('/find', { q: made.niks[2]! })
  assert.match(page.text, /DUA PETUGAS[\s\S]*e-KTP tidak terbaca/)
  assert.equal((await agree(one, (await one.post('/two')).at, ['petugas-1', 'petugas-2'])).at, '/token/3')
  assert.equal(
    rowsOf(one, 'desk-1').some((row) => row.includes('"voter":3,"method":"typed-nik"')),
    true,
  )
})

test('a finger has four tries, however often the card is read anew; whoever was sent away begins again', async () => {
  const card = { ...cardOf(4), failures: 9 }
  layCard(one, card)
  const read = async () => (await one.post('/find', { q: '' })).text
  const tries = async (count: number) => {
    for (let at = 0; at < count; at++) await one.post('/finger')
  }
  await read()
  await tries(3)
  assert.match(await read(), /Sisa 1 percobaan/)
  await one.post('/next')
  assert.match(await read(), /Sisa 1 percobaan/)
  await tries(1)
  for (const page of [await read(), await read()]) assert.match(page, /DUA PETUGAS[\s\S]*Jari tidak cocok empat kali/)
  assert.equal((await one.post('/finger')).status, 422)
  await one.post('/away', { reason: 'not-the-person' })
  assert.match(await read(), /Sisa 4 percobaan/)
  await one.post('/next')
})

test('a stamp more than tokens: one officer’s card, a line that names the officer and no voter, and the paper', async () => {
  const stamps = () =>
    readdirSync(path.join(one.folder, 'paper')).filter((file) => /^stamp-.*[.]txt$/.test(file)).length
  const before = stamps()
  const ask = await one.post('/stamp')
  assert.match(ask.text, /Nama Anda dicatat, pemilihnya tidak/)
  assert.deepEqual([stamps(), rowsOf(one, 'desk-1').some((row) => row.includes('stamp-printed'))], [before, false])
  const done = await agree(one, ask.at, ['petugas-2'])
  assert.match(done.text, /Cap sudah dicetak/)
  assert.equal(stamps(), before + 1)
  const rows = rowsOf(one, 'desk-1').filter((row) => row.includes('stamp-printed'))
  assert.deepEqual(
    rows.map((row) => [
      /"act":(\{[^}]*\})/.exec(row)?.[1],
      [...row.matchAll(/"signer":"([^"]*)"/g)].map(([, by]) => by),
    ]),
    [['{"kind":"stamp-printed"}', [made.officers.find(({ id }) => id === 'petugas-2')!.name]]],
  )
})

test('two desks that cannot see each other give one voter two tokens: caught, shown on both and at the station, provable', async () => {
  // Every cable is pulled: the ones between the desks, then the station's.
  hub.setApart(true)
  for (const [desk, other] of [
    [one, 2],
    [two, 1],
  ] as const)
    await reached(desk, other, 'tidak menjawab')
  hub.setDown(true)
  // Voter 11 is of desk 2's share, goes there first, then to desk 1, where two officers let them in.
  assert.equal((await serve(two, cardOf(11))).at, '/token/11')
  layCard(one, cardOf(11))
  await one.post('/find', { q: '' })
  const page = await one.post('/finger')
  assert.match(page.text, /DUA PETUGAS[\s\S]*Meja lain tidak bisa ditanya/)
  assert.equal((await agree(one, (await one.post('/two')).at, ['petugas-1', 'petugas-2'])).at, '/token/11')
  for (const desk of [one, two]) assert.match((await desk.get('/conflicts')).text, /Tidak ada/)

  // One desk is switched off and on again meanwhile: it still knows who it is, and whom it has served.
  await two.kill()
  two = await start('two', 4762)
  await openRollAt(two)
  assert.match((await serve(two, cardOf(11))).text, /Sudah tercatat hadir/)

  // The cables are back.
  hub.setDown(false)
  hub.setApart(false)
  for (const desk of [one, two]) {
    await until(async () => (await desk.get('/')).text.includes('1 pemilih tercatat dua kali'), `${desk.name} shows it`)
    const { text } = await desk.get('/conflicts')
    assert.match(text, /Nomor 11 · Pemilih 11[\s\S]*DUA TOKEN keluar[\s\S]*Meja 1, baris \d+[\s\S]*Meja 2, baris \d+/)
    assert.match((await desk.get('/conflicts?lang=en')).text, /TWO TOKENS went out/)
  }
  const shown = await until(async () => {
    const [conflict] = bookOf(hub.logs.lines.values()).conflicts
    return conflict
  }, 'the station has both lines')
  assert.deepEqual([shown.kind, shown.voter, shown.places.length], ['token', 11, 2])
  const [a, b] = shown.places.map(({ device, seq }) => hub.logs.rows.get(device)![seq - 1]!) as [string, string]
  assert.deepEqual(checkConflict(a, b, hub.keyOf), { kind: 'token', voter: 11, devices: ['desk-1', 'desk-2'] })
  assert.equal(checkConflict(a, b.replace('"voter":11', '"voter":12'), hub.keyOf), undefined)
})

test('a desk’s laptop breaks in the middle of the day: the spare takes its share, and what it had sent to nobody comes by stick', async () => {
  // Desk 2 was alone when it served its last voter, and breaks then.
  hub.setApart(true)
  await reached(two, 1, 'tidak menjawab')
  hub.setDown(true)
  assert.equal((await serve(two, cardOf(10))).at, '/token/10')
  await two.kill()
  hub.setDown(false)
  hub.setApart(false)
  hub.stop('desk-2')
  // Until the spare is there its voters are let in by two officers: nobody can be asked.
  await until(async () => {
    layCard(one, cardOf(9))
    await one.post('/find', { q: '' })
    return (await one.post('/finger')).text.includes('DUA PETUGAS')
  }, 'desk 1 hears that desk 2 was stopped')
  await one.post('/next')
  three = await startDesk(made, {
    root,
    name: 'three',
    port: 4764,
    hub: hub.address,
    inherit: path.join(two.folder, 'usb'),
  })
  started.push(three)
  await openRollAt(three)
  await until(async () => (await three.get('/')).text.includes('nomor 7 sampai 12'), 'the spare has the share')
  for (const no of [10, 11]) assert.match((await serve(three, cardOf(no))).text, /Sudah tercatat hadir/)
  assert.equal((await serve(three, cardOf(12))).at, '/token/12')
  await until(async () => {
    layCard(one, undefined)
    return (await one.post('/find', { q: '10' })).text.includes('Sudah tercatat hadir')
  }, 'desk 1 knows of the last voter of desk 2')
  await reached(one, 3, 'tersambung')
  assert.equal((await serve(one, cardOf(9))).at, '/token/9')
})

test('all hold the same in the end, every chain is whole, and no file of a desk tells a NIK, a name or a credential', async () => {
  await until(
    async () =>
      ['desk-1', 'desk-2', 'desk-3'].every((device) =>
        // The second medium is written after the first.
        [rowsOf(one, device), rowsOf(three, device), rowsOf(three, device, 'usb')].every(
          (rows) => rows.length === hub.logs.rows.get(device)?.length,
        ),
      ),
    'the desks and the station agree',
  )
  for (const device of ['desk-1', 'desk-2', 'desk-3']) {
    const rows = rowsOf(one, device)
    assert.deepEqual(rows, rowsOf(three, device))
    assert.deepEqual(rows, rowsOf(three, device, 'usb'))
    assert.deepEqual(rows, hub.logs.rows.get(device))
    assert.deepEqual(checkChain(rows, hub.keyOf(device)!, made.hash, device), [])
  }
  const secrets = [
    ...made.niks,
    ...made.roll.voters.flatMap(({ name, nik }) => [name, nik]),
    ...made.tokens.flatMap((token) => [token, token.replaceAll('-', '')]),
    made.rollKey,
  ]
  const files = [one, two, three].flatMap((desk) =>
    ['ssd', 'usb', 'paper'].flatMap((part) => {
      const folder = path.join(desk.folder, part)
      return readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'latin1'))
    }),
  )
  assert.ok(files.length >= 20)
  for (const content of [...files, one.errors(), two.errors(), three.errors()])
    for (const secret of secrets) assert.equal(content.includes(secret), false)
  assert.deepEqual(
    [one, two, three].map((desk) => desk.errors()),
    ['', '', ''],
  )
})
