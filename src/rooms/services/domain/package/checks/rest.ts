import type { Known } from '../../expression.ts'
import type { Package } from '../format/index.ts'
import { published } from '../format/manifest.ts'
import { limits } from '../limits.ts'
import { allFields } from '../names.ts'
import { type Problem, problem, warning } from '../problem.ts'
import { checkFeel, missing, repeated } from './expressions.ts'

/** The standard is told, in every language of the package. */
export function checkManifest({ manifest }: Package): Problem[] {
  return published
    .filter((component) => Object.values(manifest.standard[component]).every((text) => text.trim().length < 3))
    .map((component) =>
      problem(
        'standard-unpublished',
        'one of the six components that must be published',
        'package',
        `standard.${component}`,
      ),
    )
}

export function checkConsents(pkg: Package, known: Known): Problem[] {
  return [
    ...repeated('consents', 'purposes', pkg.purposes),
    ...pkg.purposes.flatMap((purpose, i) => [
      ...checkFeel(purpose.givenWhen, known, 'consents', `purposes[${i}].givenWhen`),
      ...missing('unknown-field-name', purpose.askedBy, allFields(pkg), 'consents', `purposes[${i}].askedBy`),
      ...(allFields(pkg).some(({ id, consent }) => id === purpose.askedBy && consent)
        ? [
            problem(
              'consent-asks-itself',
              'the question for a consent does not need that consent',
              'consents',
              `purposes[${i}].askedBy`,
            ),
          ]
        : []),
    ]),
  ]
}

/** Indicators never count by what tells a person. */
export function checkIndicators(pkg: Package, known: Known): Problem[] {
  const names: Known = new Map([
    ...known,
    ['minutes', new Set(pkg.flows.flatMap(({ states }) => states.map(({ id }) => id)))],
  ])
  return [
    ...repeated('indicators', 'indicators', pkg.indicators),
    ...pkg.indicators.flatMap(({ over, value, by, kind, flow, target, better }, i) => {
      const at = `indicators[${i}]`
      const field = allFields(pkg).find(({ id }) => id === by)
      return [
        ...checkFeel(over, names, 'indicators', `${at}.over`),
        ...checkFeel(value, names, 'indicators', `${at}.value`),
        ...missing('unknown-flow', flow, pkg.flows, 'indicators', `${at}.flow`),
        ...missing('unknown-field-name', by, allFields(pkg), 'indicators', `${at}.by`),
        ...(field && !['choice', 'region', 'bool', 'calculated'].includes(field.type)
          ? [problem('counts-persons', `cells by “${by}” would tell single persons`, 'indicators', `${at}.by`)]
          : []),
        ...(kind !== 'count' && !value
          ? [problem('indicator-without-value', `a ${kind} needs a value`, 'indicators', at)]
          : []),
        ...(target !== undefined && better === 'neither'
          ? [problem('target-without-direction', 'a target needs better: more or less', 'indicators', `${at}.better`)]
          : []),
        // None at all would be few enough.
        ...(target !== undefined && better === 'less' && kind === 'count'
          ? [problem('target-without-cases', 'a count reaches “less” without a case', 'indicators', `${at}.target`)]
          : []),
      ]
    }),
  ]
}

export function checkSettings(pkg: Package): Problem[] {
  return [
    ...repeated('settings', 'settings', pkg.settings),
    ...pkg.settings.flatMap((setting, i) => {
      const fits = settingFits(setting, setting.default)
      return fits
        ? []
        : [
            problem(
              'default-outside',
              'the default is not one of the values allowed',
              'settings',
              `settings[${i}].default`,
            ),
          ]
    }),
  ]
}

/** A calendar opens at some time, and its hours follow one another. */
export function checkCalendars(pkg: Package): Problem[] {
  const always = new Set(pkg.calendars.flatMap(({ id, kind }) => (kind === 'always' ? [id] : [])))
  return [
    ...repeated('calendars', 'calendars', pkg.calendars),
    ...pkg.calendars.flatMap(({ hours }, i) => {
      if (!hours) return []
      const at = `calendars[${i}]`
      const broken = Object.entries(hours).filter(([, day]) => {
        const times = day.flat()
        return times.some((time, j) => j > 0 && time <= times[j - 1]!)
      })
      return [
        ...(Object.values(hours).every((day) => day.length === 0)
          ? [problem('calendar-never-open', 'it has hours on no day: a clock on it would never end', 'calendars', at)]
          : []),
        ...broken.map(([day]) =>
          problem('hours-backwards', 'each time is later than the one before', 'calendars', `${at}.hours.${day}`),
        ),
      ]
    }),
    ...pkg.flows.flatMap((flow) =>
      flow.limits.flatMap(({ calendar, time }, i) =>
        always.has(calendar) && time.some(({ unit }) => unit === 'working_days')
          ? [
              problem(
                'working-days-of-always',
                'working days are counted by a calendar that has days off',
                `flows/${flow.id}`,
                `limits[${i}]`,
              ),
            ]
          : [],
      ),
    ),
  ]
}

