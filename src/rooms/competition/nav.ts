import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import { administers, writes } from './permissions.ts'
import { words } from './text/index.ts'

/** What this room offers in the main menu. */
export function nav(actor: Actor, lang: Lang): NavItem[] {
  const w = words(lang)
  return [
    { href: '/competition', label: w.navRounds },
    ...(writes(actor) ? [{ href: '/competition/proposals', label: w.navProposals }] : []),
    ...(administers(actor) ? [{ href: '/competition/inbox', label: w.navReceived }] : []),
    ...(administers(actor) ? [{ href: '/competition/dashboard', label: w.navDashboard }] : []),
  ]
}
