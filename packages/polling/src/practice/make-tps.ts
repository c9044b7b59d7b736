import {
  drawUuid,
  type GroupName,
  makeElection,
  openGroup,
  platformRandom,
  type Trustee,
  writeCredentials,
  writeTrustees,
} from '@melayani/ballot'
import { drawCredential, publicCredential, publicCredentials, withCheck } from '@melayani/ballot/cast'
import {
  beginCeremony,
  coordinate,
  dealShares,
  electionKey,
  makeSingle,
  type Outcome,
  type TrusteeSecret,
  takeCertificates,
  takeOutputs,
  takePolynomials,
  takeShares,
} from '@melayani/ballot/trustee'
import {
  type Candidate,
  type ElectionPackage,
  hashOf,
  newSigningKey,
  nikMark,
  type Officer,
  packageKind,
  type Roll,
  type Signed,
  type SigningKey,
  sealRoll,
  sign,
  type Voter,
} from '../format/index.ts'

/**
 * One polling place with everything that only its people hold, made by one hand in a moment: for practice and for tests. That
 * of a real election is made at a key ceremony, where nobody ever has all of it.
 */
export type MadeTps = {
  package: ElectionPackage
  signed: Signed
  /** hashOf the package's text. */
  hash: string
  rollKey: string
  roll: Roll
  /** 16 digits of voter `no`, at index no - 1. No real number: the region 999999 does not exist. */
  niks: string[]
  /** As printed on tokens, shuffled already: with check characters. */
  tokens: string[]
  /** In owner order: the outside Single first. */
  trusteeSecrets: TrusteeSecret[]
  officers: (Officer & SigningKey)[]
  centre: SigningKey
  committee: SigningKey
}

export type TpsPlan = {
  voters?: number
  reserve?: number
  candidates?: readonly string[]
  /** Their names as spoken, in the same order. */
  voices?: readonly (string | undefined)[]
  group?: GroupName
  threshold?: { needed: number; of: number }
  number?: number
  booths?: number
  desks?: number
  mobile?: number
  mode?: 'real' | 'practice'
  elsewhere?: readonly { nik: string; tps: number }[]
  otherPools?: ElectionPackage['otherPools']
  keys?: { centre: SigningKey; committee: SigningKey }
  rules?: Partial<ElectionPackage['rules']>
  /** Ids as the centre has them, and the village's code; otherwise some of our own. */
  ids?: { election: string; tps: string; village: string }
  /** Of the encrypted election, otherwise drawn. */
  uuid?: string
  /** The day and the names that stand on every paper, otherwise some of our own. */
  about?: { date: string; name: string; village: string; district: string; regency: string }
}

/** The 16 digits of voter `no` of polling place `tps`. */
export const testNik = (tps: number, no: number) =>
  `999999${String(tps).padStart(4, '0')}${String(no).padStart(6, '0')}`

const must = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
  return outcome.value
}

export const usualCandidates = ['Sari Wulandari', 'Budi Santoso', 'Made Artana']

