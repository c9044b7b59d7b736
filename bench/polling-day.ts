import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readBox } from '../packages/polling/src/media/box.ts'
import { openMedium } from '../packages/polling/src/media/medium.ts'
import { boxPlan } from '../packages/polling/src/media/slot-size.ts'
import { type BoothProgram, boothProgram } from '../packages/polling/test/booth-program.ts'
import { insertCard, testPin, writeTestCards } from '../packages/polling/test/cards.ts'
import { type DeskProcess, layCard, openRollAt, rowsOf, startDesk, until } from '../packages/polling/test/desk-rig.ts'
import { type MadeTps, makeTps } from '../packages/polling/test/village.ts'
import type { Figure } from './index.ts'
import { median, percentile } from './quantile.ts'

const main = path.join(import.meta.dirname, '../packages/polling/src/main.ts')
const firstPort = 47_600

/**
 * A day at one polling place, seven hours of it in a fiftieth of the time: 3,000 voters, 429 an hour, three desks, five booths and
 * the station, each a process of its own with two media, driven through their pages. What people do takes no time here, so each
 * step is the machine's alone; when the machine falls behind, the queue says so. `POLLING_VOTERS` and `POLLING_SPEED` make it
 * shorter. Afterwards every check-in, token, ballot and slip is looked for on the media.
 */
export async function benchPollingDay(
  voters = Number(process.env.POLLING_VOTERS ?? 3000),
  speed = Number(process.env.POLLING_SPEED ?? 50),
): Promise<Figure[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-bench-day-'))
  const made = makeTps({ voters, reserve: 0, desks: 3, booths: 5, rules: { slipSeconds: 0, tokenMinutes: 900 } })
  const place = await openDay(made, root)
  try {
    return await spendDay(made, place, voters, speed)
  } finally {
    await place.close()
    rmSync(root, { recursive: true, force: true })
  }
}

type Answer = { at: string; text: string }
async function ask(base: string, target: string, form?: Record<string, string>): Promise<Answer> {
  const init = form ? { method: 'POST', body: new URLSearchParams(form), headers: { origin: base } } : {}
  const answer = await fetch(base + target, { redirect: 'manual', ...init })
  const to = answer.headers.get('location')
  if (to && answer.status === 303) return ask(base, to)
  return { at: target, text: await answer.text() }
}

