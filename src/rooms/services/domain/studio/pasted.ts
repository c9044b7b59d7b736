import { type Documents, nameFrom } from './documents.ts'

/** Rows of cells from what was copied out of a spreadsheet (tabs), or out of a CSV (semicolons or commas). */
export function cellsFrom(text: string): string[][] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim()
  if (lines === '') return []
  const first = lines.split('\n')[0]!
  const separator = first.includes('\t') ? '\t' : first.includes(';') ? ';' : first.includes(',') ? ',' : '\t'
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < lines.length; i++) {
    const sign = lines[i]!
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (lines[i + 1] === '"') cell += lines[++i]!
      else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === separator || sign === '\n') {
      rows.at(-1)!.push(cell.trim())
      cell = ''
      if (sign === '\n') rows.push([])
    } else cell += sign
  }
  rows.at(-1)!.push(cell.trim())
  return rows.filter((row) => row.some(Boolean)).slice(0, 200)
}

type Column = 'id' | 'label' | 'en' | 'type' | 'required' | 'when' | 'options' | 'privacy' | 'hint'

const heads: Record<string, Column> = {
  ...{ id: 'id', nama: 'id', name: 'id', kode: 'id' },
  ...{
    pertanyaan: 'label',
    question: 'label',
    label: 'label',
    isian: 'label',
    'label::bahasa indonesia (id)': 'label',
  },
  ...{
    english: 'en',
    inggris: 'en',
    'pertanyaan (inggris)': 'en',
    'question (english)': 'en',
    'label::english (en)': 'en',
  },
  ...{ jenis: 'type', tipe: 'type', type: 'type' },
  ...{ wajib: 'required', required: 'required' },
  ...{ syarat: 'when', bila: 'when', relevant: 'when', condition: 'when', when: 'when' },
  ...{ pilihan: 'options', choices: 'options', options: 'options' },
  ...{ privasi: 'privacy', privacy: 'privacy' },
  ...{ petunjuk: 'hint', hint: 'hint' },
}

/** What people call the types of questions, in both languages and in XLSForm. */
const types: Record<string, string> = {
  ...{ teks: 'text', text: 'text', tulisan: 'text', string: 'text' },
  ...{
    angka: 'int',
    bilangan: 'int',
    number: 'int',
    integer: 'int',
    int: 'int',
    desimal: 'decimal',
    decimal: 'decimal',
  },
  ...{
    tanggal: 'date',
    date: 'date',
    pilihan: 'choice',
    choice: 'choice',
    'pilih satu': 'choice',
    select_one: 'choice',
  },
  ...{
    'pilih banyak': 'multi',
    multi: 'multi',
    select_multiple: 'multi',
    'beberapa pilihan': 'multi',
    'several choices': 'multi',
  },
  ...{ 'ya/tidak': 'bool', 'yes/no': 'bool', bool: 'bool', boolean: 'bool', 'ya atau tidak': 'bool' },
  ...{ telepon: 'phone', hp: 'phone', 'nomor hp': 'phone', phone: 'phone', telephone: 'phone', nik: 'nik', kk: 'kk' },
  ...{
    wilayah: 'region',
    desa: 'region',
    region: 'region',
    village: 'region',
    lokasi: 'gps',
    gps: 'gps',
    geopoint: 'gps',
  },
  ...{ foto: 'photo', photo: 'photo', image: 'photo', suara: 'voice', voice: 'voice', audio: 'voice' },
  ...{ 'tanda tangan': 'signature', signature: 'signature' },
}

const privacies: Record<string, string> = {
  ...{ terbuka: 'open', umum: 'open', open: 'open', pribadi: 'personal', personal: 'personal' },
  ...{ spesifik: 'specific', sensitif: 'specific', specific: 'specific', sensitive: 'specific' },
}

const tellsWho = new Set(['nik', 'kk', 'phone', 'photo', 'voice', 'signature', 'gps'])
const isYes = (text: string) => /^(?:ya|y|yes|true|wajib|x|1|v|✓)$/i.test(text)

/**
 * Questions from a list that somebody has in a spreadsheet. With a first row of names its columns come in any order;
 * without, they are question, type, required, choices. A type that is not known stays as it was written, and is told.
 */
export function fieldsFrom(
  rows: readonly (readonly string[])[],
  langs: readonly string[],
  taken: ReadonlySet<string>,
): Documents[] {
  const [first = [], ...rest] = rows
  const named = first.map((cell) => heads[cell.toLowerCase()])
  const hasHead = named.filter(Boolean).length >= Math.min(2, first.length) && named.includes('label')
  const columns: (Column | undefined)[] = hasHead ? named : ['label', 'type', 'required', 'options']
  const names = new Set(taken)
  return (hasHead ? rest : rows).flatMap((row) => {
    const of = (column: Column) => row[columns.indexOf(column)]?.trim() ?? ''
    const label = of('label') || of('id')
    if (!label) return []
    const id =
      /^[a-z][a-z0-9_]*$/.test(of('id')) && !names.has(of('id')) ? of('id') : nameFrom(of('id') || label, names)
    names.add(id)
    const options = optionsFrom(of('options'), langs)
    const said = of('type').toLowerCase()
    const type =
      (Object.hasOwn(types, said) ? types[said] : undefined) ?? (said || (options.length > 0 ? 'choice' : 'text'))
    const privacy = Object.hasOwn(privacies, of('privacy').toLowerCase())
      ? privacies[of('privacy').toLowerCase()]
      : undefined
    const words = (text: string, english: string) =>
      Object.fromEntries(langs.map((lang) => [lang, lang === 'en' && english ? english : text]))
    return [
      {
        id,
        type,
        label: words(label, of('en')),
        ...(of('hint') ? { hint: words(of('hint'), '') } : {}),
        ...(isYes(of('required')) ? { required: true } : {}),
        ...(of('when') ? { when: of('when') } : {}),
        ...(privacy && !(privacy === 'open' && tellsWho.has(type)) ? { privacy } : {}),
        ...(type === 'choice' || type === 'multi' ? { options } : {}),
        ...(type === 'region' ? { level: 'village' } : {}),
      },
    ]
  })
}

/** `Mati, Berkedip` or `mati = Mati / kedip = Berkedip`: choices in one cell. */
function optionsFrom(cell: string, langs: readonly string[]): Documents[] {
  const separator = /\n|;|\//.test(cell) ? /\n|;|\// : /,/
  const names = new Set<string>()
  return cell
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, own, text] = /^([a-z][a-z0-9_]*)\s*=\s*(.+)$/.exec(part) ?? [undefined, undefined, part]
      const id = own && !names.has(own) ? own : nameFrom(text!, names)
      names.add(id)
      return { id, label: Object.fromEntries(langs.map((lang) => [lang, text])) }
    })
}
