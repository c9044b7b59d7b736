import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeStamp, stampText } from '../../src/format/index.ts'
import { type BoothProgram, boothProgram } from '../booth-program.ts'
import { insertCard, testPin, writeTestCards } from '../cards.ts'
import { type DeskProcess, openRollAt, serve, startDesk, until } from '../desk-rig.ts'
import type { MadeTps } from '../village.ts'

const main = path.join(import.meta.dirname, '../../src/main.ts')

/** A polling place of three real processes: a station, a desk and a booth that joined it, each with its folders under `root`. */
export type RunningVillage = {
  readonly made: MadeTps
  readonly root: string
  readonly station: { readonly pid: number; readonly folder: string; said(): string }
  readonly desk: DeskProcess
  readonly booth: BoothProgram
  readonly trustees: readonly string[]
  clock(now: string): void
  get(at: string): Promise<string>
  post(at: string, form?: Record<string, string>): Promise<{ status: number; to: string; text: string }>
  agree(
    at: string,
    form: Record<string, string>,
    cards: readonly string[],
  ): Promise<{ status: number; to: string; text: string }>
  officer(role: string, at?: number): string
  /**
   * Present, token with stamp, ballot for this choice (0 is blank) with this token, slip confirmed. `tests`: choices that are
   * opened by UJI before.
   */
  vote(no: number, token: string, choice: number, tests?: readonly number[]): Promise<void>
  end(): Promise<void>
}

export async function openRunningVillage(made: MadeTps, root: string, port: number): Promise<RunningVillage> {
  const folder = path.join(root, 'station')
  const at = (name: string) => path.join(folder, name)
  for (const name of ['ssd', 'usb', 'reader', 'stick', 'paper']) mkdirSync(at(name), { recursive: true })
  const { trustees } = writeTestCards(made, at('cards'))
  writeFileSync(at('package.json'), JSON.stringify(made.signed))
  const clockFile = at('clock')
  const clock = (now: string) => writeFileSync(clockFile, now)
  clock(`${made.package.election.date}T00:30:00Z`)
  const hub = `127.0.0.1:${port + 1}`
  let said = ''
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...[
        '--import',
        'tsx',
        main,
        'station',
        '--package',
        at('package.json'),
        '--media',
        at('ssd'),
        '--media',
        at('usb'),
      ],
      ...['--reader', at('reader'), '--printer', `sim:${at('paper')}`, '--stick', at('stick')],
      ...['--port', `${port}`, '--hub', hub],
    ],
    { env: { ...process.env, MELAYANI_CLOCK: clockFile, MELAYANI_CUT: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (bytes: Buffer) => {
      said += bytes
    })
  await until(async () => said.includes('station: screen'), 'the station has a screen')
  const url = `http://127.0.0.1:${port}`
  const post = async (target: string, form: Record<string, string> = {}) => {
    const answer = await fetch(url + target, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
    return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() }
  }
  const get = async (target: string) => (await fetch(url + target)).text()
  const agree = async (target: string, form: Record<string, string>, cards: readonly string[]) => {
    const begun = await post(target, form)
    if (!begun.to.startsWith('/act/')) return begun
    let last = begun
    for (const id of cards) {
      insertCard(at('cards'), at('reader'), id)
      last = await post(begun.to, { pin: testPin })
    }
    insertCard(at('cards'), at('reader'), undefined)
    return last
  }
  const officer = (role: string, nth = 0) => made.officers.filter((each) => each.role === role)[nth]!.id
  const two = [officer('chair'), officer('officer')]
  await agree('/trust', {}, two)
  await until(async () => said.includes('station: hub'), 'the station has a hub')
  const admit = async () => {
    const key = await until(
      async () => /devices\/admit\/([0-9a-f]{64})/.exec(await get('/devices'))?.[1],
      'a device asks to join',
    )
    await agree(`/devices/admit/${key}`, {}, two)
  }

  const deskStarts = startDesk(made, { root, name: 'desk', port: port + 2, hub })
  await admit()
  const desk = await deskStarts
  await openRollAt(desk)
  const { station: stationKey } = (await (await fetch(`http://${hub}/hub/join/${'0'.repeat(64)}`)).json()) as {
    station: string
  }
  const booth = boothProgram(made, path.join(root, 'booth'), { address: hub, key: stationKey }, port + 4)
  const boothStarts = booth.start()
  await admit()
  await boothStarts

  const voters = booth.voters.replace(/\/$/, '')
  const page = async () => (await fetch(`${voters}/`)).text()
  const shows = (form: string) =>
    until(async () => (await page().catch(() => '')).includes(`action="${form}"`), `the booth shows ${form}`)
  const send = async (target: string, form: Record<string, string>) =>
    void (await fetch(voters + target, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }))
  return {
    made,
    root,
    station: { pid: child.pid!, folder, said: () => said },
    desk,
    booth,
    trustees,
    clock,
    get,
    post,
    agree,
    officer,
    async vote(no, token, choice, tests = []) {
      await until(
        async () => (await desk.get('/')).text.includes('stage open'),
        'the desk knows that the polls are open',
      )
      const entered = await serve(desk, { nik: made.niks[no - 1]!, name: `Pemilih ${no}` })
      if (entered.at !== `/token/${no}`) throw new Error(entered.text)
      const mark = async (each: number) => {
        const pick = each === 0 ? 'blank' : `${each}`
        await send('/choose', { pick })
        await send('/confirm', { pick, answer: 'yes' })
      }
      await shows('/token')
      await send('/token', { token: `${token} ${stampOf(made, desk)}` })
      for (const each of tests) {
        await mark(each)
        await send('/decide', { do: 'test' })
        await send('/again', {})
      }
      await mark(choice)
      await send('/decide', { do: 'cast' })
      await new Promise((done) => setTimeout(done, made.package.rules.slipSeconds * 1000 + 100))
      await send('/slip', { slip: 'good' })
      await page()
    },
    async end() {
      child.kill('SIGKILL')
      await ended
      await booth.kill()
      await desk.kill()
    },
  }
}

/** The stamp as the desk makes it, which its paper carries as a QR code. All of these five minutes are equal. */
function stampOf(made: MadeTps, desk: DeskProcess): string {
  const key = JSON.parse(readFileSync(path.join(desk.folder, 'ssd', 'key.json'), 'utf8'))
  return stampText(makeStamp('desk-1', key, made.hash, Date.now()))
}
