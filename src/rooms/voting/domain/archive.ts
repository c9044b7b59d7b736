import { z } from 'zod'

/** What our verifier says of an archive, as far as we read it (`melayani-verify --json`). */
const votes = z.union([z.number(), z.string()])
export const reportShape = z.looseObject({
  verdict: z.enum(['sound', 'not-canonical', 'profile', 'refused', 'unusable']),
  sha256: z.string().optional(),
  counted: z.number(),
  election: z.looseObject({ uuid: z.string(), fingerprint: z.string(), credentials: z.number() }).optional(),
  result: z.array(z.looseObject({ blank: votes.optional(), answers: z.array(z.looseObject({ votes })) })).optional(),
  findings: z.array(z.looseObject({ rule: z.string(), class: z.string() })),
})
export type Report = z.output<typeof reportShape>
export type RecordVerdict = Report['verdict'] | 'differs'

/** SHA-256 of the texts with which an archive begins: election, trustees and public credentials. */
export const setupShape = z.object({ election: z.string(), trustees: z.string(), credentials: z.string() })
export type Setup = z.output<typeof setupShape>

/** What the signed result and the sealed package say of the same polling place. */
export type Named = { votes: readonly number[]; blank: number; setup: Setup }

/**
 * The verdict on an archive beside the signed numbers: an archive that is sound may still be of another election, of trustees and
 * tokens that nobody sealed, or say other numbers, and then it `differs`, however well it verifies.
 */
export function verdictOf(report: Report, setup: Setup | undefined, named: Named): RecordVerdict {
  if (report.verdict !== 'sound') return report.verdict
  const [question, ...more] = report.result ?? []
  const sealed = (['election', 'trustees', 'credentials'] as const).every((of) => setup?.[of] === named.setup[of])
  if (!question || more.length > 0 || !sealed) return 'differs'
  const said = question.answers.map(({ votes: n }) => Number(n))
  const same =
    said.length === named.votes.length &&
    said.every((n, i) => n === named.votes[i]) &&
    Number(question.blank ?? 0) === named.blank
  return same && report.counted === said.reduce((sum, n) => sum + n, 0) + named.blank ? 'sound' : 'differs'
}

/** Whether people are told to look: everything but a sound archive that says what was signed. */
export const isDoubtful = (verdict: RecordVerdict | null): boolean => verdict !== null && verdict !== 'sound'

/** What the record's verifier says (`record verify --json`), as far as we read it. */
export const recordReportShape = z.looseObject({
  verdict: z.enum(['sound', 'refused']),
  findings: z.array(z.looseObject({ rule: z.string() })),
  about: z.looseObject({ package: z.string(), station: z.string() }).optional(),
  result: z
    .looseObject({ version: z.number(), votes: z.array(z.number()), blank: z.number(), present: z.number() })
    .optional(),
  counts: z.looseObject({ ballots: z.number(), signatures: z.number() }),
})
export type RecordReport = z.output<typeof recordReportShape>

/** A record's report in the shape of an archive's, so that both are kept and shown alike. At most a hundred findings. */
export const asReport = ({ verdict, findings, counts }: RecordReport): Report => ({
  verdict,
  counted: counts.ballots,
  findings: findings.slice(0, 100).map((each) => ({ ...each, class: 'refused' })),
})

type Counted = { version: number; votes: readonly number[]; blank: number; present: number }

/**
 * The verdict on a record: sound, of the package that we sealed, and with the numbers of the version that we have under the
 * same number. A later version than ours is no fault: its result is still on its way.
 */
export function verdictOfRecord(report: RecordReport, sealed: string, versions: readonly Counted[]): RecordVerdict {
  if (report.verdict !== 'sound') return 'refused'
  const { about, result } = report
  if (about?.package !== sealed || !result) return 'differs'
  const own = versions.filter(({ version }) => version === result.version)
  const same = ({ votes, blank, present }: Counted) => JSON.stringify([votes, blank, present])
  return own.length === 0 || own.some((each) => same(each) === same(result)) ? 'sound' : 'differs'
}
