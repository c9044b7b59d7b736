import type { Lang } from '#platform/text.ts'
import { stageTime } from '../domain/admission-decision.ts'
import { admissionWords } from '../text/admission.ts'
import { dashboardWords } from '../text/dashboard.ts'
import { words } from '../text/index.ts'

/** From a round to its published list, and for the secretariat to its dashboard and the administrative selection. */
export function RoundLinks({
  round,
  stages,
  secretariat,
  invitations = false,
  lang,
}: {
  round: string
  stages: readonly { kind: string; opened: Date | null; closed: Date | null }[]
  secretariat: boolean
  /** The round has groups by invitation, and the reader may see invitations. */
  invitations?: boolean
  lang: Lang
}) {
  const a = admissionWords(lang)
  const path = `/competition/rounds/${round}`
  const published = stageTime(stages.find(({ kind }) => kind === 'admission')) === 'over'
  const links = [
    ...(published ? [[`${path}/admitted`, a.admittedTitle]] : []),
    ...(invitations ? [[`${path}/invitations`, words(lang).invitationsTitle]] : []),
    ...(secretariat
      ? [
          [`${path}/dashboard`, dashboardWords(lang).dashboardTitle],
          [`${path}/admission`, a.admissionTitle],
        ]
      : []),
  ]
  if (links.length === 0) return null
  return (
    <ul class="plain">
      {links.map(([href, label]) => (
        <li key={href}>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  )
}
