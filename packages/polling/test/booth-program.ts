import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openMedium } from '../src/media/medium.ts'
import { insertCard, testPin, writeTestCards } from './cards.ts'
import type { MadeTps } from './village.ts'

const main = path.join(import.meta.dirname, '../src/main.ts')

/** A folder with everything one booth needs, and the program started in it as people start it. */
export function boothProgram(made: MadeTps, root: string, hub: { address: string; key?: string }, port: number) {
  const at = (...names: string[]) => path.join(root, ...names)
  for (const name of ['reader', 'cards']) mkdirSync(at(name), { recursive: true })
  writeFileSync(at('package.json'), JSON.stringify(made.signed))
  let child: ChildProcess | undefined
  let said = ''
  const start = async (env: Record<string, string> = {}) => {
    said = ''
    child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        main,
        'booth',
        ...['--package', at('package.json'), '--folder', at('ssd'), '--usb', at('usb'), '--hub', hub.address],
        ...['--reader', at('reader'), '--printer', `sim:${at('tray')}`],
        ...(hub.key ? ['--station-key', hub.key] : []),
        ...['--port', String(port), '--session-port', String(port + 1)],
      ],
      { env: { ...process.env, MELAYANI_ONE_DISK: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const own = child
    const ended = new Promise<void>((resolve) => own.on('exit', () => resolve()))
    const ready = new Promise<void>((resolve) => {
      own.stdout!.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        if (said.includes('booth: voters')) resolve()
      })
      own.stderr!.on('data', (bytes: Buffer) => {
        said += bytes.toString()
      })
    })
    await Promise.race([ready, ended])
    return { ended }
  }
  const officers = `http://127.0.0.1:${port}`
  const post = (target: string, form: Record<string, string> = {}) =>
    fetch(officers + target, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      headers: { origin: officers },
    })
  return {
    at,
    start,
    /** Two officers print the paper self-test and say what they see. */
    async testPaper(readable = true) {
      if (readdirSync(at('cards')).length === 0) writeTestCards(made, at('cards'))
      await post('/paper')
      const act = (await post(readable ? '/paper/good' : '/paper/bad')).headers.get('location')!
      for (const id of ['petugas-1', 'petugas-2']) {
        insertCard(at('cards'), at('reader'), id)
        await post(act, { pin: testPin })
      }
      insertCard(at('cards'), at('reader'), undefined)
    },
    said: () => said,
    officers: `${officers}/`,
    voters: `http://127.0.0.1:${port + 1}/`,
    pid: () => child?.pid,
    async kill() {
      const own = child
      if (!own || own.exitCode !== null || own.signalCode !== null) return
      const gone = new Promise<void>((resolve) => own.on('exit', () => resolve()))
      own.kill('SIGKILL')
      await gone
    },
    /** Whole papers of a kind, as text. */
    papers: (kind: string): string[] => {
      try {
        return readdirSync(at('tray'))
          .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.txt') && !name.includes('.part'))
          .map((name) => readFileSync(at('tray', name), 'utf8'))
      } catch {
        return []
      }
    },
    faults: (list: readonly object[]) => writeFileSync(at('tray', 'faults.json'), JSON.stringify(list)),
    tray: () => openMedium('tray', at('tray')),
  }
}
export type BoothProgram = ReturnType<typeof boothProgram>
