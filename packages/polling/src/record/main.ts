import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bytesSource } from '@melayani/ballot/archive'
import { openFileSource } from '@melayani/ballot/node'
import { askPin, isOpen, type OpenCard, openReader } from '../card/index.ts'
import { languageFrom } from '../screen/language.ts'
import { blockSizeOf, readContainer, readExactly } from './container.ts'
import { verifyRestricted } from './restricted.ts'
import { sayFindings, sayRecord } from './say.ts'
import { openRestricted } from './sealed-logs.ts'
import { verifyRecord } from './verify.ts'

const usage = `npm run tps -- record verify FILE.record [--centre KEY] [--committee KEY] [--json] [--lang id|en]
npm run tps -- record logs FILE.record FILE.restricted --reader FOLDER [--lang id|en]    (untuk pengawas, dengan kartunya)
npm run tps -- record extract FILE.record FOLDER

  Exit code: 0 sound · 1 refused · 2 cannot be judged
  Kode keluar: 0 lulus · 1 ditolak · 2 tidak dapat diperiksa
`

/** `npm run tps -- record …`: what anybody can do with the record of a polling place. */
export async function run(args: string[]): Promise<void> {
  const [act = '', ...rest] = args
  try {
    process.exitCode = await (acts[act] ?? help)(rest)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
  }
}

const acts: Record<string, (args: string[]) => number | Promise<number>> = { verify, logs, extract }

function help(): number {
  console.error(usage)
  return 2
}

async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      centre: { type: 'string' },
      committee: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
  })
  const [file] = positionals
  if (!file) return help()
  const { centre, committee, json, lang } = values
  const source = await openFileSource(file)
  try {
    const report = await verifyRecord(source, { ...(centre ? { centre } : {}), ...(committee ? { committee } : {}) })
    console.log(json ? JSON.stringify(report) : sayRecord(report, languageFrom(lang)).join('\n'))
    return report.verdict === 'sound' ? 0 : 1
  } finally {
    await source.close()
  }
}

/** The supervisor's check of the devices' logs (R17) and of the hourly commitments (T14): both are sealed for the supervisor's card. */
async function logs(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { lang: { type: 'string' }, reader: { type: 'string' } },
  })
  const [file, restricted] = positionals
  if (!file || !restricted || values.reader === undefined) return help()
  const word = words[languageFrom(values.lang)]
  const card = await openCardIn(values.reader)
  const source = await openFileSource(file)
  try {
    const opened = await openRestricted(source, readFileSync(restricted), card)
    if (!opened) throw new Error(`${restricted}: ${word.notForYou}`)
    const report = await verifyRestricted(source, bytesSource(opened), card)
    console.log(sayFindings(report.findings, languageFrom(values.lang)).join('\n'))
    console.log(`${report.lines} · ${JSON.stringify(report.counts)}`)
    console.log(`${report.opened} ${word.opened}`)
    console.log(report.verdict)
    return report.verdict === 'sound' ? 0 : 1
  } finally {
    await source.close()
  }
}

const words = {
  id: {
    opened: 'ikatan laporan berkala dibuka',
    notForYou: 'tidak terbuka dengan kartu ini. Pakai kartu pengawas TPS itu, dan rekaman dari TPS yang sama.',
  },
  en: {
    opened: 'commitments of hourly heads opened',
    notForYou:
      'does not open with this card. Use the card of that polling place’s supervisor, and the record of the same place.',
  },
} as const

async function openCardIn(folder: string): Promise<OpenCard> {
  const card = openReader(folder).card()
  if (!card) throw new Error(`${folder}: no card`)
  const open = card.open(await askPin(`PIN ${card.name}: `))
  if (!isOpen(open)) throw new Error(`${card.name}: ${open.refused}`)
  return open
}

/** Entries as files, under their own names only. */
async function extract([file, folder]: string[]): Promise<number> {
  if (!file || !folder) return help()
  const source = await openFileSource(file)
  try {
    const { entries, fault } = await readContainer(source)
    mkdirSync(folder, { recursive: true })
    for (const { name, offset, size } of entries) {
      if (!/^[A-Za-z0-9-]+(\.[a-z]+)?$/.test(name)) throw new Error(`${JSON.stringify(name)}: no name of an entry`)
      writeFileSync(path.join(folder, name), await readExactly(source, offset + blockSizeOf, size))
    }
    return fault ? 1 : 0
  } finally {
    await source.close()
  }
}
