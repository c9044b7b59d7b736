/** A decision: either a change to make, or the name of the rule that forbids it. */
export type Decision<Change, Refusal extends string> = { ok: true; change: Change } | { ok: false; refusal: Refusal }

export function decide<const Change>(change: Change) {
  return { ok: true, change } as const
}

export function refuse<const Refusal extends string>(refusal: Refusal) {
  return { ok: false, refusal } as const
}
