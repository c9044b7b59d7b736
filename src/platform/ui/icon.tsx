const paths = {
  brand: 'M3 13c2-6 6-9 9-9s7 3 9 9M7 13c1-3 3-5 5-5s4 2 5 5M12 13v7',
  done: 'M4 12l5 5L20 6',
  waiting: 'M12 7v5l3 3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  attention: 'M12 4L2.5 20h19zM12 10v4M12 17v.5',
  bad: 'M6 6l12 12M18 6L6 18',
  calm: 'M5 12h14',
  active: 'M5 12h13M13 6l6 6-6 6',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
} as const
export type IconName = keyof typeof paths

/** A drawing beside a word, never instead of one. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
