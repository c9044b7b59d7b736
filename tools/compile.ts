import { globSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = path.join(import.meta.dirname, '..')

/**
 * Every source of the project as JavaScript in `folder`, by the compiler and the settings that tsx has: several hundred processes
 * of a test run load the same files, and half of what a start costs is tsx finding and reading each again. Gives the environment in which
 * `--import tsx` means these (tools/compiled.mjs); a process that does not ask for tsx runs its sources as Node itself does.
 */
export async function compileFor(folder: string): Promise<Record<string, string>> {
  const entryPoints = globSync(
    ['{src,test,e2e,bench,tools}/**/*.{ts,tsx}', 'packages/*/{src,test,bench,tools}/**/*.{ts,tsx}'],
    { cwd: root },
  )
  await build({
    entryPoints,
    absWorkingDir: root,
    outbase: root,
    outdir: folder,
    format: 'esm',
    target: 'esnext',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
  })
  const list = path.join(folder, 'list.json')
  const made = entryPoints.map((file) => [
    pathToFileURL(path.join(root, file)).href,
    path.join(folder, file.replace(/\.tsx?$/, '.js')),
  ])
  writeFileSync(list, JSON.stringify(made))
  return {
    COMPILED: list,
    // What V8 makes of them is kept too.
    NODE_COMPILE_CACHE: path.join(folder, 'v8'),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${pathToFileURL(path.join(root, 'tools/compiled.mjs'))}`,
  }
}
