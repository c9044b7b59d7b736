// Makes the fixtures of this folder anew: node make.ts 2.0=/usr/bin/belenios-tool 3.0=… 3.3.0=… [name …]
// Every run gives other keys and other bytes, with the same results.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeWithTool, toolAccepts } from '../belenios-tool.ts'
import { archives } from './list.ts'

const args = process.argv.slice(2)
const tools = new Map(args.filter((arg) => arg.includes('=')).map((arg) => arg.split('=') as [string, string]))
const names = args.filter((arg) => !arg.includes('='))

for (const { name, tool, election, secrets } of archives) {
  const command = tools.get(tool)
  if (!command || (names.length > 0 && !names.includes(name))) continue
  const path = makeWithTool(command, election)
  if (!toolAccepts(command, path)) throw new Error(`${name}: belenios-tool ${tool} refuses what it made`)
  copyFileSync(path, join(import.meta.dirname, `${name}.bel`))
  if (secrets) writeFileSync(join(import.meta.dirname, `${name}.secrets.json`), readSecrets(dirname(path)))
  rmSync(dirname(path), { recursive: true })
  console.log(name)
}

/** Credentials as they were handed out, the private keys of Single trustees, the seeds of those who share a key. */
function readSecrets(dir: string): string {
  const contents = (ending: string) =>
    readdirSync(dir)
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => readFileSync(join(dir, file), 'utf8').trim().replaceAll('"', ''))
  const credentials = readFileSync(join(dir, 'private_creds'), 'utf8').matchAll(/[\w-]{19,}/g)
  const secrets = {
    credentials: Array.from(credentials, ([credential]) => credential),
    singles: contents('.privkey'),
    seeds: contents('.key'),
  }
  return `${JSON.stringify(secrets, undefined, 2)}\n`
}
