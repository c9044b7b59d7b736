import { deepEqual, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { cases } from './further-cases.ts'
import { importMutant, type Mutant, mutants } from './mutants.ts'
import { type Said, sayingOf } from './saying.ts'

const written: Record<string, Said> = JSON.parse(readFileSync(path.join(import.meta.dirname, 'findings.json'), 'utf8'))

/** The first altered archive that is judged otherwise without this check; cases that name its rule come first. */
async function killerOf(mutant: Mutant, number: number): Promise<string | undefined> {
  const { verify } = await importMutant(number)
  const names = (said: Said) => said.some((rule) => mutant.rule.includes(rule))
  const order = cases.toSorted((a, b) => Number(names(written[b.name]!)) - Number(names(written[a.name]!)))
  for (const each of order) {
    // A verifier that stops does not accept: without its check it would go on with what is not there.
    const said = await sayingOf(each, verify).catch(() => ['stopped'])
    if (said.join() !== written[each.name]!.join()) return each.name
  }
  return undefined
}

/** The list is printed: check, rule, and the altered archive whose test fails without it. */
test('each check of the verifier, taken out, is missed by the test of some altered archive', async (t) => {
  ok(mutants.length > 100, `only ${mutants.length} checks were found`)
  const survivors: string[] = []
  for (const [number, mutant] of mutants.entries()) {
    const killer = await killerOf(mutant, number)
    const name = `${mutant.file}.ts:${mutant.line} ${mutant.rule.replaceAll("'", '')}`
    if (killer === undefined) survivors.push(name)
    else t.diagnostic(`${name} – ${killer}`)
  }
  deepEqual(survivors, [])
})
