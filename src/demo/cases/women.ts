import type { Story } from '#services'
import {
  atHour,
  type Chance,
  chanceFrom,
  day,
  dayOf,
  hour,
  inventedName,
  inventedNik,
  inventedPhone,
} from './chance.ts'

/** Who works in Laskar Penjaja Sayur: ids of persons. */
export type LaskarPeople = { sellers: readonly string[]; midwife: string; head: string }

/** KSPR of 920 women as published (Tegalwaru 2022): how many had which total. */
export const published: readonly (readonly [total: number, women: number])[] = [
  [2, 617],
  [6, 235],
  [10, 44],
  [14, 20],
  [18, 4],
]

/** Totals for so many women, in the published proportions; exactly the published numbers for 920. */
export function totalsFor(women: number): number[] {
  const exact = published.map(([total, n]) => ({ total, n: (n * women) / 920 }))
  const counts = exact.map(({ total, n }) => ({ total, n: Math.floor(n), rest: n - Math.floor(n) }))
  const missing = women - counts.reduce((sum, { n }) => sum + n, 0)
  for (const one of counts.toSorted((a, b) => b.rest - a.rest).slice(0, missing)) one.n += 1
  return counts.flatMap(({ total, n }) => Array.from({ length: n }, () => total))
}

type Answers = Record<string, unknown>

/** Answers of the enrolment that give just this KSPR: factors of four, and of eight, that do not touch each other. */
function enrolment(chance: Chance, total: number): Answers {
  const fours: ((to: Answers) => void)[] = [
    (to) => {
      to.tinggi = 143
    },
    (to) => {
      to.jumlah_anak = 4
      to.hamil_ke = 5
    },
    (to) => {
      to.jarak_tahun = 1.5
    },
    (to) => {
      to.umur = 36
    },
    (to) => {
      to.penyakit = ['kurang_darah']
      to.hb = 10.2
    },
    (to) => {
      to.riwayat = [...((to.riwayat as string[]) ?? []), 'gagal']
    },
  ]
  const eights: ((to: Answers) => void)[] = [
    (to) => {
      to.riwayat = [...((to.riwayat as string[]) ?? []), 'sesar']
    },
    (to) => {
      to.temuan = ['sungsang']
    },
  ]
  const answers: Answers = {
    hamil_ke: 2,
    jumlah_anak: 1,
    jarak_tahun: 3.5,
    tinggi: chance.whole(148, 165),
    sistol: chance.whole(100, 128),
    diastol: chance.whole(62, 82),
    hb: chance.whole(111, 135) / 10,
    umur: chance.whole(20, 34),
  }
  const fourfold = (total - 2) / 4
  const big = fourfold >= 4 ? 2 : fourfold >= 2 && chance.random() < 0.4 ? 1 : 0
  for (const put of chance.shuffled(eights).slice(0, big)) put(answers)
  for (const put of chance.shuffled(fours).slice(0, fourfold - 2 * big)) put(answers)
  return answers
}

export type WomenOptions = {
  women: number
  /** Village codes without dots. */
  villages: readonly string[]
  people: LaskarPeople
  /** Reports are spread from here … */
  from: Date
  /** … to here; none: to the end. */
  reportsUntil?: Date
  /** Nothing happens later. */
  until: Date
  /** Whether every one of them agrees and is enrolled. */
  allEnrol?: boolean
  seed?: number
}

/**
 * What ten sellers in seven villages report and what becomes of it: one woman in five does not agree that her name is told; those
 * who are enrolled have KSPR totals in the published proportions, are seen every four weeks, give birth and are accompanied
 * until day 42. Invented from the first to the last, and the same for the same seed.
 */
export function storiesOfWomen({
  women,
  villages,
  people,
  from,
  until,
  reportsUntil = until,
  allEnrol = false,
  seed = 42,
}: WomenOptions): Story[] {
  const chance = chanceFrom(seed)
  const totals = chance.shuffled(totalsFor(women))
  const refusals = new Set(chance.shuffled(totals.map((_, i) => i)).slice(0, Math.round(women / 5)))
  return totals.map((total, i) => {
    const begun = from.getTime() + (i / women) * (reportsUntil.getTime() - from.getTime())
    const seller = people.sellers[i % people.sellers.length]!
    // A seller goes through five villages beside each other.
    const village = villages[(i + chance.whole(0, 4)) % villages.length]!
    const agrees = allEnrol || !refusals.has(i)
    const told = woman(chance, { begun, village, seller, people, total, agrees, allEnrol, serial: i })
    return told.filter(({ at }) => at <= until.getTime())
  })
}

type Woman = {
  begun: number
  village: string
  seller: string
  people: LaskarPeople
  total: number
  agrees: boolean
  allEnrol: boolean
  serial: number
}

