import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide } from '#platform/result.ts'
import { type Changed, judgeLocal, type LocalRefusal, type LocalVersion } from '../domain/local.ts'
import { may } from '../permissions.ts'
import * as store from '../store/upgrade.ts'

const changed = z.custom<Changed>(
  (given) =>
    typeof given === 'object' &&
    given !== null &&
    'content' in given &&
    typeof given.content === 'object' &&
    given.content !== null &&
    'from' in given &&
    typeof given.from === 'string',
)

/**
 * Install what an agency changed in a package that it runs, as a local version (`1.2.0+local.1`): new cases run by it,
 * running ones keep theirs. `id` is the service; see `examineContent` for what is wrong when it is refused.
 */
export const installLocal: Action<
  store.Upgradable,
  Changed,
  { service: string; package: string; version: string; hash: string; base: string; what: () => LocalVersion },
  LocalRefusal
> = {
  name: 'services.local-version-installed',
  find: store.holdUpgradable,
  may: may.installLocal,
  input: changed,
  decide: (running, given) => {
    const judged = judgeLocal(given, running)
    if (!judged.ok) return judged
    const { pkg, hash, base } = judged.change
    const { id, version } = pkg.manifest
    return decide({ service: running.id, package: id, version, hash, base, what: () => judged.change })
  },
  save: (tx, running, { what }, { actor, now }) =>
    store.saveSwitch(tx, running, { ...what(), key: running.key, seal: running.seal }, { person: actor.id, at: now }),
  tell: ({ package: id, version, hash, base }) => ({ package: id, version, hash, base }),
  scope: ({ agency }) => agency,
}
