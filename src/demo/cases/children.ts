import type { Story } from '#services'
import { atHour, type Chance, chanceFrom, day, dayOf, inventedName, inventedNik, inventedPhone } from './chance.ts'

/** Who works in Garda Ampuh: ids of persons. */
export type GardaPeople = { operator: string; visitor: string; office: string; school: string }

/** The figures of Banyuwangi: named 2016, back by two reports, graduated, dropped out again before and in the pandemic. */
export const banyuwangiFigures = {
  named: 5191,
  back: 5093,
  backLater: 5128,
  graduated: 2328,
  relapses: { before: { sd: 19, smp: 115 }, wave: { sd: 449, smp: 1371 } },
}

export type ChildrenOptions = {
  children: number
  /** Village codes without dots, of all districts. */
  villages: readonly string[]
  people: GardaPeople
  from: Date
  until: Date
  seed?: number
}

/** What becomes of a child: how far it gets, and whether it drops out again early, in the wave, or not. */
type Fate = { end: 'refuses' | 'later' | 'learns' | 'graduates'; relapse: 'none' | 'before' | 'wave'; level: Level }
type Level = 'sd' | 'smp' | 'sma'

/** Fates in the proportions of Banyuwangi; exactly its numbers for 5,191 children. */
export function fatesFor(children: number, chance: Chance): Fate[] {
  const { named, back, backLater, graduated, relapses } = banyuwangiFigures
  const part = (n: number) => Math.round((n * children) / named)
  const some = (n: number, fate: Fate) => Array.from({ length: n }, () => fate)
  const refuses = children - part(backLater)
  const relapsing = (['before', 'wave'] as const).flatMap((relapse) =>
    (['sd', 'smp'] as const).flatMap((level) =>
      some(part(relapses[relapse][level]), { end: 'learns', relapse, level }),
    ),
  )
  const levels: Level[] = ['sd', 'smp', 'sma']
  const plain = (n: number, end: Fate['end']) =>
    Array.from({ length: n }, (_, i): Fate => ({ end, relapse: 'none', level: levels[i % 3]! }))
  const rest = part(back) - part(graduated) - relapsing.length
  return chance.shuffled([
    ...relapsing,
    ...plain(part(graduated), 'graduates'),
    ...plain(Math.max(0, rest), 'learns'),
    ...plain(part(backLater) - part(back), 'later'),
    ...plain(refuses, 'refuses'),
  ])
}

/**
 * When what happens, as shares of the time: found and visited in the first part, all who learn do so by `reported`; those who
 * came later do by `again`; between them the wave in which many drop out again.
 */
export const moments = { named: 0.12, reported: 0.4, wave: 0.55, again: 0.75 } as const

/**
 * Children out of school, from the report to what became of them: named by neighbours and officials, visited, with a plan and
 * aid, placed, attending; some refuse, some drop out again. Many have no NIK. Invented, and the same for the same seed.
 */
export function storiesOfChildren({ children, villages, people, from, until, seed = 43 }: ChildrenOptions): Story[] {
  const chance = chanceFrom(seed)
  const length = until.getTime() - from.getTime()
  const when = (share: number) => from.getTime() + share * length
  return fatesFor(children, chance).map((fate, i) => {
    const village = villages[(i * 7) % villages.length]!
    const reported = atHour(when(chance.random() * moments.named), 8 + chance.random() * 6)
    return child(chance, { fate, village, people, reported, when, serial: i }).filter(({ at }) => at <= until.getTime())
  })
}

type Child = {
  fate: Fate
  village: string
  people: GardaPeople
  reported: number
  when: (share: number) => number
  serial: number
}
type Answers = Record<string, unknown>