function woman(
  chance: Chance,
  { begun, village, seller, people, total, agrees, allEnrol, serial }: Woman,
): Story[number][] {
  const { whole, random } = chance
  const { umur, ...answers } = enrolment(chance, total)
  const reported = atHour(begun, 5 + random() * 4)
  const story: Story[number][] = []
  const put = (at: number, by: string, role: string, move: string, given: Answers = {}, reason?: string) =>
    story.push({ at, by, act: { move, role, answers: given, ...(reason ? { reason } : {}) } })
  const age = Number(umur)
  const signs = [
    ...(age > 35 ? ['tua'] : []),
    ...(Number(answers.jumlah_anak) >= 4 ? ['banyak_anak'] : []),
    ...(Number(answers.tinggi) < 150 ? ['pendek'] : []),
    ...((answers.riwayat as string[] | undefined)?.includes('sesar') ? ['pernah_sesar'] : []),
    ...(random() < 0.1 ? ['pucat'] : []),
  ]
  put(reported, seller, 'laskar', 'lapor', {
    desa: village,
    rt: String(whole(1, 12)).padStart(3, '0'),
    izin_ibu: agrees ? 'ya_data_saja' : 'tidak',
    ...(agrees
      ? { nama_panggilan: inventedName(chance, 'p').split(' ')[0], hp: inventedPhone(chance), kira_umur: age }
      : {}),
    sudah_periksa: random() < 0.55 ? 'ya' : random() < 0.8 ? 'tidak' : 'tidak_tahu',
    tanda: signs.length > 0 ? signs : ['baru_hamil'],
    tanda_bahaya: ['tidak_ada'],
  })
  // Most are seen the same day; a few only after the time is over.
  const contacted = reported + (random() < 0.06 ? whole(80, 110) : whole(2, 30)) * hour
  put(contacted, people.midwife, 'bidan', 'hubungi', {
    cara_kontak: agrees && random() < 0.4 ? 'telepon' : 'kunjungan',
  })
  const fate = allEnrol ? 1 : random()
  if (agrees && fate < 0.03) {
    put(contacted + hour, people.midwife, 'bidan', fate < 0.02 ? 'catat_bukan_hamil' : 'catat_ganda')
    return story
  }
  if (agrees ? fate < 0.05 : fate < 0.6) {
    put(contacted + 2 * hour, people.midwife, 'bidan', 'tolak', {}, chance.pick(['takut', 'keluarga', 'tidak_disebut']))
    if (random() < 0.7) return story
    put(contacted + 15 * day, people.midwife, 'bidan', 'tawari')
    if (random() < 0.5) return story
  }
  accompany(chance, put, { from: Math.max(contacted, story.at(-1)!.at), village, people, total, age, answers, serial })
  return story
}

type Put = (at: number, by: string, role: string, move: string, given?: Answers, reason?: string) => void

/** From the enrolment through visits and birth to day 42. */
function accompany(
  chance: Chance,
  put: Put,
  {
    from,
    village,
    people,
    total,
    age,
    answers,
    serial,
  }: Pick<Woman, 'village' | 'people' | 'total' | 'serial'> & { from: number; age: number; answers: Answers },
): void {
  const { whole, random } = chance
  const enrolled = atHour(from + whole(1, 5) * day, 8 + random() * 4)
  const weeks = whole(8, 24)
  const lastPeriod = enrolled - weeks * 7 * day
  // Half a year past the birthday, so that she stays as old as she is in her score.
  const born = `${Number(dayOf(enrolled - 180 * day).slice(0, 4)) - age}${dayOf(enrolled - 180 * day).slice(4, 8)}15`
  const midwife = (at: number, move: string, given?: Answers) => put(at, people.midwife, 'bidan', move, given)
  midwife(enrolled, 'daftar', {
    ...answers,
    setuju_layanan: true,
    nama: inventedName(chance, 'p'),
    nik: inventedNik(village, born, 'p', serial),
    tanggal_lahir: born,
    hpht: dayOf(lastPeriod),
    jadwal_berikut: dayOf(enrolled + 28 * day),
  })
  const delivered = atHour(lastPeriod + (280 + whole(-12, 6)) * day, 3 + random() * 18)
  if (total >= 6)
    midwife(enrolled + 3 * hour, 'siapkan', {
      tempat_rujukan: 'RSUD Peragaan',
      transport: 'Mobil desa',
      penolong_keluarga: inventedName(chance, 'l'),
      biaya: 'jkn',
      pendonor: [{ nama_pendonor: inventedName(chance, 'l') }],
    })
  for (let at = enrolled + 27 * day; at < delivered - 3 * day; at += whole(24, 30) * day)
    midwife(atHour(at, 9), total >= 6 ? 'periksa_rujukan' : 'periksa', {
      sistol: Number(answers.sistol),
      diastol: Number(answers.diastol),
      bb: whole(45, 72),
    })
  const proper = total < 6 || random() < 0.96
  midwife(delivered + 2 * hour, 'bersalin', {
    tgl_bersalin: dayOf(delivered),
    tempat_bersalin: proper ? (total >= 14 ? 'rs' : random() < 0.8 ? 'puskesmas' : 'rs') : 'polindes',
    penolong: total >= 14 ? 'dokter' : 'bidan',
    cara_bersalin: total >= 10 && random() < 0.5 ? 'sesar' : 'spontan',
    bayi: 'sehat',
  })
  for (const after of [1, 6, 20, 39])
    midwife(atHour(delivered + after * day, 14), 'kunjungi_nifas', { keadaan_ibu: 'baik' })
  midwife(atHour(delivered + 43 * day, 9), 'tutup')
}
