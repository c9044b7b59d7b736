import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Offer } from '../domain/installing.ts'
import { publishedVersion } from '../domain/package/format/manifest.ts'
import {
  type BeginRefusal,
  type House,
  judgeNewer,
  judgeUpgrade,
  type Newer,
  type Upgrade,
} from '../domain/upgrading.ts'
import { choicesForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import { lastChangeover, undoChangeover } from '../store/changeover.ts'
import * as store from '../store/upgrade.ts'

type Beginning = store.Upgradable & { house: House }
const newer = z.custom<Offer>(
  (given) =>
    typeof given === 'object' && given !== null && ('files' in given || 'sealed' in given || 'release' in given),
)

/** Begin to decide on a newer version: it is read, verified and proven, and kept beside what runs. Nothing runs by it yet. */
export const beginUpgrade: Action<
  Beginning,
  Offer,
  { from: string; version: string; what: () => Newer },
  BeginRefusal
> = {
  name: 'services.upgrade-begun',
  find: async (tx, actor, id) => {
    const running = await store.holdUpgradable(tx, actor, id)
    return running && { ...running, house: await store.findHouse(tx, running.pkg.manifest.id) }
  },
  may: may.upgrade,
  input: newer,
  decide: (running, given) => {
    const judged = judgeNewer(given, running, running.house)
    if (!judged.ok) return judged
    const { manifest } = judged.change.pkg
    return decide({ from: running.pkg.manifest.version, version: manifest.version, what: () => judged.change })
  },
  save: (tx, running, { what }, { actor, now }) => store.saveDraft(tx, running, what(), { person: actor.id, at: now }),
  tell: ({ from, version }, { pkg }) => ({ package: pkg.manifest.id, from, version }),
  scope: ({ agency }) => agency,
}

type Deciding = store.Upgradable & { draft: Awaited<ReturnType<typeof store.findDraft>> }
const findDeciding: Action<Deciding, never, never, never>['find'] = async (tx, actor, id) => {
  const running = await store.holdUpgradable(tx, actor, id)
  return running && { ...running, draft: await store.findDraft(tx, running) }
}

/** Say which side holds where both changed the same; what is not said stays as it was said before. */
export const decideUpgrade: Action<
  Deciding,
  z.output<typeof choicesForm>,
  z.output<typeof choicesForm> & { given: number },
  'upgrade-gone' | 'too-many-choices'
> = {
  name: 'services.upgrade-decided',
  find: findDeciding,
  may: may.upgrade,
  input: choicesForm,
  decide: ({ draft }, { choices, leftOut }) => {
    if (!draft) return refuse('upgrade-gone')
    const all = { ...draft.choices, ...choices }
    if (Object.keys(all).length > 5000) return refuse('too-many-choices')
    return decide({ choices: all, leftOut, given: Object.keys(choices).length })
  },
  save: (tx, running, { choices, leftOut }) => store.saveChoices(tx, running, choices, leftOut),
  tell: ({ given, leftOut }, { pkg, draft }) => ({
    package: pkg.manifest.id,
    version: draft!.pkg.manifest.version,
    given,
    leftOut: leftOut.length,
  }),
  scope: ({ agency }) => agency,
}

/** Leave everything as it is. */
export const dropUpgrade: Action<Deciding, Record<string, never>, { version: string }, 'upgrade-gone'> = {
  name: 'services.upgrade-dropped',
  find: findDeciding,
  may: may.upgrade,
  input: nothing,
  decide: ({ draft }) => (draft ? decide({ version: draft.pkg.manifest.version }) : refuse('upgrade-gone')),
  save: (tx, running) => store.dropDraft(tx, running),
  tell: ({ version }, { pkg }) => ({ package: pkg.manifest.id, version }),
  scope: ({ agency }) => agency,
}

/** From now on new cases run by the new version, with what was changed here; running cases keep theirs. */
export const installUpgrade: Action<
  Deciding,
  Record<string, never>,
  { from: string; version: string; hash: string; base: string | null; what: () => Upgrade },
  'upgrade-gone' | 'conflicts-open' | 'package-refused' | 'version-downgraded'
> = {
  name: 'services.package-upgraded',
  find: findDeciding,
  may: may.upgrade,
  input: nothing,
  decide: (running) => {
    const judged = judgeUpgrade(running, running.draft)
    if (!judged.ok) return judged
    const { pkg, hash, base } = judged.change
    return decide({
      from: running.pkg.manifest.version,
      version: pkg.manifest.version,
      hash,
      base,
      what: () => judged.change,
    })
  },
  save: async (tx, running, { what }, { actor, now }) => {
    await store.saveSwitch(tx, running, what(), { person: actor.id, at: now })
    await store.dropDraft(tx, running)
  },
  tell: ({ from, version, hash, base }, { pkg }) => ({
    package: pkg.manifest.id,
    from,
    version,
    hash,
    ...(base ? { base, published: publishedVersion(version) } : {}),
  }),
  scope: ({ agency }) => agency,
}

type Undoing = store.Upgradable & { last: Awaited<ReturnType<typeof lastChangeover>> }

/** Put back what ran before, with what was set then. Cases that were opened meanwhile keep their version. */
export const undoUpgrade: Action<
  Undoing,
  { n: number },
  { from: string; before: string; what: () => NonNullable<Undoing['last']> },
  'nothing-to-undo'
> = {
  name: 'services.upgrade-undone',
  find: async (tx, actor, id) => {
    const running = await store.holdUpgradable(tx, actor, id)
    return running && { ...running, last: await lastChangeover(tx, running) }
  },
  may: may.upgrade,
  input: z.object({ n: z.coerce.number().int() }),
  decide: ({ last, pkg, earlier }, { n }) => {
    // Of two clicks the second would put back what was before that.
    if (!last || last.n !== n) return refuse('nothing-to-undo')
    const before = earlier.find(({ hash }) => hash === last.before.toString('hex'))
    return decide({ from: pkg.manifest.version, before: before?.version ?? '', what: () => last })
  },
  save: (tx, running, { what }, { actor, now }) => undoChangeover(tx, running, what(), { person: actor.id, at: now }),
  tell: ({ from, before }, { pkg }) => ({ package: pkg.manifest.id, from, version: before }),
  scope: ({ agency }) => agency,
}
