import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import { administered, isNational } from './permissions.ts'
import type { Reader } from './store/session.ts'
import { words } from './text/index.ts'

const under = (path: string, start: string) => path === start || path.startsWith(`${start}/`)

/** Where somebody must go first: a password made by others is changed, a due second factor is given, before anything else. */
export function gate(reader: Reader | undefined, path: string): string | undefined {
  if (!reader || path === '/keluar' || path.startsWith('/bahasa/')) return undefined
  if (reader.needsFactor) return under(path, '/akun/faktor') ? undefined : factorFor(path)
  if (reader.mustChange) return path === '/akun/kata-sandi' ? undefined : '/akun/kata-sandi?wajib=1'
  return undefined
}

const factorFor = (path: string) => (path === '/' ? '/akun/faktor' : `/akun/faktor?ke=${encodeURIComponent(path)}`)

/** What this room offers in the main menu. */
export function nav(actor: Actor, lang: Lang): NavItem[] {
  const w = words(lang)
  if (isNational(actor)) return [{ href: '/people/agencies', label: w.agencies }]
  const own = administered(actor)
  return own.map((agency) => ({
    href: `/people/agencies/${agency}`,
    label: own.length > 1 ? `${w.myAgency} ${own.indexOf(agency) + 1}` : w.myAgency,
  }))
}
