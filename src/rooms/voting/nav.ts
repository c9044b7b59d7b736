import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import { words } from './text/index.ts'

export const nav = (_actor: Actor, lang: Lang): NavItem[] => [{ href: '/voting', label: words(lang).nav }]
