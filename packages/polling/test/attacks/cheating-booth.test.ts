import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { openKernel, platformRandom, readBallot } from '@melayani/ballot'
import { type Booth, type Choices, checkOpening, checkOpeningWith, sealBallot } from '@melayani/ballot/cast'
import { challengesFor, foundByChallenges, foundByChallengesOf } from '../../src/audit/challenge.ts'
import { papersOf } from '../../src/booth/papers.ts'
import { openVoter } from '../../src/booth/voter.ts'
import { noon, type Rig, rig, village } from '../booth-rig.ts'
import { judged, publish } from './published.ts'

/** Blank first. What a vote for candidate 1 becomes in a booth that cheats for candidate 2. */
const stolen = ([choices]: readonly Choices[]): Choices[] => {
  const [blank, first, second, ...others] = choices!
  return [[blank!, 0, ((first ?? 0) | (second ?? 0)) as 0 | 1, ...others]]
}

/** The session child with another encryption inside: all else, screen and papers, is the real one. */
const cheatingBooth = (booth: Booth, cheats: () => boolean): Booth => ({
  ...booth,
  encrypt: (credential, choices, random) => booth.encrypt(credential, cheats() ? stolen(choices) : choices, random),
})
const voterWith = (one: Rig, booth: Booth, now: () => number) =>
  openVoter({
    package: one.made.package,
    booth,
    printer: one.printer,
    papers: papersOf(one.made.package),
    ask: one.keeper.answer,
    random: platformRandom,
    now,
  })

const openingsOf = (one: Rig) =>
  one.box
    .all()
    .filter(({ state }) => state === 'spoiled')
    .map(({ ballot, opening }) => {
      const record = { version: 1, election: readBallot(ballot!).election_hash, ballot, opening: JSON.parse(opening!) }
      return checkOpening(one.made.package.ballot.election, JSON.stringify(record))
    })

test('a booth that encrypts another candidate prints every paper right, and each UJI of such a ballot shows it', async () => {
  const one = rig()
  const voter = voterWith(
    one,
    cheatingBooth(village().booth, () => true),
    () => noon,
  )
  await voter.take(one.token(0))
  await voter.choose(1)
  await voter.confirm(true, 1)
  await voter.decide(false)
  equal(voter.view().state, 'opened')
  // What the booth says on paper is what the voter chose; what it had encrypted is another.
  equal(JSON.stringify(one.tray.at(-1)!.blocks).includes('Sari Wulandari'), true)
  deepEqual(
    openingsOf(one).map((verdict) => (verdict.faults.length === 0 && 'chosen' in verdict ? verdict.chosen : verdict)),
    [[['2. Budi Santoso']]],
  )
  // The published opening is found by the code on the receipt, which the booth printed before it knew that it would be UJI.
  const [receipt] = one.tray
  const [verdict] = openingsOf(one)
  ok(verdict && 'trackingCode' in verdict)
  equal(JSON.stringify(receipt!.blocks).includes(verdict.trackingCode), true)
})

test('a booth that opens an honest ballot instead shows another code than it had printed, and false randomness fits nothing', () => {
  const { made, booth } = village()
  const credential = made.tokens[0]!.slice(0, -3)
  const [dishonest, honest] = [stolen([[0, 1, 0, 0]]), [[0, 1, 0, 0]] as Choices[]].map((choices) =>
    booth.encrypt(credential, choices, platformRandom),
  )
  const other = checkOpening(made.package.ballot.election, sealBallot(honest!).spoil())
  ok('trackingCode' in other && other.trackingCode !== dishonest!.trackingCode)
  // The dishonest ballot with the opening that the voter wants to see.
  const record = JSON.parse(sealBallot(dishonest!).spoil())
  const claimed = JSON.parse(sealBallot(honest!).spoil()).opening
  const swapped = record.opening.map((row: { r: string; m: number }[]) =>
    row.map(({ r }, at) => ({ r, m: [0, 1, 0, 0][at] })),
  )
  for (const opening of [claimed, swapped]) {
    const verdict = checkOpening(made.package.ballot.election, JSON.stringify({ ...record, opening }))
    deepEqual(
      verdict.faults.map(({ rule, at }) => `${rule} ${at}`).filter((each) => /\[[12]\]$/.test(each)),
      ['ciphertext opening[0][1]', 'ciphertext opening[0][2]'],
    )
  }
})

