import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import {
  type AdmissionFacts,
  type AdmissionProposal,
  type Award,
  admissionFindings,
  type EvidenceItem,
} from '../domain/admission.ts'
import { typedAnswers } from '../domain/draft.ts'
import {
  type Checked,
  type Evidence,
  type LikeTitle,
  type LikeWinner,
  type Proposal,
  statementKey,
} from '../domain/proposal.ts'
import { questionsFor } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { listAnswers } from './answer.ts'
import { listEvidence } from './evidence.ts'
import { countSubmitted } from './submission.ts'

/** Everything a machine can say of a proposal now, before its submission: a fixed number of queries. */
export async function checkProposal(db: Db | Tx, proposal: Proposal, round: Round): Promise<Checked> {
  const [answers, evidence, likeTitles, likeWinners, othersOfAgency, awards, sourceAwards] = [
    await listAnswers(db, proposal),
    await listEvidence(db, proposal),
    await titlesLike(db, proposal),
    await winnersLike(db, proposal.title),
    await countSubmitted(db, proposal),
    await awardsOf(db, proposal.winner),
    await awardsOf(db, proposal.source),
  ]
  const questions = questionsFor(round.rules, proposal.group)
  const items = (key: string) => evidence.filter((e) => e.question === key).map(asItem)
  const subject: AdmissionProposal = {
    title: proposal.title,
    group: proposal.group,
    category: proposal.category,
    startedOn: proposal.startedOn,
    source: proposal.source,
    statement: items(statementKey)[0] ?? null,
    answers: typedAnswers(questions, Object.fromEntries(answers.map((a) => [a.question, a.value]))),
    evidence: Object.fromEntries(questions.map((q) => [q.key, items(q.key)])),
  }
  const facts: AdmissionFacts = {
    submission: null,
    extensions: round.extensions,
    othersOfAgency,
    awards,
    sourceAwards,
    // Who was invited is known to the secretariat; the administrative selection asks.
    invited: true,
    similar: likeTitles.map((other) => ({
      proposal: other.id,
      title: other.title,
      sameAgency: other.agency === proposal.agency,
      titleSimilarity: other.similarity,
      textSimilarity: null,
    })),
  }
  // Before the submission there is nothing to say of its time.
  const findings = admissionFindings(round.rules, subject, facts).filter((finding) => finding.rule !== 'submission')
  return { answers, evidence, findings, likeTitles, likeWinners }
}

const asItem = (e: Evidence): EvidenceItem => ({ name: e.label, kind: e.kind, bytes: e.bytes })

// Drafts of other agencies are not told of: a title is theirs until it is submitted.
async function titlesLike(
  db: Db | Tx,
  of: { agency: string; id: string; round: string; title: string },
): Promise<LikeTitle[]> {
  const { rows } = await sql<LikeTitle>`
    select p.id, p.title, p.agency, a.name as "agencyName", similarity(lower(p.title), lower(${of.title}))::float8 as similarity
    from competition.proposal p join people.agency a on a.id = p.agency
    where p.round = ${of.round} and p.id <> ${of.id} and (p.agency = ${of.agency} and p.state <> 'withdrawn' or p.state in ('submitted', 'passed', 'failed')) and lower(p.title) % lower(${of.title})
    order by similarity desc, p.id limit 10`.execute(db)
  return rows
}

async function winnersLike(db: Db | Tx, title: string): Promise<LikeWinner[]> {
  const { rows } = await sql<LikeWinner>`
    select distinct on (w.innovation) w.id, w.name, w.agency_name as "agencyName", w.year, w.level,
      similarity(lower(w.name), lower(${title}))::float8 as similarity
    from competition.winner w where lower(w.name) % lower(${title})
    order by w.innovation, similarity desc, w.year desc limit 50`.execute(db)
  return rows.sort((a, b) => b.similarity - a.similarity).slice(0, 5)
}

/** The awards of the innovation to which this row of the register belongs. */
async function awardsOf(db: Db | Tx, winner: string | null): Promise<Award[]> {
  if (winner === null) return []
  const rows = await db
    .selectFrom('competition.winner as w')
    .innerJoin('competition.winner as same', 'same.innovation', 'w.innovation')
    .select(['same.level', 'same.year'])
    .where('w.id', '=', winner)
    .execute()
  return rows.flatMap((row) => (row.year === null ? [] : [{ level: row.level as Award['level'], year: row.year }]))
}
