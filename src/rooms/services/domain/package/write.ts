import type { Files } from './archive.ts'
import type { Package } from './format/index.ts'

/** The documents of a package as JSON files: what `readPackage` reads back as the same package. */
export function filesOf(pkg: Package): Files {
  const { manifest, roles, calendars, messages, purposes, indicators, settings } = pkg
  const documents: [path: string, content: unknown][] = [
    ['package', manifest],
    ['roles', { roles }],
    ['calendars', { calendars }],
    ...(messages.length > 0 ? [['messages', { messages }] as [string, unknown]] : []),
    ...(purposes.length > 0 ? [['consents', { purposes }] as [string, unknown]] : []),
    ...(indicators.length > 0 ? [['indicators', { indicators }] as [string, unknown]] : []),
    ...(settings.length > 0 ? [['settings', { settings }] as [string, unknown]] : []),
    ...(['forms', 'flows', 'rules', 'examples'] as const).flatMap((folder) =>
      pkg[folder].map((one): [string, unknown] => [`${folder}/${one.id}`, one]),
    ),
  ]
  return new Map(
    documents.map(([path, content]) => [
      `${path}.json`,
      new TextEncoder().encode(`${JSON.stringify(content, undefined, 1)}\n`),
    ]),
  )
}
