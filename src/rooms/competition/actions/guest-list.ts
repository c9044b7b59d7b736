import type { Db } from '#platform/db.ts'
import { linesOf, mostLines } from '../domain/invitation.ts'
import type { InviteForm } from '../forms/invitation.ts'
import { agenciesNamed, type NamedAgency, namesOfInnovations } from '../store/invitation.ts'
import { innovationsByCode } from '../store/register-code.ts'

/** What was picked and pasted: ids of agencies and of innovations, and lines. */
export type Asked = { group: string; agencies: readonly string[]; innovations: readonly string[]; pasted: string }
export type LineProblem = {
  line: number
  text: string
  code: 'line-code-unknown' | 'line-agency-unknown' | 'line-agency-twice' | 'lines-too-many'
}

/**
 * Whom these picks and lines name, in a fixed number of queries. With a line that cannot be read nothing is to be
 * invited; each such line is told.
 */
export async function readGuests(db: Db, asked: Asked): Promise<{ guests: InviteForm[]; problems: LineProblem[] }> {
  const lines = linesOf(asked.pasted)
  if (lines.length > mostLines)
    return { guests: [], problems: [{ line: mostLines + 1, text: '', code: 'lines-too-many' }] }
  const codes = await innovationsByCode(db, [...new Set(lines.flatMap(({ code }) => code ?? []))])
  const names = await namesOfInnovations(db, [...new Set([...codes.values(), ...asked.innovations])])
  const agencies = await agenciesNamed(db, [
    ...new Set([...asked.agencies, ...lines.flatMap(({ agency }) => agency ?? [])]),
  ])
  const { group } = asked
  const ofAgency = ({ id, name }: NamedAgency): InviteForm => ({
    group,
    agency: id,
    agencyName: name,
    innovation: null,
    name: null,
  })
  const ofInnovation = (id: string, agency?: NamedAgency): InviteForm | undefined => {
    const known = names.get(id)
    return (
      known && {
        group,
        agency: agency?.id ?? known.agency,
        agencyName: agency?.name ?? known.agencyName,
        innovation: id,
        name: known.name,
      }
    )
  }
  const problems: LineProblem[] = []
  const pasted = lines.flatMap(({ line, text, code, agency }): InviteForm[] => {
    const wrong = (problem: LineProblem['code']) => {
      problems.push({ line, text, code: problem })
      return []
    }
    const found = agency === null ? [] : agencies.filter((each) => isNamed(each, agency))
    if (agency !== null && found.length === 0) return wrong('line-agency-unknown')
    if (found.length > 1) return wrong('line-agency-twice')
    if (code === null) return [ofAgency(found[0]!)]
    const innovation = codes.get(code)
    const guest = innovation && ofInnovation(innovation, found[0])
    return guest ? [guest] : wrong('line-code-unknown')
  })
  const picked = [
    ...asked.agencies.flatMap((id) => agencies.filter((each) => each.id === id).map(ofAgency)),
    ...asked.innovations.flatMap((id) => ofInnovation(id) ?? []),
  ]
  return { guests: problems.length > 0 ? [] : [...picked, ...pasted], problems }
}

const isNamed = ({ code, name }: NamedAgency, text: string) =>
  code.toLowerCase() === text.toLowerCase() || name.toLowerCase() === text.toLowerCase()
