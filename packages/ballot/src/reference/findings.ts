/** Every rule that can be named here, but for `archive.limits` and `count.…`, which only this program itself could break. */
export const ruleNames = `
  archive.empty archive.begin archive.truncated archive.end-blocks archive.header archive.name archive.size archive.time
  archive.checksum archive.padding
  record.hash record.shape record.canonical record.missing record.order record.unreferenced
  event.shape event.canonical event.parent event.height event.payload event.order event.no-setup event.second-setup
  event.after-result event.duplicate-ballot event.duplicate-owner
  election.form election.public-key
  trustee.form trustee.scalar trustee.membership trustee.neutral trustee.distinct trustee.pok trustee.single
  trustee.threshold trustee.size trustee.generation trustee.cert trustee.cert-form trustee.context trustee.coefexps
  trustee.coefexps-form trustee.signatures trustee.verification-key trustee.key-signature
  credential.form credential.duplicate credential.membership credential.neutral credential.weight
  ballot.form ballot.canonical ballot.uuid ballot.fingerprint ballot.credential-unknown ballot.shape ballot.scalar
  ballot.membership ballot.individual-proof ballot.overall-proof ballot.blank-proof ballot.hash ballot.signature
  tally.form tally.product tally.num-tallied tally.total-weight
  decryption.form decryption.owner decryption.shape decryption.scalar decryption.membership decryption.proof
  decryption.missing
  result.form result.shape result.range result.value`
  .trim()
  .split(/\s+/)

/** Something is not as the format demands: which rule is broken, and where. */
export type Fault = { rule: string; place: string }

/** Thrown where nothing more can be said about an object; whoever judges the object records it. */
export class Refusal extends Error {
  readonly rule: string
  readonly place: string
  constructor(rule: string, place: string) {
    super(`${rule}: ${place}`)
    this.rule = rule
    this.place = place
  }
}

/** Thrown for what may be sound but is not judged here. */
export class Unsupported extends Error {}

export class Findings {
  readonly faults: Fault[] = []
  readonly notCanonical: { place: string; what: string }[] = []
  readonly unsupported: string[] = []
  /**
   * What was looked at, right or wrong. `proofs`: of ballots (one for each choice and one or two for each question), of
   * trustees' knowledge, of decryptions. `memberships`: elements of credentials, trustees, ballots, tally, decryptions.
   * `signatures`: of ballots and trustees. `counted` and `weight`: the ballots that count, after revotes.
   */
  readonly counts = {
    records: 0,
    voters: 0,
    ballots: 0,
    counted: 0,
    weight: 0n,
    proofs: 0,
    memberships: 0,
    signatures: 0,
  }

  /** Notes a fault unless the rule holds, and goes on. */
  expect(holds: boolean, rule: string, place: string): boolean {
    if (!holds) this.faults.push({ rule, place })
    return holds
  }

  /** Judges one object; what is thrown inside becomes a finding, and the others are still judged. */
  attempt<T>(judge: () => T): T | undefined {
    try {
      return judge()
    } catch (error) {
      if (error instanceof Refusal) this.faults.push({ rule: error.rule, place: error.place })
      else if (error instanceof Unsupported) this.unsupported.push(error.message)
      // Nested thousands deep, or longer than the platform can hold: no election is.
      else if (error instanceof RangeError) this.faults.push({ rule: 'archive.limits', place: error.message })
      else throw error
      return undefined
    }
  }
}
