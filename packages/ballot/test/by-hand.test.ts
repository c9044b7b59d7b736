import { equal, match } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { belenios2048 } from '../src/group/parameters.ts'

const root = path.join(import.meta.dirname, '..')
const section = readFileSync(path.join(root, 'README.md'), 'utf8').split('## Verify by hand')[1]!.split('\n## ')[0]!
const block = (language: string) => section.split(`\`\`\`${language}\n`)[1]!.split('```')[0]!
const { p, q, g } = belenios2048

let folder = ''
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'by-hand-'))
})
after(() => rmSync(folder, { recursive: true }))

function byHand(
  archive: string,
  alter: (folder: string) => void = () => undefined,
): { shell: string; lines: string[] } {
  const place = mkdtempSync(path.join(folder, 'x-'))
  copyFileSync(path.join(root, `test/archives/${archive}.bel`), path.join(place, 'FILE.bel'))
  const shell = execFileSync('sh', ['-ec', block('sh')], { cwd: place, encoding: 'utf8' })
  writeFileSync(path.join(place, 'by-hand.mjs'), block('js'))
  alter(place)
  const lines = execFileSync(process.execPath, ['by-hand.mjs', `${p}`, `${q}`, `${g}`], {
    cwd: place,
    encoding: 'utf8',
  })
  return { shell, lines: lines.trim().split('\n') }
}

test('the lines of the README verify an election by hand: records, ballots, tally and result', () => {
  const { shell, lines } = byHand('2.0-single')
  match(shell, /^[0-9a-f]{64} {2}FILE\.bel\n3\n$/)
  equal(lines.filter((line) => /^\S{43} in order$/.test(line)).length, 3)
  equal(lines.slice(3).join('\n'), 'tally is the product of the ballots\nresult [[2,0,1]] is what the tally opens to')
})

test('they count the last ballot of each credential, and the flag of blank votes', () => {
  equal(byHand('2.0-revotes').lines.at(-1), 'result [[0,2,0]] is what the tally opens to')
  equal(byHand('2.0-blank').lines.at(-1), 'result [[2,1,2]] is what the tally opens to')
})

test('and they notice a ballot whose signature was exchanged, a tally and a result that were altered', () => {
  const alter = (pattern: RegExp, to: string) => (place: string) => {
    for (const name of execFileSync('ls', { cwd: place, encoding: 'utf8' }).split('\n')) {
      if (!name.endsWith('.data.json')) continue
      const text = readFileSync(path.join(place, name), 'utf8')
      if (pattern.test(text)) return writeFileSync(path.join(place, name), text.replace(pattern, to))
    }
  }
  match(byHand('2.0-single', alter(/("proof":{"challenge":")\d/, '$19')).lines.join('\n'), /NOT IN ORDER/)
  match(byHand('2.0-single', alter(/^\[\[\{"alpha":"\d/, '[[{"alpha":"9')).lines.join('\n'), /IS NOT THE PRODUCT/)
  match(byHand('2.0-single', alter(/\{"result":\[\[2/, '{"result":[[3')).lines.join('\n'), /IS NOT$/)
})
