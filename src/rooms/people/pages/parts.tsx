import type { View } from '#platform/http.ts'
import { Tabs } from '#platform/ui/index.ts'
import { isNational, type Post, type RoleName } from '../domain/office.ts'
import { words } from '../text/index.ts'

/** What the national admin moves between in this room; nothing for others, who have one agency. */
export function PeopleTabs({ view, here }: { view: View; here: string }) {
  const w = words(view.lang)
  if (!isNational(view.actor)) return null
  return (
    <Tabs
      label={w.agencies}
      here={here}
      items={[
        { href: '/people/agencies', label: w.agencies },
        { href: '/people/team', label: w.team },
        { href: '/people/outbox', label: w.outbox },
        { href: '/people/audit', label: w.audit },
      ]}
    />
  )
}

/** A role with the place it is held in: "UPP · RSUD Blambangan". */
export const roleAt = (
  w: Record<RoleName, string>,
  {
    role,
    unit_name: unit,
    agency_name: agency,
  }: Pick<Post, 'role'> & { unit_name?: string | null; agency_name?: string | null },
): string => [w[role], unit, agency].filter(Boolean).join(' · ')
