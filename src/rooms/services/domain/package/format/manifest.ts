import { z } from 'zod'
import { name, words } from './basics.ts'

/**
 * The 14 components of a service standard (Permenpan 15/2014). The first six, on delivery, must be published; the
 * other eight, on how the service is made, may wait until the adopting agency writes them.
 */
export const published = ['requirements', 'procedure', 'duration', 'fee', 'product', 'complaints'] as const
export const internal = [
  'legal_basis',
  'facilities',
  'competence',
  'supervision',
  'staffing',
  'service_guarantee',
  'safety_guarantee',
  'evaluation',
] as const

const standard = z.strictObject({
  requirements: words.meta({ description: 'persyaratan' }),
  procedure: words.meta({ description: 'sistem, mekanisme, prosedur' }),
  duration: words.meta({ description: 'jangka waktu pelayanan' }),
  fee: words.meta({ description: 'biaya/tarif' }),
  product: words.meta({ description: 'produk pelayanan' }),
  complaints: words.meta({ description: 'penanganan pengaduan, saran, masukan' }),
  legal_basis: words.optional().meta({ description: 'dasar hukum' }),
  facilities: words.optional().meta({ description: 'sarana dan prasarana' }),
  competence: words.optional().meta({ description: 'kompetensi pelaksana' }),
  supervision: words.optional().meta({ description: 'pengawasan internal' }),
  staffing: words.optional().meta({ description: 'jumlah pelaksana' }),
  service_guarantee: words.optional().meta({ description: 'jaminan pelayanan' }),
  safety_guarantee: words.optional().meta({ description: 'jaminan keamanan dan keselamatan' }),
  evaluation: words.optional().meta({ description: 'evaluasi kinerja pelaksana' }),
})

/**
 * The fields by which a person is recognised, so that two cases of the same one are found: her NIK, or her name, birth
 * date and village together. Both are kept as keyed hashes only.
 */
const identity = z.strictObject({
  nik: name.optional(),
  name: name.optional(),
  birth: name.optional(),
  area: name.optional(),
})

/** `package.yaml`: who the package is, where it comes from, and the standard of the service that it runs. */
export const manifest = z.strictObject({
  format: z.literal('melayani.package/1'),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){1,4}$/, 'an address such as id.banyuwangi.laskar-penjaja-sayur')
    .max(100),
  version: z
    .string()
    .regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/, 'three numbers: 1.0.0 (semver.org)'),
  names: words,
  summary: words,
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .max(8),
  licence: z.string().min(2).max(60).meta({ description: 'An SPDX licence name.' }),
  origin: z.strictObject({
    innovation: z.string().min(2).max(200),
    agency: z.string().min(2).max(200),
    region: z
      .string()
      .regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/)
      .optional(),
    year: z.int().min(1990).max(2100).optional(),
    award: z.string().max(200).optional(),
    /** What is real in this package, and what was added by whoever wrote it. */
    fidelity: words,
    sources: z.array(z.string().max(400)).max(60).default([]),
  }),
  standard,
  /** Agencies whose improvements were taken into this package, oldest first. */
  contributors: z
    .array(
      z.strictObject({
        agency: z.string().min(2).max(200),
        /** The version in which it first stands. */
        version: z.string().max(20),
        /** What they improved, in their own words. */
        change: z.string().min(2).max(600),
      }),
    )
    .max(100)
    .optional(),
  /** The flow that a case begins with; other flows are sub-cases. */
  main: name,
  identity: identity.optional(),
})

export type Manifest = z.infer<typeof manifest>
export type Standard = z.infer<typeof standard>

/**
 * Versions by their numbers: negative when a is older than b. A local version (`1.2.0+local.1`, made by an adopter from
 * 1.2.0) is newer than the release that it was made from, and older than the next.
 */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => [...version.split('+')[0]!.split('.').map(Number), localNumber(version)])
  for (let i = 0; i < 4; i++) if (x![i] !== y![i]) return x![i]! - y![i]!
  return 0
}

/** Which local version this is; 0 for one as it was published. */
export const localNumber = (version: string): number => Number(/\+local\.(\d+)$/.exec(version)?.[1] ?? 0)

/** `1.2.0+local.3` → `1.2.0` */
export const publishedVersion = (version: string): string => version.replace(/\+local\.\d+$/, '')
