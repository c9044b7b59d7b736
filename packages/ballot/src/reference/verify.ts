import { type Event, type EventType, readArchive } from './archive.ts'
import { judgeBallots } from './ballots.ts'
import { type Fault, Findings } from './findings.ts'
import { choices, judgeSetup, type Question, type Setup } from './setup.ts'
import { addUp, judgeDecryption, judgeResult, judgeTally } from './tally.ts'

/** How far an election has come: "setup" before its first event, "decrypted" once it has a result. */
export type Stage = 'setup' | 'open' | 'ended' | 'tallied' | 'decrypted'

export type ReferenceReport = {
  verdict: 'sound' | 'refused' | 'unsupported'
  stage: Stage
  faults: Fault[]
  /** Accepted by Belenios, but spelt in a way that leaves room for a message; does not change the verdict. */
  notCanonical: { place: string; what: string }[]
  unsupported: string[]
  counts: Findings['counts']
  /** Votes per question and choice, the blank flag first, once they are published and found right. */
  result?: bigint[][]
}

/** The stage in which an event may come, and the one that it leads to. */
const course: Partial<Record<EventType, { at: Stage; to: Stage }>> = {
  Setup: { at: 'setup', to: 'open' },
  Ballot: { at: 'open', to: 'open' },
  EndBallots: { at: 'open', to: 'ended' },
  EncryptedTally: { at: 'ended', to: 'tallied' },
  PartialDecryption: { at: 'tallied', to: 'tallied' },
  Result: { at: 'tallied', to: 'decrypted' },
}

/**
 * Judges a whole archive of Belenios v1 in the plainest way: everything in memory, every formula as the specification
 * writes it, nothing shared with the package's other verifier and nothing done to be quick. It is there to be read, and
 * to be compared with: two programs that were written apart are seldom wrong in the same way.
 */
export function verifyReference(bytes: Uint8Array): ReferenceReport {
  const findings = new Findings()
  const events: Event[] = []
  findings.attempt(() => readArchive(bytes, findings, events))
  const { kept, stage } = keepInOrder(events, findings)
  const result = findings.attempt(() => judge(kept, findings))
  const sound = findings.faults.length === 0 && findings.unsupported.length === 0
  const { faults, notCanonical, unsupported, counts } = findings
  const verdict = sound ? 'sound' : faults.length > 0 ? 'refused' : 'unsupported'
  return { verdict, stage, faults, notCanonical, unsupported, counts, ...(sound && result ? { result } : {}) }
}

/** Events that come when they may. One that does not is a fault, and is not judged further. */
function keepInOrder(events: Event[], findings: Findings): { kept: Event[]; stage: Stage } {
  const kept: Event[] = []
  let stage: Stage = 'setup'
  for (const event of events) {
    const step = course[event.type]
    if (!step) findings.unsupported.push(`${event.place}: ${event.type}`)
    else if (stage === 'decrypted') findings.expect(false, 'event.after-result', event.place)
    else if (event.type === 'Setup' && stage !== 'setup') findings.expect(false, 'event.second-setup', event.place)
    else if (findings.expect(step.at === stage, 'event.order', event.place)) {
      kept.push(event)
      stage = step.to
    }
  }
  findings.expect(stage !== 'setup', 'event.no-setup', 'archive')
  return { kept, stage }
}

function judge(events: Event[], findings: Findings): bigint[][] | undefined {
  const all = (type: EventType) => events.filter((event) => event.type === type)
  const [setupEvent] = all('Setup')
  const setup = setupEvent && judgeSetup(setupEvent.data, findings)
  if (!setup) return undefined

  const before = { ...findings.counts }
  const ballots = judgeBallots(all('Ballot'), setup, findings)
  expectCounts(setup, before, findings)
  const { counted, weight } = addUp(ballots, setup)
  Object.assign(findings.counts, { counted, weight })

  const [tallyEvent] = all('EncryptedTally')
  const tally = tallyEvent && findings.attempt(() => judgeTally(tallyEvent, ballots, setup, findings))
  if (!tally) return undefined

  const decryptions = all('PartialDecryption').flatMap(
    (event) => findings.attempt(() => judgeDecryption(event, tally, setup, findings)) ?? [],
  )
  for (const [k, { owner }] of decryptions.entries()) {
    const again = decryptions.slice(0, k).some((earlier) => earlier.owner === owner)
    findings.expect(!again, 'event.duplicate-owner', `owner ${owner}`)
  }

  const [resultEvent] = all('Result')
  return resultEvent && judgeResult(resultEvent, tally, decryptions, setup, findings)
}

/** What was looked at in ballots must be as much as so many ballots with answers to such questions hold. */
function expectCounts({ election }: Setup, before: Findings['counts'], findings: Findings): void {
  // Where a ballot was refused halfway, its fault is enough.
  if (findings.faults.length > 0) return
  const { counts } = findings
  const sum = (each: (question: Question) => number) =>
    election.questions.reduce((total, question) => total + each(question), 0)
  // One for each choice; and one or, with blank, two for all of them together.
  const proofs = sum((question) => choices(question) + (question.blank ? 2 : 1))
  // The credential; alpha and beta of each choice.
  const memberships = 1 + sum((question) => 2 * choices(question))
  const done = (name: 'proofs' | 'memberships' | 'signatures') => counts[name] - before[name]
  findings.expect(done('proofs') === counts.ballots * proofs, 'count.proofs', 'ballots')
  findings.expect(done('memberships') === counts.ballots * memberships, 'count.memberships', 'ballots')
  findings.expect(done('signatures') === counts.ballots, 'count.signatures', 'ballots')
}
