#!/usr/bin/env node
// Node 24 and later run the TypeScript sources as they are. An older one, as systems have it, hands over to the node
// that the project pins in node_modules, so that the command works from a fresh clone on any of them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const self = fileURLToPath(import.meta.url)

function pinnedNode() {
  for (let folder = dirname(self); ; folder = dirname(folder)) {
    const node = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(node)) return node
    if (folder === dirname(folder)) return undefined
  }
}

if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('../src/node/main.ts')
} else {
  const node = process.env.MELAYANI_VERIFY_HANDED_OVER ? undefined : pinnedNode()
  if (node === undefined) {
    console.error(`melayani-verify needs Node 24 or later; this is ${process.versions.node}.`)
    process.exitCode = 2
  } else {
    const env = { ...process.env, MELAYANI_VERIFY_HANDED_OVER: '1' }
    const { status } = spawnSync(node, [self, ...process.argv.slice(2)], { stdio: 'inherit', env })
    process.exitCode = status ?? 2
  }
}