test('each ballot that was cheated on and opened is seen, and no honest one is: forty sessions', async () => {
  const { made, booth } = village()
  const quick = await openKernel('Ed25519', platformRandom)
  let seed = 1122
  for (let at = 0; at < 10; at++) seed = (seed * 48_271) % 2_147_483_647
  const draw = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  // A vote for candidate 3 is of no use to this cheat and stays as it is.
  const sessions = Array.from({ length: 40 }, () => ({ cheated: draw() < 0.5, wanted: draw() < 0.5 ? 1 : 3 }))
  const names = ['1. Sari Wulandari', '2. Budi Santoso', '3. Made Artana']
  const seen = sessions.map(({ cheated, wanted }, at) => {
    const choices = [[0, 1, 2, 3].map((each) => (each === wanted ? 1 : 0))] as Choices[]
    const credential = made.tokens[at % made.tokens.length]!.slice(0, -3)
    const sealed = sealBallot(booth.encrypt(credential, cheated ? stolen(choices) : choices, platformRandom))
    const verdict = checkOpeningWith(quick, made.package.ballot.election, sealed.spoil())
    if (!('chosen' in verdict)) throw new Error(JSON.stringify(verdict.faults))
    return verdict.chosen[0]![0] !== names[wanted - 1]
  })
  const cheatedOn = sessions.map(({ cheated, wanted }) => cheated && wanted === 1)
  deepEqual(seen, cheatedOn)
  ok(cheatedOn.filter(Boolean).length >= 3)
})

test('R62: k openings catch a booth that cheats on the share c with 1 − (1 − c)^k: counted over every pattern, and drawn', () => {
  // Every pattern of k sessions, each cheated on or not, with its probability: those with at least one are the caught ones.
  for (const c of [0.01, 0.1, 0.25, 0.9])
    for (let k = 0; k <= 12; k++) {
      let caught = 0
      for (let pattern = 0; pattern < 2 ** k; pattern++) {
        const cheated = pattern.toString(2).replaceAll('0', '').length
        if (cheated > 0) caught += c ** cheated * (1 - c) ** (k - cheated)
      }
      ok(Math.abs(caught - foundByChallenges(c, k)) < 1e-12, `${c} ${k}`)
    }
  // A day of 500 voters, m of whose ballots were changed, k of all opened: drawn with real sessions in mind.
  let seed = 7
  const draw = (limit: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % limit
  }
  for (const [voters, changed, opened] of [
    [500, 25, 20],
    [500, 5, 50],
    [60, 6, 10],
  ] as const) {
    const days = 20_000
    let caught = 0
    for (let day = 0; day < days; day++) {
      const picked = new Set<number>()
      while (picked.size < opened) picked.add(draw(voters))
      if ([...picked].some((at) => at < changed)) caught++
    }
    const expected = foundByChallengesOf(voters, changed, opened)
    const deviation = Math.sqrt((expected * (1 - expected)) / days)
    ok(Math.abs(caught / days - expected) < 5 * deviation, `${caught / days} ${expected}`)
  }
  // What the manual may say: a booth that changes every twentieth vote, found with 95 % by 59 openings.
  equal(challengesFor(0.05, 0.05), 59)
  ok(foundByChallenges(0.05, 59) >= 0.95 && foundByChallenges(0.05, 58) < 0.95)
})

test('T2: where nobody asks for UJI the archive is sound, the sum is wrong, and the slips say by how many votes', async () => {
  let time = noon
  const one = rig({ now: () => time })
  const wanted = [1, 2, 1, 3, 1, 2, 1, 3] as const
  let voters = 0
  // Moves the vote of the first and of the fifth voter.
  const booth = cheatingBooth(village().booth, () => [1, 5].includes(voters))
  for (const pick of wanted) {
    voters++
    const voter = voterWith(one, booth, () => time)
    await voter.take(one.token(voters - 1))
    await voter.choose(pick)
    await voter.confirm(true, pick)
    await voter.decide(true)
    time += 3000
    await voter.check(true)
    equal(voter.view().state, 'thanks')
  }
  const slips = one.tray.filter(({ kind }) => kind === 'slip').map(({ blocks }) => JSON.stringify(blocks))
  const counted = one.made.package.candidates.map(({ name }) => slips.filter((text) => text.includes(name)).length)
  const ballots = one.box.all().map(({ ballot }) => ballot!)
  const { bytes, votes } = publish(one.made, ballots)
  // No verifier of an archive can see it, and every law of the reconciliation holds.
  deepEqual(await judged(bytes), ['sound'])
  const { cast, slips: printed } = one.box.counts()
  deepEqual([cast, printed], [8, 8])
  deepEqual(
    [counted, votes],
    [
      [4, 2, 2],
      [2, 4, 2],
    ],
  )
  // Slips of one candidate are the same paper, whoever voted and when: nothing on them tells them apart.
  equal(new Set(slips).size, 3)
})
