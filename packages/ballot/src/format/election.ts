import { groupNames } from '../group/group.ts'
import { element } from './proof.ts'
import {
  FormatError,
  type Held,
  integer,
  list,
  object,
  oneOf,
  optional,
  readText,
  type Shape,
  text,
  truth,
} from './shape.ts'

/** A homomorphic question. With `blank`, the choices of a ballot begin with the flag "blank", then the answers. */
export const question = object({
  answers: list(text, 1),
  blank: optional(truth),
  min: integer(0),
  max: integer(0),
  question: text,
})
export type Question = Held<typeof question>

/** At least 14 characters of base 58. */
const uuid: Shape<string> = (value, at) => {
  if (typeof value !== 'string' || !/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(value))
    throw new FormatError(at, 'an identifier of at least 14 characters of base 58')
  return value
}

const version: Shape<1> = (value, at) => {
  if (value !== 1) throw new FormatError(at, 'version 1')
  return 1
}

export const election = object({
  version,
  description: text,
  name: text,
  group: oneOf(...groupNames),
  public_key: element,
  questions: list(question, 1),
  uuid,
  administrator: optional(text),
  credential_authority: optional(text),
  language: optional(text),
})
export type Election = Held<typeof election>

/** Choices in one ballot for a question: the answers, and the flag "blank" before them. */
export const choicesOf = (q: Question): number => q.answers.length + (q.blank ? 1 : 0)

export const readElection = (source: string): Election => readText(election, source)

/** The text of an election to be published. Its fingerprint is taken over these very bytes, never over a second writing. */
export function writeElection(value: Election): string {
  const { version, description, name, group, public_key, questions, uuid, ...rest } = value
  const { administrator, credential_authority, language } = rest
  return JSON.stringify({
    version,
    description,
    name,
    group,
    public_key,
    questions: questions.map(({ answers, blank, min, max, question: asked }) => ({
      answers,
      ...(blank === undefined ? {} : { blank }),
      min,
      max,
      question: asked,
    })),
    uuid,
    ...(administrator === undefined ? {} : { administrator }),
    ...(credential_authority === undefined ? {} : { credential_authority }),
    ...(language === undefined ? {} : { language }),
  })
}
