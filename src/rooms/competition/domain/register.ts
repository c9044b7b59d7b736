import { z } from 'zod'

/**
 * The register of past winners: what an import file may hold, and what it means. A file is a JSON list; each row is one
 * innovation with the level (or levels) that its source names, and the source itself. Nothing is added that the source
 * does not say.
 */
const text = (longest: number) => z.string().trim().min(1).max(longest)

export const innovationRow = z.object({
  name: text(300),
  agency: text(300),
  /** A province as people write it, or "Nasional". */
  region: text(100),
  year: z.number().int().min(1990).max(2100).nullable(),
  level: text(200),
  /** "-" when the source gives none. */
  category: z.string().trim().max(200).nullish(),
  summary: text(4000),
  source: text(1000),
  flags: z.array(text(200)).max(20).optional(),
  in_seed: z.boolean().optional(),
  /** The language of the summary. When left out, the whole file is taken to be in the language it mostly reads like. */
  lang: z.enum(['id', 'en']).optional(),
})
export type InnovationRow = z.infer<typeof innovationRow>

/** One award that a row tells of. Two rows, or two awards of one row, with one `identity` are the same innovation. */
export type RegisterAward = {
  row: number
  identity: string
  name: string
  agency: string
  regionName: string
  /** Province code; null for a national innovation. */
  region: string | null
  year: number | null
  level: string
  category: string | null
  summary: string
  lang: 'id' | 'en'
  source: string
  flags: string[]
  inSeed: boolean
}

/** How people write a province, and its Kemendagri code. The names of today and the short forms in use before. */
const provinces = new Map(
  Object.entries({
    aceh: '11',
    'sumatera utara': '12',
    'sumatera barat': '13',
    riau: '14',
    jambi: '15',
    'sumatera selatan': '16',
    bengkulu: '17',
    lampung: '18',
    'kepulauan bangka belitung': '19',
    'bangka belitung': '19',
    'kepulauan riau': '21',
    'daerah khusus ibukota jakarta': '31',
    'daerah khusus jakarta': '31',
    'dki jakarta': '31',
    jakarta: '31',
    'jawa barat': '32',
    'jawa tengah': '33',
    'daerah istimewa yogyakarta': '34',
    'di yogyakarta': '34',
    yogyakarta: '34',
    'jawa timur': '35',
    banten: '36',
    bali: '51',
    'nusa tenggara barat': '52',
    'nusa tenggara timur': '53',
    'kalimantan barat': '61',
    'kalimantan tengah': '62',
    'kalimantan selatan': '63',
    'kalimantan timur': '64',
    'kalimantan utara': '65',
    'sulawesi utara': '71',
    'sulawesi tengah': '72',
    'sulawesi selatan': '73',
    'sulawesi tenggara': '74',
    gorontalo: '75',
    'sulawesi barat': '76',
    maluku: '81',
    'maluku utara': '82',
    papua: '91',
    'papua barat': '92',
    'papua selatan': '93',
    'papua tengah': '94',
    'papua pegunungan': '95',
    'papua barat daya': '96',
  }),
)

const plain = (words: string) => words.toLowerCase().replaceAll('.', '').replace(/\s+/g, ' ').trim()

/** The code of a province by its name; null for "Nasional"; undefined when there is no such province. */
export function provinceCode(name: string): string | null | undefined {
  const wanted = plain(name.replace(/^provinsi\s+/i, ''))
  return wanted === 'nasional' ? null : provinces.get(wanted)
}

/** The identity of an innovation in the register: its name and its agency, however they are spaced and capitalised. */
export const identityOf = (name: string, agency: string): string => `${plain(name)} @ ${plain(agency)}`

/**
 * The awards in a level as sources write it: "Top 45; UNPSA 2021 nominee" is two, the second in the year it names;
 * "Top 99 (again Top 99 2021)" is one in the row's year and one in 2021. Anything else stays one award, word for word.
 */
export function awardsIn(level: string, year: number | null): { level: string; year: number | null }[] {
  const again = /^(.+?) \(again (.+?) (\d{4})\)$/.exec(level)
  if (again)
    return [
      { level: again[1]!, year },
      { level: again[2]!, year: Number(again[3]) },
    ]
  return level.split(/;\s*/).map((part, i) => {
    const named = i > 0 ? /\b((?:19|20)\d{2})\b/.exec(part)?.[1] : undefined
    const short = part.replace(/\s(?:19|20)\d{2}$/, '')
    return { level: i > 0 ? short : part, year: named ? Number(named) : year }
  })
}

const english = /\b(?:the|of|and|for|with|from|by|to|in|is|are|that|one)\b/gi
const indonesian = /\b(?:dan|yang|di|ke|dari|untuk|dengan|pada|bagi|oleh|secara|layanan|warga)\b/gi

/** The language a text mostly reads like, by its smallest words; Indonesian when nothing tells. */
export function languageOf(words: string): 'id' | 'en' {
  return (words.match(english)?.length ?? 0) > (words.match(indonesian)?.length ?? 0) ? 'en' : 'id'
}

/** The awards that a row of an import file tells of. `lang` is that of the file, for a row that does not say its own. */
export function awardsOfRow(
  row: number,
  data: InnovationRow,
  region: string | null,
  lang: 'id' | 'en',
): RegisterAward[] {
  return awardsIn(data.level, data.year).map((award) => ({
    row,
    identity: identityOf(data.name, data.agency),
    name: data.name,
    agency: data.agency,
    regionName: data.region,
    region,
    ...award,
    category: data.category && data.category !== '-' ? data.category : null,
    summary: data.summary,
    lang: data.lang ?? lang,
    source: data.source,
    flags: data.flags ?? [],
    inSeed: data.in_seed ?? false,
  }))
}

/** What makes an award the same as another: the innovation, the year and the level. */
export const awardKey = (award: { identity: string; year: number | null; level: string }): string =>
  `${award.identity} ${award.year ?? ''} ${award.level}`

/** An award as it stands in the register, as far as an import must know it. */
export type KnownAward = { innovation: string; name: string; agency_name: string; year: number | null; level: string }

/** What an import does: the awards to add, each with the innovation it belongs to (undefined: a new one), and the counts. */
export type ImportPlan = {
  fresh: { innovation: string | undefined; identity: string; award: RegisterAward }[]
  innovations: number
  awards: number
  newInnovations: number
}

/** Compare a file with the register: an innovation is known by its name and agency, an award by its year and level too. */
export function planImport(awards: readonly RegisterAward[], known: readonly KnownAward[]): ImportPlan {
  const innovationOf = new Map<string, string>()
  const stands = new Set<string>()
  for (const award of known) {
    const identity = identityOf(award.name, award.agency_name)
    if (!innovationOf.has(identity)) innovationOf.set(identity, award.innovation)
    stands.add(awardKey({ ...award, identity }))
  }
  const identities = new Set(awards.map((award) => award.identity))
  return {
    fresh: awards
      .filter((award) => !stands.has(awardKey(award)))
      .map((award) => ({ innovation: innovationOf.get(award.identity), identity: award.identity, award })),
    innovations: identities.size,
    awards: awards.length,
    newInnovations: [...identities].filter((identity) => !innovationOf.has(identity)).length,
  }
}

/** The register as a thing that acts are done to: its id in the log. */
export const registerId = '00000000-0000-7000-8000-000000007018'