function child(chance: Chance, { fate, village, people, reported, when, serial }: Child): Story[number][] {
  const { whole, random, pick } = chance
  const story: Story[number][] = []
  const put = (at: number, role: keyof typeof who, move: string, answers: Answers = {}, reason?: string) =>
    story.push({ at, by: who[role], act: { move, role, answers, ...(reason ? { reason } : {}) } })
  const who = {
    pelapor: null,
    operator: people.operator,
    petugas: people.visitor,
    dinas: people.office,
    sekolah: people.school,
  }
  const sex = random() < 0.53 ? 'l' : 'p'
  const name = inventedName(chance, sex)
  const age = { sd: whole(8, 13), smp: whole(13, 16), sma: whole(16, 19) }[fate.level]
  put(reported, random() < 0.5 ? 'pelapor' : 'operator', 'lapor', {
    desa: village,
    ...(random() < 0.8 ? { nama_anak: name } : { keterangan: 'Anak yang sering terlihat di pasar pada jam sekolah' }),
    kira_umur: age,
  })
  const checked = atHour(reported + day, 9)
  put(checked, 'operator', 'loloskan')
  put(checked + 60_000, 'operator', 'tugaskan')
  const visited = atHour(checked + whole(1, 5) * day, 10 + random() * 5)
  const visit = visitOf(chance, { village, name, sex, age, visited, serial })
  if (fate.end === 'refuses') {
    put(visited, 'petugas', 'tolak', {}, pick(['bekerja', 'tidak_mau', 'wali']))
    put(visited + 92 * day, 'petugas', 'hubungi_lagi')
    put(visited + 95 * day, 'petugas', 'tolak', {}, 'tidak_mau')
    return story
  }
  let from = visited
  if (fate.end === 'later') {
    put(visited, 'petugas', 'tolak', {}, 'bekerja')
    from = atHour(when(moments.reported + 0.05), 10)
    put(from, 'petugas', 'hubungi_lagi')
    from += day
  }
  put(from, 'petugas', 'kunjungi', visit)
  const end = when(fate.end === 'later' ? moments.again : moments.reported)
  from = backToLearning(put, fate.level, from, end)
  if (fate.relapse !== 'none') {
    const dropped = atHour(when(fate.relapse === 'before' ? moments.reported + 0.02 : moments.wave + random() * 0.1), 9)
    put(dropped, 'sekolah', 'catat_hadir', attendance(dropped, 8))
    put(dropped + 2 * day, 'petugas', 'kambuh', { rute: 'paket_b', jenjang: fate.level })
    // Half of them come back once more.
    if (random() < 0.5) backToLearning(put, fate.level, dropped + 3 * day, dropped + 60 * day, true)
  } else if (fate.end === 'graduates') {
    put(atHour(when(moments.again + random() * 0.2), 10), 'sekolah', 'luluskan', { nomor_ijazah: `PERAGAAN-${serial}` })
  } else if (random() < 0.5) {
    const next = atHour(from + 31 * day, 10)
    put(next, 'sekolah', 'catat_hadir', attendance(next, whole(18, 22)))
  }
  return story
}

const attendance = (at: number, attended: number): Answers => ({
  bulan: dayOf(at),
  hari_sekolah: 22,
  hadir: attended,
  alpa: attended < 18 ? 6 : 0,
})

type Put = (at: number, role: 'petugas' | 'dinas' | 'sekolah', move: string, answers?: Answers) => void

/** Plan, aid, place and first month, all by `end`. Returns when the first month was recorded. */
function backToLearning(put: Put, level: Level, from: number, end: number, planned = false): number {
  const step = Math.max(day, Math.min(6 * day, (end - from) / 8))
  if (!planned)
    put(from + step, 'petugas', 'rencanakan', { rute: level === 'sma' ? 'paket_c' : 'sekolah', jenjang: level })
  put(from + 2 * step, 'dinas', 'setujui_bantuan', {
    mata_anggaran_ada: true,
    bantuan: [
      {
        jenis_bantuan: 'uang_saku',
        sumber: 'apbd',
        mulai_bantuan: dayOf(from),
        akhir_bantuan: dayOf(from + 300 * day),
      },
    ],
  })
  put(from + 3 * step, 'sekolah', 'terima', {
    tempat_belajar: level === 'sma' ? 'PKBM Peragaan' : 'Sekolah Peragaan',
    kelas: level.toUpperCase(),
    mulai_belajar: dayOf(from + 4 * step),
  })
  const first = atHour(Math.min(end - 2 * day, from + 4 * step + 25 * day), 10)
  put(first, 'sekolah', 'catat_hadir', attendance(first, 21))
  return first
}

function visitOf(
  chance: Chance,
  of: { village: string; name: string; sex: 'p' | 'l'; age: number; visited: number; serial: number },
): Answers {
  const { random, pick, whole } = chance
  const born = `${Number(dayOf(of.visited).slice(0, 4)) - of.age}-01-0${whole(1, 9)}`
  return {
    ada_orang_dewasa: true,
    setuju_wali: true,
    setuju_foto: false,
    nama: of.name,
    // Two in five have none.
    ...(random() < 0.6 ? { nik: inventedNik(of.village, born, of.sex, of.serial) } : {}),
    tanggal_lahir: random() < 0.7 ? born : `${born.slice(0, 4)}~`,
    jenis_kelamin: of.sex,
    nama_wali: inventedName(chance, pick(['l', 'p'])),
    ...(random() < 0.6 ? { hp_wali: inventedPhone(chance) } : {}),
    kategori: random() < 0.7 ? 'do' : 'ltm',
    alasan: [pick(['biaya', 'bekerja', 'ditinggal', 'jarak', 'tidak_mau'])],
    kondisi: random() < 0.6 ? ['miskin'] : [],
    kebutuhan: chance.shuffled(['biaya', 'seragam', 'sepatu', 'transport', 'uang_saku']).slice(0, 2),
  }
}
