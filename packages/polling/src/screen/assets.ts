import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

type Asset = { readonly body: Uint8Array; readonly type: string; readonly hash: string }
const assets = new Map<string, Asset>()

/** Adds a file of a program's own to what its device serves; the answer is its address. */
export function addAsset(name: string, body: Uint8Array | string, type: string): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  assets.set(name, { body: bytes, type, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 10) })
  return assetPath(name)
}

/** The address of a file, with its hash, so that a browser may keep it. */
export function assetPath(name: string): string {
  const asset = assets.get(name)
  if (!asset) throw new Error(`no asset ${name}`)
  const dot = name.lastIndexOf('.')
  return `/assets/${name.slice(0, dot)}.${asset.hash}${name.slice(dot)}`
}

/** The file behind an address. */
export function findAsset(file: string): Asset | undefined {
  const parts = /^(.+)\.([0-9a-f]{10})(\.\w+)$/.exec(file)
  const asset = parts ? assets.get(`${parts[1]}${parts[3]}`) : undefined
  return asset && asset.hash === parts![2] ? asset : undefined
}

// The typeface lies beside the program: nothing on these screens comes from a network.
const font = addAsset(
  'plus-jakarta-sans.woff2',
  readFileSync(
    fileURLToPath(
      import.meta.resolve('@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2'),
    ),
  ),
  'font/woff2',
)
addAsset(
  'icon.svg',
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0b5f66" stroke-width="2.4" stroke-linecap="round"><path d="M3 13c2-6 6-9 9-9s7 3 9 9M7 13c1-3 3-5 5-5s4 2 5 5M12 13v7"/></svg>',
  'image/svg+xml',
)
addAsset(
  'screen.css',
  readFileSync(path.join(import.meta.dirname, 'screen.css'), 'utf8').replace('/assets/plus-jakarta-sans.woff2', font),
  'text/css; charset=utf-8',
)
addAsset('renew.js', readFileSync(path.join(import.meta.dirname, 'renew.js')), 'text/javascript; charset=utf-8')
