import { silentNames } from '../audio/index.ts'
import { fill } from '../screen/index.ts'
import { Frame } from './frame.tsx'
import type { PageOf } from './pages.tsx'
import { rates, type Settings, switchKinds, themes, voices } from './settings.ts'
import { boothWords } from './words.ts'

/** Size, colours, voice and switches: radio buttons and one button, so that it works with whatever the voter has. */
export function SettingsPage({ lang, settings, status, spoken, package: content }: PageOf) {
  const words = boothWords(lang)
  const silent = silentNames(content).join(', ')
  const group = (name: keyof Settings, legend: string, options: readonly (readonly [string, string])[], hint = '') => (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value} class="choice">
          <input type="radio" name={name} value={value} checked={String(settings[name]) === value} />
          <span>{label}</span>
        </label>
      ))}
      {hint && <p class="hint">{hint}</p>}
    </fieldset>
  )
  return (
    <Frame
      lang={lang}
      settings={settings}
      status={status}
      kind="settings"
      title={words.settingsTitle}
      lead={words.settingsLead}
      settingsLink={false}
      spoken={spoken('settings')}
    >
      <form method="post" action="/settings" class="settings">
        {group(
          'size',
          words.size,
          words.sizes.map((label, at) => [String(at), label]),
        )}
        {group(
          'theme',
          words.theme,
          themes.map((each) => [each, words.themes[each]]),
        )}
        {group(
          'voice',
          words.voice,
          voices.map((each) => [each, words.voices[each]]),
          silent && fill(words.silent, { n: silent }),
        )}
        {group(
          'rate',
          words.rate,
          rates.map((each) => [each, words.rates[each]]),
        )}
        {group(
          'switches',
          words.switches,
          switchKinds.map((each) => [each, words.switchKinds[each]]),
        )}
        <button type="submit" class="big main">
          <span class="label">{words.save}</span>
        </button>
      </form>
    </Frame>
  )
}
