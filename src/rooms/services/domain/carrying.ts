import { settingFits } from './package/checks/rest.ts'
import type { Package } from './package/format/index.ts'
import type { Choices } from './package/merge.ts'

/** A value that was set here and that the new version does not allow. */
export type SettingConflict = { id: string; setting: Package['settings'][number]; value: unknown }
export type Carried = {
  settings: Record<string, unknown>
  /** Settings that the new version does not have. */
  dropped: { id: string; value: unknown }[]
  conflicts: SettingConflict[]
  open: SettingConflict[]
}

/**
 * What becomes of local settings under another version: kept where they fit, dropped where there is no such setting,
 * decided where they are out of range: the new default, or another value that fits.
 */
export function carrySettings(values: Record<string, unknown>, after: Package, choices: Choices = {}): Carried {
  const carried: Carried = { settings: {}, dropped: [], conflicts: [], open: [] }
  for (const [id, value] of Object.entries(values)) {
    const setting = after.settings.find((one) => one.id === id)
    if (!setting) carried.dropped.push({ id, value })
    else if (settingFits(setting, value)) carried.settings[id] = value
    else {
      const conflict = { id: settingKey(id, value), setting, value }
      carried.conflicts.push(conflict)
      const choice = choices[conflict.id]
      const given = choice?.pick === 'anew' ? asSetting(setting, choice.text) : undefined
      if (given !== undefined && settingFits(setting, given)) carried.settings[id] = given
      else if (choice?.pick !== 'theirs') carried.open.push(conflict)
    }
  }
  return carried
}

const settingKey = (id: string, value: unknown) =>
  `setting-${id}-${String(value)
    .replace(/[^\w.-]/g, '_')
    .slice(0, 40)}`

function asSetting(setting: SettingConflict['setting'], text: string): unknown {
  if (setting.type === 'number')
    return /^-?\d+(?:[.,]\d+)?$/.test(text.trim()) ? Number(text.replace(',', '.')) : undefined
  if (setting.type === 'bool') return text === 'ya' ? true : text === 'tidak' ? false : undefined
  return text
}