export function makeTps({
  voters: count = 20,
  reserve = 5,
  candidates: names = usualCandidates,
  voices = [],
  group: groupName = 'Ed25519',
  threshold = { needed: 2, of: 3 },
  number = 1,
  booths = 2,
  mobile = 0,
  desks = 2,
  mode = 'real',
  elsewhere = [],
  otherPools,
  keys = { centre: newSigningKey(), committee: newSigningKey() },
  rules = {},
  ids = { election: '0199a3a0-0000-7000-8000-000000000001', tps: `tps-${number}`, village: '9999999999' },
  uuid = drawUuid(platformRandom),
  about = {
    date: '2026-11-22',
    name: 'Pemilihan Kepala Desa Percontohan',
    village: 'Percontohan',
    district: 'Contoh',
    regency: 'Kabupaten Contoh',
  },
}: TpsPlan = {}): MadeTps {
  const group = openGroup(groupName)
  const single = makeSingle(group, platformRandom, 'Kabupaten')
  const plan = { threshold: threshold.needed, size: threshold.of }
  const begun = Array.from({ length: plan.size }, (_, at) => beginCeremony(group, plan, at + 1, platformRandom))
  const certified = must(
    takeCertificates(
      group,
      coordinate(plan),
      begun.map(({ certificate }) => certificate),
    ),
  )
  const dealt = begun.map(({ state }) => must(dealShares(group, state, certified.certs, platformRandom)))
  const { state, inputs } = must(
    takePolynomials(
      group,
      certified,
      dealt.map(({ polynomial }) => polynomial),
    ),
  )
  const taken = dealt.map((each, at) => must(takeShares(group, each.state, inputs[at]!, platformRandom)))
  const pedersen = must(
    takeOutputs(
      group,
      state,
      taken.map(({ output }) => output),
    ),
  )
  const trustees: Trustee[] = [['Single', single.key], pedersen]

  const candidates = names.map((name, at): Candidate => {
    const voice = voices[at]
    return { number: at + 1, name, ...(voice && { voice }) }
  })
  const { text: electionText, election } = makeElection(
    {
      name: `Pemilihan Kepala Desa Percontohan – TPS ${number}`,
      description: 'Pemilihan percontohan',
      group: groupName,
      publicKey: electionKey(group, trustees),
      questions: [
        {
          question: 'Kepala desa',
          answers: candidates.map((each) => `${each.number}. ${each.name}`),
          blank: true,
          min: 1,
          max: 1,
        },
      ],
      administrator: 'Panitia',
      credentialAuthority: 'Panitia',
    },
    uuid,
  )
  const bare = Array.from({ length: count + reserve }, () => drawCredential(platformRandom))
  const credentials = writeCredentials(
    publicCredentials(
      group,
      bare.map((each) => ({ element: publicCredential(group, election.uuid, each), weight: 1n })),
    ),
    false,
  )

  const rollKey = newSigningKey().secret
  const niks = Array.from({ length: count }, (_, at) => testNik(number, at + 1))
  const voters = niks.map(
    (nik, at): Voter => ({
      no: at + 1,
      name: `Pemilih ${at + 1}`,
      address: `RT 0${(at % 3) + 1}`,
      nik: nikMark(rollKey, nik),
      last4: nik.slice(-4),
    }),
  )
  const roll: Roll = { voters, elsewhere: elsewhere.map(({ nik, tps }) => [nikMark(rollKey, nik), tps] as const) }
  const rollText = JSON.stringify(roll)
  const officers = (
    [
      ['chair', 'Ketua KPPS', undefined],
      ['officer', 'Anggota KPPS 1', undefined],
      ['officer', 'Anggota KPPS 2', undefined],
      ['operator', 'Tim teknis', undefined],
      ['supervisor', 'Pengawas', undefined],
      ...names.map((_, at) => ['witness', `Saksi ${at + 1}`, at + 1] as const),
    ] as const
  ).map(([role, name, candidate], at) => ({
    id: `petugas-${at + 1}`,
    name,
    role,
    ...(candidate ? { candidate } : {}),
    ...newSigningKey(),
  }))
  const content: ElectionPackage = {
    format: 'melayani-election-package/1',
    mode,
    election: {
      id: ids.election,
      name: about.name,
      date: about.date,
      village: { code: ids.village, name: about.village, district: about.district, regency: about.regency },
    },
    tps: { id: ids.tps, number, place: `Balai RW 0${number}`, colour: 'hijau', desks, booths, mobile },
    rules: {
      name: 'Uji',
      opens: '07:00',
      closes: '13:00',
      zone: 'Asia/Jakarta',
      extensions: [],
      copies: ['Ketua KPPS', 'Panitia', 'Pengawas', ...names.map((name) => `Saksi ${name}`)],
      tokenMinutes: 30,
      smallGroup: 30,
      cutOff: 'own-share',
      slipSeconds: 3,
      ...rules,
    },
    candidates,
    blank: true,
    roll: { count, additional: 0, hash: hashOf(rollText), sealed: sealRoll(rollKey, rollText) },
    ballot: { election: electionText, trustees: writeTrustees(trustees), credentials },
    pool: { size: count + reserve, hash: hashOf(credentials) },
    ...(otherPools && { otherPools }),
    officers: officers.map(({ secret: _, ...officer }) => officer),
    trustees: [
      { owner: 1, name: 'Kabupaten', outside: true },
      ...taken.map((_, at) => ({ owner: at + 2, name: at === 0 ? 'Ketua KPPS' : `Saksi ${at}` })),
    ],
    threshold,
    centre: { name: 'Kabupaten Contoh', key: keys.centre.key },
    committee: { name: 'Panitia Percontohan', key: keys.committee.key },
  }
  const text = JSON.stringify(content)
  return {
    package: content,
    signed: {
      text,
      signatures: [
        sign(packageKind, text, { role: 'centre', signer: content.centre.name }, keys.centre.secret),
        sign(packageKind, text, { role: 'committee', signer: content.committee.name }, keys.committee.secret),
      ],
    },
    hash: hashOf(text),
    rollKey,
    roll,
    niks,
    tokens: bare.map(withCheck),
    trusteeSecrets: [single.secret, ...taken.map(({ secret }) => secret)],
    officers,
    centre: keys.centre,
    committee: keys.committee,
  }
}
