import { readFileSync } from 'node:fs'
import path from 'node:path'
import { makeStamp, stampText } from '../../src/format/index.ts'
import { type BoothProgram, boothProgram } from '../booth-program.ts'
import { type DeskProcess, openRollAt, serve, startDesk, until } from '../desk-rig.ts'
import type { MadeTps } from '../village.ts'
import { type RunningStation, startStation } from './running-station.ts'

/** A polling place of three real processes: a station, a desk and a booth that joined it, each with its folders under `root`. */
export type RunningVillage = {
  readonly made: MadeTps
  readonly root: string
  readonly station: RunningStation
  readonly desk: DeskProcess
  readonly booth: BoothProgram
  /**
   * Present, token with stamp, ballot for this choice (0 is blank) with this token, slip confirmed. `tests`: choices that are
   * opened by UJI before.
   */
  vote(no: number, token: string, choice: number, tests?: readonly number[]): Promise<void>
  end(): Promise<void>
}

export async function openRunningVillage(made: MadeTps, root: string, port: number): Promise<RunningVillage> {
  const station = await startStation(made, path.join(root, 'station'), port)
  const { hub } = station
  const deskStarts = startDesk(made, { root, name: 'desk', port: port + 2, hub })
  await station.admit()
  const desk = await deskStarts
  await openRollAt(desk)
  const { station: stationKey } = (await (await fetch(`http://${hub}/hub/join/${'0'.repeat(64)}`)).json()) as {
    station: string
  }
  const booth = boothProgram(made, path.join(root, 'booth'), { address: hub, key: stationKey }, port + 4)
  const boothStarts = booth.start()
  await station.admit()
  await boothStarts
  await booth.testPaper()

  const voters = booth.voters.replace(/\/$/, '')
  const page = async () => (await fetch(`${voters}/`)).text()
  const shows = (form: string) =>
    until(async () => (await page().catch(() => '')).includes(`action="${form}"`), `the booth shows ${form}`)
  const send = async (target: string, form: Record<string, string>) =>
    void (await fetch(voters + target, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }))
  return {
    made,
    root,
    station,
    desk,
    booth,
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
      await station.kill()
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
