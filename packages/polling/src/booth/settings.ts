/** How one voter wants the booth to look and sound. Kept by the voter's process, so it ends with it. */
export type Settings = {
  /** 0 to 3. */
  readonly size: 0 | 1 | 2 | 3
  readonly theme: (typeof themes)[number]
  readonly voice: (typeof voices)[number]
  readonly rate: (typeof rates)[number]
  readonly switches: (typeof switchKinds)[number]
}
export const themes = ['light', 'dark', 'strong', 'yellow'] as const
export const voices = ['off', 'id', 'jv'] as const
export const rates = ['slow', 'plain', 'fast'] as const
export const switchKinds = ['none', 'one', 'two'] as const
export const playbackRate = { slow: 0.75, plain: 1, fast: 1.5 } as const

export const usualSettings: Settings = { size: 0, theme: 'light', voice: 'off', rate: 'plain', switches: 'none' }

/** The key that turns the voice on, where nobody can see the page of settings: it is on every number pad, and in no token or stamp. */
export const voiceKey = '*'
/** Off, Indonesian, Javanese, off again. */
export const nextVoice = (before: Settings): Settings => ({
  ...before,
  voice: voices[(voices.indexOf(before.voice) + 1) % voices.length]!,
})

/** Takes what a form sent; what is none of the choices stays as it was. */
export function readSettings(before: Settings, form: Readonly<Record<string, string>>): Settings {
  const of = <T extends string>(list: readonly T[], given: string | undefined, old: T): T =>
    list.find((each) => each === given) ?? old
  const size = ([0, 1, 2, 3] as const).find((each) => String(each) === form.size) ?? before.size
  return {
    size,
    theme: of(themes, form.theme, before.theme),
    voice: of(voices, form.voice, before.voice),
    rate: of(rates, form.rate, before.rate),
    switches: of(switchKinds, form.switches, before.switches),
  }
}
