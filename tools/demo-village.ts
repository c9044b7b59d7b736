import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { makeRecord } from '../packages/polling/test/recorded.ts'
import { countedVillage } from '../src/demo/counted.ts'
import { findChromium } from './chromium.ts'

/**
 * `node --import tsx tools/demo-village.ts`: the records of the two small polling places that the demo shows as counted, made by the
 * parts of the polling place with keys that exist nowhere afterwards. Made once and kept in `src/demo/records`; made anew, they are others.
 */
const { election, village, date, name, candidates, places } = countedVillage
type Keys = { centre: MadeKey; committee: MadeKey }
type MadeKey = ReturnType<typeof makeRecord>['makers']['centre']

const folder = path.join(import.meta.dirname, '../src/demo/records')
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
try {
  let keys: Keys | undefined
  for (const { id, number, voters, votes } of places) {
    const record = makeRecord({
      tps: {
        ...(keys && { keys }),
        ...{ ids: { election, tps: id, village: village.code }, number, voters, candidates, rules: { smallGroup: 5 } },
        about: { date, name, village: village.name, district: village.district, regency: village.regency },
      },
      votes,
      // An objection would wait for an answer that nobody of the demo gives.
      objected: false,
      plano: await drawPlano(number, votes),
    })
    keys = { centre: record.makers.centre, committee: record.makers.committee }
    writeFileSync(path.join(folder, `tps-${number}.record`), record.bytes)
  }
} finally {
  await browser.close()
}

/** The sheet on the wall, drawn, with the numbers of its polling place. */
async function drawPlano(number: number, votes: readonly number[]): Promise<Uint8Array> {
  const rows = [...candidates.map((each, at) => [`${at + 1}. ${each}`, at + 1] as const), ['Suara kosong', 0] as const]
  const cells = rows.map(([said, choice]) => {
    const count = votes.filter((vote) => vote === choice).length
    return `<tr><td>${said}<td class="n">${count}</tr>`
  })
  const page = await browser.newPage({ viewport: { width: 640, height: 420 } })
  await page.setContent(`<style>body{font:24px sans-serif;margin:24px;background:#f4f1e8}table{width:100%;border-collapse:collapse}
    td{border:2px solid #333;padding:10px}.n{text-align:right;font-size:36px;width:90px}</style>
    <h1 style="font-size:28px">PLANO · TPS ${number} · ${village.name}</h1><p>PERAGAAN</p><table>${cells.join('')}</table>`)
  const picture = await page.screenshot({ type: 'jpeg', quality: 60 })
  await page.close()
  return picture
}
