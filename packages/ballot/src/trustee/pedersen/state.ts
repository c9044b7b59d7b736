import { integer, list, object, oneOf, readText, type Shape, text } from '../../format/shape.ts'
import { type GroupName, groupNames } from '../../group/group.ts'
import { requirePlan } from './rules.ts'
import type { TrusteeState } from './trustee.ts'

const begun = {
  group: oneOf(...groupNames),
  size: integer(1),
  threshold: integer(1),
  index: integer(1),
  seed: text,
}
const certified = object({ form: oneOf('melayani-ceremony-1'), stage: oneOf('certified'), ...begun })
const dealt = object({
  form: oneOf('melayani-ceremony-1'),
  stage: oneOf('dealt'),
  ...begun,
  certs: list(text, 1),
  coefexps: text,
})

/**
 * A trustee's state between two rounds, as a text. It holds the seed in the clear, from which everything follows: as
 * with `writeSecret`, who may read it is for the medium to see to. It is of no use once the key generation is over.
 */
export function writeTrusteeState(group: GroupName, state: TrusteeState): string {
  const { plan, index, seed } = state
  const head = {
    form: 'melayani-ceremony-1',
    stage: state.stage,
    group,
    size: plan.size,
    threshold: plan.threshold,
    index,
    seed,
  }
  return JSON.stringify(state.stage === 'dealt' ? { ...head, certs: state.certs, coefexps: state.coefexps } : head)
}

/** Reads what `writeTrusteeState` wrote. Throws a FormatError, or an error when it is for another group. */
export function readTrusteeState(group: GroupName, source: string): TrusteeState {
  const either: Shape<TrusteeState> = (value, at) => {
    const isDealt = typeof value === 'object' && value !== null && 'certs' in value
    const held = isDealt ? dealt(value, at) : certified(value, at)
    if (held.group !== group) throw new Error(`a state for the group ${held.group}`)
    const { size, threshold, index, seed } = held
    const common = { plan: { size, threshold }, index, seed }
    return 'certs' in held
      ? { stage: 'dealt', ...common, certs: held.certs, coefexps: held.coefexps }
      : { stage: 'certified', ...common }
  }
  const state = readText(either, source)
  requirePlan(state.plan)
  return state
}
