import type { Lang } from '#platform/text.ts'
import { dayOf } from './calendar.ts'
import { agreed, blank, type Installation, scopeOf } from './case.ts'
import { holds, type Scope } from './expression.ts'
import { type Filled, fillIn, inScope, type Objection, unanswered } from './form.ts'
import type { Form } from './package/format/form.ts'
import type { Field, Package } from './package/format/index.ts'
import { chosenOf, type Told, told } from './told.ts'

/** What a form is asked in: the package, its place, the form, and the regions that may be named. */
export type Line = {
  pkg: Package
  here: Installation
  form: Form
  regions: readonly { code: string; kind: string; name: string; within: string }[]
  now: number
  /** The number that writes: THIS NUMBER is an answer. */
  phone: string
}

/** A conversation between two messages. It is kept for half an hour after the last one, encrypted. */
export type Talk = {
  lang: Lang
  stage: 'consent' | 'asking' | 'warning' | 'confirm'
  answers: Record<string, unknown>
  /** Questions that were passed over. */
  skipped: string[]
  despite: Record<string, string>
  /** What stood behind LAPOR: the answer to the longest question, when its turn comes. */
  opening?: string
  /** The rule of a warning that is to be overridden or corrected. */
  warning?: string
  /** Regions of one name, to choose from by number. */
  offered?: string[]
}

/** Something to say: a word of the room with its values, or a text of the package. */
export type Say = { word: string; with?: Record<string, string | number> } | { text: Record<string, string> }

/** What a message brought about: the conversation as it goes on (null: it is over), what to say, and what to do. */
export type Step = {
  talk: Talk | null
  say: Say[]
  lang: Lang
  did: 'began' | 'answered' | 'asked-again' | 'refused' | 'cancelled' | 'opened' | 'stopped' | 'started' | 'helped'
  open?: { answers: Record<string, unknown>; despite: Record<string, string> }
  status?: { number: string; code: string }
}

const unaskable = new Set(['photo', 'voice', 'signature', 'gps', 'group', 'calculated', 'hidden'])
const asksNothing = new Set(['calculated', 'hidden'])

/** Whether a form can be answered by message: nothing that must be answered needs a camera, a place or a table. */
export const canBeTold = (form: Form): boolean =>
  form.fields.every((field) => !unaskable.has(field.type) || asksNothing.has(field.type) || field.required === false)

const begins: Record<string, Lang> = { LAPOR: 'id', DAFTAR: 'id', AJUKAN: 'id', REPORT: 'en', APPLY: 'en' }
const yes = new Set(['YA', 'Y', 'IYA', 'SETUJU', 'YES', 'OK', 'OKE'])
const no = new Set(['TIDAK', 'T', 'TDK', 'GAK', 'NO', 'N'])
const words = {
  stop: new Set(['STOP', 'BERHENTI', 'UNREG']),
  start: new Set(['START', 'MULAI']),
  help: new Set(['BANTUAN', 'HELP', 'INFO', '?']),
  cancel: new Set(['BATAL', 'CANCEL']),
  skip: new Set(['LEWAT', 'LEWATI', 'SKIP', '-']),
  status: new Set(['STATUS', 'CEK', 'CHECK']),
  again: new Set(['UBAH', 'CHANGE']),
}

/**
 * One message of somebody, and what follows from it. `talk` is what the conversation has come to, null where there is none.
 * Pure: the same message in the same conversation gives the same answer.
 */
export function step(line: Line, talk: Talk | null, message: string): Step {
  const text = message.replace(/\s+/gu, ' ').trim()
  const [first = '', ...rest] = text.split(' ')
  const word = first.toUpperCase().replace(/[.!,]+$/, '')
  const lang = talk?.lang ?? 'id'
  const alone = rest.length === 0
  if (alone && words.stop.has(word)) return { talk: null, say: [{ word: 'talkStopped' }], lang, did: 'stopped' }
  if (alone && words.start.has(word)) return { talk, say: [{ word: 'talkStarted' }], lang, did: 'started' }
  if (alone && words.help.has(word)) return helped(line, talk, lang)
  if (!talk) {
    const begun = begins[word]
    if (begun) return begin(begun, rest.join(' '))
    if (words.status.has(word) && rest.length === 2)
      return {
        talk,
        say: [],
        lang,
        did: 'helped',
        status: { number: rest[0]!.toUpperCase(), code: rest[1]!.toUpperCase() },
      }
    return { talk, say: [{ word: 'talkUnknown' }], lang, did: 'helped' }
  }
  if (alone && words.cancel.has(word)) return { talk: null, say: [{ word: 'talkCancelled' }], lang, did: 'cancelled' }
  switch (talk.stage) {
    case 'consent':
      if (alone && yes.has(word)) return proceed(line, { ...talk, stage: 'asking' }, 'answered')
      if (alone && no.has(word)) return { talk: null, say: [{ word: 'talkRefused' }], lang, did: 'refused' }
      return { talk, say: [{ word: 'talkConsentAgain' }], lang, did: 'asked-again' }
    case 'asking':
      return answered(line, talk, text, alone && words.skip.has(word))
    case 'warning':
      return warned(line, talk, text, alone && words.again.has(word))
    case 'confirm':
      if (alone && yes.has(word))
        return { talk: null, say: [], lang, did: 'opened', open: { answers: talk.answers, despite: talk.despite } }
      if (alone && no.has(word)) return { talk: null, say: [{ word: 'talkCancelled' }], lang, did: 'cancelled' }
      return { talk, say: [{ word: 'talkConfirmAgain' }], lang, did: 'asked-again' }
  }
}