/** Whether an adopter may set this value. */
export function settingFits(setting: Package['settings'][number], value: unknown): boolean {
  if (setting.type === 'number')
    return typeof value === 'number' && value >= (setting.min ?? -Infinity) && value <= (setting.max ?? Infinity)
  if (setting.type === 'choice') return setting.options.some(({ id }) => id === value)
  return typeof value === (setting.type === 'bool' ? 'boolean' : 'string')
}

/** Every move that somebody can make is tried in an example, and some example is refused. */
export function checkExamples(pkg: Package): Problem[] {
  const found = pkg.examples.flatMap((example) => {
    const file = `examples/${example.id}`
    return example.steps.flatMap((step, i) => {
      const flow = pkg.flows.find(({ id }) => id === (step.in ?? pkg.manifest.main))
      return [
        ...missing('unknown-flow', step.in, pkg.flows, file, `steps[${i}].in`),
        ...missing('unknown-move', step.do, flow?.moves ?? [], file, `steps[${i}].do`),
        ...missing('unknown-role', step.as, pkg.roles, file, `steps[${i}].as`),
        ...missing('unknown-purpose', step.withdraw, pkg.purposes, file, `steps[${i}].withdraw`),
        ...(step.do && !step.as ? [problem('not-the-schema', 'a move is made by a role', file, `steps[${i}]`)] : []),
      ]
    })
  })
  if (pkg.examples.length === 0)
    found.push(problem('no-examples', 'a package proves itself by example cases; there are none'))
  const steps = pkg.examples.reduce((sum, example) => sum + example.steps.length, 0)
  if (steps * expressionsOf(pkg) > limits.rehearsal)
    found.push(problem('examples-too-costly', `${steps} steps over ${expressionsOf(pkg)} expressions take too long`))
  const tried = new Set(
    pkg.examples.flatMap(({ steps }) => steps.map((step) => `${step.in ?? pkg.manifest.main}.${step.do}`)),
  )
  for (const flow of pkg.flows)
    for (const move of flow.moves)
      if (move.roles.length > 0 && !tried.has(`${flow.id}.${move.id}`))
        found.push(warning('move-never-tried', `no example tries “${move.id}”`, `flows/${flow.id}`))
  return found
}

/** At most so many expressions are evaluated in one step: all that there are. */
function expressionsOf(pkg: Package): number {
  const ofRules = pkg.rules.flatMap(({ versions }) =>
    versions.map((version) =>
      'rows' in version
        ? version.rows.length * version.inputs.length
        : 'factors' in version
          ? version.factors.length
          : 1,
    ),
  )
  const ofForms = pkg.forms.map(
    ({ fields, checks }) =>
      checks.length +
      fields.reduce((sum, field) => sum + (field.type === 'group' ? field.fields.length * field.atMost : 1), 0),
  )
  const ofFlows = pkg.flows.map(
    ({ moves, limits }) => moves.length + limits.reduce((sum, { time }) => sum + time.length, 0),
  )
  return [...ofRules, ...ofForms, ...ofFlows].reduce((a, b) => a + b, 0)
}

/** Texts in every language of the manifest. */
export function checkLanguages(pkg: Package, files: ReadonlyMap<string, unknown>): Problem[] {
  const { languages } = pkg.manifest
  const found: Problem[] = []
  const look = (value: unknown, file: string, at: string) => {
    if (value === null || typeof value !== 'object') return
    const entries = Object.entries(value)
    const isWords =
      !Array.isArray(value) &&
      entries.length > 0 &&
      entries.every(([key, text]) => /^[a-z]{2,3}$/.test(key) && typeof text === 'string') &&
      /(?:names|summary|label|hint|says|text|told|refusal|why|kept|fidelity|sms|whatsapp|voice|letter|standard\.\w+)$/.test(
        at,
      )
    if (isWords) {
      const without = languages.filter((lang) => !(lang in value))
      const foreign = entries.map(([key]) => key).filter((lang) => !languages.includes(lang))
      if (without.length > 0) found.push(problem('language-missing', `not said in ${without.join(', ')}`, file, at))
      if (foreign.length > 0)
        found.push(problem('language-unknown', `${foreign.join(', ')} is no language of the package`, file, at))
      return
    }
    for (const [key, inner] of entries)
      look(inner, file, Array.isArray(value) ? `${at}[${key}]` : at ? `${at}.${key}` : key)
  }
  for (const [file, content] of files) if (!file.startsWith('examples/')) look(content, file, '')
  return found
}
