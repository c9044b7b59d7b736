import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import { may } from './permissions.ts'
import { words } from './text/index.ts'

/** In the menu of those who keep the doors to other installations; others come by the services. */
export const nav = (actor: Actor, lang: Lang): NavItem[] =>
  may.subscribe(actor) ? [{ href: '/exchange', label: words(lang).exchangeTitle }] : []
