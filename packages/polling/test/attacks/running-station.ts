import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { insertCard, testPin, writeTestCards } from '../cards.ts'
import { until } from '../desk-rig.ts'
import type { MadeTps } from '../village.ts'

const main = path.join(import.meta.dirname, '../../src/main.ts')

/** A station as a process of its own, with its media, cards, paper and stick in a folder, and a clock that the test sets. */
export async function startStation(made: MadeTps, folder: string, port: number) {
  const at = (name: string) => path.join(folder, name)
  for (const name of ['ssd', 'usb', 'reader', 'stick', 'paper']) mkdirSync(at(name), { recursive: true })
  const { trustees } = writeTestCards(made, at('cards'))
  writeFileSync(at('package.json'), JSON.stringify(made.signed))
  const clock = (now: string) => writeFileSync(at('clock'), now)
  clock(`${made.package.election.date}T00:30:00Z`)
  const hub = `127.0.0.1:${port + 1}`
  const args = [
    ...['--package', at('package.json'), '--media', at('ssd'), '--media', at('usb'), '--stick', at('stick')],
    ...['--reader', at('reader'), '--printer', `sim:${at('paper')}`, '--port', `${port}`, '--hub', hub],
  ]
  let said = ''
  let child: ChildProcess
  let ended: Promise<void>
  const url = `http://127.0.0.1:${port}`
  const post = async (target: string, form: Record<string, string> = {}) => {
    const answer = await fetch(url + target, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
    return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() }
  }
  const get = async (target: string) => (await fetch(url + target)).text()
  const starts = () => said.split('station: screen').length - 1
  const start = async () => {
    const before = starts()
    const env = { ...process.env, MELAYANI_CLOCK: at('clock'), MELAYANI_CUT: '', MELAYANI_ONE_DISK: '1' }
    const own = spawn(process.execPath, ['--import', 'tsx', main, 'station', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = own
    ended = new Promise<void>((done) => own.once('exit', () => done()))
    for (const stream of [own.stdout!, own.stderr!])
      stream.on('data', (bytes: Buffer) => {
        said += bytes
      })
    await until(async () => starts() > before, 'the station has a screen')
  }
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
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }

  await start()
  await agree('/trust', {}, two)
  await until(async () => said.includes('station: hub'), 'the station has a hub')
  return {
    made,
    folder,
    trustees,
    hub,
    two,
    at,
    pid: () => child.pid!,
    said: () => said,
    /** How often it has begun: by hand, or by itself. */
    starts,
    start,
    kill,
    clock,
    get,
    post,
    agree,
    officer,
    /** Somebody looks at the screen until the station, which says that it begins anew, is there again. */
    async anew() {
      const before = starts()
      await until(async () => {
        const answer = await fetch(`${url}/`).catch(() => undefined)
        await answer?.text()
        return starts() > before && answer?.status === 200
      }, 'the station has begun anew')
    },
    /** Two officers admit the device that asks. */
    async admit() {
      const key = await until(
        async () => /devices\/admit\/([0-9a-f]{64})/.exec(await get('/devices'))?.[1],
        'a device asks to join',
      )
      await agree(`/devices/admit/${key}`, {}, two)
    },
    async openPolls() {
      await post('/zero/self-test')
      await agree('/zero', { tokens: `${made.package.pool.size}`, paper: 'ya' }, [officer('chair')])
      await agree('/zero/witness', {}, [officer('witness')])
      await agree('/open', {}, two)
    },
    async close() {
      clock(`${made.package.election.date}T06:01:00Z`)
      await agree('/close', {}, two)
    },
  }
}
export type RunningStation = Awaited<ReturnType<typeof startStation>>