async function openDay(made: MadeTps, root: string) {
  const at = (...names: string[]) => path.join(root, ...names)
  mkdirSync(at('station'))
  writeFileSync(at('package.json'), JSON.stringify(made.signed))
  writeFileSync(at('clock'), `${made.package.election.date}T00:30:00Z`)
  writeTestCards(made, at('station', 'cards'))
  const [screen, hub] = [firstPort, `127.0.0.1:${firstPort + 1}`]
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', main, 'station', '--package', at('package.json'), '--port', String(screen), '--hub', hub],
      ...['--media', at('station', 'ssd'), '--media', at('station', 'usb'), '--reader', at('station', 'reader')],
      ...['--printer', `sim:${at('station', 'paper')}`],
    ],
    {
      env: { ...process.env, MELAYANI_CLOCK: at('clock'), MELAYANI_ONE_DISK: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await new Promise<void>((resolve, reject) => {
    let out = ''
    child.stdout!.on('data', (bytes: Buffer) => {
      out += bytes
      if (out.includes('station: screen')) resolve()
    })
    child.once('exit', () => reject(new Error('the station ended')))
  })
  const station = `http://127.0.0.1:${screen}`
  const agreeAtStation = async (target: string, form: Record<string, string>, officers: readonly string[]) => {
    const { at: act } = await ask(station, target, form)
    for (const officer of officers) {
      insertCard(at('station', 'cards'), at('station', 'reader'), officer)
      await ask(station, act, { pin: testPin })
    }
    insertCard(at('station', 'cards'), at('station', 'reader'), undefined)
  }
  const two = ['petugas-1', 'petugas-2']
  await agreeAtStation('/trust', {}, two)

  const desks: DeskProcess[] = []
  for (const [index, name] of ['desk-1', 'desk-2', 'desk-3'].entries()) {
    const [port, lan] = [firstPort + 2 + index, firstPort + 12 + index]
    desks.push(await startDesk(made, { root, name, port, lan, hub, every: 500 }))
  }
  const booths: BoothProgram[] = Array.from({ length: 5 }, (_, index) => {
    mkdirSync(at(`booth-${index}`))
    return boothProgram(made, at(`booth-${index}`), { address: hub }, firstPort + 20 + index * 2)
  })
  const starting = booths.map((booth) => booth.start())
  await until(async () => {
    for (const { officers } of booths) await ask(officers.slice(0, -1), '/trust', {}).catch(() => undefined)
    const { text } = await ask(station, '/devices')
    const keys = new Set([...text.matchAll(/\/devices\/admit\/([0-9a-f]{64})/g)].map(([, key]) => key!))
    for (const key of keys) await agreeAtStation(`/devices/admit/${key}`, {}, two)
    return booths.every((booth) => booth.said().includes('booth: voters'))
  }, 'all devices are admitted')
  await Promise.all(starting)
  for (const desk of desks) await openRollAt(desk)
  for (const booth of booths) await booth.testPaper()
  await ask(station, '/zero/self-test', {})
  await agreeAtStation('/zero', { tokens: String(made.package.pool.size), paper: 'ya' }, ['petugas-1'])
  const witness = made.officers.find(({ role }) => role === 'witness')!.id
  await agreeAtStation('/zero/witness', {}, [witness])
  await agreeAtStation('/open', {}, two)
  for (const booth of booths)
    await until(
      async () => (await ask(booth.voters.slice(0, -1), '/').catch(() => ({ text: '' }))).text.includes('id="token"'),
      'the booths have heard that the polls are open',
    )
  for (const [index, desk] of desks.entries())
    await until(async () => {
      const { text } = await desk.get('/')
      return (
        text.includes('stage open') && [1, 2, 3].every((n) => n === index + 1 || text.includes(`Meja ${n} tersambung`))
      )
    }, 'the desks see each other')
  return {
    root,
    at,
    desks,
    booths,
    async close() {
      for (const each of [...desks, ...booths]) await each.kill()
      child.kill('SIGKILL')
    },
  }
}
type Day = Awaited<ReturnType<typeof openDay>>

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)))

