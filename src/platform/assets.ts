import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** Style, font, icon and browser scripts, made once at start and served under names that carry their hash. */
type Asset = { body: Buffer; type: string; hash: string }

const assets = new Map<string, Asset>()

function add(name: string, body: Buffer | string, type: string) {
  const bytes = Buffer.from(body)
  assets.set(name, { body: bytes, type, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 10) })
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0b5f66" stroke-width="2.4" stroke-linecap="round"><path d="M3 13c2-6 6-9 9-9s7 3 9 9M7 13c1-3 3-5 5-5s4 2 5 5M12 13v7"/></svg>`

function build() {
  const font = fileURLToPath(
    import.meta.resolve('@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2'),
  )
  add('plus-jakarta-sans.woff2', readFileSync(font), 'font/woff2')
  add('icon.svg', icon, 'image/svg+xml')
  const css = readFileSync(path.join(import.meta.dirname, 'ui/style.css'), 'utf8').replace(
    '/assets/plus-jakarta-sans.woff2',
    assetPath('plus-jakarta-sans.woff2'),
  )
  const minified = buildSync({
    stdin: { contents: css, loader: 'css' },
    minify: true,
    write: false,
  })
  add('style.css', minified.outputFiles[0]!.text, 'text/css; charset=utf-8')
  const folder = path.join(import.meta.dirname, 'islands')
  // A room's own scripts may use its domain; each is known by its file's name alone.
  const rooms = path.join(import.meta.dirname, '../rooms')
  const folders = [folder, ...readdirSync(rooms).map((room) => path.join(rooms, room, 'islands'))].filter(existsSync)
  const entryPoints = folders.flatMap((each) =>
    readdirSync(each)
      .filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.') && !f.startsWith('_'))
      .map((f) => path.join(each, f)),
  )
  if (entryPoints.length === 0) return
  const islands = buildSync({
    entryPoints,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    outdir: folder,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  })
  for (const file of islands.outputFiles)
    add(path.basename(file.path), Buffer.from(file.contents), 'text/javascript; charset=utf-8')
}

/** The address of an asset, with its hash, so that it may be cached for ever. */
export function assetPath(name: string): string {
  const asset = assets.get(name)
  if (!asset) throw new Error(`There is no asset ${name}. Browser scripts live in src/platform/islands.`)
  const dot = name.lastIndexOf('.')
  return `/assets/${name.slice(0, dot)}.${asset.hash}${name.slice(dot)}`
}

/** The asset behind an address, whatever hash it carries; `fresh` tells whether the hash is today's. */
export function findAsset(file: string): (Asset & { fresh: boolean }) | undefined {
  const parts = /^(.+)\.([0-9a-f]{10})(\.\w+)$/.exec(file)
  const asset = assets.get(parts ? `${parts[1]}${parts[3]}` : file)
  return asset && { ...asset, fresh: parts?.[2] === asset.hash }
}

build()
