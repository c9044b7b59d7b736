import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * `node tools/build-kernel.ts` compiles each WebAssembly kernel of the list from its AssemblyScript source and writes
 * the module, as base64 in a TypeScript file, beside the code that opens it; names after the command choose some.
 * `--check` writes nothing and fails unless what is committed is, byte for byte, what the source gives.
 *
 * The same sources, options and version of the compiler (exact in package.json) give the same bytes on every machine:
 * asc is Binaryen and TypeScript in JavaScript and WebAssembly, reads no clock and writes no path into the module.
 */
const root = path.join(import.meta.dirname, '..')

export type Kernel = {
  /** Of the file that is written: src/kernel/NAME.wasm.ts. */
  readonly name: string
  /** The entry file, in assembly/. */
  readonly source: string
  readonly features: readonly string[]
}

export const kernels: readonly Kernel[] = [
  { name: 'ed25519', source: 'ed25519.ts', features: ['simd', 'relaxed-simd'] },
  { name: 'ed25519-plain', source: 'ed25519.ts', features: ['simd'] },
  { name: 'residues', source: 'residues.ts', features: ['simd', 'relaxed-simd'] },
  { name: 'residues-plain', source: 'residues.ts', features: ['simd'] },
]

/** No garbage collector and no allocator: the kernels lay out their memory themselves. */
const options = ['--runtime', 'stub', '--optimizeLevel', '3', '--converge', '--noAssert', '--disableWarning']

/** The module of a kernel, compiled now, in memory. Throws with the compiler's words. */
export async function compile({ name, source, features }: Kernel): Promise<Uint8Array> {
  // Loaded here because it takes a second.
  const asc = await import('assemblyscript/asc')
  let module: Uint8Array | undefined
  const { error, stderr } = await asc.main(
    [source, ...options, ...features.flatMap((feature) => ['--enable', feature]), '--outFile', `${name}.wasm`],
    {
      readFile: (file, folder) => readSource(path.resolve(folder, file)),
      writeFile: (_, contents) => {
        module = contents as Uint8Array
      },
      listFiles: () => [],
    },
  )
  if (error || !module) throw new Error(`${name}: ${stderr.toString()}${error?.message ?? 'no module was written'}`)
  return module
}

/** Paths of the compiler are relative to assembly/, so that no path of this machine gets into the module. */
function readSource(file: string): string | null {
  const inside = path.join(root, 'assembly', path.relative(process.cwd(), file))
  try {
    return readFileSync(inside, 'utf8')
  } catch {
    return null
  }
}

/** The file that holds a module. */
export const asFile = (module: Uint8Array): string =>
  [
    '// Compiled by tools/build-kernel.ts from assembly/. Do not edit.',
    `// ${module.length} bytes, sha-256 ${createHash('sha256').update(module).digest('hex')}`,
    `export const wasm =\n  '${Buffer.from(module).toString('base64')}'`,
    '',
  ].join('\n')

export const fileOf = ({ name }: Kernel): string => path.join(root, 'src', 'kernel', `${name}.wasm.ts`)

/** Whether the committed file is the one that the source gives. */
export const isCurrent = async (kernel: Kernel): Promise<boolean> =>
  readFileSync(fileOf(kernel), 'utf8') === asFile(await compile(kernel))

async function main(words: readonly string[]) {
  const check = words.includes('--check')
  const names = words.filter((word) => !word.startsWith('--'))
  const unknown = names.filter((name) => !kernels.some((kernel) => kernel.name === name))
  if (unknown.length > 0)
    throw new Error(`No kernel ${unknown.join(', ')}; there are ${kernels.map((kernel) => kernel.name).join(', ')}.`)
  for (const kernel of kernels.filter((one) => names.length === 0 || names.includes(one.name))) {
    if (!check) {
      const module = await compile(kernel)
      writeFileSync(fileOf(kernel), asFile(module))
      console.log(`${kernel.name}: ${module.length} bytes`)
    } else if (await isCurrent(kernel)) console.log(`${kernel.name}: as committed`)
    else throw new Error(`src/kernel/${kernel.name}.wasm.ts is not what assembly/${kernel.source} gives.`)
  }
}

if (import.meta.main)
  await main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
