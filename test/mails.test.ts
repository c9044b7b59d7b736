import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { shippedRounds } from '#competition'
import { peopleWords } from '#people'
import type { Letter, Reader } from '#platform/mail.ts'
import type { Lang } from '#platform/text.ts'
import { platformWords } from '#platform/words/index.ts'
import { lettersOfResult } from '../src/rooms/competition/actions/admission-letter.ts'
import { lettersAbout } from '../src/rooms/competition/actions/letters.ts'
import { reminderLetter } from '../src/rooms/competition/actions/reminder.ts'
import {
  extensionLetter,
  invitationLetter as groupLetter,
  openingLetter,
  versionLetter,
} from '../src/rooms/competition/actions/round-letters.ts'
import { failReasons } from '../src/rooms/competition/domain/admission-decision.ts'
import { ruleChanges } from '../src/rooms/competition/domain/difference.ts'
import { proposalStates } from '../src/rooms/competition/domain/draft.ts'
import { feedbackLetter, finalistLetter, interviewLetter, readerLetter } from '../src/rooms/judging/actions/letters.ts'
import {
  closedLetter,
  emailLetter,
  handedOverLetter,
  invitationLetter,
  newEmailLetter,
  passwordLetter,
  resetLetter,
} from '../src/rooms/people/actions/letters.ts'
import { roleNames } from '../src/rooms/people/domain/office.ts'
import { askLetter, copiedLetter } from '../src/rooms/replication/actions/letters.ts'

/** What people typed, in no language, so that every word left in a letter is one of ours. */
const typed = { title: 'Qx1', unit: 'Qx2', agency: 'Qx3', note: 'Qx4', place: 'Qx5', name: 'Qx6', third: 'Zz9 Zz9' }
const email = 'qx6@zz.zz'
const rules = shippedRounds().find((round) => round.key === '2021')!
const at = new Date('2021-03-01T03:00:00Z')
const about = { title: typed.title, unitName: typed.unit, agencyName: typed.agency }

