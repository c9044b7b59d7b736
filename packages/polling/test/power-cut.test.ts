import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { openPlace, type Part, type Place } from './place.ts'

/**
 * Three programs and hundreds of restarts take a quarter of an hour, so this runs with `npm run test:long` only. The same is done
 * within one process, for each device alone, by booth-crash, station-power and the desk's tests, every time.
 */
const long = Boolean(process.env.LONG)
const shares = ['', '.5', '.9'] as const

/** One person at the polling place, and how far they are. Nothing here knows when power fails. */
type Person = { readonly no: number; token?: number; slipsBefore?: number; done: boolean }

/** People go on until they have voted; whoever finds a device dead starts it, and puts in order what it says. */
function openPeople(place: Place) {
  let handed = 0
  const deaths = { station: 0, desk: 0, booth: 0 }
  const named = new Set<string>()
  const voids: number[] = []

  /** Power comes back and stays, or is cut once more as `plan` says. */
  async function revive(part: Part, plan = ''): Promise<void> {
    place.arm(part, plan)
    for (let tries = 0; !place.alive(part); tries++) {
      assert.equal(tries < 4, true, `${part} does not start`)
      deaths[part]++
      await place.start(part)
      if (!place.alive(part)) place.arm(part, '')
    }
    if (part === 'desk') {
      await at('desk', place.openDesk)
      if (!place.alive('desk')) await revive('desk')
    }
    if (part === 'booth') await resolve()
  }
  /** A press at a device that may be dead, or die of it. */
  async function at<T>(part: Part, press: () => Promise<T>): Promise<T | undefined> {
    for (let tries = 0; ; tries++)
      try {
        return await press()
      } catch (error) {
        // Dying takes a moment; between two voters nobody listens for a moment; all else is a fault of its own.
        await new Promise((next) => setTimeout(next, 50))
        if (!place.alive(part)) return undefined
        const refused = (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED'
        if (tries > (refused ? 200 : 3)) throw error
      }
  }
  let current: Person | undefined

  /** Two officers resolve what the booth names: cast when the voter has a good slip, else void. */
  async function resolve(): Promise<void> {
    const page = await at('booth', () => place.atOfficers('/'))
    if (!page) return revive('booth')
    const [, id] = /\/resolve\/([0-9a-f]{32})\//.exec(page.text) ?? []
    if (!id) return
    named.add(id)
    const slip = place.slips() > current!.slipsBefore!
    const pending = page.text.includes(`/resolve/${id}/cast`)
    assert.equal(slip && !pending, false, 'a slip is out and the session is not pending')
    const as = slip ? 'cast' : 'void'
    if (!(await at('booth', () => place.agreeAtBooth(`/resolve/${id}/${as}`)))) return revive('booth')
  }

  async function fetchToken(person: Person, replaces: boolean) {
    for (;;) {
      if (!place.alive('desk')) await revive('desk')
      const issued = () => place.deskRows().filter((row) => row.includes(`"token-issued","voter":${person.no}`)).length
      const before = issued()
      const answer = await at('desk', async () => {
        if (replaces) {
          const begun = await place.desk().post('/return', { no: String(person.no), what: 'void' })
          return place.agreeAtDesk(begun.at)
        }
        const served = await place.serveAtDesk(person.no)
        if (served.at.startsWith('/token/')) return served
        // Let in before the power went: the token had not gone out, or nobody had handed it over.
        return place.desk().post('/token', { no: String(person.no) })
      })
      if (answer?.at.startsWith('/token/') || issued() > before || (!replaces && issued() === 1)) {
        person.token = handed++
        return
      }
      assert.equal(place.alive('desk'), false, `the desk says ${answer?.at}: ${answer?.text.slice(0, 2000)}`)
    }
  }

  const stateOf = async () => {
    const page = await at('booth', () => place.atVoter('/'))
    return page && (/<body class="booth (\w+)/.exec(page.text)?.[1] ?? 'none')
  }
  /** One session with the token, as far as the booth lives. True when the voter was thanked. */
  async function session(person: Person, test: boolean): Promise<boolean> {
    let opened = !test
    let good = false
    for (let presses = 0; presses < 400; presses++) {
      const state = await stateOf()
      if (state === undefined) return false
      const press = (target: string, form: Record<string, string>) => at('booth', () => place.atVoter(target, form))
      if (state === 'waiting') {
        const answer = await press('/token', { token: place.scanned(person.token!) })
        if (!answer) return false
        // It was cast before the power went, and the voter has the slip.
        if (/sudah dipakai/.test(answer.text)) return true
      } else if (state === 'choosing') await press('/choose', { pick: person.no % 2 ? '1' : 'blank' })
      else if (state === 'confirming') await press('/confirm', { pick: person.no % 2 ? '1' : 'blank', answer: 'yes' })
      else if (state === 'deciding') {
        if (opened) person.slipsBefore = place.slips()
        await press('/decide', { do: opened ? 'cast' : 'test' })
      } else if (state === 'opened') {
        opened = true
        await press('/again', {})
      } else if (state === 'checking') {
        good = (await press('/slip', { slip: 'good' })) !== undefined
      } else if (state === 'thanks' && good) {
        await at('booth', async () => {
          for (let wait = 0; (await stateOf()) !== 'waiting' && place.alive('booth') && wait < 100; wait++)
            await new Promise((next) => setTimeout(next, 50))
        })
        return true
      } else await new Promise((next) => setTimeout(next, 50))
    }
    assert.fail('the session does not end')
  }

  async function vote(no: number, test = false): Promise<Person> {
    const person: Person = { no, done: false, slipsBefore: place.slips() }
    current = person
    await fetchToken(person, false)
    for (let tries = 0; !person.done; tries++) {
      assert.equal(tries < 8, true, `person ${no} comes to no end`)
      if (!place.alive('booth')) await revive('booth')
      const slot = place
        .boothSlots()
        .find(({ credential, state }) => credential === place.credential(person.token!) && state !== 'spoiled')
      if (slot?.state === 'cast') person.done = true
      else if (slot?.state === 'void') {
        voids.push(person.token!)
        await fetchToken(person, true)
        person.slipsBefore = place.slips()
      } else person.done = await session(person, test)
    }
    return person
  }
  return { vote, revive, deaths, named, voids, handed: () => handed }
}

/** From three dead machines to open polls. */
async function openPolls(place: Place) {
  await place.start('station')
  await place.agreeAtStation('/trust', {}, place.two)
  await Promise.all([
    place.start('desk'),
    place.start('booth'),
    (async () => {
      await place.until(async () => {
        await place.atOfficers('/trust', {}).catch(() => undefined)
        const { text } = await place.station('/devices')
        const keys = [...text.matchAll(/\/devices\/admit\/([0-9a-f]{64})/g)].map(([, key]) => key!)
        for (const key of new Set(keys)) await place.agreeAtStation(`/devices/admit/${key}`, {}, place.two)
        return place.alive('booth') && place.booth.said().includes('booth: voters')
      }, 'desk and booth are admitted')
    })(),
  ])
  await place.openDesk()
  await place.booth.testPaper()
  await place.station('/zero/self-test', {})
  await place.agreeAtStation('/zero', { tokens: String(place.made.package.pool.size), paper: 'ya' }, ['petugas-1'])
  await place.agreeAtStation('/zero/witness', {}, [place.witness])
  await place.agreeAtStation('/open', {}, place.two)
  await place.until(
    async () => /id="token"/.test((await place.atVoter('/')).text),
    'the booth has heard that the polls are open',
  )
}

const synced = (place: Place) => {
  const known = (slots: { id: string; state: string }[]) =>
    slots
      .map(({ id, state }) => `${id} ${state}`)
      .toSorted()
      .join()
  return (
    known(place.boothSlots()) === known(place.stationSlots()) &&
    place.stationRows('desk-1').length === place.deskRows().length
  )
}

test('kill -9 at the writes of station, desk and booth: every person’s ballot is counted once, or the open session was named; the sheet agrees', {
  skip: long ? false : 'npm run test:long',
}, async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-place-'))
  const place = await openPlace(root, 400)
  t.after(async () => {
    await place.close()
    rmSync(root, { recursive: true, force: true })
  })
  await openPolls(place)
  const people = openPeople(place)
  let no = 0
  const persons: { no: number; token?: number }[] = []
  const next = async (test = false) => void persons.push(await people.vote(++no, test))
  /** How many writes a device makes while this happens. */
  const writesOf = async (part: Part, work: () => Promise<unknown>) => {
    place.arm(part, 'list')
    const before = place.said(part)
    await work()
    // A program that was started in between has said nothing before.
    const said = place.said(part)
    const news = said.startsWith(before) ? said.slice(before.length) : said
    const count = news.split('\n').filter((line) => line.startsWith('write ')).length
    place.arm(part, '')
    return count
  }
  const chosen = (count: number) =>
    Array.from({ length: count }, (_, at) => shares.map((share) => `${at + 1}${share}`)).flat()
  let cuts = 0

  for (const part of ['booth', 'desk'] as const) {
    const count = await writesOf(part, () => next(part === 'booth'))
    assert.equal(count >= (part === 'booth' ? 12 : 4), true, `${part}: ${count} writes for a voter`)
    for (const plan of chosen(count)) {
      const died = people.deaths[part]
      place.arm(part, plan)
      await next(part === 'booth')
      place.arm(part, '')
      assert.equal(
        people.deaths[part] > died || !place.alive(part),
        true,
        `${part} lived through its write ${plan} of ${count}`,
      )
      if (!place.alive(part)) await people.revive(part)
      cuts++
    }
    t.diagnostic(`${part}: ${count} writes for a voter`)
  }
  // The station writes when the others tell it something, so its writes are counted until all of it has arrived.
  const told = () => place.until(async () => !place.alive('station') || synced(place), 'the station has it all')
  await told()
  const count = await writesOf('station', async () => {
    await next()
    await told()
  })
  t.diagnostic(`station: ${count} writes for a voter`)
  for (const plan of chosen(count)) {
    place.arm('station', plan)
    // What has come together in one message may come in two the next time.
    for (let tries = 0; place.alive('station') && tries < 4; tries++) {
      await next()
      await told()
    }
    assert.equal(place.alive('station'), false, `the station lived through its write ${plan} of ${count}`)
    cuts++
    await people.revive('station')
    await told()
  }
  // Each device's start is cut too.
  for (const part of ['booth', 'desk', 'station'] as const) {
    await told()
    // A station that has begun anew says something new, which the others write down when they start.
    const stop = async () => {
      await place.kill(part)
      if (part === 'station') return
      await place.kill('station')
      await people.revive('station')
    }
    await stop()
    // What a device writes when it has met the others comes within a few exchanges.
    const met = async (died = Number.POSITIVE_INFINITY) => {
      for (let wait = 0; wait < 60 && place.alive(part) && people.deaths[part] <= died; wait++)
        await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const starts = await writesOf(part, async () => {
      await people.revive(part, 'list')
      await met()
    })
    t.diagnostic(`${part}: ${starts} writes at its start`)
    for (const plan of chosen(starts)) {
      await stop()
      const died = people.deaths[part]
      await people.revive(part, plan)
      await met(died + 1)
      if (!place.alive(part)) await people.revive(part)
      // The first death is the one above; the second one is the cut.
      assert.equal(people.deaths[part] - died, 2, `${part} lived through write ${plan} of ${starts} at its start`)
      cuts++
    }
  }
  await next()
  await told()

  // Everybody has one ballot in the box, at the booth and at the station, and nobody has two.
  for (const slots of [place.boothSlots(), place.stationSlots()]) {
    const cast = slots.filter(({ state }) => state === 'cast').map(({ credential }) => credential)
    assert.deepEqual(cast.toSorted(), persons.map(({ token }) => place.credential(token!)).toSorted())
    assert.equal(
      slots.some(({ state }) => state === 'open' || state === 'pending'),
      false,
    )
  }
  assert.equal(place.slips(), persons.length)
  const all = place.boothSlots()
  assert.equal(all.filter(({ state }) => state === 'void').length, people.voids.length)

  // The polls close; the sheet of the reconciliation agrees without an explanation.
  place.clock('06:30:00')
  await place.agreeAtStation('/close', {}, place.two)
  await place.agreeAtStation('/boxes/booth-1', { 'cast-booth-1': String(persons.length) }, place.two)
  const replaced = String(all.reduce((sum, { reprints }) => sum + reprints, 0))
  const unused = place.made.package.pool.size - people.handed()
  const slipsVoid = String(all.filter(({ slip }) => slip === 'void').length)
  await place.station('/by-hand', { unused: String(unused), slips: String(persons.length), slipsVoid, replaced })
  const sheet = await place.agreeAtStation('/sheet/sign', {}, ['petugas-1'])
  assert.equal(
    place.stationRows('station').some((row) => /"kind":"reconciled".*"holds":true/.test(row)),
    true,
    sheet.text.slice(0, 6000),
  )
  t.diagnostic(
    `${cuts} cuts, ${persons.length} voters, ${people.named.size} sessions named, ${people.voids.length} made void`,
  )
  assert.equal(cuts >= 100, true)
})
