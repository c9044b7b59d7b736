import type { Actor } from '#platform/action.ts'
import type { NavItem } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import { may } from './permissions.ts'
import { announcementWords } from './text/announcement.ts'
import { words } from './text/index.ts'
import { panelWords } from './text/panel.ts'

/** What this room offers in the main menu. */
export function nav(actor: Actor, lang: Lang): NavItem[] {
  const announcements = { href: '/judging/announcements', label: announcementWords(lang).navAnnouncements }
  return [
    ...(may.seeJudging(actor) ? [{ href: '/judging', label: words(lang).navJudging }] : []),
    ...(may.seeOwnLetters(actor) ? [{ href: '/judging/letters', label: panelWords(lang).navLetters }] : []),
    announcements,
  ]
}