/** Every letter that the product writes, to this reader. A new one is named here, or the last test below stops at it. */
function everyLetter(lang: Lang): [string, Letter][] {
  const reader = (role = 'unit'): Reader & { id: string; role: string } => ({
    id: role,
    role,
    name: typed.name,
    email,
    lang,
  })
  const owner = { ...reader(), agency: 'a', unit: null as string | null }
  const round = { rules, extensions: [] }
  const actor = { id: 'x', name: typed.third, offices: [], secondFactor: false }
  const move = { proposal: { id: 'p', ...about }, round, actor, note: typed.note, now: at }
  const changed = { ...rules, calendar: { ...rules.calendar, lateArrivalMinutes: 7 }, passMark: 61, version: 2 }
  const told = { proposal: 'p', number: 1, ...about, round: rules.name, note: typed.note, source: undefined }
  const receipt = { number: 'KIPP-2021-0001', hash: 'ab' }
  return [
    ...(['send', 'recall', 'return', 'withdraw'] as const).flatMap((each) =>
      lettersAbout(each, [reader('unit'), reader('local-admin')], move).map(named(`moved: ${each}`)),
    ),
    ...lettersAbout('submit', [reader('deputy')], { ...move, receipt }).map(named('submitted')),
    ...(['passed', 'failed'] as const).flatMap((kind) =>
      [1, 3].flatMap((reading) => {
        const reasons = kind === 'failed' ? failReasons.map((rule) => ({ rule, note: typed.note })) : []
        const source = { name: typed.title, agencyName: typed.agency, year: 2019 }
        return lettersOfResult([reader()], { ...told, kind, reading, reasons, source }).map(named(`result: ${kind}`))
      }),
    ),
    ...[true, false].map((installed): [string, Letter] => [
      'copied',
      copiedLetter(reader(), { process: 'p', agency: typed.agency, innovation: typed.title, installed }),
    ]),
    ['asleep', askLetter(reader(), { question: 'q', unit: typed.unit, since: at })],
    ['opening', openingLetter('r', owner, rules)],
    ['version', versionLetter('r', { owner, changes: ruleChanges(rules, changed) }, changed, typed.note)],
    [
      'extension',
      extensionLetter('r', { ...owner, unit: 'u' }, rules, {
        until: at.toISOString(),
        before: at.toISOString(),
        reason: typed.note,
      }),
    ],
    [
      'reminder',
      reminderLetter(
        proposalStates.map((state) => ({ ...reader(), person: 'p', ...about, state, since: at })),
        rules,
        at,
        3,
      ),
    ],
    ['readers: opened', readerLetter('opened', reader('evaluator'), { round: rules.name, n: 2, until: at })],
    [
      'readers: extended',
      readerLetter('extended', reader('evaluator'), { round: rules.name, n: 2, until: at, reason: typed.note }),
    ],
    ['readers: more', readerLetter('more', reader('evaluator'), { round: rules.name, n: 2, until: at })],
    ['finalist', finalistLetter(reader(), { title: typed.title, round: rules.name, id: 'r' })],
    [
      'interview',
      interviewLetter(reader(), { title: typed.title, when: at, zone: 'WIT', place: typed.place, id: 'p' }),
    ],
    ['feedback', feedbackLetter(reader(), { title: typed.title, round: rules.name, id: 'p' })],
    ...roleNames.flatMap((role) =>
      [null, typed.note].map((handOver): [string, Letter] => {
        const post = { role, agency: null, unit: null, hand_over: handOver, expires: at }
        const invitation = { ...reader(), ...post, role, agencyName: typed.agency, unitName: typed.unit }
        return [`invitation: ${role}`, invitationLetter(invitation, 'A'.repeat(43))]
      }),
    ),
    ['handed over', handedOverLetter(reader(), { agency: typed.agency, from: 'Qx7', to: 'Qx8', reason: typed.note })],
    ...(['invited', 'uninvited'] as const).flatMap((kind) =>
      [null, typed.title].map((name): [string, Letter] => {
        const guest = { group: rules.groups[0]!.key, name, agencyName: typed.agency, reason: typed.note }
        return [kind, groupLetter('r', kind, owner, rules, guest)]
      }),
    ),
    ['reset', resetLetter(reader(), 'A'.repeat(43))],
    ['closed', closedLetter(reader(), peopleWords(lang)['closed-by-owner'])],
    ['password', passwordLetter(reader(), 'A'.repeat(43), at)],
    ['new address', newEmailLetter(reader(), email, 'A'.repeat(43), at)],
    ['address asked', emailLetter('asked', reader(), 'Qx9')],
    ['address changed', emailLetter('changed', reader(), 'Qx9')],
  ]
}
const named =
  (name: string) =>
  (letter: Letter): [string, Letter] => [name, letter]

const wordsOf = (text: string) =>
  text
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/\{\w+\}/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1)

