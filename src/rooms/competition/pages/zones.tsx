import { formatDateTime, type Lang } from '#platform/text.ts'

/** One moment in the three time zones of the country, to the second. */
export function Zones({ at, lang }: { at: Date; lang: Lang }) {
  return (
    <time datetime={at.toISOString()}>
      {(['WIB', 'WITA', 'WIT'] as const).map((zone) => (
        <span key={zone} class="zone">
          {formatDateTime(at, lang, zone, true)}
        </span>
      ))}
    </time>
  )
}
