import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type BuildOptions, build } from 'esbuild'

/**
 * `node tools/build-verifier.ts [FOLDER]`: the verifier as one file for Node and as one page for a browser, for people who
 * install nothing. The same sources give the same bytes, so that anybody can build and compare.
 */
const root = path.join(import.meta.dirname, '..')
const from = (...parts: string[]) => path.join(root, ...parts)

const common: BuildOptions = {
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  absWorkingDir: root,
  logLevel: 'warning',
}

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...common, ...options })
  return outputFiles![0]!.text
}

const sha = (text: string, encoding: 'hex' | 'base64') => createHash('sha256').update(text).digest(encoding)

/** One file: the command, and its own worker threads (it starts itself again). */
export async function buildCommand(): Promise<string> {
  const code = await bundle({ entryPoints: [from('src/node/main.ts')], platform: 'node' })
  return `#!/usr/bin/env node\n// melayani-verify: checks the archive of an election. Apache-2.0. Contains @noble/curves, @noble/hashes (MIT).\n${code}`
}

/** One page: the script, its worker's script as a text within it, styles and font. Its policy forbids any connection. */
export async function buildPage(): Promise<string> {
  const worker = await bundle({
    entryPoints: [from('src/browser/worker.ts')],
    minify: true,
    platform: 'browser',
    format: 'iife',
  })
  const script = await bundle({
    entryPoints: [from('src/browser/page.ts')],
    minify: true,
    platform: 'browser',
    define: { WORKER_SCRIPT: JSON.stringify(worker) },
  })
  const font = readFileSync(
    new URL(
      import.meta.resolve('@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2'),
    ),
  )
  const css = readFileSync(from('src/browser/page.css'), 'utf8')
    .replace('{{font}}', `data:font/woff2;base64,${font.toString('base64')}`)
    .trim()
  // A closing tag inside the script would end it.
  const safe = script.replaceAll('</script', '<\\/script').trim()
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha(safe, 'base64')}' 'wasm-unsafe-eval'`,
    `style-src 'sha256-${sha(css, 'base64')}'`,
    'font-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return readFileSync(from('src/browser/page.html'), 'utf8')
    .replace("default-src 'none'", () => policy)
    .replace('<style></style>', () => `<style>${css}</style>`)
    .replace(/(<script[^>]*>)(<\/script>)/, (_, open, close) => `${open}${safe}${close}`)
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.resolve(process.argv[2] ?? from('dist'))
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of [
    ['melayani-verify.mjs', await buildCommand()],
    ['melayani-verify.html', await buildPage()],
  ] as const) {
    writeFileSync(path.join(folder, name), text)
    console.log(`${sha(text, 'hex')}  ${path.join(folder, name)} (${Math.round(Buffer.byteLength(text) / 1024)} kB)`)
  }
}