/** What is asked again, after a word about what may be written. */
function helped(line: Line, talk: Talk | null, lang: Lang): Step {
  if (!talk) return { talk, say: [{ word: 'talkUnknown' }], lang, did: 'helped' }
  const field = talk.stage === 'asking' ? nextQuestion(line, talk) : undefined
  const again: Say[] = field
    ? question(line, field)
    : [
        {
          word:
            talk.stage === 'consent'
              ? 'talkConsentAgain'
              : talk.stage === 'confirm'
                ? 'talkConfirmAgain'
                : 'talkWarningAgain',
        },
      ]
  return { talk, say: [{ word: 'talkHelp' }, ...again], lang, did: 'helped' }
}

function begin(lang: Lang, opening: string): Step {
  const talk: Talk = { lang, stage: 'consent', answers: {}, skipped: [], despite: {} }
  return { talk: opening ? { ...talk, opening } : talk, say: [{ word: 'talkConsent' }], lang, did: 'began' }
}

function judged({ pkg, here, form, now }: Line, talk: Talk): { filled: Filled; scope: Scope } {
  const scope = scopeOf(pkg, blank('', pkg.manifest.main, now), here, now)
  const known = new Set(form.fields.map(({ id }) => id))
  const filled = fillIn(form, talk.answers, {
    scope,
    today: dayOf(now, here.place.zone),
    // What another form asks has not been asked yet.
    agreed: (purpose, soFar) =>
      pkg.purposes.some(({ id, askedBy }) => id === purpose && known.has(askedBy)) && agreed(pkg, purpose, soFar),
    ...(here.knowsRegion ? { knowsRegion: here.knowsRegion } : {}),
    ...(here.allowSynthetic ? { allowSynthetic: true } : {}),
  })
  for (const { id, type } of form.fields) scope[id] = unanswered(type)
  for (const { id, type } of form.fields) if (Object.hasOwn(filled.data, id)) scope[id] = inScope(type, filled.data[id])
  return { filled, scope }
}

/** The first question that applies, was not answered and was not passed over. */
export function nextQuestion(line: Line, talk: Talk): Field | undefined {
  const { pkg, form } = line
  const { scope } = judged(line, talk)
  return form.fields.find((field) => {
    if (unaskable.has(field.type) || Object.hasOwn(talk.answers, field.id) || talk.skipped.includes(field.id))
      return false
    if (field.when !== undefined && !holds(field.when, scope)) return false
    return field.consent === undefined || agreed(pkg, field.consent, scope)
  })
}

/** The longest question for a text: what stands behind LAPOR answers it. */
const longest = (form: Form): Field | undefined =>
  form.fields
    .filter((field) => field.type === 'text' && field.max >= 80)
    .sort((a, b) => (b.type === 'text' ? b.max : 0) - (a.type === 'text' ? a.max : 0))[0]

/** On to the next question, to what is wrong with the whole, or to the last YES. */
function proceed(line: Line, talk: Talk, did: Step['did'], before: Say[] = []): Step {
  const field = nextQuestion(line, talk)
  const { lang } = talk
  if (field && talk.opening && field.id === longest(line.form)?.id) {
    const { opening, ...rest } = talk
    const tried = put(line, rest, field, opening)
    return 'wrong' in tried ? proceed(line, rest, did, before) : proceed(line, tried.talk, did, before)
  }
  if (field) return { talk, say: [...before, ...question(line, field)], lang, did }
  const { objections } = judged(line, talk).filled
  const open = objections.filter(({ rule, level }) => level === 'error' || !talk.despite[rule])
  const worst = open.find(({ level }) => level === 'error') ?? open[0]
  if (!worst) return { talk: { ...talk, stage: 'confirm' }, say: [...before, { word: 'talkConfirm' }], lang, did }
  if (worst.level === 'warning')
    return {
      talk: { ...talk, stage: 'warning', warning: worst.rule },
      say: [...before, objectionSays(line, worst), { word: 'talkWarningAgain' }],
      lang,
      did,
    }
  const asked = line.form.fields.find(({ id }) => id === worst.field)
  // Nothing that can be asked again would help: the form is for the page, not for messages.
  if (!asked || unaskable.has(asked.type)) return { talk: null, say: [{ word: 'talkCannot' }], lang, did: 'cancelled' }
  return proceedAfter(line, without(talk, worst.field), did, [...before, objectionSays(line, worst)])
}

