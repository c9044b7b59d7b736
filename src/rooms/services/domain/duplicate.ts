import type { Case } from './case.ts'
import { mayKnowOthers } from './held.ts'
import type { Package } from './package/format/index.ts'
import { allFields } from './package/names.ts'

/** By what two cases may be recognised as of one person. `text` is personal: it is only ever kept as a keyed hash. */
export type Likeness = { kind: LikenessKind; text: string }
export type LikenessKind = 'nik' | 'person'

/**
 * By what the person of a case is recognised, from the fields that its package names: the NIK; and name, birth date and
 * village together. What is estimated or missing recognises nobody. Sub-cases hold copies and are of nobody by themselves.
 */
export function likenessOf(pkg: Package, it: Case): Likeness[] {
  const { identity } = pkg.manifest
  if (!identity || it.flow !== pkg.manifest.main) return []
  const text = (id: string | undefined) => {
    const value = id === undefined ? undefined : it.data[id]
    return typeof value === 'string' ? value : ''
  }
  const found: Likeness[] = []
  const nik = text(identity.nik).replaceAll(/\D/g, '')
  if (nik.length === 16) found.push({ kind: 'nik', text: nik })
  const name = plainName(text(identity.name))
  const birth = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text(identity.birth))
  const area = text(identity.area).replaceAll('.', '')
  // Day and month are typed in either order; both orders are one likeness.
  if (name && birth && area)
    found.push({ kind: 'person', text: [name, birth[1], ...[birth[2], birth[3]].sort(), area].join('|') })
  return found
}

const titles = new Set(
  `dr drg drs dra ir h hj hjh kh prof st se sh sp mm mh mt msi mkes mpd spd ssi skm skep ners amd amdkeb ak ba bsc msc phd
   ustad ustadz ustadzah gus ning raden rr rm rh tuan tn nyonya ny nona nn sdr sdri bapak bpk pak ibu bu mbak mas alm almh
   almarhum almarhumah`.split(/\s+/),
)
const short: Record<string, string> = {
  ...Object.fromEntries(
    [
      'm',
      'mo',
      'moh',
      'mohd',
      'mohamad',
      'mohammad',
      'mohamed',
      'mohammed',
      'moch',
      'mochamad',
      'mochammad',
      'mochamat',
      'mohamat',
      'muh',
      'muhd',
      'muhamad',
      'muhammad',
      'muhamed',
      'muhammed',
      'muchamad',
      'muchammad',
      'much',
      'md',
      'mhd',
      'mhmd',
      'mukhamad',
      'mukhammad',
    ].map((word) => [word, 'muhamad']),
  ),
  ...Object.fromEntries(
    ['ach', 'achmad', 'achmat', 'ahmat', 'ahmed', 'akhmad', 'akhmat', 'akh', 'akhmed'].map((word) => [word, 'ahmad']),
  ),
  ...Object.fromEntries(['abd', 'abdl', 'abdoel'].map((word) => [word, 'abdul'])),
  st: 'siti',
  sit: 'siti',
  sitti: 'siti',
}

/**
 * A name as it is compared: small letters without accents, titles and academic degrees, with the usual abbreviations
 * written out (Moh., Muh., M. for Muhammad; Ach. for Ahmad; Abd. for Abdul; St. for Siti), old spelling as new (oe, dj, tj),
 * doubled letters once, no spaces. Meant to find too much rather than too little: a person decides.
 */
export function plainName(name: string): string {
  // Whatever follows a comma is a degree.
  const words = name
    .split(',')[0]!
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    // S.Pd is one word, Moh.Ali two.
    .replaceAll(/\b(\p{L})\.(?=\p{L}{1,3}\b)/gu, '$1')
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
  const own = words.filter((word) => words.length === 1 || word === 'st' || !titles.has(word))
  const kept = own.flatMap((word, i) => {
    // "St." before a name is Siti; after it, a degree. "M." before a name is Muhammad; in the middle, anything.
    if (word === 'st' && own.length > 1) return i < own.length - 1 ? ['siti'] : []
    if (word === 'm' && (i > 0 || own.length === 1)) return [word]
    return [Object.hasOwn(short, word) ? short[word]! : word]
  })
  return kept
    .map((word) => word.replaceAll('oe', 'u').replaceAll('dj', 'j').replaceAll('tj', 'c'))
    .join('')
    .replaceAll(/(.)\1+/gu, '$1')
}

/**
 * Whether somebody in these roles may be told that two cases, of both of which she knows, seem to be of one person: she works with
 * cases of others, and sees what they were recognised by.
 */
export function seesLikeness(pkg: Package, roles: readonly string[], kinds: readonly string[]): boolean {
  const { identity } = pkg.manifest
  if (!identity || !mayKnowOthers(pkg, roles)) return false
  const used = (kind: string) => (kind === 'nik' ? [identity.nik] : [identity.name, identity.birth, identity.area])
  return kinds.some((kind) => used(kind).every((id) => seesField(pkg, roles, id)))
}

/** Whether somebody in these roles sees a field, of whichever form. */
export function seesField(pkg: Package, roles: readonly string[], id: string | undefined): boolean {
  const fields = allFields(pkg).filter((field) => field.id === id)
  return (
    fields.length > 0 &&
    fields.every(({ privacy, only }) =>
      pkg.roles.some(
        (role) =>
          roles.includes(role.id) && role.sees.includes(privacy) && (only.length === 0 || only.includes(role.id)),
      ),
    )
  )
}
