import type { Db, Tx } from '#platform/db.ts'
import { admissionFindings } from '../domain/admission.ts'
import type { AdmissionFacts, AdmissionProposal, EvidenceItem } from '../domain/admission-finding.ts'
import { lineageOf } from '../domain/adoption.ts'
import { typedAnswers } from '../domain/draft.ts'
import { invitedGroups, isInvited } from '../domain/invitation.ts'
import { pickFigures } from '../domain/live-figure.ts'
import { awardsOf, innovationsHeld } from '../domain/prior-award.ts'
import { type Checked, type Evidence, type Proposal, type Similar, statementKey } from '../domain/proposal.ts'
import { questionsFor } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { adoptionOf } from '../store/adoption.ts'
import { listAnswers } from '../store/answer.ts'
import { listEvidence } from '../store/evidence.ts'
import { awardsOfInnovations, innovationsOf } from '../store/examination.ts'
import { standing } from '../store/invitation.ts'
import { listChosen, publishedBy } from '../store/live-figure.ts'
import { countSubmitted } from '../store/submission.ts'
import { similarNow } from './similar.ts'

/**
 * Everything a machine can say of a proposal now, before its submission, by the rules the administrative selection will
 * apply: a fixed number of queries. Likeness costs a few milliseconds more and closes no lock, so the
 * submission leaves it out; the selection looks again.
 */
export async function checkProposal(
  db: Db | Tx,
  proposal: Proposal,
  round: Round,
  { now, likeness }: { now: Date; likeness: boolean },
): Promise<Checked> {
  const answers = await listAnswers(db, proposal)
  const evidence = await listEvidence(db, proposal)
  const texts = Object.fromEntries(answers.map((answer) => [answer.question, answer.value]))
  const found = likeness
    ? await similarNow(db, { ...proposal, answers: texts }, round, now)
    : { winners: [], proposals: [] }
  const facts = await factsOf(db, proposal, round, found)
  const questions = questionsFor(round.rules, proposal.group)
  const items = (key: string) => evidence.filter((item) => item.question === key).map(asItem)
  const subject: AdmissionProposal = {
    title: proposal.title,
    group: proposal.group,
    category: proposal.category,
    startedOn: proposal.startedOn,
    source: proposal.source,
    statement: items(statementKey)[0] ?? null,
    answers: typedAnswers(questions, texts),
    evidence: Object.fromEntries(questions.map(({ key }) => [key, items(key)])),
  }
  // Before the submission there is nothing to say of its time.
  const findings = admissionFindings(round.rules, subject, facts).filter(({ rule }) => rule !== 'submission')
  const chosen = await listChosen(db, proposal)
  const figures = chosen.length > 0 ? pickFigures(chosen, await publishedBy(db, proposal.agency, now)) : []
  const adopted = await adoptionOf(db, proposal, now)
  const lineage = adopted ? lineageOf(adopted) : null
  return { answers, evidence, findings, similar: told(found), figures, lineage }
}

type Found = Awaited<ReturnType<typeof similarNow>>

const asItem = (item: Evidence): EvidenceItem => ({ name: item.label, kind: item.kind, bytes: item.bytes })

/** Plain data for the page: who and what, how like, and what it may mean. */
function told({ winners, proposals }: Found): Similar {
  return {
    winners: winners.map(({ winner, likeness, relation }) => ({
      id: winner.id,
      innovation: winner.innovation,
      name: winner.name,
      agencyName: winner.agencyName,
      year: winner.year,
      likeness,
      relation,
    })),
    proposals,
  }
}

/** Is it invited to its group, where that group is entered by invitation? */
async function invitedNow(db: Db | Tx, proposal: Proposal, { id, rules }: Round, held: ReadonlySet<string>) {
  if (!invitedGroups(rules).some(({ key }) => key === proposal.group)) return true
  return isInvited(await standing(db, id), proposal, held)
}

async function factsOf(db: Db | Tx, proposal: Proposal, round: Round, similar: Found): Promise<AdmissionFacts> {
  const named = [proposal.winner, proposal.source].filter((id) => id !== null)
  const innovations = await innovationsOf(db, named)
  const held = innovationsHeld(proposal.winner && (innovations.get(proposal.winner) ?? null), similar.winners)
  const register = await awardsOfInnovations(db, [...new Set([...innovations.values(), ...held])])
  const source = proposal.source && innovations.get(proposal.source)
  return {
    submission: null,
    extensions: round.extensions,
    othersOfAgency: await countSubmitted(db, proposal),
    awards: awardsOf(register, held),
    sourceAwards: source ? awardsOf(register, new Set([source])) : [],
    invited: await invitedNow(db, proposal, round, held),
    similar: similar.proposals
      // An agency may enter again what won nothing; its awards are looked up in the register.
      .filter((other) => other.sameRound || !other.sameAgency)
      .map((other) => ({
        proposal: other.id,
        title: other.title,
        sameAgency: other.sameAgency,
        titleSimilarity: other.titleLikeness,
        textSimilarity: other.textLikeness,
      })),
  }
}