/** An answer is asked again; if it is not asked any more even so, the conversation cannot go on. */
function proceedAfter(line: Line, talk: Talk, did: Step['did'], before: Say[]): Step {
  const field = nextQuestion(line, talk)
  if (!field) return { talk: null, say: [{ word: 'talkCannot' }], lang: talk.lang, did: 'cancelled' }
  return { talk, say: [...before, ...question(line, field)], lang: talk.lang, did }
}

function without(talk: Talk, field: string): Talk {
  const { [field]: _, ...answers } = talk.answers
  return { ...talk, stage: 'asking', answers, skipped: talk.skipped.filter((id) => id !== field) }
}

function objectionSays({ form }: Line, { rule, field }: Objection): Say {
  const check = form.checks.find(({ id }) => id === rule)
  if (check) return { text: check.says }
  const label = form.fields.find(({ id }) => id === field)?.label
  return label ? { word: `o-${rule.split(':')[0]}` } : { word: 'o-other' }
}

type Put = { talk: Talk } | { wrong: Say[]; talk: Talk }

/** An answer as it was written, read for its question; or what is wrong with it. */
function put(line: Line, talk: Talk, field: Field, text: string): Put {
  const read: Told = told(field, text, { ...line, offered: talk.offered })
  const { offered: _, ...plain } = talk
  if ('unclear' in read) return { wrong: [{ word: read.unclear }], talk }
  if ('offer' in read) {
    const list = read.offer.map(({ name, within }, i) => `${i + 1} ${name}, ${within}`).join('\n')
    return {
      wrong: [{ word: 'talkOffer', with: { list } }],
      talk: { ...talk, offered: read.offer.map(({ code }) => code) },
    }
  }
  const next: Talk = { ...plain, answers: { ...talk.answers, [field.id]: read.value } }
  const wrong = judged(line, next).filled.objections.find(
    (objection) => objection.level === 'error' && objection.rule === `${objection.rule.split(':')[0]}:${field.id}`,
  )
  return wrong ? { wrong: [objectionSays(line, wrong)], talk: plain } : { talk: next }
}

function answered(line: Line, talk: Talk, text: string, skips: boolean): Step {
  const field = nextQuestion(line, talk)
  if (!field) return proceed(line, talk, 'answered')
  const { lang } = talk
  if (skips) {
    const { scope } = judged(line, talk)
    if (holds(field.required, scope))
      return { talk, say: [{ word: 'talkMust' }, ...question(line, field)], lang, did: 'asked-again' }
    const { offered: _, ...plain } = talk
    return proceed(line, { ...plain, skipped: [...talk.skipped, field.id] }, 'answered')
  }
  const tried = put(line, talk, field, text)
  if (!('wrong' in tried)) return proceed(line, tried.talk, 'answered')
  const again = tried.talk.offered ? [] : question(line, field)
  return { talk: tried.talk, say: [...tried.wrong, ...again], lang, did: 'asked-again' }
}

function warned(line: Line, talk: Talk, text: string, changes: boolean): Step {
  const { warning = '', ...rest } = talk
  const plain: Talk = { ...rest, stage: 'asking' }
  const field = line.form.checks.find(({ id }) => id === warning)?.field ?? warning.split(':')[1] ?? ''
  if (changes) return proceedAfter(line, without(plain, field), 'answered', [])
  if (text.length < 3) return { talk, say: [{ word: 'talkWarningAgain' }], lang: talk.lang, did: 'asked-again' }
  return proceed(line, { ...plain, despite: { ...talk.despite, [warning]: text.slice(0, 300) } }, 'answered')
}

/** A question as it is written: the texts of the consents that it asks, its words, its choices, and how to answer. */
function question({ pkg }: Line, field: Field): Say[] {
  const consents = pkg.purposes.filter(({ askedBy }) => askedBy === field.id).map(({ text }): Say => ({ text }))
  const options = chosenOf(field).map(
    ({ label }, i): Say => ({
      text: Object.fromEntries(Object.entries(label).map(([lang, said]) => [lang, `${i + 1} ${said}`])),
    }),
  )
  const how: Say[] =
    field.type === 'choice'
      ? [{ word: 'talkOne' }]
      : field.type === 'multi'
        ? [{ word: 'talkMany' }]
        : field.type === 'bool'
          ? [{ word: 'talkYesNo' }]
          : field.type === 'date'
            ? [{ word: field.estimated ? 'talkDateRough' : 'talkDate' }]
            : field.type === 'region'
              ? [{ word: 'talkRegion' }]
              : field.type === 'phone'
                ? [{ word: 'talkPhone' }]
                : []
  const may: Say[] = field.required === false ? [{ word: 'talkMaySkip' }] : []
  return [...consents, { text: field.label }, ...(field.hint ? [{ text: field.hint }] : []), ...options, ...how, ...may]
}
