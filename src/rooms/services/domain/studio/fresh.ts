import { at, type Documents, listAt, nameFrom } from './documents.ts'

/** What can be added to a package as a document of its own. */
export const folders = ['forms', 'flows', 'rules', 'examples'] as const
export type Folder = (typeof folders)[number]

const words = (langs: readonly string[], text: string) => Object.fromEntries(langs.map((lang) => [lang, text]))

export function languagesOf(documents: Documents): string[] {
  const said = at(documents.package, ['languages'])
  const langs = Array.isArray(said) ? said.filter((lang): lang is string => /^[a-z]{2,3}$/.test(String(lang))) : []
  return langs.length > 0 ? langs.slice(0, 8) : ['id']
}

/** A new document of a folder, with a name for people: something that works, to be changed. */
export function freshDocument(documents: Documents, folder: Folder, name: string, today: string): [string, unknown] {
  const taken = new Set(
    Object.keys(documents)
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1)),
  )
  const id = nameFrom(name, taken)
  const langs = languagesOf(documents)
  const names = words(langs, name)
  const bodies: Record<Folder, object> = {
    forms: { fields: [{ id: 'catatan', type: 'text', max: 300, label: words(langs, 'Catatan') }] },
    flows: {
      states: [
        { id: 'mulai', kind: 'open', names: words(langs, 'Mulai') },
        { id: 'selesai', kind: 'final', names: words(langs, 'Selesai') },
      ],
      moves: [
        { id: 'buka', names: words(langs, 'Buka'), from: 'new', to: 'mulai', roles: [] },
        {
          id: 'selesaikan',
          names: words(langs, 'Selesaikan'),
          from: ['mulai'],
          to: 'selesai',
          roles: listAt(documents.roles, ['roles'])
            .filter((role) => role.public !== true && typeof role.id === 'string')
            .slice(0, 1)
            .map((role) => role.id),
        },
      ],
    },
    rules: {
      kind: 'table',
      privacy: 'personal',
      versions: [
        {
          validFrom: `${today.slice(0, 4)}-01-01`,
          known: 'ours',
          hit: 'first',
          inputs: ['case.days'],
          rows: [{ when: ['-'], gives: { hasil: 'biasa' } }],
        },
      ],
    },
    examples: { begins: `${today}T08:00`, steps: [{ after: 'PT1M' }] },
  }
  return [`${folder}/${id}`, { id, names, ...bodies[folder] }]
}

/** A new item of a list, before anybody has filled it in. */
export function freshItem(documents: Documents, path: string, list: string): unknown {
  const langs = languagesOf(documents)
  const document = documents[path]
  const taken = new Set(listAt(document, [list]).map(({ id }) => String(id)))
  const first = (of: string, key: string) =>
    listAt(documents[of], [key]).find(({ id }) => typeof id === 'string')?.id ?? ''
  const named = (stem: string, label: string) => ({ id: nameFrom(stem, taken), names: words(langs, label) })
  const states = listAt(document, ['states'])
  const open = states.find(({ kind }) => kind === 'open')?.id
  const final = states.find(({ kind }) => kind === 'final')?.id
  switch (list) {
    case 'moves':
      return { ...named('langkah', 'Langkah baru'), from: open ? [open] : [], to: final ?? '', roles: [] }
    case 'limits':
      return {
        ...named('batas', 'Batas waktu baru'),
        in: open ? [open] : [],
        calendar: first('calendars', 'calendars'),
        time: [{ amount: 3, unit: 'working_days' }],
        steps: [
          { at: 100, ...(first(path, 'tasks') ? { task: first(path, 'tasks'), for: first('roles', 'roles') } : {}) },
        ],
      }
    case 'messages':
      return {
        id: nameFrom('pesan', taken),
        to: { role: first('roles', 'roles') },
        text: { sms: words(langs, 'Isi pesan.') },
      }
    case 'purposes':
      return { ...named('tujuan', 'Tujuan'), text: words(langs, 'Bolehkah …?'), version: 1, askedBy: '', givenWhen: '' }
    case 'indicators':
      return { ...named('angka', 'Banyaknya kasus'), kind: 'count' }
    case 'settings':
      return { id: nameFrom('pengaturan', taken), label: words(langs, 'Pengaturan'), type: 'number', default: 1 }
    case 'calendars':
      return { ...named('kalender', 'Hari kerja'), kind: 'working' }
    case 'versions':
      return { ...listAt(document, ['versions']).at(-1), validFrom: '' }
    case 'steps':
      return { after: 'P1D' }
    default:
      return {}
  }
}