async function spendDay(made: MadeTps, place: Day, voters: number, speed: number): Promise<Figure[]> {
  const times = new Map<string, number[]>()
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const value = await work()
    times.set(name, [...(times.get(name) ?? []), performance.now() - begun])
    return value
  }
  const between = (7 * 3_600_000) / 3000 / speed
  const begun = performance.now()
  const arrives = (no: number) => begun + (no - 1) * between
  let next = 1
  let tokens = 0
  let behind = 0
  let asked = 0
  const waiting: string[] = []
  let atDesk = place.desks.length

  async function serveAt(desk: DeskProcess) {
    while (next <= voters) {
      const no = next++
      await sleep(arrives(no) - performance.now())
      layCard(desk, { nik: made.niks[no - 1]!, name: `Pemilih ${no}` })
      let stamp: string | undefined
      for (let tries = 0; stamp === undefined; tries++) {
        if (tries > 60) throw new Error(`voter ${no} gets no token`)
        if (tries > 0) {
          // The desk of the share did not answer in time: what people do then is to ask again.
          asked++
          await sleep(250)
        }
        await timed('desk: card read and found in the roll', () => desk.post('/find', { q: '' }))
        await timed('desk: finger compared', () => desk.post('/finger'))
        let page = await timed('desk: present and token, asked of the desk of the share', () => desk.post('/enter'))
        if (page.at.startsWith('/silent/') || tries > 0)
          page = page.at.startsWith('/token/') ? page : await desk.post('/token', { no: String(no) })
        stamp = /data-stamp[^>]*>([^<]+)</.exec(page.text)?.[1]
      }
      behind = Math.max(behind, performance.now() - arrives(no))
      waiting.push(`${made.tokens[tokens++]!} ${stamp}`)
    }
    atDesk--
  }
  async function voteAt(booth: BoothProgram) {
    const base = booth.voters.slice(0, -1)
    const state = async () => {
      const page = await ask(base, '/').catch(() => undefined)
      return page && /<body class="booth (\w+)/.exec(page.text)?.[1]
    }
    while (atDesk > 0 || waiting.length > 0) {
      const token = waiting.shift()
      if (!token) {
        await sleep(20)
        continue
      }
      await timed('booth: ready for the next voter', () => until(async () => (await state()) === 'waiting', 'ready'))
      const pick = String((tokens % 3) + 1)
      await timed('booth: token to ballot', () => ask(base, '/token', { token }))
      await ask(base, '/choose', { pick })
      await timed('booth: YA to receipt', () => ask(base, '/confirm', { pick, answer: 'yes' }))
      await timed('booth: MASUKKAN to slip', () => ask(base, '/decide', { do: 'cast' }))
      await timed('booth: slip confirmed to stored on two media', () => ask(base, '/slip', { slip: 'good' }))
    }
  }
  await Promise.all([...place.desks.map(serveAt), ...place.booths.map(voteAt)])
  const took = performance.now() - begun

  // Nothing is lost: at the station, at each desk, in each box, in each tray.
  const plan = boxPlan(made.package, made.hash)
  const cast = (folder: string, file: string) =>
    readBox(openMedium('look', folder), plan, file).slots.filter((slot) => slot.state === 'cast').length
  const boxes = () =>
    place.booths.map((booth, index) => [
      cast(booth.at('ssd'), 'box'),
      cast(booth.at('usb'), 'box'),
      cast(place.at('station', 'ssd'), `box-booth-${index + 1}`),
    ])
  const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0)
  await until(async () => {
    const held = boxes()
    // Which booth got which number depends on who asked first, so only the sums are compared.
    return [0, 1, 2].every((of) => sum(held.map((each) => each[of]!)) === voters)
  }, 'every ballot is at its booth twice and at the station')
  const lines = (folder: string, kind: string) =>
    sum(
      ['desk-1', 'desk-2', 'desk-3'].map(
        (device) => rowsOf({ folder }, device).filter((row) => row.includes(`"kind":"${kind}"`)).length,
      ),
    )
  for (const folder of [place.at('station'), ...place.desks.map((desk) => desk.folder)])
    await until(
      async () => lines(folder, 'check-in') === voters && lines(folder, 'token-issued') === voters,
      `all lines are at ${path.basename(folder)}`,
    )
  const slips = sum(place.booths.map((booth) => booth.papers('slip').length))
  if (slips !== voters) throw new Error(`${slips} slips for ${voters} voters`)

  const note = `${voters} voters, 3 desks, 5 booths, station: 9 devices as processes`
  return [
    {
      name: `voters an hour that the machine kept up with (429 × ${speed} asked)`,
      value: (voters * 3_600_000) / took,
      unit: '/h',
      note,
    },
    {
      name: 'longest time from arrival to token',
      value: behind / 1000,
      unit: 's',
      note: 'as it was, not times the speed',
    },
    {
      name: 'times another desk was asked again',
      value: asked,
      unit: '',
      note: 'a desk that does not answer in 4 s counts as cut off',
    },
    {
      name: 'ballots, tokens or slips lost',
      value: 0,
      unit: '',
      note: 'each looked for on two media, at the station and in the trays',
    },
    ...[...times].map(([name, list]) => ({
      name: `${name}, p99`,
      value: percentile(list, 0.99),
      unit: 'ms',
      note: `p50 ${median(list).toFixed(0)} ms`,
    })),
  ]
}
