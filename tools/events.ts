import path from 'node:path'
import { catalogues } from '../src/events.ts'

export const eventsFile = path.join(import.meta.dirname, '../docs/events.md')

/** The rooms' event catalogues as the text of docs/events.md. Particulars not given stand as `…`. */
export function describeEvents(): string {
  const parts = Object.entries(catalogues).map(([room, catalogue]) => {
    const rows = Object.entries(catalogue)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { about, id, en }]) => `| ${name} | ${about} | ${sample(id)} | ${sample(en)} |`)
    return `## ${room}\n\n| event | about | as told | in English |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  return `# What is told\n\nWritten by \`npm run generate\` from each room's events; read it in diffs. Every act writes one event with who, when, which thing\n(\`subject\`) and for which agency (\`scope\`), in the transaction of the act, into the hash chain of \`log.event\`.\n\n${parts.join('\n')}`
}

/** The sentence with each particular as `{name}`; a sentence that needs real particulars to stand shows what it can. */
function sample(sentence: (particulars: Record<string, unknown>) => string): string {
  const named: Record<string, unknown> = new Proxy({}, { get: (_, key) => `{${String(key)}}` })
  for (const particulars of [named, {}]) {
    try {
      return sentence(particulars).replaceAll('|', '\\|')
    } catch {
      // The next try has no particulars at all.
    }
  }
  return '…'
}
