import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Files } from './domain/package/archive.ts'
import type { Package } from './domain/package/format/index.ts'
import { readPackage } from './domain/package/read.ts'

const folder = path.join(import.meta.dirname, '../../../programs')

/** The files of a package that is shipped with the house; undefined where there is none of that name. */
export function shippedFiles(name: string): Files | undefined {
  const at = path.join(folder, name)
  if (!/^[a-z][a-z0-9-]*$/.test(name) || !existsSync(path.join(at, 'package.yaml'))) return undefined
  return new Map(
    readdirSync(at, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(at, file))]),
  )
}

let known: { name: string; manifest: Package['manifest'] }[] | undefined

/** What is shipped, by the name of its folder. Read once. */
export function shippedPrograms(): { name: string; manifest: Package['manifest'] }[] {
  known ??= readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const files = shippedFiles(name)
      const read = files && readPackage(files)
      return read?.ok ? [{ name, manifest: read.value.manifest }] : []
    })
  return known
}
