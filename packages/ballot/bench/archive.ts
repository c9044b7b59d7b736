/**
 * Reading and appending, in CPU ms per 1,000 ballots and in acknowledged ballots per second; the best of several rounds,
 * the ways taken in turn. `node packages/ballot/bench/archive.ts [ballots]`. Says how far the rounds were apart, since a
 * shared machine and its disk are never quiet.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ArchiveWriter, bytesSource, entries, Order, type ReadOptions, records } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { ArchiveStore, openFileSource } from '../src/node/index.ts'

const ballots = Number(process.argv[2] ?? 1000)
const rounds = 5
const folder = mkdtempSync(join(tmpdir(), 'ballot-bench-'))
const texts = { election: '{"election":1}', trustees: '["trustees"]', credentials: '["credentials"]' }
/** 2,238 bytes, as a ballot with three candidates on Ed25519 has. */
const ballot = (n: number) => `{"ballot":${10_000_000 + n},"fill":"${'x'.repeat(2210)}"}`

const writer = new ArchiveWriter()
const parts = [writer.begin(1_795_332_664), writer.setup(texts)]
for (let i = 0; i < ballots; i++) parts.push(writer.ballot(ballot(i)))
const bytes = joined(parts)
const path = join(folder, 'read.bel')
writeFileSync(path, bytes)

const nodeHash: ReadOptions = { hash: (body) => createHash('sha256').update(body).digest('hex') }
const ways: { [name: string]: () => Promise<void> } = {
  'records, no hashing': async () => {
    for await (const _ of records(bytesSource(bytes), { hash: 'deferred' }));
  },
  'events, no hashing': async () => {
    for await (const _ of entries(bytesSource(bytes), new Order(), { hash: 'deferred' }));
  },
  'events, node:crypto': async () => {
    for await (const _ of entries(bytesSource(bytes), new Order(), nodeHash));
  },
  'events, noble': async () => {
    for await (const _ of entries(bytesSource(bytes), new Order()));
  },
  'events from a file, node:crypto': async () => {
    const file = await openFileSource(path)
    for await (const _ of entries(file, new Order(), nodeHash));
    await file.close()
  },
}

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const took = Object.fromEntries(Object.keys(ways).map((name): [string, number[]] => [name, []]))
for (let round = 0; round < rounds; round++)
  for (const [name, way] of Object.entries(ways)) {
    const start = cpu()
    await way()
    took[name]!.push(cpu() - start)
  }
console.log(`${ballots} ballots, ${bytes.length} bytes; CPU ms per 1,000 ballots, best (worst) of ${rounds}`)
for (const [name, all] of Object.entries(took)) {
  const per = (ms: number) => ((ms * 1000) / ballots).toFixed(1)
  console.log(`  ${name.padEnd(34)}${per(Math.min(...all)).padStart(8)} (${per(Math.max(...all))})`)
}

console.log('appending with sync, acknowledged ballots per second, best (worst) of 3')
for (const atOnce of [1, 8, 64, 512]) {
  const rates: number[] = []
  for (let round = 0; round < 3; round++) {
    const store = await ArchiveStore.create(join(folder, `${atOnce}-${round}.bel`), 1_795_332_664)
    await store.setup(texts)
    const count = Math.min(ballots, 40 * atOnce)
    let next = 0
    const start = performance.now()
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < count) await store.ballot(ballot(next++))
      }),
    )
    rates.push((count * 1000) / (performance.now() - start))
    await store.close()
  }
  console.log(
    `  ${`${atOnce} at once`.padEnd(34)}${Math.max(...rates)
      .toFixed(0)
      .padStart(8)} (${Math.min(...rates).toFixed(0)})`,
  )
}
rmSync(folder, { recursive: true })
