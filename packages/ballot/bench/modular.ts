/**
 * `node bench/modular.ts [BELENIOS-2048 | RFC-3526-2048] [rounds]`: what arithmetic with public values costs in the
 * 2048-bit groups, by BigInt, by the kernel (both modules) and by node:crypto, as CPU time of this process. Everything is
 * measured in turn, round after round, and the best round counts: what a neighbour takes makes a round slower, never
 * faster. A ballot is one of three candidates: 7 elements, 15 commitments with a claim each.
 */
import { createDiffieHellman } from 'node:crypto'
import type { Group, GroupName, Table } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { belenios2048, rfc3526 } from '../src/group/parameters.ts'
import type { Claim } from '../src/kernel/batch.ts'
import { openResidueKernel, type Residue, type ResidueKernel } from '../src/kernel/residues.ts'
import { startMachine } from '../src/kernel/residues-machine.ts'
import { platformRandom as random, randomScalar } from '../src/random.ts'

const name = (process.argv[2] ?? 'BELENIOS-2048') as 'BELENIOS-2048' | 'RFC-3526-2048'
const rounds = Number(process.argv[3] ?? 5)
const { p, q, g } = name === 'BELENIOS-2048' ? belenios2048 : rfc3526
const scalars = (count: number) => Array.from({ length: count }, () => randomScalar(q, random))

type Task = { what: string; by: string; times: number; unit: number; best: number; run: () => void }
const tasks: Task[] = []

/** `unit`: so many of what the row counts are done in one run. */
function measure(what: string, by: string, times: number, run: () => void, unit = 1): void {
  tasks.push({ what, by, times, unit, best: Number.POSITIVE_INFINITY, run })
}

function round(): void {
  for (const task of tasks) {
    const start = process.cpuUsage()
    for (let i = 0; i < task.times; i++) task.run()
    const { user, system } = process.cpuUsage(start)
    task.best = Math.min(task.best, (user + system) / task.times / task.unit)
  }
}

const [exponent, second] = scalars(2) as [bigint, bigint]

function measureGroup<E>(by: string, group: Group<E>, times: number): void {
  // A table is filled after some uses.
  const base = group.power(group.generator, 1234567n)
  const table: Table<E> = group.table(base)
  for (let i = 0; i < 20; i++) table.power(exponent)
  const other = group.power(group.generator, exponent)
  const text = group.encode(other)
  measure('product', by, 200 * times, () => group.multiply(base, other))
  measure('power', by, times, () => group.power(other, exponent))
  measure('power by table', by, 5 * times, () => table.power(exponent))
  measure('combine', by, times, () => table.combine(exponent, other, second))
  measure('decode (with membership)', by, times, () => group.decode(text))
  measure('encode', by, 50 * times, () => group.encode(other))
  measure('straight ballot', by, 1, () => {
    for (let i = 0; i < 15; i++) group.encode(table.combine(exponent, other, second))
    for (let i = 0; i < 7; i++) group.decode(text)
  })
}

/** Buckets of 8 bits, by BigInt. */
function bigIntPowers(bases: readonly bigint[], exponents: readonly bigint[]): bigint {
  let result = 1n
  for (let shift = BigInt(Math.ceil(q.toString(2).length / 8) * 8 - 8); shift >= 0n; shift -= 8n) {
    for (let i = 0; i < 8; i++) result = (result * result) % p
    const buckets = new Array<bigint>(256).fill(1n)
    bases.forEach((base, i) => {
      const digit = Number((exponents[i]! >> shift) & 255n)
      if (digit) buckets[digit] = (buckets[digit]! * base) % p
    })
    let [running, sum] = [1n, 1n]
    for (let digit = 255; digit > 0; digit--) {
      running = (running * buckets[digit]!) % p
      sum = (sum * running) % p
    }
    result = (result * sum) % p
  }
  return result
}

/** OpenSSL by way of Diffie and Hellman: the base is the other's public key, the exponent the own secret. Tables by BigInt. */
function measureOpenSsl(): void {
  const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(512, '0'), 'hex')
  const dh = createDiffieHellman(bytes(p), 2)
  const slow = openGroup(name) as Group<bigint>
  const table = slow.table(slow.power(g, 1234567n))
  const other = slow.power(g, exponent)
  const text = other.toString()
  const power = (base: bigint, e: bigint) => {
    dh.setPrivateKey(bytes(e))
    return BigInt(`0x${dh.computeSecret(bytes(base)).toString('hex')}`)
  }
  const combine = () => (table.power(exponent) * power(other, second)) % p
  // OpenSSL will not give 1 as a secret, so x^(q + 1) = x is asked instead of x^q = 1.
  const decode = () => {
    const x = BigInt(text)
    return power(x, q + 1n) === x
  }
  if (!decode() || combine() !== table.combine(exponent, other, second))
    throw new Error('node:crypto computes otherwise.')
  measure('power', 'node:crypto', 20, () => power(other, exponent))
  measure('combine', 'node:crypto', 20, combine)
  measure('decode (with membership)', 'node:crypto', 20, decode)
  measure('straight ballot', 'node:crypto', 1, () => {
    for (let i = 0; i < 15; i++) combine().toString()
    for (let i = 0; i < 7; i++) decode()
  })
}