describe('the house: every letter by mail', () => {
  /** Words that stand in the texts of one language and in none of the other. */
  const only: Record<Lang, Set<string>> = { id: new Set(), en: new Set() }
  before(async () => {
    const both: Record<Lang, Set<string>> = { id: new Set(), en: new Set() }
    for (const file of globSync(['src/rooms/*/text/*.ts', 'src/platform/words/*.ts'])) {
      const module = (await import(path.resolve(file))) as Partial<Record<Lang, unknown>>
      for (const lang of ['id', 'en'] as const)
        for (const word of wordsOf(JSON.stringify(module[lang] ?? {}).replace(/\\n|"[^"]*":/g, ' ')))
          both[lang].add(word)
    }
    for (const lang of ['id', 'en'] as const)
      only[lang] = new Set([...both[lang]].filter((word) => !both[lang === 'id' ? 'en' : 'id'].has(word)))
    assert.ok(only.id.size > 1000 && only.en.size > 1000)
  })

  for (const lang of ['id', 'en'] as const) {
    const other = lang === 'id' ? 'en' : 'id'
    it(`is wholly in the language of its reader: ${lang}`, () => {
      for (const [name, { subject, body }] of everyLetter(lang)) {
        const words = wordsOf(`${subject}\n${body}`)
        const foreign = words.filter((word) => only[other].has(word))
        assert.deepEqual(foreign, [], `${name}\n${subject}\n${body}`)
        assert.ok(words.filter((word) => only[lang].has(word)).length >= 5, `${name}\n${body}`)
      }
    })

    it(`has a plain subject, a link, whom to ask, and nothing left unfilled: ${lang}`, () => {
      const w = platformWords(lang)
      const asks = [w['mailAsk-local-admin'], w['mailAsk-secretariat'], w['mailAsk-inviter']]
      for (const [name, { subject, body, to }] of everyLetter(lang)) {
        const shown = `${name}\n${subject}\n${body}`
        assert.match(subject, /^\p{L}[^\n{}<>]{4,120}$/u, shown)
        assert.doesNotMatch(body, /\{|\}|undefined|null|\n{3}| $/, shown)
        const parts = body.split('\n\n')
        assert.equal(parts[0], w.mailGreeting.replace('{name}', typed.name), shown)
        assert.match(parts.at(-3)!, /https?:\/\/\S+$/, shown)
        assert.ok(asks.includes(parts.at(-2)!), shown)
        assert.equal(parts.at(-1), w.brand, shown)
        assert.deepEqual([body.match(/https?:\/\//g)!.length, body.match(/[ (]\/\w+\//)], [1, null], shown)
        assert.deepEqual(to, { name: typed.name, email })
      }
    })

    it(`names no third person: ${lang}`, () => {
      for (const [name, { subject, body }] of everyLetter(lang))
        assert.ok(!`${subject}${body}`.includes('Zz9') && !body.includes('@'), `${name}\n${body}`)
    })
  }

  it('whoever has the address that somebody else asks for does not learn who that is', () => {
    for (const lang of ['id', 'en'] as const) {
      const { to, body } = newEmailLetter({ name: 'Zz9', email: 'a@b.cd', lang }, email, undefined, at)
      assert.ok(!`${to.name} ${body}`.includes('Zz9'), body)
      const foreign = wordsOf(body).filter((word) => only[lang === 'id' ? 'en' : 'id'].has(word))
      assert.deepEqual(foreign, [])
    }
  })

  it('a unit is told to ask its local admin, a local admin and the team the secretariat, the invited the inviter', () => {
    const asked = (name: string, part: string) =>
      everyLetter('id').some(
        ([each, { body }]) =>
          each === name && body.includes(platformWords('id')[`mailAsk-${part}` as 'mailAsk-inviter']),
      )
    assert.ok(asked('moved: return', 'local-admin'))
    assert.ok(
      asked('moved: send', 'secretariat') && asked('opening', 'secretariat') && asked('readers: more', 'secretariat'),
    )
    assert.ok(asked('invitation: unit', 'inviter'))
  })

  it('is written by letterTo, so that no letter escapes the tests above', () => {
    const writers = globSync('src/**/*.{ts,tsx}')
      .filter((file) => !file.includes('.test.') && file !== 'src/platform/mail.ts')
      .filter((file) => /\bletterTo\(/.test(readFileSync(file, 'utf8')))
      .sort()
    assert.deepEqual(writers, [
      'src/rooms/competition/actions/admission-letter.ts',
      'src/rooms/competition/actions/letters.ts',
      'src/rooms/competition/actions/reminder.ts',
      'src/rooms/competition/actions/round-letters.ts',
      'src/rooms/judging/actions/letters.ts',
      'src/rooms/people/actions/letters.ts',
      'src/rooms/replication/actions/letters.ts',
    ])
    const raw = globSync('src/rooms/**/*.{ts,tsx}').filter(
      (file) =>
        !file.includes('.test.') &&
        /\bsubject: fill\(|insertInto\('log\.mail'\)/.test(readFileSync(file, 'utf8')) &&
        !writers.includes(file),
    )
    assert.deepEqual(raw, [])
  })
})
