import type { Trustee } from '../src/format/trustees.ts'
import type { Group } from '../src/group/group.ts'
import type { Random } from '../src/random.ts'
import type { Outcome } from '../src/trustee/fault.ts'
import {
  beginCeremony,
  coordinate,
  dealShares,
  type Plan,
  takeCertificates,
  takeOutputs,
  takePolynomials,
  takeShares,
} from '../src/trustee/pedersen.ts'
import type { TrusteeSecret } from '../src/trustee/single.ts'

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.faults.map(({ rule, trustee, at }) => `${rule} ${trustee} ${at}`).join(', '))
  return outcome.value
}

/** A whole key generation among honest parties. */
export function holdCeremony<E>(
  group: Group<E>,
  plan: Plan,
  random: Random,
): { trustee: Trustee; secrets: TrusteeSecret[] } {
  const begun = Array.from({ length: plan.size }, (_, at) => beginCeremony(group, plan, at + 1, random))
  const certified = must(
    takeCertificates(
      group,
      coordinate(plan),
      begun.map(({ certificate }) => certificate),
    ),
  )
  const dealt = begun.map(({ state }) => must(dealShares(group, state, certified.certs, random)))
  const { state, inputs } = must(
    takePolynomials(
      group,
      certified,
      dealt.map(({ polynomial }) => polynomial),
    ),
  )
  const taken = dealt.map((each, at) => must(takeShares(group, each.state, inputs[at]!, random)))
  return {
    trustee: must(
      takeOutputs(
        group,
        state,
        taken.map(({ output }) => output),
      ),
    ),
    secrets: taken.map(({ secret }) => secret),
  }
}