/** Elements, commitments and claims of so many ballots of three candidates; the points of ten are used again. */
function ballots(kernel: ResidueKernel, y: Residue) {
  const table = { g: kernel.table(kernel.generator), y: kernel.table(y) }
  const ten = Array.from({ length: 10 }, () => {
    const elements = scalars(7).map((e) => kernel.power(kernel.generator, e))
    const claims = scalars(15).map((response, i) => {
      const base = i % 2 ? ('y' as const) : ('g' as const)
      const challenge = scalars(1)[0]!
      const chosen = i < 12 ? [i % 6] : i < 14 ? [0, 2, 4] : [6]
      const shift = i % 4 === 3 ? scalars(1)[0]! : 0n
      const product = chosen.map((at) => elements[at]!).reduce(kernel.multiply)
      const commitment = kernel.multiply(table[base].combine(response, product, challenge), table.g.power(shift))
      return { base, response, challenge, chosen, shift, hint: kernel.hints.writeCommitment(commitment) }
    })
    return { texts: kernel.encodeAll(elements), claims }
  })
  return (count: number) => Array.from({ length: count }, (_, i) => ten[i % 10]!)
}

function measureBatch(by: string, kernel: ResidueKernel, counts: readonly number[]): void {
  const y = kernel.power(kernel.generator, 31415926n)
  const some = ballots(kernel, y)
  const none = new Uint8Array()
  for (const count of counts) {
    const all = some(count)
    const batch = kernel.batch(y, 22 * count)
    const fill = () => {
      batch.clear()
      let length = 0
      for (const { texts, claims } of all) {
        const numbers = texts.map((text) => batch.element(text, none)!)
        for (const { hint, chosen, ...claim } of claims) {
          const { number, text } = batch.commitment(hint)!
          length += text.length
          const full: Claim = { ...claim, commitment: number, elements: chosen.map((at) => numbers[at]!) }
          batch.claim(full)
        }
        for (const text of batch.products([
          [numbers[0]!, numbers[2]!, numbers[4]!],
          [numbers[1]!, numbers[3]!, numbers[5]!],
        ]))
          length += text.length
      }
      return length
    }
    fill()
    measure(`batch of ${count}: text in and out, a ballot`, by, 1, fill, count)
    measure(
      `batch of ${count}: membership and claims, a ballot`,
      by,
      1,
      () => {
        if (!batch.holds(random)) throw new Error('These claims are true.')
      },
      count,
    )
  }
}

/** The kernel's own functions, without what it costs to reach them. */
async function measureKernel(by: string, which: 'best' | 'plain'): Promise<void> {
  const { run, number } = await startMachine(name === 'BELENIOS-2048' ? belenios2048 : rfc3526, which)
  measure('product inside', by, 2000, () => run.multiply(number(0), number(0), number(1)))
  measure('square inside', by, 2000, () => run.square(number(0), number(0)))
}

const kernel = await openResidueKernel(name)
const plain = await openResidueKernel(name, random, 'plain')
const isShort = name === 'BELENIOS-2048'
measureGroup('BigInt', openGroup(name as GroupName), isShort ? 10 : 1)
measureGroup('kernel', kernel, isShort ? 50 : 5)
measureGroup('kernel, not fused', plain, isShort ? 5 : 1)
measureOpenSsl()
await measureKernel('kernel', 'best')
await measureKernel('kernel, not fused', 'plain')
for (const count of isShort ? [100, 1000, 20_000] : [100, 1000]) {
  const exponents = scalars(count)
  const bases = Array.from({ length: count }, (_, i) =>
    kernel.multiply(kernel.generator, kernel.power(kernel.generator, BigInt(i))),
  )
  measure(
    `product of ${count} powers, a power`,
    'kernel',
    count < 1000 ? 5 : 1,
    () => kernel.powers(bases, exponents),
    count,
  )
  if (count > 1000) continue
  const numbers = bases.map((base) => BigInt(kernel.encode(base)))
  measure(`product of ${count} powers, a power`, 'BigInt', 1, () => bigIntPowers(numbers, exponents), count)
}
measureBatch('kernel', kernel, isShort ? [100, 1000] : [100])

round() // for the compilers
for (const task of tasks) task.best = Number.POSITIVE_INFINITY
for (let i = 0; i < rounds; i++) round()

console.log(`${name}, CPU µs, best of ${rounds} rounds`)
const columns = ['BigInt', 'kernel', 'kernel, not fused', 'node:crypto']
console.log(['', ...columns].join(' | '))
for (const what of new Set(tasks.map((task) => task.what))) {
  const cells = columns.map((by) => {
    const best = tasks.find((task) => task.what === what && task.by === by)?.best
    return best === undefined ? '–' : best.toFixed(best < 10 ? 2 : best < 1000 ? 1 : 0)
  })
  console.log([what, ...cells].join(' | '))
}
